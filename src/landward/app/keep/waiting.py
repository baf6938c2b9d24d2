"""Sealed lines that wait for the person's yes, and what could not be read: let in or dropped."""

import datetime as dt

from landward.app.library.known_words import KNOWN
from landward.model.base import BadInput, Frozen
from landward.model.said import phrase
from landward.report.entry_words import entry_words
from landward.vault import Vault, asking, sealed_files
from landward.vault.aside import SetAside, drop_aside, found_aside
from landward.vault.aside import try_again as _try_again

MOST_AT_ONCE = sealed_files.MOST_AT_ONCE
"""How many sealed files one unlocking takes in."""

WHY_WORDS = {
    "acts": phrase("it would change what the diary goes by"),
    "replaces": phrase("it would take the place of something written"),
    "ahead": phrase("it is about a day that lies ahead"),
    "scale": phrase("it answers on a scale this diary does not ask on"),
    "speaks": phrase("it says in your name what goes to others or before a reading"),
    "number": phrase("it came under the number of another line"),
}

ASIDE_WORDS = {
    "unread": phrase("a sealed file that could not be read"),
    "no key": phrase("a sealed file for a key that this diary does not have"),
    "no file": phrase("something in the inbox that is no sealed file"),
    "rollback": phrase("an old rollback file that was not used"),
}


class WaitingLine(Frozen):
    """One line that waits, as the person sees it."""

    id: str
    day: dt.date
    kind: str
    words: str
    why: str
    arrived_at: dt.datetime
    would_replace: tuple[str, ...]
    """What it would take the place of, in words, where that is known here."""


def how_many_wait(vault: Vault) -> int:
    """How many lines wait."""
    return len(vault.facts(asking.FACT))


def lines_waiting(vault: Vault, most: int | None = None) -> tuple[WaitingLine, ...]:
    """Every line that waits, or the first `most`; the one that arrived first before the others."""
    known = {entry.id: entry for entry in vault.entries()}
    return tuple(
        WaitingLine(
            id=one.entry.id,
            day=one.entry.date,
            kind=one.entry.kind,
            words=entry_words(KNOWN.read(one.entry)) or one.entry.kind.replace("_", " "),
            why=WHY_WORDS[one.why],
            arrived_at=one.arrived_at,
            would_replace=tuple(
                entry_words(KNOWN.read(known[old])) for old in one.entry.replaces if old in known
            ),
        )
        for one in asking.waiting(vault)[:most]
    )


def answer(vault: Vault, *, let_in: str = "", drop: str = "") -> str:
    """Let one line in or drop one, by the beginning of its id; what was done, in words.

    Raises BadInput where both or neither is asked, or no single line is meant.
    """
    if bool(let_in) == bool(drop):
        raise BadInput(phrase("say one line to let in or one to drop"))
    if let_in:
        entry = asking.let_in(vault, let_in)
        return phrase(
            "Let in: the {kind} of {date}.",
            kind=entry.kind.replace("_", " "),
            date=entry.date.isoformat(),
        )
    entry = asking.turn_away(vault, drop)
    return phrase(
        "Dropped: the {kind} of {date}.",
        kind=entry.kind.replace("_", " "),
        date=entry.date.isoformat(),
    )


def set_aside(vault: Vault) -> tuple[SetAside, ...]:
    """What was set aside unread, by name."""
    return found_aside(vault.path, vault.header)


def still_sealed(vault: Vault) -> int:
    """How many sealed files are left for the next unlocking: one takes in only so many."""
    return len(sealed_files.listed(vault.path / sealed_files.FOLDER))


def drop_set_aside(vault: Vault, name: str) -> str:
    """Drop what was set aside under a name, or "all"; what was done, in words."""
    count = drop_aside(vault, name)
    return (
        phrase("Dropped: {count} that could not be read.", count=count)
        if count != 1
        else phrase("Dropped: one.")
    )


def try_again(vault: Vault, now: dt.datetime) -> str:
    """Try once more to read what was set aside; what came of it, in words."""
    joined = _try_again(vault, now)
    return (
        phrase("Tried again: {joined} joined the diary.", joined=joined)
        if joined
        else phrase("Tried again: still unread.")
    )
