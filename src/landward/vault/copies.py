"""Noticing the second copies that folder-syncing programs leave when two devices wrote at once."""

from pathlib import Path

from landward.model.said import phrase

_OURS = frozenset({"journal.db", "journal.db.next"})


def said_of(folder: Path, copies: tuple[Path, ...]) -> str:
    """What to tell the person who opens a vault that holds such copies."""
    first = phrase('`landward vault merge "{folder}" "{copies}"`', folder=folder, copies=copies[0])
    if len(copies) == 1:
        return phrase(
            "A folder-syncing program left a conflicting copy here; join it with {first}",
            first=first,
        )
    return phrase(
        "A folder-syncing program left {count} conflicting copies; join each with {first}",
        count=len(copies),
        first=first,
    )


def conflict_copies(folder: Path) -> tuple[Path, ...]:
    """Files that look like another copy of the journal, in name order.

    Dropbox writes `journal (conflicted copy …).db`, Syncthing `journal.sync-conflict-….db`,
    OneDrive `journal-DEVICE.db`; all begin with the name of the file they copied.
    """
    try:
        found = [path for path in folder.iterdir() if path.name.startswith("journal")]
    except OSError:
        return ()
    return tuple(sorted(path for path in found if not _ours(path.name) and path.is_file()))


def _ours(name: str) -> bool:
    """A file of Landward's own, or one that its database keeps beside it for a moment."""
    plain = name.removesuffix("-journal")
    return plain in _OURS or name.startswith(("journal.db-journal.aside", "journal.db.look"))
