"""One small file and what is right about it."""

import datetime as dt
import io
import random
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

TODAY = dt.date(2026, 11, 21)
ZONE = "Europe/Berlin"

Answers = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Small:
    """A file, how it is read, and what it has to come to."""

    name: str
    data: bytes | Mapping[str, bytes]
    """Its bytes, or the files of a zip by name."""

    file: str = "diary.csv"
    rules: str = ""
    """The map, where one is needed."""

    said: Mapping[str, str] = field(default_factory=dict)
    """What the person answers."""

    answers: Answers | None = None
    sleep: Mapping[str, float] | None = None
    doses: Mapping[str, list[str]] | None = None
    """Day -> "drug mg", in order of size."""

    notes: Mapping[str, str] | None = None
    refused: tuple[int, ...] = ()
    left_out: int | None = None
    asked: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    """Words that stand somewhere in what is written."""

    remarks: tuple[str, ...] = ()
    """Words the preview has to say."""

    problem: str = ""
    """The file is refused as a whole, in one line with these words."""

    rows: int | None = None

    def placed(self, folder: Path) -> Path:
        """The file as somebody would have it."""
        path = folder / self.file
        path.write_bytes(self.data if isinstance(self.data, bytes) else zipped(self.data))
        return path


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@dataclass(frozen=True)
class Day:
    """One day of somebody: what is in the file before there is a file."""

    day: dt.date
    anxiety: int
    tenths: int
    """Anxiety in tenths, for decimals."""

    minutes: int
    """Minutes of sleep."""

    clock: dt.time

    @property
    def iso(self) -> str:
        return self.day.isoformat()


def days_of(seed: object, count: int = 6, first: dt.date = dt.date(2025, 4, 3)) -> list[Day]:
    """Some days in a row, with the month turning and a day above 12 among them."""
    rng = random.Random(str(seed))
    start = first + dt.timedelta(days=rng.randint(0, 20))
    return [
        Day(
            start + dt.timedelta(days=place * 5),
            rng.randint(0, 10),
            rng.randint(1, 99),
            rng.randint(12, 38) * 15,
            dt.time(rng.randint(5, 23), rng.choice((0, 5, 15, 30, 45))),
        )
        for place in range(count)
    ]


def anxiety(days: list[Day]) -> dict[str, dict[str, float]]:
    return {one.iso: {"anxiety": one.anxiety} for one in days}


def hours(days: list[Day]) -> dict[str, float]:
    return {one.iso: round(one.minutes / 60, 2) for one in days}


def point(number: float) -> str:
    """7.5, 7.25, 7: as a program writes it."""
    return f"{number:g}"


def comma(number: float) -> str:
    return point(number).replace(".", ",")


MAP = """source = "mine"
zone = "Europe/Berlin"
[date]
column = "Date"
[items.anxiety]
column = "Anxiety"
scale = [0, 10]
[sleep_hours]
column = "Sleep"
"""


def table(rows: list[list[str]], sign: str = ",", end: str = "\r\n", quote: str = "") -> str:
    """Rows as text; a cell with the sign, a quote mark or a line end in it is quoted."""

    def cell(text: str) -> str:
        needs = quote or sign in text or '"' in text or "\n" in text
        return '"' + text.replace('"', '""') + '"' if needs else text

    return "".join(sign.join(map(cell, row)) + end for row in rows)


def plain_rows(days: list[Day], decimal: str = ".") -> list[list[str]]:
    rows = [["Date", "Anxiety", "Sleep"]]
    for one in days:
        slept = point(round(one.minutes / 60, 2)).replace(".", decimal)
        rows.append([one.iso, str(one.anxiety), slept])
    return rows
