"""Android Health Connect's backup: a SQLite file, of which two tables of sleep are read.

`sleep_session_record_table(row_id, start_time, end_time, start_zone_offset)` in milliseconds and
seconds, `sleep_stages_table(parent_key, stage_start_time, stage_end_time, stage_type)`. The file is
a stranger's: it is opened in memory, may only be read, and a query that runs long is stopped.
"""

import datetime as dt
import sqlite3
from collections.abc import Iterator

from landward.exchange.limits import MAX_RECORDS, LeftOut, Patience
from landward.exchange.nights import Stretch, as_proposals, is_a_stretch, nights_of
from landward.model.base import BadInput
from landward.model.proposals import FileReading

SOURCE = "health connect"
MAX_BYTES = 1024**3
ASLEEP = frozenset({2, 4, 5, 6})
"""Stage types: 2 sleeping, 4 light, 5 deep, 6 REM (1, 3, 7 are awake or out of bed)."""
SESSIONS = "sleep_session_record_table"
STAGES = "sleep_stages_table"
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_STEPS_BETWEEN_CHECKS = 100_000


def is_health_connect(data: bytes) -> bool:
    """Whether this looks like a Health Connect database."""
    return data.startswith(b"SQLite format 3\x00") and SESSIONS.encode() in data


def read_health_connect(data: bytes, zone: str, patience: Patience | None = None) -> FileReading:
    """Read the nights in a backup. Raises BadInput where it holds none that can be read."""
    patience = patience or Patience()
    if len(data) > MAX_BYTES:
        raise BadInput(f"the file is larger than {MAX_BYTES // 1024**2} MB; nothing was read")
    if not data.startswith(b"SQLite format 3\x00"):
        raise BadInput("this is not a Health Connect backup (no SQLite file)")
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(_without_wal(data))
        _fence(connection, patience)
        rows = list(_rows(connection))
    except (sqlite3.Error, UnicodeDecodeError, OverflowError, MemoryError) as error:
        patience.check()
        raise BadInput("this is not a whole Health Connect backup, or not one we know") from error
    finally:
        connection.close()
    return _reading(rows, zone)


def _without_wal(data: bytes) -> bytes:
    """The same database without a write-ahead log, which a copy in memory cannot have."""
    return data[:18] + b"\x01\x01" + data[20:]


def _fence(connection: sqlite3.Connection, patience: Patience) -> None:
    """Reading only, plain tables only, and never for longer than there is patience."""

    def tick() -> int:
        try:
            patience.check()
        except BadInput:
            return 1
        return 0

    connection.set_progress_handler(tick, _STEPS_BETWEEN_CHECKS)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    connection.set_authorizer(
        lambda action, *_: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY
    )
    kinds = dict(
        connection.execute(
            "SELECT name, type FROM sqlite_master WHERE name IN (?, ?)", (SESSIONS, STAGES)
        )
    )
    if kinds.get(SESSIONS) != "table" or kinds.get(STAGES, "table") != "table":
        raise BadInput("this is not a Health Connect backup: it holds no sleep")


def _rows(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    """(session, session start, session end, offset s, stage start, stage end, stage type)."""
    has_stages = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE name = ?", (STAGES,)
    ).fetchone()
    session = "s.row_id, s.start_time, s.end_time, s.start_zone_offset"
    query = (
        f"SELECT {session}, t.stage_start_time, t.stage_end_time, t.stage_type "  # noqa: S608
        f"FROM {SESSIONS} s LEFT JOIN {STAGES} t ON t.parent_key = s.row_id"
        if has_stages
        else f"SELECT {session}, NULL, NULL, NULL FROM {SESSIONS} s"  # noqa: S608
    )
    for number, row in enumerate(connection.execute(query)):
        if number > MAX_RECORDS:
            raise BadInput(f"more than {MAX_RECORDS} sleep records: nothing was read")
        yield row


def _reading(rows: list[tuple[object, ...]], zone: str) -> FileReading:
    asleep: list[Stretch] = []
    left_out = LeftOut()
    unstaged = 0
    for number, (_, start, end, offset, stage_start, stage_end, stage) in enumerate(rows, 1):
        try:
            if stage is None:
                unstaged += 1
                asleep.append(_stretch(start, end, offset))
            elif stage in ASLEEP:
                asleep.append(_stretch(stage_start, stage_end, offset))
        except (ValueError, OverflowError, TypeError):
            left_out.add(f"sleep record {number} does not run from one moment to a later one")
    left_out.refuse_if_nothing_else(len(asleep))
    which = (
        "1 sleep has no stages: its"
        if unstaged == 1
        else f"{unstaged} sleeps have no stages: their"
    )
    remark = f"{which} whole length is taken as sleep"
    return FileReading(
        source=SOURCE,
        zone=zone,
        proposals=as_proposals(nights_of(asleep), SOURCE),
        remarks=(*([remark] if unstaged else []), *left_out.remarks()),
        lines=len(rows),
    )


def _stretch(start: object, end: object, offset: object) -> Stretch:
    if not (isinstance(start, int) and isinstance(end, int)):
        raise ValueError("not milliseconds")
    zone = dt.timezone(dt.timedelta(seconds=offset if isinstance(offset, int) else 0))
    began, ended = (
        dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=moment)
        for moment in (start, end)
    )
    stretch = began.astimezone(zone), ended.astimezone(zone)
    if not is_a_stretch(*stretch):
        raise ValueError("not a sleep")
    return stretch
