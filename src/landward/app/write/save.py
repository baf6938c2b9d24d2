"""Save what was said about one day: the one way into a diary, open or locked.

Pages, the JSON door and the terminal come here with bodies by their place on the page; a phone's
parcel arrives sealed and goes to the inbox as it is (`app/phone/collect.py`).
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from landward.app.write.entry import new_entry
from landward.app.write.writer import OpenVault, SealedInbox, Writer
from landward.app.write.written_today import note_doses
from landward.model.bodies import Body, Retraction
from landward.model.entries import Entry
from landward.model.journal import JournalIndex
from landward.model.moment import Moment
from landward.vault import Vault

Corrects = Mapping[str, tuple[str, ...]]
"""By place on the page: the ids of the entries the page was filled with."""


def save(
    writer: Writer,
    day: dt.date,
    bodies: Sequence[tuple[str, Body]],
    idempotency_key: str,
    moment: Moment,
    *,
    corrects: Corrects | None = None,
    origins: Mapping[str, str] | None = None,
    today: dt.date | None = None,
) -> tuple[Entry, ...]:
    """Save bodies about a day, each with its place on the page; on disk when this returns.

    The same page sent twice is kept once. Sent with another answer, it replaces what it wrote
    before. A place that `corrects` entries replaces what stands in their stead now; a place it
    names without a body is cleared. What says just what stands already is not written again.
    `origins` names where a place's answer comes from, other than the app; `today` is the person's
    own, where their day turns at another hour. Returns what this page has written that stands.
    Raises BadInput and the vault's errors; then nothing was written.
    """
    own, index, corrects = writer.pages.of(idempotency_key), writer.index, corrects or {}
    places: dict[str, Entry] = {}
    fresh: list[Entry] = []

    def write(place: str, body: Body, targets: tuple[str, ...]) -> None:
        entry_id = _id_of(idempotency_key, place, day, body)
        known = index.entry(entry_id)
        if known is not None and index.stands(entry_id):
            places[place] = known
            return
        if known is not None:
            if own.get(place, entry_id) == entry_id and not _was_taken_back(index, entry_id):
                return  # sent again after another page corrected it: the correction stands
            entry_id = secrets.token_hex(16)  # undone or changed on this page: now meant anew
        origin = (origins or {}).get(place) or ("app" if day == today else None)
        targets = tuple(target for target in targets if target != entry_id)
        entry = new_entry(writer.numbering, body, day, moment, replaces=targets, origin=origin)
        places[place] = entry.but(id=entry_id)
        fresh.append(places[place])

    for place, body in bodies:
        targets = _targets(index, own.get(place), corrects.get(place, ()))
        standing = [e for e in map(index.entry, targets) if e is not None]
        if len(standing) == 1 and _says_the_same(standing[0], body, day):
            if own.get(place) == standing[0].id:
                places[place] = standing[0]
            continue
        write(place, body, targets)
    for place in corrects.keys() - {place for place, _ in bodies}:
        if targets := _targets(index, own.get(place), corrects[place]):
            cleared = Retraction(reason="cleared")
            places[place] = new_entry(writer.numbering, cleared, day, moment, replaces=targets)
            fresh.append(places[place])
    writer.append(fresh, moment)
    own |= {place: entry.id for place, entry in places.items()}
    note_doses(writer.path, fresh, moment)
    return tuple(places.values())


def take_out(
    writer: Writer, entry: Entry, moment: Moment, *, reason: str = "taken back"
) -> tuple[Entry, ...]:
    """Take back one entry, and those that compete with it for the same place. Nothing is lost:
    the journal keeps what stood. Returns what was written; nothing where it was gone already.
    """
    if not writer.index.stands(entry.id):
        return ()
    ids = tuple(rival.id for rival in writer.index.rivals(entry.id))
    body = Retraction(reason=reason)
    taken = new_entry(writer.numbering, body, entry.date, moment, replaces=ids)
    writer.append([taken], moment)
    note_doses(writer.path, [taken], moment)
    return (taken,)


@contextmanager
def writing_to(path: Path, passphrase: str | None, moment: Moment) -> Iterator[Writer]:
    """The writer of one command: the vault opened, or its inbox, for which nothing is needed."""
    if passphrase is None:
        yield SealedInbox(path)
        return
    with Vault.open(path, passphrase, now=moment.at) as vault:
        yield OpenVault(vault)


def fresh_key() -> str:
    """A random name for one page, or for one command."""
    return secrets.token_urlsafe(12)


def _id_of(idempotency_key: str, place: str, day: dt.date, body: Body) -> str:
    """The same page, place and content have the same id, whoever saves it."""
    text = "\x00".join((idempotency_key, place, day.isoformat(), body.to_json()))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _targets(index: JournalIndex, own: str | None, seen: tuple[str, ...]) -> tuple[str, ...]:
    """What a place replaces: what stands for what this page wrote, else for what it was filled
    with. An entry nobody here can see was written while another session had the diary open.
    """
    found: dict[str, None] = {}
    for name in (own,) if own is not None else seen:
        if name not in index:
            found[name] = None
        for entry in index.successors(name):
            found |= dict.fromkeys(rival.id for rival in index.rivals(entry.id))
    return tuple(found)


def _was_taken_back(index: JournalIndex, entry_id: str) -> bool:
    return any(entry.kind == Retraction.kind for entry in index.ended_by(entry_id))


def _says_the_same(entry: Entry, body: Body, day: dt.date) -> bool:
    return (entry.kind, entry.version, entry.body, entry.date) == (
        body.kind, body.written_as, body.to_json(), day,
    )  # fmt: skip
