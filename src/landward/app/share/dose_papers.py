"""Two things to take along: reminders that name nothing, a dose card that names all."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from landward.app.diary.profile import Person, Regimen
from landward.app.library.help_now import emergency_number
from landward.app.read.doses import is_clock
from landward.model.base import BadInput
from landward.model.medicines import MedicineRecord
from landward.model.moment import Moment
from landward.model.said import ENGLISH, Catalogue, phrase
from landward.model.stopping import DO_NOT_STOP
from landward.report.blocks.doses import dose_row, stop_words
from landward.report.typesetting import Paper, typeset
from landward.report.words import date_words

NEUTRAL_TITLE = "Reminder"
_SEQUENCE_FROM = 1_600_000_000


def reminders(
    regimens: Sequence[Regimen],
    moment: Moment,
    earlier: Sequence[Regimen] = (),
    whose: str = "",
) -> bytes:
    """A calendar with one daily reminder per clock time. It names no medicine and no amount.

    Times are wall time without a zone (RFC 5545, 3.3.5): 08:00 stays 08:00 on a journey. A clock of
    `earlier` prescriptions that none has now is sent as cancelled. `whose` tells two diaries apart,
    so that one calendar may hold the reminders of both. Raises BadInput where no prescription has a
    clock time.
    """
    from icalendar import Calendar

    clocks = sorted({time for r in regimens for time in r.times if is_clock(time)})
    if not clocks:
        raise BadInput(phrase("no prescription has a time yet; write them like 08:00, 22:00"))
    gone = sorted({time for r in earlier for time in r.times if is_clock(time)} - set(clocks))
    calendar = Calendar()
    calendar.add("prodid", "-//Landward//reminders//EN")
    calendar.add("version", "2.0")
    for clock in clocks:
        event = _reminder(clock, moment, whose)
        event.add("status", "CONFIRMED")
        event.add_component(_alarm())
        calendar.add_component(event)
    for clock in gone:
        event = _reminder(clock, moment, whose)
        event.add("status", "CANCELLED")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _reminder(clock: str, moment: Moment, whose: str) -> Any:
    from icalendar import Event

    event = Event()
    name = hashlib.sha256(f"{whose} {clock}".encode()).hexdigest()[:24]
    event.add("uid", f"{name}@landward.invalid")
    event.add("summary", NEUTRAL_TITLE)
    event.add("dtstamp", moment.at)
    # Seconds of the epoch rise with every file, whatever was written before.
    event.add("sequence", int(moment.at.timestamp()) - _SEQUENCE_FROM)
    event.add("dtstart", dt.datetime.combine(moment.local.date(), dt.time.fromisoformat(clock)))
    event.add("duration", dt.timedelta(minutes=5))
    event.add("rrule", {"freq": "daily"})
    event.add("class", "PRIVATE")
    return event


def _alarm() -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", NEUTRAL_TITLE)
    alarm.add("trigger", dt.timedelta(0))
    return alarm


def dose_card(
    me: Person, medicines: MedicineRecord, today: dt.date, paper: Paper = "a5",
    catalogue: Catalogue = ENGLISH,
) -> bytes:  # fmt: skip
    """One page to carry, as PDF: what is taken, how much, when; whom to call; not to stop suddenly.

    Raises BadInput where no medicine is known.
    """
    data = card_data(me, medicines, today)
    return typeset("plain", data, date=today, paper=paper, catalogue=catalogue)


def card_data(me: Person, medicines: MedicineRecord, today: dt.date) -> dict[str, object]:
    """What the card says. Raises BadInput where no medicine is known."""
    rows: list[list[str]] = []
    stops: list[dict[str, object]] = []
    for drug, medicine in medicines.medicines.items():
        if not medicine.expected_mg(today) and not medicine.settled_mg(today):
            continue
        label = medicine.prescription(today)
        row = dose_row(medicine, today, today)
        rows.append([drug, row.taken_now, row.planned, row.prescribed,
                     ", ".join(label.times) if label else ""])  # fmt: skip
        if days := medicine.stopped_days(today):
            stops.append(
                {"text": phrase("Planned days not taken: {drug}.", drug=stop_words(drug, days))}
            )
    if not rows:
        if medicines.medicines:
            raise BadInput(
                phrase(
                    "no dose has lasted yet, and none is planned or on a label: add the "
                    "prescription, then the card has something to say"
                )
            )
        raise BadInput(phrase("no medicine is written yet: add the prescription first"))
    blocks: list[dict[str, object]] = [
        {
            "text": phrase(
                "As of {today}. Written by the person who carries it.", today=date_words(today)
            )
        },
        *stops,
        {
            "head": [
                phrase("In a whole day"),
                phrase("Taken now"),
                "Planned",
                "Prescribed",
                "When",
            ],
            "rows": rows,
        },
        {
            "text": DO_NOT_STOP
            + phrase(" If doses are missed or cannot be kept down, get help the same day.")
        },
    ]
    if me.settings.card:
        blocks += [{"heading": phrase("Please know")}, {"text": me.settings.card}]
    if me.settings.plan_people:
        blocks += [{"heading": phrase("Please call")}, {"text": me.settings.plan_people}]
    blocks.append(
        {
            "text": phrase(
                "Emergency: {emergency_number}",
                emergency_number=emergency_number(me.settings.country),
            )
        }
    )
    return {"title": phrase("My doses"), "blocks": blocks}
