"""Ten years of one diary in a vault, beside the same rows in plain SQLite, in the same run."""

import gc
import secrets
import sqlite3
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from landward.app.transfer.export import export_diary
from landward.model.diary import fold
from landward.model.entries import ORDER, Entry, canonical_json
from landward.vault import Vault
from landward.vault.checking import check_vault
from landward.vault.cost import CHEAPEST
from landward.vault.migrations import STEPS
from landward.vault.rows import SELECT_BRIEF, entries_of, row_of

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FIRST = date(2016, 1, 1)
ITEMS = ("day", "insomnia", "tinnitus", "anxiety", "akathisia", "light", "sound", "pain")
DOSES = 11_000
PASSPHRASE = "ten years"


def diary() -> list[Entry]:
    """3,650 check-ins of 8 items, 11,000 doses with their times."""
    entries = []
    for day in range(3650):
        about = FIRST + timedelta(days=day)
        body = {
            "asked": list(ITEMS),
            "answers": {item: (day * 7 + place) % 5 for place, item in enumerate(ITEMS)},
            "scales": dict.fromkeys(ITEMS, "0..4 better down"),
            "note": "slept three hours; walked to the pier and back" if day % 3 == 0 else "",
        }
        entries.append(_entry(about, 20, "check_in", {k: v for k, v in body.items() if v != ""}))
        doses = 3 + (day * DOSES // 3650 - (day - 1) * DOSES // 3650 > 3)
        for number in range(doses):
            mg = f"{20 - day / 365:.2f}"
            at = f"{about.isoformat()}T{5 + 5 * number:02d}:05:00+00:00"
            says = {"drug": "diazepam", "dose_mg": mg, "at": at}
            entries.append(_entry(about, 5 + 5 * number, "dose_taken", says))
    doses_made = sum(entry.kind == "dose_taken" for entry in entries)
    return entries[: len(entries) - max(0, doses_made - DOSES)]


def _entry(about: date, hour: int, kind: str, says: object) -> Entry:
    at = datetime(about.year, about.month, about.day, hour, tzinfo=UTC)
    return Entry(
        id=secrets.token_hex(16), device="bench", seq=0, recorded_at=at, zone="Europe/London",
        date=about, kind=kind, version=1, body=canonical_json(says),
    )  # fmt: skip


class Took(NamedTuple):
    """Several runs: median and least by the clock on the wall, least of this process's own work."""

    wall_ms: float
    least_ms: float
    cpu_ms: float


def median(act: Callable[[], object], times: int) -> Took:
    """Other programs share the machine: the wall clock counts their work, the second does not.

    What `act` returns is let go after the clock has stopped: nobody waits for that.
    """
    wall, cpu = [], []
    for _ in range(times):
        gc.collect()
        start, worked = time.perf_counter(), time.process_time()
        made = act()
        cpu.append((time.process_time() - worked) * 1000)
        wall.append((time.perf_counter() - start) * 1000)
        del made
    return Took(statistics.median(wall), min(wall), min(cpu))


class Row(NamedTuple):
    """One line of the table."""

    what: str
    ours: Took
    plain: Took | None
    to_reach_ms: float | None


def measure(folder: Path) -> list[Row]:
    """Every figure of the ten-year diary."""
    entries = diary()
    path, plain_path = folder / "ten.vault", folder / "plain.db"
    vault = Vault.create(path, PASSPHRASE, now=NOW, cost=CHEAPEST)[0]
    plain = _plain(plain_path)
    rows = [
        Row(
            "first import, all entries at once",
            median(lambda: vault.append(entries), 1),
            median(lambda: _plain_append(plain, entries), 1),
            None,
        )
    ]
    vault.lock()
    plain.close()

    # CHEAPEST makes argon2 itself under 1 ms: what is left is everything beyond argon2.
    def unlock() -> tuple[Entry, ...]:
        with Vault.open(path, PASSPHRASE, now=NOW) as vault:
            return vault.entries()

    def plain_read() -> list[Entry]:
        connection = sqlite3.connect(plain_path)
        rows = connection.execute(SELECT_BRIEF)
        found = sorted(entries_of(rows), key=ORDER)
        connection.close()
        return found

    rows.append(Row("unlock and read every entry", median(unlock, 9), median(plain_read, 9), None))
    folded = median(lambda: fold(unlock()), 21)
    rows.append(
        Row("unlock + fold, beyond argon2", folded, median(lambda: fold(plain_read()), 21), 300)
    )
    whole, more = fold(entries), _entry(FIRST, 10, "note", {"text": "one more"})
    rows.append(
        Row(
            "one more entry in a folded diary",
            median(lambda: whole.with_entry(more), 99),
            None,
            None,
        )
    )
    fresh = iter([_entry(FIRST, 9, "note", {"text": f"line {n}"}) for n in range(400)])
    with Vault.open(path, PASSPHRASE, now=NOW) as vault:
        plain = _plain(plain_path)
        rows.append(
            Row(
                "append one entry, durable",
                median(lambda: vault.append([next(fresh)]), 150),
                median(lambda: _plain_append(plain, [next(fresh)]), 150),
                10,
            )
        )
        rows.append(
            Row(
                "whole check",
                median(lambda: check_vault(vault, now=NOW), 5),
                median(lambda: plain.execute("PRAGMA integrity_check").fetchall(), 5),
                2000,
            )
        )
        plain.close()
        number = iter(range(9))
        exported = median(lambda: export_diary(vault, folder / f"export{next(number)}"), 3)
        rows.append(Row("export everything", exported, None, 2000))
    return rows


def _plain(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = EXTRA")
    if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        for statement in STEPS[0][1]:
            connection.execute(statement)
    return connection


def _plain_append(connection: sqlite3.Connection, entries: list[Entry]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?,?)", map(row_of, entries))
    connection.execute("COMMIT")
