"""Foreign files in memory, read as an importer reads them, for tests and benchmarks."""

import contextlib
import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from landward.app.library.known_words import drug_meant
from landward.exchange.importer import Circumstances
from landward.exchange.limits import Patience
from landward.exchange.registry import importers
from landward.model.moment import Moment
from landward.model.proposals import FileReading

SEEDS = Path(__file__).parent / "exchange" / "seeds"
ZONE = "Europe/Berlin"
MOMENT = Moment(at=datetime(2026, 11, 21, 12, tzinfo=UTC), zone=ZONE)


@dataclass(frozen=True)
class Memory:
    """A file in memory, as an importer is handed one."""

    data: bytes | io.RawIOBase
    name: str = "file"

    @contextlib.contextmanager
    def open(self):
        yield io.BytesIO(self.data) if isinstance(self.data, bytes) else self.data

    @contextlib.contextmanager
    def on_disk(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file"
            path.write_bytes(self.data)
            yield path


def around(patience: Patience | None = None, **answers: str) -> Circumstances:
    return Circumstances(
        ZONE,
        date(2026, 11, 21),
        patience or Patience(20),
        answers={"scale Mood": "1-5 up", **answers},
        drug_meant=drug_meant,
    )


def reader(name: str) -> Callable[[bytes], FileReading]:
    one = importers()[name]
    base = "Checkmarks.csv" if name == "loop-habits" else "file"
    return lambda data: one.extract([Memory(data, base)], around())


READERS: dict[str, Callable[[bytes], FileReading]] = {
    name.replace("-", "_"): reader(name) for name in importers()
}
