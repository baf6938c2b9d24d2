"""The days as a calendar, drawn, and every day with its number."""

from datetime import date, timedelta

from landward.model.day_answers import LATE_AFTER_DAYS
from landward.model.said import phrase
from landward.model.series import Missing
from landward.report.appendices.part import (
    CalendarDay,
    CalendarWeek,
    Leaf,
    Part,
    TideLeaf,
    WeeksLeaf,
)
from landward.report.blocks.overview import label, spells_in
from landward.report.blocks.scope import Scope, days_between
from landward.report.blocks.tide import ends_of, tide_of
from landward.report.words import date_words, number_words

_WHY = {
    Missing.UNWELL: "u",
    Missing.RESTING: "r",
    Missing.DECLINED: "n",
    Missing.TOO_MUCH: "n",
    Missing.NO_OCCASION: "n",
}
"""Letters of the calendar for days without a number; days without an entry stay a dash."""

LEGEND = phrase(
    "u: too unwell to log; r: resting from the diary; n: asked, not answered; –: no "
    "entry. Framed: window. Hatched: wave. In brackets: same as the day before, or answered "
    "more than {days} days later.",
    days=LATE_AFTER_DAYS,
)


def calendar(scope: Scope) -> tuple[Leaf, ...]:
    """The picture, then the numbers."""
    what = label(scope)
    drawn = TideLeaf(what=what, tide=tide_of(scope), ends=ends_of(scope))
    weeks = WeeksLeaf(what=what, weeks=weeks_of(scope), legend=LEGEND)
    return (
        Leaf(part=CALENDAR.name, title=phrase("The days as a calendar"), shape=drawn),
        Leaf(part=CALENDAR.name, title=phrase("Every day"), shape=weeks),
    )


def weeks_of(scope: Scope) -> tuple[CalendarWeek, ...]:
    """Every day of the period in its week."""
    spell_of: dict[date, str] = {}
    for spell in spells_in(scope, scope.reading):
        for place in range(spell.start, spell.end + 1):
            spell_of[scope.first_day + timedelta(days=place)] = spell.state
    monday = scope.first_day - timedelta(days=scope.first_day.weekday())
    weeks = []
    while monday <= scope.last_day:
        days = days_between(monday, monday + timedelta(days=6))
        cells = tuple(_cell(scope, day, spell_of.get(day, "")) for day in days)
        weeks.append(CalendarWeek(monday=date_words(monday), days=cells))
        monday += timedelta(days=7)
    return tuple(weeks)


def _cell(scope: Scope, day: date, spell: str) -> CalendarDay:
    if not scope.holds(day):
        return CalendarDay(text="")
    value = scope.main_on(day)
    if value is None:
        return CalendarDay(text=_WHY.get(scope.main_missing(day), "–"), spell=spell)
    text = number_words(value)
    return CalendarDay(
        text=phrase("({text})", text=text) if scope.main_carried(day) else text, spell=spell
    )


CALENDAR = Part(
    "calendar", phrase("the days as a calendar"), calendar, tells=("chart", "days"), reads=True
)
