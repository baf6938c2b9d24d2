"""Sealed lines that would act for the person wait for their yes.

Anyone may seal a line to a diary's public key; that is how writing needs no passphrase. A line
that adds an observation joins the diary, with a mark where nothing proves who wrote it. One that
would change the profile, a prescription or a plan, say what only the person can say (a safety
fact, a name for days), or put itself in place of what was written, could speak in their name: it
is kept beside the journal, shown, and let in or dropped by
the person. Two kinds of replacing need no yes:
what this installation sealed (it carries a mark), and what a paired phone signed about its own
lines. A line that carries the number of another one waits too, under a number of its own.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, Protocol

from landward.model.base import BadInput, Frozen
from landward.model.bodies import CheckIn, Feelings, ScaleAnswers, read_body
from landward.model.entries import Entry
from landward.model.journal import same_words, unproved
from landward.model.questions import question
from landward.model.said import counted, phrase
from landward.model.scale import Scale
from landward.vault import facts, rows
from landward.vault.database import Connection
from landward.vault.validate import is_fit, refuse_unfit

ACTS = frozenset({"profile", "prescription", "plan_adopted", "plan_step"})
"""Kinds that decide for the person rather than say what was."""

SPEAKS = frozenset({"user_label", "incident", "shared"})
"""Kinds that are told or believed as the person's own word: a name of days stands before every
reading, a safety fact goes to the doctor. From whoever proves nothing they wait."""

EARTH = timedelta(hours=14)
"""The first zone of the earth has tomorrow already; no zone has the day after."""

WHILE_LOCKED = "while-locked"
"""The device of whatever wrote to a locked diary: everybody's, so it proves nobody."""

FACT = "asks "

Why = Literal["acts", "replaces", "ahead", "number", "scale", "speaks"]
By = Literal["here", "phone", "anybody"]
"""Who a sealed line is proved to come from: this installation, a paired phone, nobody known."""


class Arrived(Frozen):
    """One sealed entry as it was opened."""

    entry: Entry
    by: By


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
    # What proves nothing comes last: it takes no number from a line that proves who wrote it.
    in_turn = sorted(arrived, key=lambda one: one.by == "anybody")
    on_time = [_on_time(one, now) for one in in_turn]
    known = {entry.id: entry for entry in vault.entries()}
    asked = {one.entry.id: one.entry for one in waiting(vault)}
    together = {one.entry.id: one.entry for one in reversed(on_time)} | known
    free: list[Entry] = []
    asks: list[Asking] = []
    for one in on_time:
        why = why_ask(one, together, vault.device, now)
        entry = one.entry
        if why == "number" or (why and not same_words(asked.get(entry.id, entry), entry)):
            entry = under_its_own_number(entry)
        if why is None:
            free.append(entry)
        elif entry.id not in known and entry.id not in asked:
            asks.append(Asking(entry=entry, arrived_at=now, why=why))
            asked[entry.id] = entry
    with vault.changing() as connection:
        added, moved = insert_trusted(connection, free, now) if free else (0, 0)
        if asks:
            _keep_waiting(connection, asks)
    if asks or moved:
        count = len(vault.facts(FACT))
        vault.notice(
            counted(
                count,
                "{count} sealed line waits for your yes: Settings shows them, or "
                "`landward vault waiting {path}`",
                "{count} sealed lines wait for your yes: Settings shows them, or "
                "`landward vault waiting {path}`",
                path=vault.path,
            )
        )
    return added


def let_in(vault: Journal, entry_id: str) -> Entry:
    """The person's yes to one waiting line: it joins the journal. Raises BadInput."""
    one = chosen(vault, entry_id)
    refuse_unfit(one.entry)
    with vault.changing() as connection:
        rows.insert(connection, [rows.row_of(one.entry)])
        facts.drop(connection, _to_fact(one)[0])
    return one.entry


def turn_away(vault: Journal, entry_id: str) -> Entry:
    """The person's no to one waiting line: it is gone. Raises BadInput."""
    one = chosen(vault, entry_id)
    vault.remember(_to_fact(one)[0], None)
    return one.entry


def _on_time(one: Arrived, now: datetime) -> Arrived:
    entry = not_later(one.entry, now)
    return one if entry is one.entry else Arrived(entry=entry, by=one.by)


def not_later(entry: Entry, now: datetime) -> Entry:
    """The entry, written no later than it arrived: a time ahead would win every comparison."""
    return entry.written(now) if entry.recorded_at > now else entry


def why_ask(arrived: Arrived, known: Mapping[str, Entry], here: str, now: datetime) -> Why | None:
    """Why a line needs the person's yes; None if it may join the diary by itself.

    `known` holds what is in the journal, or arrived with it, by id; `here` is this copy's own
    device, which marks what it seals and so needs no other proof.
    """
    entry = arrived.entry
    there = known.get(entry.id, entry)
    if not same_words(there, entry) and (arrived.by == "anybody" or not unproved(there)):
        return "number"
    if entry.kind in ACTS:
        return "acts"
    if entry.date > (now + EARTH).date():
        return "ahead"
    if arrived.by == "anybody" and entry.kind in SPEAKS:
        return "speaks"
    if arrived.by == "anybody" and has_strange_scale(entry):
        return "scale"
    if not entry.replaces or arrived.by == "here":
        return None
    if arrived.by == "anybody":
        return "replaces"
    own = (known[old].device for old in entry.replaces if old in known)
    devices = tuple(own)
    if entry.device in (WHILE_LOCKED, here) or len(devices) < len(entry.replaces):
        return "replaces"
    return None if set(devices) == {entry.device} else "replaces"


def has_strange_scale(entry: Entry) -> bool:
    """Whether answers came on a scale the diary never asks them on, or sum to what they cannot.

    One such line would leave every reading of that question with two scales, and so with none.
    """
    body = read_body(entry)
    if isinstance(body, ScaleAnswers) and body.total is not None:
        ends = [Scale.parse(body.scales[item]) for item in body.answers]
        return not sum(one.low for one in ends) <= body.total <= sum(one.high for one in ends)
    if not isinstance(body, CheckIn | Feelings):
        return False
    return any(scale != str(question(item).scale) for item, scale in body.scales.items())


def under_its_own_number(entry: Entry) -> Entry:
    """The line under an id that only this line can have: sent again, it is the same one."""
    digest = hashlib.blake2b(entry.to_line().encode(), digest_size=16, person=b"landward-asks")
    return entry.but(id=digest.hexdigest())


def insert_trusted(
    connection: Connection, entries: Iterable[Entry], now: datetime
) -> tuple[int, int]:
    """Add entries; a line that proved nothing and lies under the id of one of them waits instead.

    In a transaction. Returns how many were new, and how many had to make room. Whoever foresees
    the ids of an import can put something else under them: nothing is hidden by that.
    """
    added, out = rows.insert(connection, map(rows.row_of, entries), _gives_way)
    moved = [under_its_own_number(rows.entry_of(row)) for row in out]
    if moved:
        asks = (Asking(entry=one, arrived_at=now, why="number") for one in moved)
        _keep_waiting(connection, asks)
    return added, len(moved)


def _gives_way(there: rows.Row, comes: rows.Row) -> bool:
    old, new = rows.entry_of(there), rows.entry_of(comes)
    return unproved(old) and not unproved(new) and not same_words(old, new)


def _keep_waiting(connection: Connection, asks: Iterable[Asking]) -> None:
    facts.put(connection, map(_to_fact, asks), again=False)


def _to_fact(asking: Asking) -> tuple[str, str]:
    """Name and text under which a line waits beside the journal."""
    said = {
        "arrived_at": asking.arrived_at.isoformat(),
        "line": asking.entry.to_line(),
        "why": asking.why,
    }
    return f"{FACT}{asking.entry.id}", json.dumps(said)


def _from_fact(text: str) -> Asking | None:
    """One waiting line; None for what Landward never kept so: a diary may come from elsewhere."""
    try:
        said = json.loads(text)
        return Asking(
            entry=Entry.from_line(said["line"]),
            arrived_at=datetime.fromisoformat(said["arrived_at"]),
            why=said["why"],
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def waiting(vault: Journal) -> tuple[Asking, ...]:
    """Every line that waits, the one that arrived first before the others, then by id."""
    read = map(_from_fact, vault.facts(FACT).values())
    found = (one for one in read if one is not None and is_fit(one.entry))
    return tuple(sorted(found, key=lambda one: (one.arrived_at, one.entry.id)))


def chosen(vault: Journal, entry_id: str) -> Asking:
    """The waiting line of an id, or of the beginning of one. Raises BadInput."""
    fits = [one for one in waiting(vault) if one.entry.id.startswith(entry_id)]
    if len(fits) != 1 or not entry_id:
        raise BadInput(
            phrase(
                "no single waiting line is called “{entry_id}”; nothing was changed",
                entry_id=entry_id[:40],
            )
        )
    return fits[0]
