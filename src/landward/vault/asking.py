"""Sealed lines that would act for the person wait for their yes.

Anyone may seal a line to a diary's public key; that is how writing needs no passphrase. A line
that adds an observation joins the diary. One that would change the profile, a prescription or a
plan, or put itself in place of what was written, could speak in the person's name: it is kept
beside the journal, shown, and let in or dropped by the person. Two kinds of replacing need no yes:
what this installation sealed (it carries a mark), and a phone putting right its own lines (it
names its own random device, and ids nobody else has seen).
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, Protocol

from landward.model.base import BadInput, Frozen
from landward.model.entries import Entry
from landward.vault import rows
from landward.vault.database import Connection
from landward.vault.validate import refuse_unfit

ACTS = frozenset({"profile", "prescription", "plan_adopted"})
"""Kinds that decide for the person rather than say what was."""

EARTH = timedelta(hours=14)
"""The first zone of the earth has tomorrow already; no zone has the day after."""

WHILE_LOCKED = "while-locked"
"""The device of whatever wrote to a locked diary: everybody's, so it proves nobody."""

FACT = "asks "

Why = Literal["acts", "replaces", "ahead"]


class Arrived(Frozen):
    """One sealed entry as it was opened."""

    entry: Entry
    ours: bool
    """Whether this installation's mark is on it."""


class Asking(Frozen):
    """One line that waits for a yes."""

    entry: Entry
    arrived_at: datetime
    why: Why


class Journal(Protocol):
    """Whatever holds the journal and small facts: an unlocked vault."""

    device: str

    @property
    def path(self) -> Path:
        """Where it lies."""

    def entries(self) -> tuple[Entry, ...]:
        """Every entry."""

    def changing(self) -> AbstractContextManager[Connection]:
        """One durable transaction."""

    def facts(self, prefix: str) -> Mapping[str, str]:
        """Every small fact whose name begins so."""

    def remember(self, name: str, value: str | None) -> None:
        """Keep or drop a small fact."""

    def notice(self, line: str) -> None:
        """A line to tell the person."""


def admit(vault: Journal, arrived: Sequence[Arrived], now: datetime) -> int:
    """Append what may join by itself, keep the rest waiting. Returns how many were new.

    All of it is durable when this returns, or none of it. Nothing is dated later than `now`.
    """
    if not arrived:
        return 0
    on_time = [one.model_copy(update={"entry": not_later(one.entry, now)}) for one in arrived]
    known = {entry.id: entry for entry in vault.entries()}
    together = {one.entry.id: one.entry for one in on_time} | known
    free: list[Entry] = []
    asks: list[Asking] = []
    for one in on_time:
        why = why_ask(one, together, vault.device, now)
        if why is None:
            free.append(one.entry)
        elif one.entry.id not in known:
            asks.append(Asking(entry=one.entry, arrived_at=now, why=why))
    with vault.changing() as connection:
        added = rows.insert(connection, map(rows.row_of, free)) if free else 0
        connection.executemany(
            "INSERT OR IGNORE INTO fact VALUES (?, ?)", [_to_fact(one) for one in asks]
        )
    if asks:
        count = len(vault.facts(FACT))
        vault.notice(
            f"{count} sealed {'line waits' if count == 1 else 'lines wait'} for your yes: "
            f"Settings shows them, or `landward vault waiting {vault.path}`"
        )
    return added


def let_in(vault: Journal, entry_id: str) -> Entry:
    """The person's yes to one waiting line: it joins the journal. Raises BadInput."""
    one = chosen(vault, entry_id)
    refuse_unfit(one.entry)
    with vault.changing() as connection:
        rows.insert(connection, [rows.row_of(one.entry)])
        connection.execute("DELETE FROM fact WHERE name = ?", (_to_fact(one)[0],))
    return one.entry


def turn_away(vault: Journal, entry_id: str) -> Entry:
    """The person's no to one waiting line: it is gone. Raises BadInput."""
    one = chosen(vault, entry_id)
    vault.remember(_to_fact(one)[0], None)
    return one.entry


def not_later(entry: Entry, now: datetime) -> Entry:
    """The entry, written no later than it arrived: a time ahead would win every comparison."""
    return entry.but(recorded_at=now) if entry.recorded_at > now else entry


def why_ask(arrived: Arrived, known: Mapping[str, Entry], here: str, now: datetime) -> Why | None:
    """Why a line needs the person's yes; None if it may join the diary by itself.

    `known` holds what is in the journal, or arrived with it, by id; `here` is this copy's own
    device, which marks what it seals and so needs no other proof.
    """
    entry = arrived.entry
    if entry.kind in ACTS:
        return "acts"
    if entry.date > (now + EARTH).date():
        return "ahead"
    if not entry.replaces or arrived.ours:
        return None
    own = (known[old].device for old in entry.replaces if old in known)
    devices = tuple(own)
    if entry.device in (WHILE_LOCKED, here) or len(devices) < len(entry.replaces):
        return "replaces"
    return None if set(devices) == {entry.device} else "replaces"


def _to_fact(asking: Asking) -> tuple[str, str]:
    """Name and text under which a line waits beside the journal."""
    said = {
        "arrived_at": asking.arrived_at.isoformat(),
        "line": asking.entry.to_line(),
        "why": asking.why,
    }
    return f"{FACT}{asking.entry.id}", json.dumps(said)


def waiting(vault: Journal) -> tuple[Asking, ...]:
    """Every line that waits, the one that arrived first before the others, then by id."""
    found = []
    for text in vault.facts(FACT).values():
        said = json.loads(text)
        found.append(
            Asking(
                entry=Entry.from_line(said["line"]),
                arrived_at=datetime.fromisoformat(said["arrived_at"]),
                why=said["why"],
            )
        )
    return tuple(sorted(found, key=lambda one: (one.arrived_at, one.entry.id)))


def chosen(vault: Journal, entry_id: str) -> Asking:
    """The waiting line of an id, or of the beginning of one. Raises BadInput."""
    fits = [one for one in waiting(vault) if one.entry.id.startswith(entry_id)]
    if len(fits) != 1 or not entry_id:
        raise BadInput(f"no single waiting line is called “{entry_id[:40]}”; nothing was changed")
    return fits[0]
