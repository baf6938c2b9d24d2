"""Which blocks of the one-page report a person may leave out, and the page without them.

Who it is about, how many days were answered, the safety facts, what was not recorded, and “Do not
stop suddenly” are on every page: nobody can switch them off.
"""

from collections.abc import Collection, Mapping

from landward.report.context import ReportContext, Section

SECTION_WORDS: Mapping[Section, str] = {
    Section.REQUEST: "my request",
    Section.DOSES: "dose now",
    Section.CHART: "the chart",
    Section.CHANGES: "before and after dose changes",
    Section.SYMPTOMS: "symptoms",
    Section.DAYS: "days by how hard they were",
    Section.FEELINGS: "feelings that reached me",
    Section.EVERYDAY: "sleep and questionnaires",
}
"""What the blocks are called, on the page and where they are chosen."""

_BLOCKS: Mapping[Section, tuple[str, object]] = {
    Section.REQUEST: ("request", ""),
    Section.DOSES: ("doses", ()),
    Section.CHART: ("chart", None),
    Section.CHANGES: ("changes", ()),
    Section.SYMPTOMS: ("symptoms", ()),
    Section.DAYS: ("bars", ()),
    Section.FEELINGS: ("feelings", ()),
    Section.EVERYDAY: ("everyday", ()),
}
"""The field of the page that holds a block, and its value where there is none."""


def leave_out(context: ReportContext, sections: Collection[Section]) -> ReportContext:
    """The page without some of its blocks. It says which: a gap by choice is no gap in the diary.

    A block that was empty anyway is not named; the page says already that nothing was recorded.
    """
    out = [section for section in Section if section in sections]
    empty = {_BLOCKS[section][0]: _BLOCKS[section][1] for section in out}
    named = [s for s in out if s is Section.REQUEST or getattr(context, _BLOCKS[s][0])]
    return context.model_copy(update={**empty, "left_out": tuple(named)})
