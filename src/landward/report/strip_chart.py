"""The strip of the whole taper on paper: one thin lane a drug, its largest amount and 0 named."""

from landward.report.blocks.whole_taper import StripLine, TaperStrip
from landward.report.figure.marks import Box, Figure, Mark, Path, Words
from landward.report.figure.scales import Across, Upright
from landward.report.words import date_words, month_words

AXIS_PT, RIGHT_PT = 74.0, 8.0
LANE_PT, BETWEEN_PT, DATES_PT = 30.0, 10.0, 16.0
ASCENT_PT = 3.8
LEAST_PT = 1.6
"""A single known day is drawn this wide, so that it is seen in a strip of years."""

LONG_DAYS = 150
"""In a strip of more days its ends are named by month."""


def strip_chart(strip: TaperStrip, *, width_pt: float) -> Figure:
    """The strip, as wide as told and as tall as its lanes."""
    across = Across(strip.days, AXIS_PT, width_pt - AXIS_PT - RIGHT_PT)
    marks: list[Mark] = []
    bottom = len(strip.lines) * (LANE_PT + BETWEEN_PT) - BETWEEN_PT + 6
    if strip.shaded_from:
        left = across.edge(strip.shaded_from)
        marks.append(Box("dose", left, 2, across.left + across.width - left, bottom))
    for number, line in enumerate(strip.lines):
        top = 6 + number * (LANE_PT + BETWEEN_PT)
        marks += _lane(line, across, top, named=len(strip.lines) > 1)
    marks += _ends(strip, across, bottom + DATES_PT)
    return Figure(width_pt, bottom + DATES_PT + 3, tuple(marks), str(strip.sentence), key="taper")


def _lane(line: StripLine, across: Across, top: float, *, named: bool) -> list[Mark]:
    high = max((held.mg for held in line.held), default=0.0) or 1.0
    upright = Upright(0, high, top, LANE_PT)
    zero, right = upright.at(0), across.left + across.width
    marks: list[Mark] = [
        Path("axis", f"M{across.left:g} {zero:.1f}H{right:.1f}"),
        Words("words", across.left - 6, top + ASCENT_PT, f"{line.most} mg", "end"),
        Words("words", across.left - 6, zero + ASCENT_PT, "0", "end"),
    ]
    if named:
        middle = (top + zero) / 2 + ASCENT_PT
        marks.append(Words("soft", across.left - 6, middle, line.drug[:12], "end"))
    path, end = "", -2
    for held in line.held:
        x, y = across.edge(held.start), upright.at(held.mg)
        joined = held.start == end + 1
        path += f"V{y:.1f}" if joined else f"M{x:.1f} {y:.1f}"
        path += f"H{max(across.edge(held.end + 1), x + LEAST_PT):.1f}"
        end = held.end
    marks.append(Path("line", path))
    return marks


def _ends(strip: TaperStrip, across: Across, y: float) -> list[Mark]:
    long = strip.days > LONG_DAYS
    first, last = (
        month_words(day, year=True) if long else date_words(day)
        for day in (strip.first_day, strip.last_day)
    )
    marks: list[Mark] = [Words("words", across.left, y, first)]
    if strip.days > 1:
        marks.append(Words("words", across.left + across.width, y, last, "end"))
    return marks
