"""Write everything out, readable: `entries.jsonl`, one CSV per kind, and the day's doses."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from landward.app.diary.whole import whole_diary
from landward.app.keep.write_file import put_in_place
from landward.exchange.archive import csv_bytes, to_csvs, to_jsonl
from landward.model.base import BadInput
from landward.model.bodies import DoseTaken
from landward.model.diary import Diary
from landward.model.entries import Entry
from landward.model.medicines import medicine_record
from landward.model.said import phrase
from landward.vault import Vault

DAY_DOSES = ("date", "drug", "prescribed_mg", "planned_mg", "taken_mg", "as_needed_mg", "state")


def day_doses_csv(diary: Diary) -> bytes:
    """What was taken of each drug on each day anything of it was written: one row a day."""
    rows: list[Sequence[object]] = [DAY_DOSES]
    for drug, medicine in medicine_record(diary.lines).medicines.items():
        for day, dose in medicine.days.items():
            amounts = (medicine.prescribed_mg(day), medicine.planned_mg(day),
                       dose.taken_mg, dose.as_needed_mg)  # fmt: skip
            cells = ("" if mg is None else f"{mg:f}" for mg in amounts)
            rows.append((day.isoformat(), drug, *cells, dose.state.value))
    return csv_bytes(rows)


def export_files(entries: Iterable[Entry]) -> dict[str, bytes]:
    """Every file of an export by its name: `entries.jsonl`, which loses nothing, and the CSVs."""
    kept = tuple(entries)
    files = {"entries.jsonl": to_jsonl(kept), **to_csvs(kept)}
    if any(entry.kind == DoseTaken.kind for entry in kept):
        files["doses_by_day.csv"] = day_doses_csv(whole_diary(kept))
    return files


def export_zip(entries: Iterable[Entry]) -> bytes:
    """The same files in one archive, with no date of this machine in it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in export_files(entries).items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data)
    return packed.getvalue()


def export_diary(vault: Vault, folder: Path) -> tuple[Path, ...]:
    """Write all entries into `folder` (made if absent), each file readable only by its owner.

    Raises BadInput if the folder cannot be written. Files of an earlier export are replaced.
    """
    files = export_files(vault.entries())
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        for name, data in files.items():
            put_in_place(folder / name, data)
    except FileExistsError:
        raise BadInput(
            phrase("{folder} is a file; name a folder for the export", folder=folder)
        ) from None
    except FileNotFoundError:
        raise BadInput(
            phrase("{parent} is not a folder: make it first", parent=folder.parent)
        ) from None
    except OSError as error:
        raise BadInput(
            phrase("{folder} cannot be written: {strerror}", folder=folder, strerror=error.strerror)
        ) from error
    return tuple(folder / name for name in files)
