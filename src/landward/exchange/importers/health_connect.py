"""Android Health Connect's backup: a SQLite file, of which two tables of sleep are read.

`sleep_session_record_table(row_id, start_time, end_time, start_zone_offset, app_info_id)` in
milliseconds and seconds, `sleep_stages_table(parent_key, stage_start_time, stage_end_time,
stage_type)`. The file is a stranger's: it is opened read-only, whole numbers are the only cells
taken from it, rows come one at a time, and a query that runs long is stopped.
"""

import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from landward.exchange.importer import Circumstances, Head, Importer, Piece, named
from landward.exchange.limits import LeftOut, Patience
from landward.exchange.nights import (
    Stretch,
    as_proposals,
    is_a_stretch,
    nights_of,
    shared,
)
from landward.model.base import BadInput
from landward.model.proposals import FileReading
from landward.model.said import counted, phrase

SOURCE = "health connect"
MAX_BYTES = 4 * 1024**3
MOST_ROWS = 500_000
ASLEEP = frozenset({2, 4, 5, 6})
"""Stage types: 2 sleeping, 4 light, 5 deep, 6 REM."""
AWAKE = frozenset({1, 3, 7})
"""Awake, out of bed, awake in bed. 0 is unknown: it says nothing."""
SESSIONS = "sleep_session_record_table"
STAGES = "sleep_stages_table"
SQLITE = b"SQLite format 3\x00"
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION})
_STEPS_BETWEEN_CHECKS = 100_000
_LARGEST_CELL = 1_000_000
_MOST_CACHE_KIB = 16 * 1024


class _Session:
    """One recorded sleep of one app."""

    __slots__ = ("app", "asleep", "awake", "offset", "stretch")

    def __init__(self, stretch: Stretch, offset: dt.timezone, app: int) -> None:
        self.stretch, self.offset, self.app = stretch, offset, app
        self.asleep: list[Stretch] = []
        self.awake: list[Stretch] = []

    @property
    def staged(self) -> bool:
        return bool(self.asleep or self.awake)


class _Found(NamedTuple):
    sessions: list[_Session]
    lines: int
    stages_used: int


def is_health_connect(head: Head) -> bool:
    """Whether this looks like a Health Connect database."""
    return head.data.startswith(SQLITE)


def read_health_connect(pieces: Sequence[Piece], around: Circumstances) -> FileReading:
    """Read the nights in a backup. Raises BadInput where it holds none that can be read."""
    with pieces[0].open() as stream:
        if stream.read(len(SQLITE)) != SQLITE:
            raise BadInput(phrase("this is not a Health Connect backup (no SQLite file)"))
    with pieces[0].on_disk() as path:
        left_out = LeftOut()
        try:
            connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            try:
                fence(connection, around.patience)
                found = _sessions(connection, left_out, around)
            finally:
                connection.close()
        except (sqlite3.Error, UnicodeDecodeError, OverflowError, MemoryError) as error:
            around.patience.check()
            raise BadInput(
                phrase("this is not a whole Health Connect backup, or not one we know")
            ) from error
    return _reading(found, left_out, around)


def fence(connection: sqlite3.Connection, patience: Patience) -> None:
    """Reading only, plain tables only, small cells only, and never for longer than allowed."""

    def tick() -> int:
        try:
            patience.check()
        except BadInput:
            return 1
        return 0

    connection.set_progress_handler(tick, _STEPS_BETWEEN_CHECKS)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_CELL)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA mmap_size = 0")
    connection.execute("PRAGMA temp_store = 0")
    connection.execute(f"PRAGMA cache_size = -{_MOST_CACHE_KIB}")
    connection.set_authorizer(
        lambda action, *_: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY
    )
    kinds = dict(
        connection.execute(
            "SELECT name, type FROM sqlite_master WHERE name IN (?, ?)", (SESSIONS, STAGES)
        )
    )
    if kinds.get(SESSIONS) != "table" or kinds.get(STAGES, "table") != "table":
        raise BadInput(phrase("this is not a Health Connect backup: it holds no sleep"))


def _sessions(connection: sqlite3.Connection, left_out: LeftOut, around: Circumstances) -> _Found:
    sessions: dict[int, _Session] = {}
    lines = used = 0
    for number, (key, start, end, offset, app) in enumerate(
        _numbers(connection, SESSIONS, ("row_id", "start_time", "end_time", "start_zone_offset"),
                 "app_info_id"), 1
    ):  # fmt: skip
        lines += 1
        if (session := _session(start, end, offset, app, around)) is None or key is None:
            left_out.add(
                phrase(
                    "sleep {number} does not run from one moment to a later one before now",
                    number=number,
                )
            )
        elif key in sessions:
            left_out.add(phrase("sleep {number} has the number of another", number=number))
        else:
            sessions[key] = session
    has_stages = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE name = ?", (STAGES,)
    ).fetchone()
    columns = ("parent_key", "stage_start_time", "stage_end_time", "stage_type")
    for number, (key, start, end, stage, _) in enumerate(
        _numbers(connection, STAGES, columns, "") if has_stages else (), 1
    ):
        lines += 1
        parent = sessions.get(key) if key is not None else None
        if parent is None:
            left_out.add(phrase("stage {number} belongs to no sleep here", number=number))
            continue
        stretch = _stretch(start, end, parent.offset)
        if stretch is None or stage is None:
            left_out.add(
                phrase("stage {number} does not run from one moment to a later one", number=number)
            )
            continue
        used += 1
        if stage in ASLEEP:
            parent.asleep.append(stretch)
        elif stage in AWAKE:
            parent.awake.append(stretch)
    return _Found(list(sessions.values()), lines, used)


def _numbers(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], more: str
) -> Iterator[tuple[int | None, ...]]:
    """Rows of whole numbers, one at a time; a cell of any other kind is None.

    The names are ours, not the file's. The last of each row is the optional column `more`.
    """
    there = {row[1] for row in _columns(connection, table)}
    last = _whole(more) if more in there else "NULL"
    query = f"SELECT {', '.join(map(_whole, columns))}, {last} FROM {table}"  # noqa: S608 - quoted names
    for number, row in enumerate(connection.execute(query)):
        if number >= MOST_ROWS:
            raise BadInput(
                phrase("more than {most_rows} sleep records: nothing was read", most_rows=MOST_ROWS)
            )
        yield row


def _columns(connection: sqlite3.Connection, table: str) -> list[tuple[int, str]]:
    found = connection.execute(f"SELECT * FROM {table} LIMIT 0").description  # noqa: S608 - quoted names
    return [(place, column[0]) for place, column in enumerate(found)]


def _whole(column: str) -> str:
    return f"CASE WHEN typeof({column}) = 'integer' THEN {column} END"


def _reading(found: _Found, left_out: LeftOut, around: Circumstances) -> FileReading:
    staged = [session for session in found.sessions if session.staged]
    whole = [session for session in found.sessions if not session.staged]
    asleep = [stretch for session in staged for stretch in session.asleep]
    spans = sorted(session.stretch for session in staged)
    overruled = 0
    unstaged = 0
    for session in whole:
        near = (
            span for span in spans if span[0] < session.stretch[1] and span[1] > session.stretch[0]
        )
        length = session.stretch[1] - session.stretch[0]
        if shared(session.stretch, near) * 2 >= length:
            overruled += 1
        else:
            unstaged += 1
            asleep.append(session.stretch)
    awake = [stretch for session in staged for stretch in session.awake]
    left_out.refuse_if_nothing_else(len(found.sessions))
    if not found.lines:
        raise BadInput(phrase("this Health Connect backup holds no sleep"))
    remarks = []
    if unstaged:
        which = counted(unstaged, "{count} sleep has", "{count} sleeps have")
        its = "its" if unstaged == 1 else "their"
        remarks.append(
            phrase("{which} no stages: {its} whole length is taken as sleep", which=which, its=its)
        )
    if overruled:
        which = counted(
            overruled, "{count} sleep without stages lies", "{count} sleeps without stages lie"
        )
        remarks.append(
            phrase("{which} over one whose stages another app saw: the stages count", which=which)
        )
    disputed = _disputed(staged)
    if disputed:
        remarks.append(
            phrase(
                "{disputed} minutes that one app saw awake are counted as sleep, because "
                "another saw sleep then",
                disputed=disputed,
            )
        )
    return FileReading(
        source=SOURCE,
        zone=around.zone,
        proposals=as_proposals(nights_of(asleep, awake), SOURCE),
        remarks=(*remarks, *left_out.remarks()),
        lines=found.lines,
        used=len(staged) + unstaged + found.stages_used,
        same=overruled,
        left_out=left_out.count,
    )


def _disputed(staged: Sequence[_Session]) -> int:
    """Minutes that a session saw awake and another asleep."""
    total = dt.timedelta()
    ordered = sorted(staged, key=lambda session: session.stretch)
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.stretch[0] >= one.stretch[1]:
                break
            for mine, theirs in ((one.awake, other.asleep), (other.awake, one.asleep)):
                total += sum((shared(stretch, theirs) for stretch in mine), dt.timedelta())
    return round(total / dt.timedelta(minutes=1))


def _session(
    start: int | None, end: int | None, offset: int | None, app: int | None, around: Circumstances
) -> _Session | None:
    try:
        zone = dt.timezone(dt.timedelta(seconds=offset or 0))
    except ValueError:
        return None
    stretch = _stretch(start, end, zone)
    if stretch is None or around.is_ahead(stretch[1].date()):
        return None
    return _Session(stretch, zone, app or 0)


def _stretch(start: int | None, end: int | None, zone: dt.timezone) -> Stretch | None:
    if start is None or end is None:
        return None
    try:
        began, ended = (
            (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=at)).astimezone(
                zone
            )
            for at in (start, end)
        )
    except (OverflowError, ValueError):
        return None
    return (began, ended) if is_a_stretch(began, ended) else None


IMPORTER = Importer(
    name="health-connect",
    words=phrase("Android Health Connect: the zip or .db of its backup (sleep)"),
    identify=is_health_connect,
    extract=read_health_connect,
    wants=named(".db", ".sqlite", ".sqlite3"),
    most_bytes=MAX_BYTES,
)
