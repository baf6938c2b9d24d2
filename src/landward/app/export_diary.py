"""Write everything out, readable: `entries.jsonl` and one CSV per kind."""

import os
from pathlib import Path

from landward.exchange.archive import to_csvs, to_jsonl
from landward.model.base import BadInput
from landward.vault import Vault


def export_diary(vault: Vault, folder: Path) -> tuple[Path, ...]:
    """Write all entries into `folder` (made if absent), each file readable only by its owner.

    Raises BadInput if the folder cannot be written. Files of an earlier export are replaced.
    """
    entries = vault.entries()
    files = {"entries.jsonl": to_jsonl(entries), **to_csvs(entries)}
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        return tuple(_write(folder / name, data) for name, data in files.items())
    except FileExistsError:
        raise BadInput(f"{folder} is a file; name a folder for the export") from None
    except FileNotFoundError:
        raise BadInput(f"{folder.parent} is not a folder: make it first") from None
    except OSError as error:
        raise BadInput(f"{folder} cannot be written: {error.strerror}") from error


def _write(path: Path, data: bytes) -> Path:
    """Write beside, then rename: an export is never half of an old and half of a new file."""
    beside = path.with_name(f".{path.name}.part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return path
