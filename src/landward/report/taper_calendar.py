"""The plan's dates for any calendar. Titles are neutral: no drug, no dose, no reason."""

from datetime import UTC, date, datetime, time, timedelta

from landward.model.taper import TaperPlan
from landward.report.taper_words import merged

TITLE = "Sheet, line {number}"
REMIND_AT = timedelta(hours=9)
"""An all-day entry reminds at nine in the morning of that day, wherever the calendar is."""


def plan_calendar(plan: TaperPlan, today: date) -> bytes:
    """An iCalendar file (RFC 5545) with one all-day entry where a new line of the sheet begins."""
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Landward//sheet//EN")
    calendar.add("version", "2.0")
    stamp = datetime.combine(today, time(), UTC)
    for number, step in enumerate(merged(plan), start=1):
        title = TITLE.format(number=number)
        event = Event()
        event.add("uid", f"{plan.start:%Y%m%d}-{plan.version}-{number}@landward.invalid")
        event.add("dtstamp", stamp)
        event.add("dtstart", step.start)
        event.add("dtend", step.start + timedelta(days=1))
        event.add("summary", title)
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", REMIND_AT)
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
