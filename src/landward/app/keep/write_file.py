"""Write one file for the person: whole or not at all, readable only by its owner."""

import os
from pathlib import Path

from landward.model.base import BadInput
from landward.model.said import phrase
from landward.vault.files import sync_folder


def write_file(path: Path, data: bytes) -> Path:
    """Write beside, sync, then rename over `path`. Raises BadInput if that place cannot be written.

    Pages hold health data in the clear, so the file is readable by its owner only (mode 600).
    """
    if path.is_dir():
        raise BadInput(
            phrase(
                "{path} is a folder; name the file, for example {path_2}",
                path=path,
                path_2=path / "report.pdf",
            )
        )
    try:
        put_in_place(path, data)
    except FileNotFoundError:
        raise BadInput(
            phrase("{parent} is not a folder: make it first", parent=path.parent)
        ) from None
    except OSError as error:
        raise BadInput(
            phrase("{path} cannot be written: {strerror}", path=path, strerror=error.strerror)
        ) from error
    return path


def put_in_place(path: Path, data: bytes) -> None:
    """The old file or the whole new one, mode 600; a half is never left behind. Raises OSError.

    What lies under the half's name (left by a killed program, or put there by somebody) goes
    first: neither its mode nor a link in its place may decide who reads what is written now.
    """
    beside = path.with_name(f".{path.name}.part")
    beside.unlink(missing_ok=True)
    binary = getattr(os, "O_BINARY", 0)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | binary, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_folder(path.parent)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
