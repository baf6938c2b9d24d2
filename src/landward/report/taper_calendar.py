"""The plan's dates for any calendar. Titles are neutral: no drug, no dose, no reason.

An event is one line of one plan for good (RFC 5545, 3.8.4.7 and 3.8.7.4): its UID comes from the
plan's first version and the line's number, SEQUENCE is the version, and a line that is gone is sent
as cancelled, so that a calendar which knows the earlier file moves or removes what it holds.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from landward.model.plan_pack import pack_plan
from landward.model.said import phrase
from landward.model.taper import TaperPlan
from landward.report.plan_lines import plan_lines
from landward.report.taper_words import merged

TITLE = phrase("Sheet, line {number}")
IF_YOU_GO_ON = phrase("Sheet, line {number}, if you go on")
SHEET_TITLE = phrase("Sheet {sheet}, line {number}")
SHEET_IF_YOU_GO_ON = phrase("Sheet {sheet}, line {number}, if you go on")
"""A line nobody said yes to yet stands as tentative."""
SAYS_A_VERSION = 20_000
"""More than any plan has steps: a later version counts higher than any step said yes to."""
REMIND_AT = timedelta(hours=9)
"""An all-day entry reminds at nine in the morning of that day, wherever the calendar is."""

DELETE_FIRST = phrase(
    "Not every calendar can update. If the earlier dates stay beside these, delete the "
    "earlier calendar and add this one again."
)
_CHANGES_IN_VERSIONS = ("version", "replaces", "tables", "supply", "notes", "warning")


def plan_calendar(
    plan: TaperPlan,
    today: date,
    earlier: Sequence[TaperPlan] = (),
    confirmed: int | None = None,
    sheet: int | None = None,
) -> bytes:
    """An iCalendar file (RFC 5545) with one all-day entry where a new line of the sheet begins.

    `earlier` are the versions as they were stored, first to last; this one may be among them.
    `confirmed` is how many steps were said yes to (None: all stand as they are dated); the others
    are tentative. `sheet` numbers it among several sheets of one person.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Landward//sheet//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-caldesc", DELETE_FIRST)
    lineage = lineage_of((*earlier, plan)[0])
    lines = {number: step.start for number, step in enumerate(merged(plan), start=1)}
    gone = {
        number: step.start
        for old in earlier
        for number, step in enumerate(merged(old), start=1)
        if number not in lines
    }
    sequence = plan.version
    if confirmed is not None:
        sequence = plan.version * SAYS_A_VERSION + confirmed
    stands = {line.number for line in plan_lines(plan, confirmed) if line.confirmed}
    for number, start in lines.items():
        title = _title(number, sheet, stands=number in stands)
        event = _event(lineage, number, start, sequence, today)
        event.add("summary", title)
        event.add("status", "CONFIRMED" if number in stands else "TENTATIVE")
        event.add_component(_alarm(title))
        calendar.add_component(event)
    for number, start in sorted(gone.items()):
        event = _event(lineage, number, start, sequence, today)
        event.add("summary", _title(number, sheet, stands=True))
        event.add("status", "CANCELLED")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def joined_calendar(calendars: Sequence[bytes]) -> bytes:
    """One file with every entry of several."""
    from icalendar import Calendar

    first, *others = [Calendar.from_ical(one) for one in calendars]
    for other in others:
        for event in other.walk("VEVENT"):
            first.add_component(event)
    return bytes(first.to_ical())


def _title(number: int, sheet: int | None, *, stands: bool) -> str:
    if sheet is None:
        return (TITLE if stands else IF_YOU_GO_ON).format(number=number)
    return (SHEET_TITLE if stands else SHEET_IF_YOU_GO_ON).format(sheet=sheet, number=number)


def lineage_of(first: TaperPlan) -> str:
    """What all versions of one plan share and no other plan has: a digest of its first version."""
    packed = pack_plan(first)
    said = {name: value for name, value in packed["plan"].items()
            if name not in _CHANGES_IN_VERSIONS}  # fmt: skip
    text = json.dumps([said, packed["steps"], packed["doses"], packed["pieces"]], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _event(lineage: str, number: int, start: date, sequence: int, today: date) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{lineage}-{number}@landward.invalid")
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("sequence", sequence)
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _alarm(title: str) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", REMIND_AT)
    return alarm
