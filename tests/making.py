"""Small diaries for tests: entries made by hand, every id and time given."""

import datetime as dt

from landward.model.bodies import Body
from landward.model.entries import Entry, id_from_source
from landward.model.moment import Moment

START = dt.date(2026, 1, 1)
MOMENT = Moment(at=dt.datetime(2026, 3, 1, 20, 0, tzinfo=dt.UTC), zone="Europe/London")


def entry(
    body: Body,
    day: dt.date = START,
    *,
    key: str = "1",
    minute: int = 0,
    device: str = "laptop",
    seq: int = 1,
    replaces: tuple[str, ...] = (),
    origin: str = "app",
) -> Entry:
    """An entry about `day`, written `minute` minutes after nine in the evening of that day."""
    at = dt.datetime.combine(day, dt.time(21), dt.UTC) + dt.timedelta(minutes=minute)
    return Entry(
        id=id_from_source("test", key),
        device=device,
        seq=seq,
        recorded_at=at,
        zone="Europe/London",
        date=day,
        kind=body.kind,
        version=body.written_as,
        body=body.to_json(),
        replaces=replaces,
        origin=origin,
    )
