"""Write everything out, readable: `entries.jsonl` and one CSV per kind."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from landward.app.keep.write_file import put_in_place
from landward.exchange.archive import to_csvs, to_jsonl
from landward.model.base import BadInput
from landward.model.entries import Entry
from landward.vault import Vault


def export_files(entries: Iterable[Entry]) -> dict[str, bytes]:
    """Every file of an export by its name: `entries.jsonl`, which loses nothing, and the CSVs."""
    kept = tuple(entries)
    return {"entries.jsonl": to_jsonl(kept), **to_csvs(kept)}


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
        raise BadInput(f"{folder} is a file; name a folder for the export") from None
    except FileNotFoundError:
        raise BadInput(f"{folder.parent} is not a folder: make it first") from None
    except OSError as error:
        raise BadInput(f"{folder} cannot be written: {error.strerror}") from error
    return tuple(folder / name for name in files)
