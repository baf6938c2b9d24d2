"""What an importer is: how it knows a file, and how it reads one. One importer a file.

A new one is a module in `importers/` with an `IMPORTER`, and a folder of good files in
`tests/exchange/seeds/` under its name: help, page, fuzzing and benchmarks are made from these.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple, Protocol

from landward.exchange.limits import MAX_TEXT_BYTES, Patience, Progress
from landward.model.identity import DrugWord, meant_as_written
from landward.model.item_ids import item_of
from landward.model.moment import DAY_STARTS_AT
from landward.model.proposals import FileReading


class Head(NamedTuple):
    """The beginning of a file, and its name."""

    name: str
    data: bytes


class Piece(Protocol):
    """One file to read: by itself, or out of a zip or a folder."""

    @property
    def name(self) -> str:
        """Its name, as words for the person."""

    def open(self) -> AbstractContextManager[IO[bytes]]:
        """Its bytes, from the beginning, limited in size and time."""

    def on_disk(self) -> AbstractContextManager[Path]:
        """The same as a file on disk, for a reader that has to jump about in it."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a reader has to be told: where the person is, which day it is, what they answered."""

    zone: str
    today: dt.date | None = None
    """Days after this one cannot have been; None where nobody knows which day it is."""

    patience: Patience = field(default_factory=Patience)
    drug_meant: Callable[[str], DrugWord] = meant_as_written
    item_meant: Callable[[str], str] = item_of
    answers: Mapping[str, str] = field(default_factory=dict)
    """Answers to `FileReading.questions`, by their id."""

    day_starts_at: dt.time = DAY_STARTS_AT
    progress: Progress = field(default_factory=Progress)

    def is_ahead(self, day: dt.date) -> bool:
        """Whether a day has not been yet."""
        return self.today is not None and day > self.today


@dataclass(frozen=True, slots=True)
class Importer:
    """One program whose files can be read."""

    name: str
    """What is typed after --format."""

    words: str
    """What people call it: “Daylio”, with what to export there."""

    identify: Callable[[Head], bool]
    extract: Callable[[Sequence[Piece], Circumstances], FileReading]
    wants: Callable[[str], bool]
    """Whether a file of this name, in a zip or folder, may be one of its."""

    many: bool = False
    """Whether all its files in a zip or folder are one diary; else the first counts."""

    most_bytes: int = MAX_TEXT_BYTES
    last: bool = False
    """Asked after all others: it takes files that nobody knows better."""


def named(*endings: str) -> Callable[[str], bool]:
    """Whether a name ends in one of these, whatever its capitals."""

    def wants(name: str) -> bool:
        return name.lower().endswith(endings)

    return wants


def texts(pieces: Sequence[Piece]) -> Iterator[bytes]:
    """The bytes of each file, one after the other."""
    for piece in pieces:
        with piece.open() as stream:
            yield stream.read()
