"""The medicine record of an open diary, made once for as long as no dose, plan or label is written;
and the little of it that Today needs, which never waits for the whole diary.
"""

import datetime as dt

from landward.app.diary.open_diary import DOSES, PLANS, OpenDiary
from landward.app.diary.readable import Readable
from landward.model.base import Frozen
from landward.model.bodies import DoseTaken
from landward.model.medicines import MedicineRecord, medicine_record
from landward.model.medicines.record import LOOK_BACK_DAYS
from landward.model.said import phrase
from landward.report.blocks.doses import stop_words

OF_MEDICINES = DOSES | PLANS | frozenset({"prescription"})


class StopSeen(Frozen):
    """More than one planned day of one drug was not taken in the last week."""

    drug: str
    days: tuple[dt.date, ...]
    words: str


def medicines_of(diary: Readable) -> MedicineRecord:
    """Every drug's record, kept until a dose, a plan or a prescription is written."""
    return diary.keep("medicines", lambda: medicine_record(diary.diary.lines), OF_MEDICINES)


def recent_medicines(diary: OpenDiary, until: dt.date, days: int) -> MedicineRecord:
    """The record of the last days only, with all that is planned and prescribed."""
    lines = [
        line
        for back in range(days - 1, -1, -1)
        for line in diary.bodies_on(until - dt.timedelta(days=back), DoseTaken)
    ]
    return medicine_record(lines).with_orders_of(diary.me.medicines)


def stop_seen(diary: OpenDiary, today: dt.date) -> tuple[StopSeen, ...]:
    """The drugs of which more than one planned day was not taken: said before everything else."""
    return diary.keep(("stops", today), lambda: _stops(diary, today), OF_MEDICINES)


def _stops(diary: OpenDiary, today: dt.date) -> tuple[StopSeen, ...]:
    record = recent_medicines(diary, today, LOOK_BACK_DAYS)
    found = ((drug, medicine.stopped_days(today)) for drug, medicine in record.medicines.items())
    return tuple(
        StopSeen(
            drug=drug,
            days=days,
            words=phrase("Planned days not taken: {drug}.", drug=stop_words(drug, days)),
        )
        for drug, days in found
        if days
    )
