"""Log one dose that was taken."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from landward.app.write.save import fresh_key, save, writing_to
from landward.model.base import BadInput
from landward.model.bodies import DoseTaken
from landward.model.entries import Entry
from landward.model.identity import DrugWord
from landward.model.moment import Moment


def log_dose(
    path: Path,
    passphrase: str | None,
    meant: DrugWord,
    dose_mg: Decimal,
    moment: Moment,
    *,
    at: str | None = None,
) -> Entry:
    """Save a dose taken now or at a time given. Raises BadInput for a time ahead or no amount."""
    taken_at = moment.local if at is None else _local_time(at, moment)
    if taken_at > moment.at + dt.timedelta(minutes=5):
        raise BadInput(f"{taken_at:%Y-%m-%d %H:%M} lies ahead; log a dose after taking it")
    body = DoseTaken(drug=meant.drug, own_word=meant.own_word, dose_mg=dose_mg, at=taken_at)
    day = Moment(at=taken_at, zone=moment.zone).today()
    with writing_to(path, passphrase, moment) as writer:
        return save(
            writer, moment.past_day(day.isoformat()), [("dose", body)], fresh_key(), moment
        )[0]


def _local_time(text: str, moment: Moment) -> dt.datetime:
    zone = ZoneInfo(moment.zone)
    try:
        clock = dt.time.fromisoformat(text)
    except ValueError:
        pass
    else:
        return dt.datetime.combine(moment.local.date(), clock, zone)
    try:
        when = dt.datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(f"“{text}” is not a time; write 21:30 or 2026-03-01T21:30") from None
    return when if when.tzinfo else when.replace(tzinfo=zone)
