"""The tide calendar on a page: what a tap opens, what a screen reader hears, the signs below it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from markupsafe import Markup

from landward.app.read.journey_shapes import MY_STATES, STATES
from landward.model.said import ENGLISH, Catalogue, joined, phrase
from landward.report.figure.legend import Sign, legend
from landward.report.figure.svg import page_svg
from landward.report.figure.tide import Tide, TideDay
from landward.report.figure.tide_marks import tide_figure
from landward.report.words import (
    LONG_MONTHS,
    WEEKDAYS,
    count_words,
    date_words,
    number_words,
)

TAPS = {
    "days": phrase("Tap a day to open it."),
    "weeks": phrase("Tap a month to enlarge it."),
    "months": phrase("Tap a year to enlarge it."),
}


@dataclass(frozen=True, slots=True)
class DrawnSign:
    """One sign of the legend: the picture of it and its word."""

    svg: Markup
    words: str
    wide: bool


@dataclass(frozen=True, slots=True)
class DrawnTide:
    """The calendar, its legend, and the words for the dose beside it."""

    svg: Markup
    signs: tuple[DrawnSign, ...]
    dose_words: str
    tap_words: str
    layout: str


def draw_tide(tide: Tide, ends: tuple[str, str], catalogue: Catalogue = ENGLISH) -> DrawnTide:
    """The calendar of one view. `ends` are the words for no trouble and the worst."""

    def label(first: dt.date, last: dt.date) -> str:
        start = max(0, (first - tide.first).days)
        return _label(tide.days[start : (last - tide.first).days + 1])

    figure = tide_figure(tide, enlarge=_address, label=label)
    return DrawnTide(
        Markup(page_svg(figure, catalogue)),  # noqa: S704 - the renderer escapes every word
        tuple(_sign(sign, catalogue) for sign in legend(tide, ends)),
        _doses(tide),
        TAPS[tide.layout],
        tide.layout,
    )


def _sign(sign: Sign, catalogue: Catalogue) -> DrawnSign:
    svg = Markup(page_svg(sign.figure, catalogue))  # noqa: S704 - numbers and our own words
    return DrawnSign(svg, sign.words, sign.figure.width > 40)


def _address(first: dt.date, last: dt.date) -> str:
    if first == last:
        return f"/day/{first.isoformat()}"
    return f"/journey?zoom=closer&since={first.isoformat()}&until={last.isoformat()}"


def _label(days: Sequence[TideDay]) -> str:
    """“Tuesday 3 March: 5, wave”; of a month how many days were answered, and their middle."""
    if len(days) == 1:
        (one,) = days
        said = {"answered": one.words, "unwell": phrase("too unwell to log")}.get(
            one.kind, phrase("no entry")
        )
        date = phrase(
            "{weekday} {day} {month}",
            weekday=WEEKDAYS[one.day.weekday()],
            day=one.day.day,
            month=LONG_MONTHS[one.day.month - 1],
        )
        if not one.state:
            return phrase("{date}: {said}", date=date, said=said)
        named = MY_STATES[one.state] if one.own else STATES[one.state]
        return phrase("{date}: {said}, {state}", date=date, said=said, state=named)
    known = [float(one.words) for one in days if one.words]
    parts = [
        phrase(
            "{count} of {count_2} answered", count=len(known), count_2=count_words(len(days), "day")
        )
    ]
    if known:
        parts.append(phrase("middle {median}", median=number_words(median(known))))
    for state in ("window", "wave"):
        many = sum(one.state == state for one in days)
        if many:
            days_in = count_words(many, "day")
            parts.append(phrase("{days} in a {state}", days=days_in, state=STATES[state]))
    return phrase(
        "Enlarge {day} to {day_2}: {parts}",
        day=date_words(days[0].day),
        day_2=date_words(days[-1].day),
        parts=joined(", ", parts),
    )


def _doses(tide: Tide) -> str:
    """What stands at the right: the drug by name, or both in their order."""
    if not tide.doses:
        return ""
    if not tide.drawn_doses:
        told = (
            phrase("{drug} {now}", drug=one.drug, now=one.now_words) if one.now_words else one.drug
            for one in tide.doses
        )
        return phrase("Dose: {doses}.", doses=joined(", ", told))
    if len(tide.doses) == 1:
        return phrase("At the right: {drug}.", drug=tide.doses[0].drug)
    first, second = (
        phrase("{drug} ({now})", drug=one.drug, now=one.now_words) if one.now_words else one.drug
        for one in tide.doses
    )
    return phrase(
        "At the right: {first}, then {second}; each as wide as its own largest dose.",
        first=first,
        second=second,
    )
