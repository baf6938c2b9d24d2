"""Lines worth telling whoever opens a vault: what was kept apart, what waits, what grew old."""

from pathlib import Path

from landward.model.said import counted, phrase


def upgraded_words(kept: object) -> str:
    """The earlier form of a journal brought up to date."""
    return phrase(
        "the diary was brought up to date; its earlier form is kept in {kept}",
        kept=kept,
    )


def older_keys_words(path: Path) -> str:
    """An older keys.json in place of the newest."""
    return phrase(
        "keys.json is older than the journal, so an old key may open it again; "
        "`landward vault repair {path}` puts back the newest",
        path=path,
    )


def under_number_words(moved: int) -> str:
    """Sealed lines that lay under the number of what was saved."""
    return counted(
        moved,
        "{count} sealed line lay under the number of what was just saved and now "
        "waits for your yes: Settings shows them",
        "{count} sealed lines lay under the number of what was just saved and now "
        "wait for your yes: Settings shows them",
    )


def joined_words() -> str:
    """Sealed copies that could not be taken away."""
    return phrase(
        "what was sealed has joined the diary; the disk would not let its sealed "
        "copies go, and they add nothing twice"
    )


def unread_words(strange: int, path: Path) -> str:
    """Sealed entries that could not be read."""
    return counted(
        strange,
        "{count} sealed entry could not be read and is kept apart: Settings "
        "shows them, or `landward vault waiting {path}`",
        "{count} sealed entries could not be read and are kept apart: Settings "
        "shows them, or `landward vault waiting {path}`",
        path=path,
    )


def more_sealed_words(sealed: int, most_at_once: int) -> str:
    """Sealed lines left for the next unlocking."""
    return counted(
        sealed,
        "{count} more sealed line lies in the inbox: {most_at_once} are taken in "
        "at a time, yours first. Nothing is lost: the next unlocking takes in "
        "more",
        "{count} more sealed lines lie in the inbox: {most_at_once} are taken in "
        "at a time, yours first. Nothing is lost: the next unlocking takes in "
        "more",
        most_at_once=most_at_once,
    )
