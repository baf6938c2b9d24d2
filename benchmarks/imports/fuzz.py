"""Fuzz one importer with atheris (coverage-guided): `fuzz.py NAME SECONDS`. NAME is any importer of
the registry, or csv.

A file is good (its proposals become valid entries, every row accounted for) or refused in one line.
Anything else is a finding: another exception, more than 10 s, more than 2 GB. Where atheris is not
there, seeds are changed at random instead, without knowing which lines they reach.
"""

import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / ".envs" / "atheris"), str(ROOT / "tests")]

try:
    import atheris
except ImportError:
    atheris = None

import contextlib

with (
    atheris.instrument_imports(include=["landward.exchange"])
    if atheris
    else contextlib.nullcontext()
):
    from foreign_files import MOMENT, READERS, SEEDS
    from landward.exchange.csv_rows import read_csv
    from landward.exchange.mapping import read_map

from landward.app.transfer.import_diary import entries_of
from landward.model.base import BadInput
from landward.model.bodies import read_body

MAP = read_map(
    (ROOT / "examples" / "maps" / "jang.toml").read_text("utf-8").split("[filter]")[0]
    + """
[date]
column = "date"
[items.anxiety]
column = "anx"
scale = [0, 3]
[sleep_hours]
column = "sleep"
[note]
column = "note"
"""
)
CSV_SEEDS = (
    b"date,anx,sleep,note\n2026-01-01,2,7:30,a\n2026-01-02 21:15,3,7h 5m,b\n",
    b'sep=;\ndate;anx;sleep;note\n13.04.2025;1,5;7,5;"x\ny"\n',
    "date\tanx\tsleep\tnote\n2025-04-03T21:15:00+02:00\t1\t6\tK\u00f6nig\n".encode("utf-16"),
)
ALL = {**READERS, "csv": lambda data: read_csv(data, MAP)}
SLOWEST_S = 10.0


def try_one(name: str, data: bytes) -> None:
    """Raises AssertionError for a finding."""
    try:
        reading = ALL[name](data)
    except BadInput as error:
        assert "\n" not in str(error), "more than one line"
        return
    assert reading.used + reading.same + reading.refused == reading.lines, "a row was lost"
    for entry in entries_of(reading, (), "fuzz", MOMENT):
        assert read_body(entry) is not None, "a proposal of an unknown kind"


def seeds_of(name: str) -> list[bytes]:
    if name == "csv":
        return list(CSV_SEEDS)
    return [path.read_bytes() for path in sorted((SEEDS / name).iterdir())]


def changed(rng: random.Random, seeds: list[bytes]) -> bytes:
    data = bytearray(rng.choice(seeds))
    for _ in range(rng.randint(1, 8)):
        at, length = rng.randint(0, len(data)), rng.choice((0, 1, 2, 5, 40))
        other = rng.choice(seeds)
        start = rng.randint(0, len(other))
        piece = bytes(other[start : start + 30])
        odd = (b"9" * 12, b"\n", b'"', b",", b"\x00", b"-1", b"e9")
        new = rng.choice((rng.randbytes(rng.randint(0, 4)), piece, *odd))
        data[at : at + length] = new
    return bytes(data[:20_000])


def main() -> None:
    name, seconds = sys.argv[1].replace("-", "_"), int(sys.argv[2])
    found = ROOT / ".envs" / "fuzz" / name
    found.mkdir(parents=True, exist_ok=True)
    if atheris is None:
        rng = random.Random(f"{name} {time.time_ns()}")
        until, runs, slowest, seeds = time.monotonic() + seconds, 0, 0.0, seeds_of(name)
        while time.monotonic() < until:
            data, begun = changed(rng, seeds), time.monotonic()
            try:
                try_one(name, data)
            except Exception:
                (found / f"found-{runs}").write_bytes(data)
                raise
            slowest, runs = max(slowest, time.monotonic() - begun), runs + 1
            assert slowest < SLOWEST_S, "too slow"
        print(f"{name}: {runs} files in {seconds} s, slowest {slowest:.2f} s, nothing found")
        return
    corpus = found / "seeds"
    corpus.mkdir(exist_ok=True)
    for place, data in enumerate(seeds_of(name)):
        (corpus / f"{place}").write_bytes(data)
    options = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048", "-max_len=20000"]
    more = [f"-artifact_prefix={found}/found-", "-print_final_stats=1"]
    atheris.Setup(
        ["fuzz", str(found), str(corpus), *options, *more], lambda data: try_one(name, data)
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
