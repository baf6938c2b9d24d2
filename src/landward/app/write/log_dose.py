"""Log one dose that was taken."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from landward.app.diary.locked_view import load_outside
from landward.app.diary.profile import KINDS_READ, read_me
from landward.app.diary.usual_dose import large_dose
from landward.app.write.save import fresh_key, save, writing_to
from landward.model.base import BadInput
from landward.model.bodies import DoseTaken
from landward.model.entries import Entry
from landward.model.identity import DrugWord
from landward.model.large_dose import LargeDose
from landward.model.moment import DAY_STARTS_AT, Moment, zone_of
from landward.model.said import phrase


def log_dose(
    path: Path,
    passphrase: str | None,
    meant: DrugWord,
    dose_mg: Decimal,
    moment: Moment,
    *,
    at: str | None = None,
    date: str | None = None,
    confirm: Callable[[LargeDose], None] = lambda _: None,
) -> Entry:
    """Save a dose taken now, at a time given, or on a day named; on a day alone its time is not
    known. Raises BadInput for a time ahead.

    `confirm` is handed an amount well above what is planned or prescribed, and raises BadInput
    where it is not meant.
    """
    day = None if date is None else moment.past_day(date)
    if day is not None and at is None:
        taken_at = None
    else:
        taken_at = moment.local if at is None else _local_time(at, moment, day)
    if taken_at is not None and taken_at > moment.at + dt.timedelta(minutes=5):
        raise BadInput(
            phrase(
                "{taken_at} lies ahead; log a dose after taking it",
                taken_at=f"{taken_at:%Y-%m-%d %H:%M}",
            )
        )
    if day is None:
        assert taken_at is not None
        day = Moment(at=taken_at, zone=moment.zone).today()
    body = DoseTaken(drug=meant.drug, own_word=meant.own_word, dose_mg=dose_mg, at=taken_at)
    with writing_to(path, passphrase, moment) as writer:
        me = read_me(writer.index.of_kinds(KINDS_READ)) if writer.sees_all else None
        if (large := large_dose(body, day, me, load_outside(path))) is not None:
            confirm(large)
        return save(writer, day, [("dose", body)], fresh_key(), moment)[0]


def _local_time(text: str, moment: Moment, day: dt.date | None) -> dt.datetime:
    zone = zone_of(moment.zone)
    try:
        clock = dt.time.fromisoformat(text)
    except ValueError:
        pass
    else:
        # At two in the morning it is still the evening of the day before, so 23:30 has been; on a
        # day named, 02:00 is the night after it.
        evening = moment.today() if clock >= DAY_STARTS_AT else moment.local.date()
        night = dt.timedelta(days=day is not None and clock < DAY_STARTS_AT)
        return dt.datetime.combine((day or evening) + night, clock, zone)
    try:
        when = dt.datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(
            phrase("“{text}” is not a time; write 21:30 or 2026-03-01T21:30", text=text)
        ) from None
    if day is not None:
        raise BadInput(
            phrase(
                "“{text}” names its own day: leave out --date, or write only the time", text=text
            )
        )
    return when if when.tzinfo else when.replace(tzinfo=zone)
