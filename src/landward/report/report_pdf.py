"""The report on paper: page one, A4 or Letter, and page two for what does not fit on it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Literal

from landward.model.said import ENGLISH, Catalogue, Words, joined, phrase
from landward.model.stopping import STOPPING
from landward.report.appendices.part import Leaf, TideLeaf
from landward.report.blocks.all_blocks import CHOSEN
from landward.report.blocks.block import Block
from landward.report.blocks.completeness import NEW_DAYS
from landward.report.blocks.overview import CHART
from landward.report.blocks.shape import Shape
from landward.report.blocks.whole_taper import TAPER
from landward.report.charts import severity_chart
from landward.report.columns import Placed, bands
from landward.report.context import ReportContext
from landward.report.figure.legend import legend
from landward.report.figure.svg import paper_svg
from landward.report.figure.tide_marks import tide_figure
from landward.report.palette import PAPER
from landward.report.strip_chart import strip_chart
from landward.report.typesetting import page_pictures, typeset
from landward.report.words import date_words, list_words

Sheet = Literal["a4", "letter"]

WIDTH_PT = {"a4": 510, "letter": 527}
"""The width between the margins; pictures are drawn at exactly this size, so type stays type."""

CHART_PT = (60, 72, 90, 110, 132, 158, 190, 230)
"""How tall the chart's answers may be drawn; the page takes the tallest that fits."""

STAYS = 5
"""So many of the first blocks stay on page one whatever follows them."""

TIDE_PT = 640.0
"""The calendar of the appendix stays on one page, its heading above it."""


def report_pdf(
    context: ReportContext,
    *,
    today: date,
    paper: Sheet = "a4",
    catalogue: Catalogue = ENGLISH,
    archival: bool = True,
) -> bytes:
    """The pages as PDF/UA-1 and PDF/A-2a, dated `today`; the same values give the same bytes.

    Without `archival` only PDF/UA-1, which may be locked afterwards.

    The chart is as tall as page one allows. What does not fit moves to page two, the last block
    first; never smaller type, and nothing is cut.
    """
    data = report_data(context, today, paper, catalogue)
    return typeset("report", data, date=today, paper=paper, catalogue=catalogue, archival=archival)


def report_pictures(
    context: ReportContext,
    *,
    today: date,
    paper: Sheet = "a4",
    catalogue: Catalogue = ENGLISH,
) -> tuple[bytes, ...]:
    """The same pages as PNG, for a screen."""
    data = report_data(context, today, paper, catalogue)
    return page_pictures("report", data, date=today, paper=paper, catalogue=catalogue)


def report_data(
    context: ReportContext, today: date, paper: Sheet, catalogue: Catalogue
) -> dict[str, Any]:
    """What the template prints, as one JSON value."""
    data: dict[str, Any] = context.model_dump(
        include={"title", "person", "completeness", "medicine"}
    )
    done = context.completeness
    shown = list(context.shown())
    data["tries"] = [
        {"bands": bands(one), "rest": bands(two), "continued": _continued(two)}
        for one, two in two_pages(context, shown)
    ]
    data["pictures"] = _pictures(context, WIDTH_PT[paper], catalogue)
    data["stops"] = (
        phrase("More than one planned day not taken in the last seven: {days}.",
               days=joined("; ", context.stops))
        if context.stops
        else ""
    )  # fmt: skip
    data["period"] = _period(context)
    data["completeness"]["how"] = phrase("How: {how}.", how=done.how) if done.how else ""
    data["completeness"]["missing"] = (
        phrase("Days without a number: {missing}.", missing=done.missing) if done.missing else ""
    )
    data["prepared"] = _prepared(context, today)
    left_out = list_words(list(context.left_out_words))
    data["left_out"] = phrase("Left out by choice: {parts}.", parts=left_out) if left_out else ""
    if left_out and {block.name for block in CHOSEN} <= set(context.hidden):
        data["left_out"] = phrase("Everything that may be left out was left out by choice.")
    data["said"] = _said()
    data["limits"] = context.limits
    data["appendix"] = [
        {"title": leaf.title, "shape": _leaf(leaf, catalogue)} for leaf in context.appendix
    ]
    return data


def two_pages(
    context: ReportContext, shown: Sequence[Placed]
) -> Iterator[tuple[Sequence[Placed], Sequence[Placed]]]:
    """What stands on page one and what on page two, the fullest page one first.

    What gives way on a full page, in this order: the height of the chart; of blocks that have first
    words (`Block.short`), all but those; the last block; the block before it, and so on. The first
    blocks stay, and so do first words wherever there is room for them. What page one says in its
    first words alone stands whole on page two.
    """
    brief = {block.name: _brief(context, block) for block, _ in shown}
    for many in range(len(shown), min(STAYS, len(shown)) - 1, -1):
        whole, gone = shown[:many], shown[many:]
        kept = [(block, short) for block, _ in gone if (short := brief[block.name])]
        if kept:
            yield [*whole, *kept], gone
        yield whole, gone
        if any(brief[block.name] for block, _ in whole):
            yield (
                [(block, brief[block.name] or shape) for block, shape in whole],
                [*(one for one in whole if brief[one[0].name]), *gone],
            )


def _brief(context: ReportContext, block: Block[Any]) -> Shape | None:
    held = block.of(context)
    return block.short(held) if block.short and held else None


def _continued(rest: Sequence[Placed]) -> Words:
    if not rest:
        return ""
    parts = list_words([block.words for block, _ in rest])
    return phrase("More on page two: {parts}.", parts=parts)


def _period(context: ReportContext) -> Words:
    first, last = date_words(context.first_day), date_words(context.last_day)
    if first == last:
        return phrase("Written by the patient, {day}.", day=last)
    return phrase("Written by the patient, {first} to {last}.", first=first, last=last)


def _prepared(context: ReportContext, today: date) -> str:
    if context.reader:
        return phrase("Printed {day} for {reader}. Not a diagnosis.", day=date_words(today),
                      reader=context.reader)  # fmt: skip
    return phrase("Printed {day}. Not a diagnosis.", day=date_words(today))


def _said() -> dict[str, str]:
    """The page's fixed words."""
    return {
        "name": phrase("Name"),
        "born": phrase("Born"),
        "no_request": phrase("Nothing was written here."),
        "for_prescriber": phrase("For the prescriber:"),
        "until": phrase("until"),
        "agreed": phrase("agreed by"),
        "notes": phrase("Notes from the visit"),
        "last_change": phrase("Last change"),
        "page_two": phrase("Page two: what did not fit on the first"),
        "definitions": phrase(
            "Middle: median; [a–b]: the middle half of the answers. Recorded by the patient, not "
            "measured; unanswered days are left out, never filled in. After is not because."
        ),
        "stopping": phrase("Do not stop suddenly: {stopping}.", stopping=STOPPING),
    }


def _pictures(
    context: ReportContext, width_pt: float, catalogue: Catalogue
) -> dict[str, list[dict[str, Any]]]:
    """The pictures by key, each in every height it may be printed in, the lowest first."""
    found: dict[str, list[dict[str, Any]]] = {}
    if (strip := TAPER.of(context)) is not None:
        drawn = strip_chart(strip, width_pt=width_pt)
        found["taper"] = [{"svg": paper_svg(drawn, PAPER, catalogue), "height_pt": drawn.height}]
    if (chart := CHART.of(context)) is not None:
        tall_pt = CHART_PT if chart.days >= NEW_DAYS else CHART_PT[1:3]
        heights = [severity_chart(chart, width_pt=width_pt, height_pt=tall) for tall in tall_pt]
        found["chart"] = [
            {"svg": paper_svg(drawn, PAPER, catalogue), "height_pt": drawn.height}
            for drawn in heights
        ]
    return found


def _told(doses: Sequence[str], *, beside: bool) -> str:
    """Where the doses of a calendar are drawn, and what they are; of a few days only what."""
    if not doses:
        return ""
    if beside:
        return phrase("At the right: {doses}.", doses=joined(", then ", doses))
    return phrase("Dose: {doses}.", doses=joined(", then ", doses))


def _leaf(leaf: Leaf, catalogue: Catalogue) -> dict[str, Any]:
    """What stands under a heading behind page one; the calendar is drawn beside its signs."""
    if not isinstance(leaf.shape, TideLeaf):
        return leaf.shape.model_dump()
    tide = leaf.shape.tide
    drawn = tide_figure(tide, tallest=TIDE_PT)
    doses = [
        phrase("{drug}, at most {most_words} a day", drug=one.drug, most_words=one.most_words)
        for one in tide.doses
    ]
    return {
        "kind": leaf.shape.kind,
        "what": leaf.shape.what,
        "svg": paper_svg(drawn, PAPER, catalogue),
        "words": tide.description,
        "doses": _told(doses, beside=bool(tide.drawn_doses)),
        "signs": [
            {"svg": paper_svg(sign.figure, PAPER, catalogue), "words": sign.words}
            for sign in legend(tide, leaf.shape.ends)
        ],
    }
