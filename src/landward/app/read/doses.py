"""What was taken, what was planned, what is left: three things, side by side, never one."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from landward.app.diary.open_diary import OpenDiary
from landward.app.diary.profile import Regimen
from landward.app.library.known_words import KNOWN
from landward.app.read.medicines import medicines_of
from landward.model.amounts import MOST_MG, as_decimal, read_mg
from landward.model.base import BadInput, Frozen
from landward.model.bodies import DoseTaken
from landward.model.diary import bodies_on
from landward.model.entries import Entry
from landward.model.journal import JournalIndex
from landward.model.moment import DAY_STARTS_AT, Moment, zone_of
from landward.model.said import phrase
from landward.report.blocks.doses import DoseRow, dose_row

STILL_SHOWN_DAYS = 14
"""A drug nobody prescribes or plans stays on the page for as long as its days are listed there."""

ASK_AGAIN_WITHIN = dt.timedelta(hours=4)
"""Two doses of one drug written this close together make the app ask once. Ours, not a rule."""


class Written(Frozen):
    """One dose as it stands in the diary."""

    entry_id: str
    day: dt.date
    drug: str
    own_word: str = ""
    dose_mg: Decimal | None
    at: dt.datetime | None
    status: str
    as_needed: bool
    day_total: bool
    recorded_at: dt.datetime


def written_on(diary: OpenDiary, day: dt.date) -> tuple[Written, ...]:
    """The doses that stand for one day."""
    return _written(diary.bodies_on(day, DoseTaken))


def written_in(index: JournalIndex, day: dt.date) -> tuple[Written, ...]:
    """The doses that stand for one day, as far as an index knows."""
    return _written(bodies_on(index, day, DoseTaken, KNOWN))


def _written(lines: Iterable[tuple[Entry, DoseTaken]]) -> tuple[Written, ...]:
    return tuple(
        Written(
            entry_id=entry.id,
            day=entry.date,
            drug=body.drug,
            own_word=body.own_word,
            dose_mg=body.dose_mg,
            at=body.at,
            status=body.status,
            as_needed=body.as_needed,
            day_total=body.day_total,
            recorded_at=entry.recorded_at,
        )
        for entry, body in lines
    )


def looks_double(new: DoseTaken, there: Iterable[Written]) -> Written | None:
    """A dose already written that the new one may be a second copy of, if there is one."""
    for old in there:
        if old.drug != new.drug or old.status == "not_taken":
            continue
        if old.day_total and not new.as_needed:
            return old
        if old.at and new.at and abs(old.at - new.at) <= ASK_AGAIN_WITHIN:
            return old
    return None


def next_time(regimens: Sequence[Regimen], moment: Moment, taken: Sequence[Written]) -> str:
    """The next clock time on any prescription that no dose was written near, as HH:MM, or ""."""
    local = moment.local
    clocks = sorted({time for regimen in regimens for time in regimen.times if is_clock(time)})
    times = [
        dt.datetime.combine(local.date(), dt.time.fromisoformat(c), local.tzinfo) for c in clocks
    ]
    for when in times:
        near = any(dose.at and abs(dose.at - when) < dt.timedelta(hours=2) for dose in taken)
        if when >= local - dt.timedelta(hours=1) and not near:
            return f"{when:%H:%M}"
    return phrase("{times} tomorrow", times=f"{times[0]:%H:%M}") if times else ""


def is_clock(text: str) -> bool:
    """Whether a text is a time of day such as 21:30, by no other zone's clock."""
    try:
        time = dt.time.fromisoformat(text)
    except ValueError:
        return False
    return ":" in text and time.tzinfo is None


class MedicineNow(Frozen):
    """One drug as it stands today: its row in words, and the label it was copied from."""

    row: DoseRow
    regimen: Regimen | None


def medicines_now(diary: OpenDiary, today: dt.date) -> tuple[MedicineNow, ...]:
    """Every drug that is prescribed, planned or was taken of late; the prescribed ones first."""
    labels = {regimen.drug: regimen for regimen in diary.me.current(today)}
    found = []
    for drug, medicine in medicines_of(diary).medicines.items():
        written = medicine.last_written(today)
        recent = written is not None and (today - written).days <= STILL_SHOWN_DAYS
        if drug in labels or recent or medicine.planned_mg(today):
            row = dose_row(medicine, today, today)
            found.append(MedicineNow(row=row, regimen=labels.get(drug)))
    return tuple(sorted(found, key=lambda one: (one.regimen is None, one.row.drug)))


MOST_SUPPLY_MG = 100_000


def parse_mg(text: str, *, most: int = MOST_MG) -> Decimal:
    """An exact amount from what a person typed: “2,5 mg”, “½ tablet of 5 mg”; 0 is one too.

    Raises BadInput, as `read_mg` does.
    """
    return as_decimal(read_mg(text, zero=True, most=most))


def parse_clock(
    text: str, day: dt.date, moment: Moment, day_starts_at: dt.time = DAY_STARTS_AT
) -> dt.datetime | None:
    """The moment a clock time on a diary day means. Past midnight belongs to the evening before,
    until the day turns.
    """
    if not text.strip():
        return None
    try:
        clock = dt.time.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        raise BadInput(
            phrase("“{text}” is not a time; write it like 21:30", text=text.strip()[:20])
        ) from None
    when = dt.datetime.combine(day, clock, zone_of(moment.zone))
    if clock < day_starts_at:
        if when <= moment.at < when + dt.timedelta(days=1):
            raise BadInput(
                phrase(
                    "{clock} at night belongs to the day before, whose evening it was: go "
                    "back a day and write it there",
                    clock=f"{clock:%H:%M}",
                )
            )
        when += dt.timedelta(days=1)
    if when > moment.at + dt.timedelta(minutes=5):
        raise BadInput(
            phrase("{clock} lies ahead; write a dose down after taking it", clock=f"{clock:%H:%M}")
        )
    return when
