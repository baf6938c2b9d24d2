"""A phone through a relay: pair it, take in what it wrote, keep what it shows fresh, let it go.

The computer makes a shelf and shows its code; the phone leaves a hello there; the person compares
four words on both screens and says yes. Nothing a phone wrote is removed from the relay before the
diary has it on its disk, and the phone keeps its own copy until it reads that here.
"""

import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress

from landward.app.phone.face import Face, door, mark_of, sealed_face
from landward.app.phone.relay_host import Host
from landward.app.phone.relay_lines import Line, Shelf, read_shelf
from landward.app.phone.relay_phone import (
    Hello,
    RelayPhone,
    Taken,
    drop,
    keep,
    phone_of,
    phones,
)
from landward.model.base import BadInput, Frozen
from landward.model.errors import LandwardError
from landward.model.said import ENGLISH, Catalogue, Words, counted, phrase
from landward.vault import Vault, phone_keys
from landward.vault.phone_shelf import (
    MOST_CONTENT_BYTES,
    new_root,
    seal_blob,
    shelf_keys,
    token_hash,
)
from landward.vault.receiving import Sealed, receive, refuse_stranger

__all__ = [
    "Hello",
    "PhoneSynced",
    "RelayPhone",
    "confirm_phone",
    "look_for_hello",
    "pair_phone",
    "phone_of",
    "phones",
    "refuse_phone",
    "remove_phone",
    "sync_phones",
]

AT_ONCE = 500
"""As many lines as the inbox takes at a time."""
MOST_REFUSED = 20


class PhoneSynced(Frozen):
    """What one visit to a phone's shelf did."""

    label: Words
    shelf: str
    new: int = 0
    """Lines that were new to the diary."""
    shown: bool = False
    """Whether the phone was given something newer to show."""
    told: tuple[Words, ...] = ()
    """What the person may want to know: a line missing, an older copy, a blob of somebody else."""
    trouble: Words = ""
    """Why the visit broke off; what was not done is done the next time."""


# ---- pairing -------------------------------------------------------------------------------------


def pair_phone(  # noqa: PLR0917 - whose diary, at which relay, beside which shelf
    vault: Vault, host: Host, set_shelf: str, set_write: str, address: str, now: dt.datetime
) -> RelayPhone:
    """Make a shelf for a phone beside the diary's own. Its `url` is for a picture, its `code` to be
    typed or printed. Nothing is let in by it: that takes `confirm_phone`. Raises the host's errors.
    """
    root = new_root(set_shelf)
    keys = shelf_keys(root)
    phone = keep(vault, RelayPhone(root=root.hex(), address=address, made_at=now))
    try:
        read_hash, write_hash = token_hash(keys.read), token_hash(keys.write)
        host.more(set_shelf, set_write, keys.shelf, read_hash, write_hash)
        return _show(vault, host, phone, now, None, ENGLISH)
    except BaseException:
        drop(vault, phone)
        with suppress(LandwardError):
            host.delete_shelf(keys.shelf, keys.write)
        raise


def look_for_hello(vault: Vault, host: Host, shelf: str, now: dt.datetime) -> RelayPhone:
    """Whether a phone has answered: then `asks` and `words` say who. Raises the host's errors."""
    phone = phone_of(vault, shelf)
    return _heard(vault, phone, read_shelf(host, phone, now), now)


def confirm_phone(vault: Vault, shelf: str, words: Sequence[str], now: dt.datetime) -> RelayPhone:
    """The person's yes to the phone whose four words they saw. Raises BadInput for others.

    What it signs is believed from now on; what it is shown is sealed to its keys at the next sync.
    """
    phone = phone_of(vault, shelf)
    if phone.asks is None or tuple(words) != phone.words:
        raise BadInput(
            phrase("these are not the words of the phone that waits: compare the new ones")
        )
    changes = {"paired": phone.asks, "asks": None, "paired_at": now, "face_mark": ""}
    phone = phone.model_copy(update=changes)
    _enrol(vault, phone)
    return keep(vault, phone)


def _enrol(vault: Vault, phone: RelayPhone) -> None:
    """Let this installation know the phone's key: one that opened a copy of the diary may not."""
    key = phone.signing_key(vault.header.vault)
    if key is not None and key not in phone_keys.phone_keys(vault.header.vault):
        phone_keys.enrol(key)


def refuse_phone(vault: Vault, shelf: str) -> RelayPhone:
    """The person's no: that hello asks no more, and what its phone writes joins marked."""
    phone = phone_of(vault, shelf)
    refused = (*phone.refused, " ".join(phone.words))[-MOST_REFUSED:]
    return keep(vault, phone.model_copy(update={"asks": None, "refused": refused}))


def remove_phone(vault: Vault, host: Host, shelf: str, now: dt.datetime) -> PhoneSynced:
    """Take in its last lines, believe its signature no more, remove its shelf.

    Where the relay does not answer, the phone is let go here all the same, and its shelf stays on
    the list until it could be removed. Raises BadInput for no such phone.
    """
    phone = phone_of(vault, shelf)
    done = _visit(vault, host, phone, now, None, ENGLISH)
    phone = phone_of(vault, shelf)
    phone_keys.forget(frozenset({phone.key_owner}))
    gone = {"paired": None, "asks": None, "face_mark": ""}
    keep(vault, phone.model_copy(update=gone))
    try:
        host.delete_shelf(phone.shelf, phone.keys.write)
    except LandwardError as error:
        return done.model_copy(update={"trouble": _said(error)})
    drop(vault, phone)
    return done.model_copy(update={"trouble": ""})


# ---- at each sync --------------------------------------------------------------------------------


def sync_phones(
    vault: Vault,
    host: Host,
    face: Callable[[], Face] | None,
    now: dt.datetime,
    catalogue: Catalogue = ENGLISH,
) -> tuple[PhoneSynced, ...]:
    """Take in what every phone wrote, then give each what it shows, where that changed.

    `face` is asked once, after the lines are in, and only where a phone was said yes to; without
    it what the phones show stays. One phone's trouble is said in its answer and stops no other.
    """
    made: list[Face] = []

    def once() -> Face:
        if not made and face is not None:
            made.append(face())
        return made[0]

    maker = None if face is None else once
    return tuple(_visit(vault, host, phone, now, maker, catalogue) for phone in phones(vault))


def _visit(  # noqa: PLR0917 - whose diary, which phone, when, what to show
    vault: Vault,
    host: Host,
    phone: RelayPhone,
    now: dt.datetime,
    face: Callable[[], Face] | None,
    catalogue: Catalogue,
) -> PhoneSynced:
    label, new, shown = phone.label, 0, False
    told: list[Words] = []
    try:
        found = read_shelf(host, phone, now)
        told += _noticed(found)
        phone = _heard(vault, phone, found, now)
        found = found.without_lines(_held(vault, phone, found))
        phone, new, odd = _take_in(vault, phone, found, now)
        told += odd
        for blob in found.done_with:
            host.delete(phone.shelf, phone.keys.write, blob)
        # Only now: a visit that broke off before reads and removes them the next time.
        read: dict[str, object] = {"read_to": found.read_to, "last": found.last}
        read |= {"read_whole_at": now} if found.whole else {}
        read |= {"face_mark": ""} if found.face_lost else {}
        phone = keep(vault, phone.model_copy(update=read))
        told += _missing(phone)
        if face is not None and phone.is_paired:
            before = phone.face_number
            phone = _show(vault, host, phone, now, face(), catalogue)
            shown = phone.face_number != before
    except LandwardError as error:
        return PhoneSynced(label=label, shelf=phone.shelf, new=new, told=tuple(told),
                           trouble=_said(error))  # fmt: skip
    return PhoneSynced(label=label, shelf=phone.shelf, new=new, shown=shown, told=tuple(told))


def _said(error: LandwardError) -> Words:
    first = error.args[0] if error.args else ""
    return first if isinstance(first, str) else phrase("the relay refused")


def _held(vault: Vault, phone: RelayPhone, found: Shelf) -> tuple[Line, ...]:
    """Lines that wait on the shelf until the person says whether the phone there is theirs: then
    they join as a paired phone's, or marked as nobody's.
    """
    if phone.asks is None and phone.paired is not None:
        return ()
    return tuple(one for one in found.lines if not one.is_proved(phone, vault.header.vault))


def _take_in(
    vault: Vault, phone: RelayPhone, found: Shelf, now: dt.datetime
) -> tuple[RelayPhone, int, list[Words]]:
    """Lines into the diary, durably, then what is remembered of them."""
    _enrol(vault, phone)
    own, strange = [], 0
    for line in found.lines:
        try:
            refuse_stranger(vault.header, line.sealed)
            own.append(line)
        except BadInput:
            strange += 1
    new = 0
    for start in range(0, len(own), AT_ONCE):
        some: tuple[Sealed, ...] = tuple(line.sealed for line in own[start : start + AT_ONCE])
        receive(vault.path, some, now=now)
        new += vault.drain(now)
    taken = {"taken": _adding(vault, phone, own), "seen_at": now}
    phone = keep(vault, phone.model_copy(update=taken))
    said: list[Words] = []
    if strange:
        said.append(
            counted(
                strange,
                "{count} line was sealed to another diary and was not taken in",
                "{count} lines were sealed to another diary and were not taken in",
            )
        )
    return phone, new, said


def _adding(vault: Vault, phone: RelayPhone, lines: Sequence[Line]) -> dict[str, Taken]:
    taken = dict(phone.taken)
    for line in lines:
        if line.is_proved(phone, vault.header.vault):
            for number in (*line.without, line.number):
                taken[line.device] = taken.get(line.device, Taken()).adding(number)
    return taken


def _heard(vault: Vault, phone: RelayPhone, found: Shelf, now: dt.datetime) -> RelayPhone:
    """The newest hello that nobody answered yet waits for the person."""
    known = set(phone.refused)
    if phone.paired is not None:
        known.add(" ".join(phone.paired.words(phone.shelf)))
    new = [one for _, one in found.hellos if " ".join(one.words(phone.shelf)) not in known]
    if not new or new[-1] == phone.asks:
        return phone
    return keep(vault, phone.model_copy(update={"asks": new[-1], "seen_at": now}))


def _show(  # noqa: PLR0917 - whose diary, which phone, when, what to show
    vault: Vault,
    host: Host,
    phone: RelayPhone,
    now: dt.datetime,
    face: Face | None,
    catalogue: Catalogue,
) -> RelayPhone:
    """Put what the phone is to read, then remove what it read before.

    The number of the new blob is kept before it is put: a kill in between leaves none behind.
    """
    mark = mark_of(face, phone, vault.header, catalogue) if face else ""
    if face is not None and mark == phone.face_mark and len(phone.faces) == 1:
        return phone
    number = phone.face_number + 1
    if face is None:
        content = door(phone, vault.header, number, now)
    else:
        content = _fitting(face, phone, vault, number, now, catalogue)
    blob = secrets.token_hex(16)
    phone = keep(
        vault, phone.model_copy(update={"faces": (*phone.faces, blob), "face_number": number})
    )
    last = host.put(phone.shelf, phone.keys.write, blob, seal_blob(phone.keys, blob, content))
    for old in phone.faces[:-1]:
        host.delete(phone.shelf, phone.keys.write, old)
    return keep(vault, phone.model_copy(update={"faces": (blob,), "face_mark": mark, "last": last}))


def _fitting(  # noqa: PLR0917 - as above
    face: Face,
    phone: RelayPhone,
    vault: Vault,
    number: int,
    now: dt.datetime,
    catalogue: Catalogue,
) -> bytes:
    """The face as it is; where it is more than one blob holds, without its largest pictures."""
    inside = face.inside
    while True:
        content = sealed_face(
            face.model_copy(update={"inside": inside}), phone, vault.header, number, now, catalogue
        )
        if len(content) <= MOST_CONTENT_BYTES:
            return content
        if inside.sheet is not None and inside.sheet.png:
            inside = inside.model_copy(
                update={"sheet": inside.sheet.model_copy(update={"png": b""})}
            )
        elif inside.pictures:
            inside = inside.model_copy(update={"pictures": inside.pictures[:-1]})
        else:
            raise BadInput(phrase("what the phone would show is too large for a relay"))


# ---- what is noticed -----------------------------------------------------------------------------


def _noticed(found: Shelf) -> list[Words]:
    said: list[Words] = []
    if found.went_back:
        said.append(
            phrase(
                "the relay gave an older copy of this phone’s shelf than it once did; all of it "
                "was read again and nothing was lost here"
            )
        )
    if found.strange:
        said.append(
            counted(
                len(found.strange),
                "{count} piece on this phone’s shelf was not sealed by it and was left alone",
                "{count} pieces on this phone’s shelf were not sealed by it and were left alone",
            )
        )
    return said


def _missing(phone: RelayPhone) -> list[Words]:
    """Lines that a later line says there are, and that have not come."""
    missing = sum(one.also[-1] - one.through - len(one.also) for one in phone.taken.values()
                  if one.also)  # fmt: skip
    if not missing:
        return []
    return [
        counted(
            missing,
            "{count} earlier line of this phone has not come; the phone still keeps it and sends "
            "it again",
            "{count} earlier lines of this phone have not come; the phone still keeps them and "
            "sends them again",
        )
    ]
