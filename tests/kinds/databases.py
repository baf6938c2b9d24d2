"""Health Connect's database: nights drawn first, rows after."""

import datetime as dt
import sqlite3
import tempfile
from pathlib import Path

from kinds.nights import hours, slept
from kinds.small import Small

_SESSIONS = "sleep_session_record_table"
_STAGES = "sleep_stages_table"


def _database(sessions, *, app=True, extra="", wal=False, offset=7200, stages=True) -> bytes:
    """`sessions`: (app, night, kinds) with kinds: stage numbers for asleep and awake, or None."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "db"
        db = sqlite3.connect(path)
        if wal:
            db.execute("PRAGMA journal_mode=WAL")
        apps = ", app_info_id INTEGER" if app else ""
        db.execute(
            f"CREATE TABLE {_SESSIONS} (row_id INTEGER PRIMARY KEY, start_time INTEGER, "
            f"end_time INTEGER, start_zone_offset INTEGER, title TEXT, uuid BLOB{apps})"
        )
        if stages:
            db.execute(
                f"CREATE TABLE {_STAGES} (parent_key INTEGER, stage_start_time INTEGER, "
                "stage_end_time INTEGER, stage_type INTEGER)"
            )
        db.execute("CREATE TABLE heart_rate_record_table (row_id INTEGER, bpm INTEGER)")
        for key, (who, night, kinds) in enumerate(sessions, 1):
            row = [key, _ms(night.down), _ms(night.up), offset, "night", b"\x00\xff"]
            row += [who] if app else []
            db.execute(f"INSERT INTO {_SESSIONS} VALUES ({','.join('?' * len(row))})", row)
            if kinds:
                for n, (start, end, asleep) in enumerate(night.stretches()):
                    kind = kinds[0][n % len(kinds[0])] if asleep else kinds[1]
                    db.execute(
                        f"INSERT INTO {_STAGES} VALUES (?,?,?,?)", (key, _ms(start), _ms(end), kind)
                    )
        if extra:
            db.execute(extra)
        db.commit()
        db.close()
        return path.read_bytes()


def _ms(at: dt.datetime) -> int:
    return round(at.timestamp() * 1000)


def health_connect() -> list[Small]:
    found = []
    nights = slept("connect", 4, dt.timezone(dt.timedelta(hours=2)))
    asleep = ((4, 5, 6), 1)

    def one(name, data, told=nights, file="health_connect_export.db", **more):
        found.append(Small(name, data, file, **{"sleep": hours(told), **more}))

    plain = [(1, night, asleep) for night in nights]
    one("stages", _database(plain), rows=4 + 20)
    one("in its zip", {"health_connect_export.db": _database(plain)}, file="Health Connect.zip")
    one("stages out of bed", _database([(1, night, ((2,), 3)) for night in nights]))
    one("awake in bed", _database([(1, night, ((5,), 7)) for night in nights]))
    one("no column of apps", _database(plain, app=False))
    one("a journal of its own (WAL)", _database(plain, wal=True))
    whole = {n.day: round((n.up - n.down) / dt.timedelta(hours=1), 2) for n in nights}
    one("no stages at all", _database([(1, n, None) for n in nights]), sleep=whole)
    one("no table of stages", _database([(1, n, None) for n in nights], stages=False), sleep=whole)
    one(
        "another app knows only the length",
        _database(plain + [(2, night, None) for night in nights]),
    )
    one("two apps with the same stages", _database(plain + [(2, n, asleep) for n in nights]))
    one(
        "a night awake is a night of no sleep",
        _database([*plain[:3], (1, nights[3], ((1,), 1))]),
        sleep={**hours(nights[:3]), nights[3].day: 0.0},
    )
    tokyo = slept("tokyo", 3, dt.timezone(dt.timedelta(hours=9)))
    one("slept in Tokyo", _database([(1, n, asleep) for n in tokyo], offset=32_400), tokyo)
    one(
        "a stage of no sleep",
        _database(plain, extra=f"INSERT INTO {_STAGES} VALUES (99,1,2,4)"),
        left_out=1,
    )
    one("no sleep in it", _database([]), problem="no sleep")
    one("cut off", _database(plain)[:9000], problem="whole Health Connect")
    return found
