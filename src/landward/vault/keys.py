"""Who can open this vault, and changing it: a new passphrase, recovery words, parts, removal."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from landward.model.base import BadInput, Frozen, LandwardError
from landward.model.said import phrase
from landward.vault import inbox, quiz, rotation, sealed_files, words
from landward.vault.cost import CHEAPEST, Cost, calibrate
from landward.vault.datakey import DataKey
from landward.vault.errors import Locked, NotConfirmed
from landward.vault.header import OWN_PASSPHRASE, About, Header, Named, read_header, sealed_about
from landward.vault.passphrases import normalise
from landward.vault.slots import Slot, SlotKind, make_slot
from landward.vault.vault import Vault

OLDER_COPIES = phrase(
    "older copies of this vault, and backups made before now, still open with the old keys"
)


class KeyInfo(Frozen):
    """One line of "who can open this"."""

    id: str
    kind: SlotKind
    named: Named
    in_use: bool
    """Whether this vault was opened with it just now."""


def who_can_open(vault: Vault) -> tuple[KeyInfo, ...]:
    """Every way into this vault, oldest first."""
    names = vault.header.names(vault.key).names
    found = [
        KeyInfo(id=slot.id, kind=slot.kind, named=names[slot.id], in_use=slot.id == vault.slot_id)
        for slot in vault.header.slots
    ]
    return tuple(sorted(found, key=lambda info: (info.named.made_at, info.id)))


def set_passphrase(
    vault: Vault, passphrase: str, *, now: datetime, cost: Cost | None = None
) -> None:
    """Replace the passphrase this vault was opened with, or the person's own if by recovery.

    One atomic rewrite of keys.json: at every moment either the old or the new one opens it.
    """
    secret = normalise(passphrase)
    fresh = make_slot(vault.header.vault, "passphrase", secret, vault.key, cost=cost or calibrate())
    with vault.alone():
        old = _to_replace(vault)
        label = vault.header.names(vault.key).names[old.id].label if old else OWN_PASSPHRASE
        _replace(vault, {old.id} if old else set(), fresh, label, now)
    vault.slot_id = fresh.id


def _to_replace(vault: Vault) -> Slot | None:
    """The passphrase in hand; where recovery opened the vault, the person's own, not a guest's."""
    held = next((slot for slot in vault.header.slots if slot.id == vault.slot_id), None)
    if held is None:
        raise Locked(
            phrase("the passphrase was changed by another program meanwhile: unlock it again")
        )
    if held.kind == "passphrase":
        return held
    names = vault.header.names(vault.key).names
    passphrases = [slot for slot in vault.header.slots if slot.kind == "passphrase"]
    own = [slot for slot in passphrases if names[slot.id].label == OWN_PASSPHRASE]
    return next(iter(own or passphrases), None)


def add_passphrase(
    vault: Vault, passphrase: str, label: str, *, now: datetime, cost: Cost | None = None
) -> None:
    """One more passphrase, for someone the person chooses. There is none by default."""
    label = _label(label)
    fresh = make_slot(
        vault.header.vault, "passphrase", normalise(passphrase), vault.key, cost=cost or calibrate()
    )
    with vault.alone():
        _replace(vault, set(), fresh, label, now)


Show = Callable[[tuple[str, ...]], None]
"""Shows new words before they count; it may raise to leave everything as it was."""


def new_recovery_words(
    vault: Vault, *, now: datetime, show: Show | None = None, secret: bytes | None = None
) -> tuple[str, ...]:
    """Fresh recovery words; the earlier ones stop opening this copy of the vault.

    `show` sees them first: words that nobody saw never take the place of words on paper. `secret`
    is given where they were shown on an earlier page.
    """
    secret = secret or words.new_secret()
    shown = words.to_words(secret)
    fresh = make_slot(vault.header.vault, "recovery", secret, vault.key, cost=CHEAPEST)
    if show is not None:
        show(shown)
    asked = {quiz.FACT: quiz.planned(shown, now)}
    with vault.alone():
        _replace(vault, _of_kind(vault, "recovery"), fresh, "recovery words", now, facts=asked)
    return shown


def split_recovery(vault: Vault, *, now: datetime) -> tuple[str, ...]:
    """Three parts for three people, any two of whom together open the vault; earlier parts stop."""
    secret = words.new_secret()
    fresh = make_slot(vault.header.vault, "split", secret, vault.key, cost=CHEAPEST)
    with vault.alone():
        _replace(vault, _of_kind(vault, "split"), fresh, "two of three parts", now)
    return words.to_shares(secret)


class Removal(Frozen):
    """What removing a key did: the new words, and the keys that must be made again."""

    recovery_words: tuple[str, ...]
    removed: tuple[str, ...]


def remove_key(
    vault: Vault,
    key_id: str,
    passphrase: str,
    *,
    now: datetime,
    cost: Cost | None = None,
    show: Show | None = None,
) -> Removal:
    """Remove a key by giving the vault a new data key; only `passphrase` is carried over.

    `show` sees the new recovery words before the old ones stop counting.

    Erasing a slot would not be enough: whoever held it may have kept the data key. The other
    secrets are not known here, so their slots go too and new recovery words are made.
    """
    with vault.alone():
        header = vault.header  # as it is now on disk, whoever changed it last
    if all(slot.id != key_id for slot in header.slots):
        raise BadInput(phrase("this vault has no such key; `landward vault keys` lists them"))
    secret = normalise(passphrase)
    held = next(
        (s for s in header.slots if s.kind == "passphrase" and _opens(s, vault, secret)), None
    )
    if held is None:
        raise BadInput(phrase("this passphrase does not open the diary; nothing was changed"))
    if held.id == key_id:
        raise BadInput(
            phrase("this is the key in your hand: change it (`landward vault passphrase`)")
        )
    recovery, new = words.new_secret(), DataKey.new()
    own = make_slot(header.vault, "passphrase", secret, new, cost=cost or held.cost)
    kept = make_slot(header.vault, "recovery", recovery, new, cost=CHEAPEST)
    names = header.names(vault.key)
    labels = tuple(names.names[s.id].label for s in header.slots if s.id != held.id)
    boxes = tuple(inbox.renewed(new, box) for box in header.boxes)
    about = About(
        names={
            own.id: names.names[held.id],
            kept.id: Named(label="recovery words", made_at=now),
            **{box.id: names.names[box.id] for box in boxes},
        }
    )
    shown = words.to_words(recovery)
    if show is not None:
        show(shown)
    vault.drain(all_of_it=True)
    with vault.alone():
        if vault.header != header:
            raise BadInput(
                phrase("the keys were changed elsewhere just now; nothing was removed: try again")
            )
        carers = {box.id for box in boxes}
        if any(sealed_files.box_of(path) in carers for path in inbox.waiting(vault.path)):
            raise BadInput(phrase("a line came in just now; nothing was removed: try again"))
        retired = (header.inbox, *header.retired)
        revised = header.revised(
            new,
            slots=(own, kept),
            inbox=inbox.make_box(new),
            boxes=boxes,
            retired=tuple(inbox.reseal(vault.key, new, box) for box in retired)[:64],
            about=sealed_about(new, about),
            previous_key=new.seal(rotation.PREVIOUS, vault.key.reveal()).hex(),
        )
        asked = {quiz.FACT: quiz.planned(shown, now)}
        try:
            rotation.begin(vault.path, vault.key, new, revised, asked)
            vault.close_journal()
            done = rotation.finish(vault.path, revised, new)
            vault.adopt(done, new, own.id)
        except LandwardError as error:
            if not _stands(vault.path, revised):
                raise
            vault.lock()
            raise NotConfirmed(
                phrase(
                    "{without_promise}; the new lock is made all the same and is finished at "
                    "the next unlocking: the new recovery words count, the earlier ones do "
                    "not",
                    without_promise=_without_promise(error),
                )
            ) from error
    return Removal(recovery_words=shown, removed=labels)


def _without_promise(error: LandwardError) -> str:
    """What went wrong, without the end that says what became of it: that is not so here."""
    return str(error).split("; ")[0].removesuffix(": nothing was changed")


def _stands(folder: Path, revised: Header) -> bool:
    """Whether keys.json holds the new keys, whatever went wrong afterwards."""
    try:
        return read_header(folder).slots == revised.slots
    except LandwardError:
        return True  # it cannot be read now: believe the worst of the old ones


def open_box(vault: Vault, label: str, *, now: datetime) -> str:
    """A write-only box for a carer: they can leave entries and read nothing. Returns its id."""
    label = _label(label)
    box = inbox.make_box(vault.key)
    with vault.alone():
        header = vault.header
        if len(header.boxes) >= 16:
            raise BadInput(phrase("there are sixteen boxes already: close one first"))
        about = header.names(vault.key).naming(box.id, label, now)
        vault.save_header(
            header.revised(
                vault.key, boxes=(*header.boxes, box), about=sealed_about(vault.key, about)
            )
        )
    return box.id


def close_box(vault: Vault, box_id: str) -> None:
    """Close a carer's box. What it gave until now stays; what it still sends is set aside."""
    while True:
        vault.drain(all_of_it=True)
        with vault.alone():
            if any(sealed_files.box_of(path) == box_id for path in inbox.waiting(vault.path)):
                continue  # left in this very moment: take it in before its key goes
            header = vault.header
            boxes = tuple(box for box in header.boxes if box.id != box_id)
            if len(boxes) == len(header.boxes):
                raise BadInput(
                    phrase("this vault has no such box; `landward vault keys` lists them")
                )
            vault.save_header(header.revised(vault.key, boxes=boxes))
            return


def _replace(
    vault: Vault,
    gone: set[str],
    fresh: Slot,
    label: str,
    now: datetime,
    *,
    facts: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Put `fresh` in the place of `gone`, with `facts`, in one rewrite. Call in `alone`."""
    header = vault.header
    places = [number for number, slot in enumerate(header.slots) if slot.id in gone]
    kept = [slot for slot in header.slots if slot.id not in gone]
    kept.insert(places[0] if places else len(kept), fresh)
    if len(kept) > 16:
        raise BadInput(phrase("there are sixteen keys already: remove one first"))
    keep = {slot.id for slot in kept} | {box.id for box in header.boxes}
    about = header.names(vault.key).keeping(keep).naming(fresh.id, label, now)
    vault.save_header(
        header.revised(vault.key, slots=tuple(kept), about=sealed_about(vault.key, about)), facts
    )


def _of_kind(vault: Vault, kind: SlotKind) -> set[str]:
    return {slot.id for slot in vault.header.slots if slot.kind == kind}


def _opens(slot: Slot, vault: Vault, secret: bytes) -> bool:
    key = slot.open(vault.header.vault, secret)
    if key is None:
        return False
    key.forget()
    return True


def _label(text: str) -> str:
    label = " ".join(text.split())
    if not label or len(label) > 80:
        raise BadInput(phrase("give it a name of 1 to 80 letters, such as “my sister”"))
    return label
