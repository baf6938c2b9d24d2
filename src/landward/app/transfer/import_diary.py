"""Bring in a file from elsewhere: read it, show what it would add, add all of it or nothing."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from landward.app.diary.locked_view import LockedView
from landward.app.diary.profile import KINDS_READ, read_me
from landward.app.diary.usual_dose import large_dose
from landward.app.library.known_words import KNOWN, drug_meant
from landward.exchange.archive import from_jsonl
from landward.exchange.csv_rows import read_csv
from landward.exchange.importer import Circumstances
from landward.exchange.mapping import CsvMap, read_map
from landward.model.base import BadInput, Frozen
from landward.model.bodies import DoseTaken
from landward.model.entries import Entry, id_from_source
from landward.model.journal import JournalIndex
from landward.model.moment import Moment
from landward.model.proposals import FileReading
from landward.model.said import phrase
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
    corrected: int = 0
    large: tuple[str, ...] = ()
    """Doses well above what was planned or prescribed that day, to look at; all were added."""


class Correction(Frozen):
    """What stands for a row of a file, and what the file says now."""

    old: Entry
    new: Entry


def read_landward(path: Path) -> tuple[Entry, ...]:
    """The entries of a Landward export."""
    return from_jsonl(_bytes(path))


def read_mapped(path: Path, map_path: Path, around: Circumstances | None = None) -> FileReading:
    """The rows of a CSV, read by a map."""
    rules = read_map(_bytes(map_path).decode("utf-8", "replace"), map_path.name)
    return read_by(path, rules, around)


def read_by(path: Path, rules: CsvMap, around: Circumstances | None = None) -> FileReading:
    """The rows of a CSV, read by rules somebody chose."""
    data = _bytes(path)
    if data.startswith(b"PK\x03\x04"):
        raise BadInput(
            phrase(
                "{name} is a spreadsheet or a zip, no CSV: save it as “CSV UTF-8”", name=path.name
            )
        )
    return read_csv(data, rules, drug_meant, around)


def circumstances(moment: Moment, answers: Mapping[str, str] | None = None) -> Circumstances:
    """What a reader of files has to be told, as of a moment."""
    return Circumstances(
        zone=moment.zone,
        today=moment.today(),
        drug_meant=drug_meant,
        answers=dict(answers or {}),
        day_starts_at=moment.day_starts_at,
    )


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadInput(
                phrase(
                    "{path} is larger than {max_bytes} MB: too large to import",
                    path=path,
                    max_bytes=MAX_BYTES // 1024**2,
                )
            )
        before = path.stat()
        data = path.read_bytes()
        after = path.stat()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise BadInput(
                phrase(
                    "{name} changed while it was read; try again when it is whole", name=path.name
                )
            )
        return data
    except FileNotFoundError:
        raise BadInput(phrase("there is no file {path}", path=path)) from None
    except IsADirectoryError:
        raise BadInput(phrase("{path} is a folder; name one file in it", path=path)) from None
    except OSError as error:
        raise BadInput(
            phrase("{path} cannot be read: {strerror}", path=path, strerror=error.strerror)
        ) from error


def refuse_if_wrong(reading: FileReading, *, leave_out: bool = False) -> None:
    """Raises BadInput where something is still to be answered, or with the first refusal and the
    number of others, unless those lines are to be left out; then nothing is written.
    """
    if reading.questions:
        first_asked, *more_asked = reading.questions
        more = phrase(" ({count} more to answer)", count=len(more_asked)) if more_asked else ""
        example = first_asked.example or (first_asked.choices or ("…",))[0]
        raise BadInput(
            phrase(
                "{words} Answer with --answer “{id}={example}”{more}; nothing was imported",
                words=first_asked.words,
                id=first_asked.id,
                example=example,
                more=more,
            )
        )
    if not reading.refusals or leave_out:
        return
    first, *others = reading.refusals
    kind = "columns" if reading.across else "lines"
    more = (
        phrase(", and {count} more {kind} like it", count=len(others), kind=kind) if others else ""
    )
    raise BadInput(
        phrase(
            "{where}: {reason}{more}; nothing was imported. --dry-run shows every "
            "line, --leave-out brings in the others",
            where=reading.where(first.line),
            reason=first.reason,
            more=more,
        )
    )


def import_reading(
    vault: Vault,
    reading: FileReading,
    moment: Moment,
    *,
    leave_out: bool = False,
    correct: bool = False,
) -> ImportResult:
    """Add what a foreign file offers. The same row of the same source is never added twice.

    `leave_out` brings in the other lines where some are refused; `correct` lets the file's words
    take the place of what it said when it was imported before.
    """
    refuse_if_wrong(reading, leave_out=leave_out)
    there = {entry.id: entry for entry in vault.entries()}
    entries = entries_of(reading, there.values(), vault.device, moment)
    large = large_doses(entries, there.values())
    found = changes_in(entries, there.values(), correct=correct)
    return _append(vault, entries, found, correct=correct).model_copy(update={"large": large})


def import_entries(vault: Vault, entries: tuple[Entry, ...]) -> ImportResult:
    """Add the entries of a Landward export as they are, ids and all."""
    return _append(vault, entries, changes_in(entries, vault.entries()))


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


class Changes(Frozen):
    """How what a file offers meets the diary."""

    new: tuple[Entry, ...]
    already: int
    corrections: tuple[Correction, ...]
    """What the file says otherwise now than when it was imported."""


def changes_in(
    entries: Iterable[Entry], there: Iterable[Entry], *, correct: bool = True
) -> Changes:
    """What is new, what is there, and what the file says otherwise than before.

    A correction is an entry of its own that replaces what stands for its row; its id comes from
    the row and its words, so that importing the corrected file again adds nothing.
    """
    index = JournalIndex(there)
    new: list[Entry] = []
    corrections: list[Correction] = []
    already = 0
    for entry in entries:
        old = index.entry(entry.id)
        if old is None:
            new.append(entry)
            continue
        corrected = _correction(entry, old, index)
        if _says(old) == _says(entry) or corrected is None:
            already += 1
        else:
            corrections.append(corrected)
    return Changes(new=tuple(new), already=already, corrections=tuple(corrections))


def _says(entry: Entry) -> tuple[object, ...]:
    return (entry.date, entry.kind, entry.body)


def _correction(entry: Entry, old: Entry, index: JournalIndex) -> Correction | None:
    """What the file says now, in the place of what stands; None where it stands already, or where
    the person took it out of the diary.
    """
    if entry.replaces:
        return None
    stands = index.successors(old.id)
    if not stands or any(_says(one) == _says(entry) for one in stands):
        return None
    said = f"{entry.date.isoformat()} {entry.kind} {entry.version} {entry.body}"
    new_id = id_from_source(old.id, said)
    if new_id in index:
        new_id = id_from_source(new_id, " ".join(sorted(one.id for one in stands)))
    if new_id in index:
        return None
    return Correction(
        old=stands[-1],
        new=entry._replace(id=new_id, replaces=tuple(one.id for one in stands)),
    )


def _append(
    vault: Vault, entries: tuple[Entry, ...], found: Changes, *, correct: bool = False
) -> ImportResult:
    if not entries:
        raise BadInput(phrase("the file holds nothing to bring in; nothing was imported"))
    corrected = [one.new for one in found.corrections] if correct else []
    days = sorted(entry.date for entry in entries)
    written = vault.append([*found.new, *corrected])
    return ImportResult(
        added=written - len(corrected),
        already=found.already,
        changed_at_source=0 if correct else len(found.corrections),
        corrected=len(corrected),
        first_day=days[0].isoformat(),
        last_day=days[-1].isoformat(),
    )
