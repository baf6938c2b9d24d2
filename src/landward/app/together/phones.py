"""Phones that come through the diary's relay: add one, look, say yes or no, visit, let go.

A phone is no device of the set: it leaves sealed lines on a shelf of its own and is given ready
words to show. The device it was paired with takes its lines in; the others get them from there.
"""

import datetime as dt
from collections.abc import Iterator

from landward.app.diary.open_diary import OpenDiary
from landward.app.library.languages import words_in
from landward.app.library.local_zone import local_zone
from landward.app.phone.face import Face
from landward.app.phone.relay_shelf import (
    PhoneSynced,
    RelayPhone,
    confirm_phone,
    look_for_hello,
    pair_phone,
    phone_of,
    phones,
    refuse_phone,
    remove_phone,
    sync_phones,
)
from landward.app.share.for_phone import face_for_phone
from landward.app.together.book import VaultBook
from landward.app.together.host import Dial, Host
from landward.app.together.sync import joined
from landward.model.base import BadInput
from landward.model.moment import Moment
from landward.model.said import Words, counted, phrase
from landward.vault import Vault

SHORT = 12
"""So many digits of its shelf's number name a phone."""


def known_phones(vault: Vault) -> tuple[RelayPhone, ...]:
    """Every phone with a shelf. Opens no line."""
    return phones(vault)


def named_phone(vault: Vault, name: str) -> RelayPhone:
    """The phone a person means: by the beginning of its number, or by its only label."""
    there = phones(vault)
    said = name.strip()
    fits = [one for one in there if said and one.shelf.startswith(said)]
    fits = fits or [one for one in there if one.label == said]
    if len(fits) != 1:
        raise BadInput(
            phrase(
                "no single phone is called “{name}”: `landward relay phone list` names them; "
                "nothing was changed",
                name=said[:40],
            )
        )
    return fits[0]


def add_phone(vault: Vault, dial: Dial, now: dt.datetime) -> RelayPhone:
    """Make a shelf for a phone, beside the set's own. Raises BadInput, HostRefused."""
    membership = joined(VaultBook(vault))
    host = dial(membership.address)
    try:
        shelf = membership.shelf
        return pair_phone(vault, host, shelf.id, shelf.write, membership.address, now)
    finally:
        host.close()


def look_for_phone(vault: Vault, dial: Dial, shelf: str, now: dt.datetime) -> RelayPhone:
    """Whether a phone has answered. Raises BadInput, HostRefused."""
    host = dial(phone_of(vault, shelf).address)
    try:
        return look_for_hello(vault, host, shelf, now)
    finally:
        host.close()


def let_phone_in(
    vault: Vault, dial: Dial, shelf: str, words: tuple[str, ...], now: dt.datetime
) -> tuple[PhoneSynced, ...]:
    """The person's yes; then the phone is given at once what it shows. Raises BadInput."""
    confirm_phone(vault, shelf, words, now)
    host = dial(phone_of(vault, shelf).address)
    try:
        return visit_phones(vault, host, now)
    finally:
        host.close()


def turn_phone_away(vault: Vault, shelf: str) -> RelayPhone:
    """The person's no to the phone that asks."""
    return refuse_phone(vault, shelf)


def let_phone_go(vault: Vault, dial: Dial, shelf: str, now: dt.datetime) -> PhoneSynced:
    """Take in its last lines, believe it no more, remove its shelf. Raises BadInput."""
    host = dial(phone_of(vault, shelf).address)
    try:
        return remove_phone(vault, host, shelf, now)
    finally:
        host.close()


def let_all_go(vault: Vault, host: Host, now: dt.datetime) -> tuple[PhoneSynced, ...]:
    """Every phone, before the diary leaves its relay."""
    return tuple(remove_phone(vault, host, one.shelf, now) for one in phones(vault))


def visit_phones(vault: Vault, host: Host, now: dt.datetime) -> tuple[PhoneSynced, ...]:
    """Take in what phones wrote, and give them what they show.

    What they show is read from a diary opened for it here, in whichever thread this runs: no page
    waits for it.
    """
    if not phones(vault):
        return ()

    def face() -> Face:
        moment = Moment(at=now, zone=local_zone())
        diary = OpenDiary(vault, clock=lambda: moment)
        try:
            language = words_in(diary.me.settings.language)
            return face_for_phone(diary, moment, catalogue=language)
        finally:
            diary.close()

    return sync_phones(vault, host, face, now)


def phones_words(done: tuple[PhoneSynced, ...]) -> Iterator[Words]:
    """What came of it, one line each: what came, what is odd, what did not work."""
    for one in done:
        if one.new:
            yield counted(
                one.new,
                "{count} line came from {label}.",
                "{count} lines came from {label}.",
                label=one.label,
            )
        for line in (*one.told, one.trouble):
            if line:
                yield phrase("{label}: {line}.", label=one.label, line=line)
