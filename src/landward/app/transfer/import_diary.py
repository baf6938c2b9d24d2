"""Bring in a file from elsewhere: read it, show what it would add, add all of it or nothing."""

from collections.abc import Iterable
from pathlib import Path

from landward.app.diary.locked_view import LockedView
from landward.app.diary.profile import KINDS_READ, read_me
from landward.app.diary.usual_dose import large_dose
from landward.app.library.known_words import KNOWN, drug_meant
from landward.exchange.archive import from_jsonl
from landward.exchange.csv_rows import read_csv
from landward.exchange.mapping import read_map
from landward.model.base import BadInput, Frozen
from landward.model.bodies import DoseTaken
from landward.model.entries import Entry, id_from_source
from landward.model.journal import JournalIndex
from landward.model.moment import Moment
from landward.model.proposals import FileReading
from landward.vault import Vault

MAX_BYTES = 256 * 1024**2
"""Fifty diaries of ten years. More is refused before a byte of it is read."""


class ImportResult(Frozen):
    """What an import added, found there already, or found there with other content."""

    added: int
    already: int
    changed_at_source: int
    first_day: str
    last_day: str
    large: tuple[str, ...] = ()
    """Doses well above what was planned or prescribed that day, to look at; all were added."""


def read_landward(path: Path) -> tuple[Entry, ...]:
    """The entries of a Landward export."""
    return from_jsonl(_bytes(path))


def read_mapped(path: Path, map_path: Path) -> FileReading:
    """The rows of a CSV, read by a map."""
    rules = read_map(_bytes(map_path).decode("utf-8", "replace"), map_path.name)
    return read_csv(_bytes(path), rules, drug_meant)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadInput(f"{path} is larger than {MAX_BYTES // 1024**2} MB: too large to import")
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInput(f"there is no file {path}") from None
    except IsADirectoryError:
        raise BadInput(f"{path} is a folder; name one file in it") from None
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}") from error


def refuse_if_wrong(reading: FileReading) -> None:
    """Raises BadInput with the first refusal and the number of others; then nothing is written."""
    if not reading.refusals:
        return
    first, *others = reading.refusals
    more = f", and {len(others)} more lines like it" if others else ""
    raise BadInput(
        f"line {first.line}: {first.reason}{more}; nothing was imported. --dry-run shows every line"
    )


def import_reading(vault: Vault, reading: FileReading, moment: Moment) -> ImportResult:
    """Add what a foreign file offers. The same row of the same source is never added twice."""
    refuse_if_wrong(reading)
    there = {entry.id: entry for entry in vault.entries()}
    entries = entries_of(reading, there.values(), vault.device, moment)
    large = large_doses(entries, there.values())
    return _append(vault, entries, there).model_copy(update={"large": large})


def import_entries(vault: Vault, entries: tuple[Entry, ...]) -> ImportResult:
    """Add the entries of a Landward export as they are, ids and all."""
    return _append(vault, entries, {entry.id: entry for entry in vault.entries()})


def large_doses(entries: Iterable[Entry], there: Iterable[Entry]) -> tuple[str, ...]:
    """Doses a file offers that are well above what the diary says was planned or prescribed."""
    me = read_me(JournalIndex(there).of_kinds(KINDS_READ))
    found = []
    for entry in entries:
        body = KNOWN.read(entry) if entry.kind == DoseTaken.kind else None
        if isinstance(body, DoseTaken):
            large = large_dose(body, entry.date, me, LockedView())
            found += [f"{entry.date}: {large.question}"] if large is not None else []
    return tuple(found)


def entries_of(
    reading: FileReading, there: Iterable[Entry], device: str, moment: Moment
) -> tuple[Entry, ...]:
    """Entries for the proposals of a file, with ids that depend only on source and row.

    A row that was imported before and then taken back gets the next id of its row, so that
    importing again after an undo brings it back.
    """
    known = tuple(there)
    retracted_by = {
        target: entry for entry in known if entry.kind == "retraction" for target in entry.replaces
    }
    origin = f"import:{reading.source}"[:200]
    entries = []
    for place, proposal in enumerate(reading.proposals):
        row_key = proposal.row_key
        while (id_ := id_from_source(reading.source, row_key)) in retracted_by:
            row_key = f"{row_key}/after {retracted_by[id_].id}"
        entries.append(
            Entry(
                id=id_,
                device=device,
                seq=place,
                recorded_at=moment.at,
                zone=reading.zone,
                date=proposal.date,
                kind=proposal.kind,
                version=proposal.version,
                body=proposal.body,
                origin=origin,
            )
        )
    return tuple(entries)


def _append(vault: Vault, entries: tuple[Entry, ...], there: dict[str, Entry]) -> ImportResult:
    if not entries:
        raise BadInput("the file holds nothing the map asks for; nothing was imported")
    new = [entry for entry in entries if entry.id not in there]
    old = [entry for entry in entries if entry.id in there]
    changed = sum(there[entry.id].body != entry.body for entry in old)
    days = sorted(entry.date for entry in entries)
    return ImportResult(
        added=vault.append(new),
        already=len(old) - changed,
        changed_at_source=changed,
        first_day=days[0].isoformat(),
        last_day=days[-1].isoformat(),
    )
