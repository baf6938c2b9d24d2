"""Write everything out, readable: `entries.jsonl` and one CSV per kind."""

from pathlib import Path

from landward.app.share.write_file import put_in_place
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
        for name, data in files.items():
            put_in_place(folder / name, data)
    except FileExistsError:
        raise BadInput(f"{folder} is a file; name a folder for the export") from None
    except FileNotFoundError:
        raise BadInput(f"{folder.parent} is not a folder: make it first") from None
    except OSError as error:
        raise BadInput(f"{folder} cannot be written: {error.strerror}") from error
    return tuple(folder / name for name in files)
