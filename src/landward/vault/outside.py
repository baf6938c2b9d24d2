"""What may be seen before unlocking: one small readable file beside the journal.

It holds no answers. What it names (a theme, a country, by choice the names of symptoms) is decided
by the caller; this file only keeps it whole on disk.
"""

import json
from pathlib import Path
from typing import Any

from landward.vault.files import open_now, write_atomically

FILE = "outside.json"
MAX_BYTES = 64 * 1024


def read_outside(folder: Path) -> dict[str, Any]:
    """What is kept outside the vault at `folder`; empty where there is nothing readable."""
    try:
        with open_now(folder / FILE) as file:
            text = file.read(MAX_BYTES + 1) or b""
        found = json.loads(text) if len(text) <= MAX_BYTES else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def stamp(folder: Path) -> tuple[int, int, int] | None:
    """What differs whenever the file was replaced; None where there is none."""
    try:
        found = (folder / FILE).stat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_ino, found.st_size)


def write_outside(folder: Path, values: dict[str, Any]) -> None:
    """Replace what is kept outside. Raises CouldNotSave."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, indent=1)
    write_atomically(folder / FILE, text.encode())
