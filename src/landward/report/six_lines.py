"""Page one as six lines of plain text, to paste into a record: one line for each question."""

from collections.abc import Iterator

from landward.model.said import Words, begun, joined, phrase
from landward.report.blocks.asking import REQUEST
from landward.report.blocks.overview import CHART
from landward.report.blocks.safety_strip import SAFETY
from landward.report.blocks.shape import Facts
from landward.report.blocks.takes import DOSES, PageDose
from landward.report.context import ReportContext
from landward.report.words import date_words


def six_lines(page: ReportContext) -> tuple[Words, Words, Words, Words, Words, Words]:
    """What is taken, what changed last, which way it goes, red flags, how complete, what is asked.

    A stop of more than one planned day stands first in the first line.
    """
    doses = DOSES.of(page)
    stop = (
        phrase("MORE THAN ONE PLANNED DAY NOT TAKEN in the last seven: {days}. ",
               days=joined("; ", page.stops))
        if page.stops
        else ""
    )  # fmt: skip
    gone = {name for name in ("doses", "chart", "request") if name in page.left_out}
    private = phrase("left out by choice")
    asking = REQUEST.of(page)
    chart = CHART.of(page)
    asked = asking.words if asking and asking.words else phrase("nothing written")
    way = phrase("no day was rated")
    if chart is not None:
        way = phrase("{way}. {sentence}", way=chart.direction, sentence=chart.sentence)
    taken = joined(" ", (_taken(row) for row in doses)) or phrase("no medicine is written down.")
    changed = joined(" ", (_changed(row) for row in doses)) or phrase("none recorded.")
    return (
        phrase("{stop}Takes: {taken}", stop=stop, taken=private if "doses" in gone else taken),
        phrase("Last change: {changed}", changed=private if "doses" in gone else changed),
        phrase("How hard the days are: {way}", way=private if "chart" in gone else way),
        phrase("Safety: {facts}", facts=_safety(page)),
        phrase(
            "Written by the patient, {first} to {last}: {done}.{limits} Not a diagnosis.",
            first=date_words(page.first_day), last=date_words(page.last_day),
            done=page.completeness.sentence,
            limits=phrase(" {limits}", limits=page.limits) if page.limits else "",
        ),
        phrase("Asks: {asked}", asked=private if "request" in gone else asked),
    )  # fmt: skip


def _taken(row: PageDose) -> Words:
    settled = joined("; ", filter(None, (row.settled, row.seldom, row.week)))
    parts = (row.now, begun(settled), row.how, row.plan, row.needed, row.label)
    return phrase("{parts}.", parts=joined(". ", (part for part in parts if part)))


def _changed(row: PageDose) -> Words:
    said = joined(", ", filter(None, (row.change, *row.change_said)))
    if not row.change:
        return phrase("{drug}: {said}.", drug=row.drug, said=said)
    return phrase("{drug} {said}.", drug=row.drug, said=said)


def _safety(page: ReportContext) -> Words:
    shape = SAFETY.show(SAFETY.of(page), 0)
    assert isinstance(shape, Facts), "safety facts are a paragraph"
    return phrase("{facts}.", facts=joined(". ", _facts(shape)))


def _facts(shape: Facts) -> Iterator[Words]:
    yield from (*shape.strong, *shape.plain, *shape.soft)
