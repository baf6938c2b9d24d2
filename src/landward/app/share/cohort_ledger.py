"""The ledger: every release ever made from a body of people, so that no two can be subtracted.

A private folder beside the data. It keeps who was in each set of data (their ids for the study, no
more), what was asked of it and every cell that left. Three rules hold between releases:

* the same study on the same data gives the same release again, to the letter;
* other questions to the same data stand in one proof with everything released before;
* other data may hold nobody who was in a release before: later days of the same people, or the same
  people and five more, are what a subtraction needs. `--only-new` takes those who are new.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from landward.app.keep.write_file import put_in_place
from landward.engines.cohort.audit import Told
from landward.model.base import BadInput, Frozen
from landward.model.released import Release
from landward.model.said import phrase


class TellsCell(Frozen):
    """A released cell as the proof needs it."""

    system: str
    conditions: tuple[tuple[str, str], ...]
    n: int | None
    with_it: int | None


class Record(Frozen):
    """One release in the ledger."""

    number: int
    study: str
    study_hash: str
    data: str
    settings: dict[str, str]
    cells: tuple[TellsCell, ...]
    release: Release


class Ledger:
    """The ledger folder. Nothing is written before `add`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.records = tuple(self._read())

    def _read(self) -> Iterable[Record]:
        for path in sorted(self.folder.glob("release-*.json")):
            try:
                yield Record.model_validate_json(path.read_bytes())
            except ValueError:
                raise BadInput(
                    phrase(
                        "{path} is damaged: without it nobody can tell what has left already. "
                        "Nothing was released. Bring it back from a backup",
                        path=path,
                    )
                ) from None

    def same(self, study_hash: str, data: str) -> Release | None:
        """The release of this very study on this very data, if there is one."""
        found = [r for r in self.records if (r.study_hash, r.data) == (study_hash, data)]
        return found[0].release if found else None

    def seen(self, but: str) -> set[int]:
        """Everyone who was in a release of other data than `but`."""
        found: set[int] = set()
        for data in {record.data for record in self.records} - {but}:
            found |= self.people_of(data)
        return found

    def people_of(self, data: str) -> set[int]:
        """Everyone in one released set of data."""
        return set(json.loads(self._file_of(data).read_text(encoding="utf-8")))

    def told(self, data: str, system: str) -> list[Told]:
        """What has been released of one count of these people."""
        return [
            Told(cell.conditions, cell.n, cell.with_it, fixed=True)
            for record in self.records
            if record.data == data
            for cell in record.cells
            if cell.system == system
        ]

    def setting(self, data: str, system: str) -> tuple[str, int] | None:
        """How a count of these people was defined when it was first released, and in which."""
        for record in self.records:
            if record.data == data and system in record.settings:
                return record.settings[system], record.number
        return None

    def add(self, record: Record, people: Iterable[int]) -> None:
        """Write one release down. Raises BadInput where the ledger cannot be written."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            ids = json.dumps(sorted(people)).encode()
            put_in_place(self._file_of(record.data), ids)
            name = f"release-{record.number:05}.json"
            put_in_place(self.folder / name, record.model_dump_json(indent=1).encode())
        except OSError as error:
            raise BadInput(
                phrase(
                    "the ledger {folder} cannot be written ({strerror}), and nothing leaves "
                    "that is not in it",
                    folder=self.folder,
                    strerror=error.strerror,
                )
            ) from None
        self.records = (*self.records, record)

    def _file_of(self, data: str) -> Path:
        return self.folder / f"people-{data[:16]}.json"


def fingerprint(paths: Iterable[Path]) -> str:
    """What a set of files holds, as one word."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        for part in sorted(path.iterdir()) if path.is_dir() else (path,):
            with part.open("rb") as file:
                whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()


def hash_of(value: Any) -> str:
    """One word for a JSON value."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
