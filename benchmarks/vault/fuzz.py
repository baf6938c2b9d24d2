"""Fuzz one importer with atheris (coverage-guided): `fuzz.py NAME SECONDS`.

A file is good (its proposals become valid entries) or refused in one line. Anything else is a
finding: another exception, more than 10 s, more than 2 GB. Inputs that broke something once are
kept in tests/exchange/seeds and run in the suite.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / ".envs" / "atheris"))

import atheris  # noqa: E402

with atheris.instrument_imports(include=["landward.exchange"]):
    from landward.exchange.apple_health import read_apple_health
    from landward.exchange.csv_rows import read_csv
    from landward.exchange.daylio import read_daylio
    from landward.exchange.fitbit import read_fitbit
    from landward.exchange.health_connect import read_health_connect
    from landward.exchange.limits import Patience
    from landward.exchange.mapping import read_map

from landward.app.transfer.import_diary import entries_of  # noqa: E402
from landward.model.base import BadInput  # noqa: E402
from landward.model.bodies import read_body  # noqa: E402
from landward.model.moment import Moment  # noqa: E402

ZONE = "Europe/Berlin"
MOMENT = Moment(at=datetime(2026, 11, 21, 12, tzinfo=UTC), zone=ZONE)
MAP = read_map((ROOT / "examples" / "maps" / "jang.toml").read_text("utf-8"))
READERS = {
    "daylio": lambda data: read_daylio(data, ZONE, Patience(8)),
    "apple_health": lambda data: read_apple_health(io.BytesIO(data), ZONE, Patience(8)),
    "fitbit": lambda data: read_fitbit([data], ZONE, Patience(8)),
    "health_connect": lambda data: read_health_connect(data, ZONE, Patience(8)),
    "csv": lambda data: read_csv(data, MAP),
}


def main() -> None:
    name, seconds = sys.argv[1], int(sys.argv[2])
    reader = READERS[name]

    def one(data: bytes) -> None:
        try:
            reading = reader(data)
        except BadInput as error:
            if "\n" in str(error):
                raise AssertionError("more than one line") from error
            return
        for entry in entries_of(reading, (), "fuzz", MOMENT):
            if read_body(entry) is None:
                raise AssertionError("a proposal of an unknown kind")

    found = ROOT / ".envs" / "fuzz" / name
    found.mkdir(parents=True, exist_ok=True)
    seeds = ROOT / "tests" / "exchange" / "seeds" / name
    if name == "csv":
        seeds = ROOT / ".envs" / "fuzz" / "csv-seeds"
        seeds.mkdir(exist_ok=True)
        lines = (ROOT / "examples" / "jang2024.csv").read_bytes().splitlines(keepends=True)
        (seeds / "jang.csv").write_bytes(b"".join(lines[:12]))
    atheris.Setup(
        [
            "fuzz",
            str(found),
            str(seeds),
            f"-max_total_time={seconds}",
            "-timeout=10",
            "-rss_limit_mb=2048",
            "-max_len=20000",
            f"-artifact_prefix={found}/found-",
            "-print_final_stats=1",
        ],
        one,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
