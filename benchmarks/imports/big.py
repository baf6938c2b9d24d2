"""Large files, made here, read in a process of its own beside a bare pass over the same bytes."""

import datetime as dt
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

MB = 1024**2
DEVICE = 'device="&lt;&lt;HKDevice: 0x30&gt;, name:Apple Watch&gt;"'
OTHER = (
    ' <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Anna’s Watch" '
    'sourceVersion="10.3" {device} unit="count/min" creationDate="{at}" startDate="{at}" '
    'endDate="{end}" value="{n}">\n'
    '  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="0"/>\n </Record>\n'
)
SLEEP = (
    ' <Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="Anna’s Watch" '
    'sourceVersion="10.3" {device} creationDate="{end}" startDate="{at}" endDate="{end}" '
    'value="HKCategoryValueSleepAnalysis{stage}">\n'
    '  <MetadataEntry key="HKTimeZone" value="Europe/Berlin"/>\n </Record>\n'
)
STAGES = ("AsleepCore", "AsleepDeep", "AsleepREM", "Awake")


def _apple(path: Path, megabytes: int, share: float) -> None:
    """`share` of the records are sleep, at night; 1 is nothing but sleep, which nobody has."""
    rng, at, written = random.Random(1), dt.datetime(2006, 1, 1), 0
    with path.open("w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<HealthData locale="en_US">\n')
        while written < megabytes * MB:
            lines = []
            for _ in range(2000):
                at += dt.timedelta(minutes=5 if share == 1 else 2)
                begin, end = (f"{when:%Y-%m-%d %H:%M:%S} +0100"
                              for when in (at, at + dt.timedelta(minutes=4)))  # fmt: skip
                night = at.hour > 21 or at.hour < 7
                if share == 1 or (night and rng.random() < share):
                    lines.append(SLEEP.format(device=DEVICE, at=begin, end=end,
                                              stage=rng.choice(STAGES)))  # fmt: skip
                else:
                    lines.append(OTHER.format(device=DEVICE, at=begin, end=end,
                                              n=rng.randint(50, 120)))  # fmt: skip
            written += out.write("".join(lines))
        out.write("</HealthData>\n")


def _with_sleep(path: Path, megabytes: int) -> None:
    _apple(path, megabytes, 0.2)


def _only_sleep(path: Path, megabytes: int) -> None:
    _apple(path, megabytes, 1)


def _health_connect(path: Path, megabytes: int) -> None:
    """Ten years of staged nights of two apps; the rest is heart rate, as on a phone."""
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode=OFF")
    db.execute("CREATE TABLE sleep_session_record_table (row_id INTEGER PRIMARY KEY, uuid BLOB, "
               "start_time INTEGER, end_time INTEGER, start_zone_offset INTEGER, "
               "app_info_id INTEGER)")  # fmt: skip
    db.execute("CREATE TABLE sleep_stages_table (parent_key INTEGER, stage_start_time INTEGER, "
               "stage_end_time INTEGER, stage_type INTEGER)")  # fmt: skip
    db.execute("CREATE TABLE heart_rate_record_series_table (parent_key INTEGER, "
               "epoch_millis INTEGER, beats_per_minute INTEGER)")  # fmt: skip
    first = 1_450_000_000_000
    for night in range(3650):
        for app in (1, 2):
            key, begin = night * 2 + app, first + night * 86_400_000
            db.execute("INSERT INTO sleep_session_record_table VALUES (?,?,?,?,3600,?)",
                       (key, bytes(16), begin, begin + 28_800_000, app))  # fmt: skip
            db.executemany("INSERT INTO sleep_stages_table VALUES (?,?,?,?)", (
                (key, begin + n * 960_000, begin + (n + 1) * 960_000, (4, 5, 6, 1)[n % 4])
                for n in range(30)
            ))  # fmt: skip

    def beats() -> Iterator[tuple[int, int, int]]:
        for n in range(500_000):
            yield n, first + n * 1000, 60 + n % 40

    while db.commit() or path.stat().st_size < megabytes * MB:
        db.executemany("INSERT INTO heart_rate_record_series_table VALUES (?,?,?)", beats())
    db.close()


def _junk(path: Path, _: int) -> None:
    path.write_text("date,anx\n" + "junk,junk\n" * 1_000_000)


def _measured(task: str, path: Path) -> tuple[float, float, float, str]:
    """CPU seconds, wall seconds, peak MB, and what was said, of one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    done = subprocess.run([sys.executable, __file__, task, str(path)], capture_output=True,
                          text=True, check=False)  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    *_, said, peak = ("", *(done.stdout.strip() or done.stderr.strip()[-200:] + "\n0").split("\n"))
    return cpu, time.monotonic() - began, float(peak), said


def main(size: str = "1024") -> None:
    kinds = {
        "Apple, eight in a hundred sleep": (
            lambda p, mb: _apple(p, mb, 0.2),
            "apple-health",
            "expat",
        ),
        "Apple, nothing but sleep": (lambda p, mb: _apple(p, mb, 1), "apple-health", "expat"),
        "Health Connect": (_health_connect, "health-connect", "bytes"),
        "CSV, a million junk lines": (_junk, "csv", "bytes"),
    }
    print(f"{'file':34} {'MB':>5} {'CPU s':>7} {'bare':>7} {'share':>6} {'peak MB':>8}  says")
    with tempfile.TemporaryDirectory() as folder:
        for name, (make, task, bare) in kinds.items():
            path = Path(folder) / "file"
            make(path, int(size))
            cpu, _, peak, said = _measured(task, path)
            plain, *_ = _measured(bare, path)
            megabytes = path.stat().st_size / MB
            share = f"{plain / cpu:>6.2f}"
            figures = f"{megabytes:>5.0f} {cpu:>7.1f} {plain:>7.1f} {share} {peak:>8.0f}"
            print(f"{name:34} {figures}  {said}", flush=True)
            path.unlink()


def _one(task: str, path: Path) -> None:
    """In its own process: read, say what came of it, and the peak."""
    if task == "expat":
        from xml.parsers import expat

        with path.open("rb") as stream:
            expat.ParserCreate().ParseFile(stream)
        print("a bare pass")
    elif task == "bytes":
        with path.open("rb") as stream:
            while stream.read(MB):
                pass
        print("a bare pass")
    else:
        _read(task, path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(peak if sys.platform == "darwin" else peak / 1024)


def _read(task: str, path: Path) -> None:
    from landward.app.transfer import import_diary
    from landward.app.transfer.read_elsewhere import read_elsewhere
    from landward.exchange.mapping import read_map

    if task == "csv":
        rules = read_map(
            'source="x"\n[date]\ncolumn="date"\n[items.x]\ncolumn="anx"\nscale=[0,3]\n'
        )
        reading = import_diary.read_by(path, rules)
    else:
        reading = read_elsewhere(path, task, "Europe/Berlin")
    fates = reading.used + reading.same + reading.refused
    assert fates == reading.lines, "a row was lost"
    print(f"{reading.lines} rows, {len(reading.proposals)} entries, {reading.refused} refused")


if __name__ == "__main__":
    _one(sys.argv[1], Path(sys.argv[2]))
