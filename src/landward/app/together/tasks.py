"""What a page or a command does with a set of devices: ask, call, save; in a person's words."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from landward.app.together.book import VaultBook
from landward.app.together.codes import diary_words
from landward.app.together.host import Dial, Host
from landward.app.together.joining import join_with_invitation
from landward.app.together.joining import leave as leave_set
from landward.app.together.ledger import Ledger
from landward.app.together.membership import Member, Membership
from landward.app.together.moving import begin_move
from landward.app.together.outbox import waiting
from landward.app.together.phones import let_all_go, phones_words, visit_phones
from landward.app.together.sync import LAST, Synced, joined, membership_of, sync, with_set
from landward.app.together.syncing import ALL
from landward.model.base import BadInput, Frozen
from landward.model.said import counted, phrase
from landward.vault import Vault
from landward.vault.carrying import OUT


class Device(Frozen):
    """One device of the set, as the person sees it."""

    device: str
    label: str
    since: dt.datetime
    here: bool
    moved: bool
    """Whether it has been seen at the place the set uses now."""


class Status(Frozen):
    """How it stands with this diary's set; no device and no address where it joined none."""

    address: str = ""
    devices: tuple[Device, ...] = ()
    waiting: int = 0
    last_sync: dt.datetime | None = None
    words: tuple[str, ...] = ()
    """Four words for what this diary holds: the same on two devices that hold the same."""
    removed: bool = False

    @property
    def joined(self) -> bool:
        """Whether anything ever leaves."""
        return bool(self.address)


def status(vault: Vault) -> Status:
    """How it stands. Opens no line."""
    book = VaultBook(vault)
    found = membership_of(book)
    if found is None or not found.joined:
        return Status()
    heads = Ledger(book.facts(ALL)).heads()
    last = vault.fact(LAST)
    return Status(
        address=found.address,
        devices=tuple(_device(found, member, heads) for member in found.members),
        waiting=len(waiting(vault.facts(OUT))),
        last_sync=dt.datetime.fromisoformat(last) if last else None,
        words=diary_words(vault.head()),
        removed=found.removed,
    )


def _device(found: Membership, member: Member, heads: dict[str, int]) -> Device:
    here = member.device == found.device
    return Device(
        device=member.device,
        label=member.label,
        since=member.since,
        here=here,
        moved=here or found.old is None or bool(heads.get(member.device)),
    )


def what_leaves(address: str) -> tuple[str, ...]:
    """What is said before a diary joins a relay: what leaves, where to, how to stop."""
    return (
        phrase(
            "What leaves this machine: every line of the diary, sealed here first. Only your own "
            "devices hold the key; the relay cannot read a word."
        ),
        phrase("Where to: {address}, and nowhere else.", address=address),
        phrase(
            "What its operator can see: how many sealed pieces there are, their size in one of "
            "twelve steps, on which days they came, and the internet address you come from while "
            "you are connected. No name and no e-mail is asked."
        ),
        phrase(
            "When: only while you sync. Nothing is sent by itself, and writing never waits for it."
        ),
        phrase(
            "How to stop: `landward relay leave`, or the page Together. Your diary stays whole "
            "here; the last device to leave takes everything off the relay."
        ),
    )


@contextmanager
def line_to(vault: Vault, dial: Dial) -> Iterator[tuple[VaultBook, Host]]:
    """The diary and a line to its relay. Raises BadInput where it joined none."""
    book = VaultBook(vault)
    host = dial(joined(book).address)
    try:
        yield book, host
    finally:
        host.close()


def join(  # noqa: PLR0917 - one argument per answer of the person
    vault: Vault, dial: Dial, address: str, code: str, label: str, now: dt.datetime
) -> Synced:
    """Join with an operator's invitation, and send what is here. Raises BadInput, HostRefused."""
    join_with_invitation(VaultBook(vault), dial, plain_address(address), code, label, now)
    return sync_now(vault, dial, now)


def sync_now(vault: Vault, dial: Dial, now: dt.datetime) -> Synced:
    """Bring this device, its set and its phones up to date. Raises BadInput, HostRefused."""
    with line_to(vault, dial) as (book, host):
        synced = sync(book, host, now)
        if joined(book).removed:
            return synced
        done = visit_phones(vault, host, now)
        new = sum(one.new for one in done)
        if new:  # what a phone wrote goes on to the other devices at once
            again = sync(book, host, now)
            sums = {"sent": synced.sent + again.sent, "waiting": again.waiting}
            synced = synced.model_copy(update=sums)
        said = (*synced.said, *phones_words(done))
        return synced.model_copy(update={"said": said})


def take_out(vault: Vault, dial: Dial, name: str, now: dt.datetime) -> tuple[Synced, str]:
    """Take another device out: new keys for those that stay. Returns its name too."""
    with line_to(vault, dial) as (book, host):
        membership = joined(book)
        device = _named(membership, name)
        synced = with_set(book, host, now, lambda s: begin_move(s, {device.device}))
        return synced, device.label


def _named(membership: Membership, name: str) -> Member:
    fits = [
        member
        for member in membership.members
        if member.label == name.strip() or member.device == name.strip()
    ]
    if len(fits) != 1:
        raise BadInput(
            phrase(
                "no single device is called “{name}”: `landward relay devices` names them; nothing "
                "was changed",
                name=name[:40],
            )
        )
    if fits[0].device == membership.device:
        raise BadInput(
            phrase("that is this device itself: `landward relay leave` takes it out of the set")
        )
    return fits[0]


def leave(vault: Vault, dial: Dial, now: dt.datetime, *, anyway: bool = False) -> bool:
    """Take this device out and forget its keys. Whether the relay was told."""
    with line_to(vault, dial) as (book, host):
        let_all_go(vault, host, now)
        return leave_set(book, host, now, anyway=anyway)


def plain_address(address: str) -> str:
    """An address as it is kept."""
    return address.strip().rstrip("/")


def synced_words(synced: Synced) -> tuple[str, ...]:
    """What a sync did, in one line, and what it noticed."""
    first = counted(
        synced.received,
        "{count} new line came; {sent}.",
        "{count} new lines came; {sent}.",
        sent=counted(synced.sent, "{count} sealed piece went", "{count} sealed pieces went"),
    )
    erased = counted(
        synced.erased,
        "{count} line that another device erased went here too.",
        "{count} lines that another device erased went here too.",
    )
    return (first, *((erased,) if synced.erased else ()), *synced.said)
