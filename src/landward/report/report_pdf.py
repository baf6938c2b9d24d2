"""The report on paper: one A4 or Letter page, whatever the diary holds."""

import re
from bisect import bisect_left
from datetime import date
from typing import Any, Literal

from landward.model.base import LandwardError
from landward.model.said import ENGLISH, Catalogue, joined, phrase
from landward.report.blocks.appendix import Appendix
from landward.report.blocks.overview import CHART
from landward.report.charts import frame_pt, severity_chart
from landward.report.columns import bands
from landward.report.context import ReportContext
from landward.report.figure.legend import legend
from landward.report.figure.svg import paper_svg
from landward.report.figure.tide_marks import tide_figure
from landward.report.palette import PAPER
from landward.report.typesetting import typeset
from landward.report.words import date_words, list_words

Sheet = Literal["a4", "letter"]

WIDTH_PT = {"a4": 510, "letter": 527}
"""The width between the margins; the chart is drawn at exactly this size, so type stays type."""

ROWS_AND_LOWEST = ((5, 110), (4, 96), (3, 84), (2, 72))
"""How many rows a table may have, and how low (points) the chart may get before rows go instead."""

TALLEST_PT = 290
STEP_PT = 4
TIDE_PT = 640.0
"""The calendar of the appendix stays on one page, its heading above it."""

_PAGES = re.compile(rb"<xmpTPg:NPages>(\d+)</xmpTPg:NPages>")


def report_pdf(
    context: ReportContext,
    *,
    today: date,
    paper: Sheet = "a4",
    catalogue: Catalogue = ENGLISH,
) -> bytes:
    """The page as PDF/UA-1 and PDF/A-2a, dated `today`; the same values give the same bytes.

    The chart is as tall as the page allows. A fuller diary gets a lower chart and shorter tables,
    never smaller type and never a second page; only an appendix, where asked for, adds pages.
    Raises LandwardError if even that does not fit.
    """
    chart = CHART.of(context)
    beyond = frame_pt(chart) if chart else 0.0
    for rows, lowest in ROWS_AND_LOWEST:
        data = _data(context, today, rows)
        height = _tallest(data, beyond, lowest, today, paper=paper, catalogue=catalogue)
        if height is not None:
            if chart is not None:
                drawn = severity_chart(chart, width_pt=WIDTH_PT[paper], height_pt=height)
                data["picture"] = {"svg": paper_svg(drawn, PAPER, catalogue)}
            if context.appendix is not None:
                data["appendix"] = _appendix(context.appendix, catalogue)
            return typeset("report", data, date=today, paper=paper, catalogue=catalogue)
    raise LandwardError(
        phrase("the report does not fit on one page; choose a shorter request or period")
    )


def _appendix(pages: Appendix, catalogue: Catalogue) -> dict[str, Any]:
    """What the pages behind the first print; the calendar is drawn to fit beside its signs."""
    drawn = tide_figure(pages.tide, tallest=TIDE_PT)
    doses = [
        phrase("{drug}, at most {most_words} a day", drug=one.drug, most_words=one.most_words)
        for one in pages.tide.doses
    ]
    return pages.model_dump(exclude={"tide", "tide_ends"}) | {
        "tide": {
            "svg": paper_svg(drawn, PAPER, catalogue),
            "words": pages.tide.description,
            "doses": phrase("At the right: {doses}.", doses=joined(", then ", doses))
            if doses
            else "",
            "signs": [
                {"svg": paper_svg(sign.figure, PAPER, catalogue), "words": sign.words}
                for sign in legend(pages.tide, pages.tide_ends)
            ],
        }
    }


def _tallest(
    data: dict[str, Any],
    beyond: float,
    lowest: int,
    today: date,
    *,
    paper: Sheet,
    catalogue: Catalogue,
) -> int | None:
    """The tallest chart (points) with which the page stays one page, tried with an empty box."""
    heights = range(lowest, TALLEST_PT + 1, STEP_PT)

    def too_tall(height: int) -> bool:
        tried = data | {"picture": {"box_pt": height + beyond}}
        return (
            page_count(typeset("report", tried, date=today, paper=paper, catalogue=catalogue)) > 1
        )

    fitting = bisect_left(heights, True, key=too_tall) - 1
    return heights[fitting] if fitting >= 0 else None


def page_count(pdf: bytes) -> int:
    """Pages of a PDF made here, from its metadata, which an archival PDF keeps readable."""
    found = _PAGES.search(pdf)
    assert found is not None, "typst writes the number of pages into the metadata"
    return int(found.group(1))


def _data(context: ReportContext, today: date, rows: int) -> dict[str, Any]:
    """The template's data; its chart is an empty box until the height is known."""
    data: dict[str, Any] = context.model_dump(
        exclude={"contents", "appendix", "first_day", "last_day"}
    )
    data["appendix"] = None
    data["bands"] = bands(context.shown(rows))
    data["period"] = phrase(
        "{first} to {last}",
        first=date_words(context.first_day),
        last=date_words(context.last_day),
    )
    printed = date_words(today)
    data["prepared"] = (
        phrase("Printed {printed} for {reader}", printed=printed, reader=context.reader)
        if context.reader
        else phrase("Printed {printed}", printed=printed)
    )
    data["left_out"] = list_words(list(context.left_out_words))
    return data
