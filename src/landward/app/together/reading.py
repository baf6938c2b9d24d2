"""One page of a shelf, read: what joins the diary, and what is to be known of it. No effects."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pydantic import ValidationError

from landward.app.phone.relay_host import Frame
from landward.app.together.book import digest_of
from landward.app.together.items import (
    Item,
    NewerItem,
    entries_in,
    read_gone,
    read_item,
)
from landward.app.together.ledger import CLAIM, HEARD, Key, Known, Ledger, fact_name
from landward.app.together.membership import MOST_DEVICES, Member, Membership
from landward.app.together.noticed import Noticed
from landward.app.together.sealing import Opened
from landward.model.entries import Entry

MOVE = "together move"
"""The fact that holds the text of the first `key` item of the shelf, until it is followed."""
A_DAY = timedelta(hours=26)


@dataclass(slots=True)
class PageRead:
    """What one page held for this device."""

    entries: list[Entry] = field(default_factory=list)
    graves: set[str] = field(default_factory=set)
    facts: dict[str, str | None] = field(default_factory=dict)
    there: set[Key] = field(default_factory=set)
    """Items that lie on the shelf, known before or not."""


def read_page(
    membership: Membership,
    ledger: Ledger,
    frames: Iterable[Frame],
    noticed: Noticed,
    now: datetime,
) -> tuple[PageRead, Membership]:
    """What blobs hold, in their order. `ledger` takes in what they say; `membership` comes back
    with the devices that came or left.
    """
    page = PageRead()
    key = membership.shelf.shelf_key
    for frame in frames:
        opened = key.open(frame.blob, frame.data)
        if opened is None:
            noticed.unreadable.add(frame.blob)
            continue
        item = _item(membership, opened, frame.blob, noticed)
        if item is None:
            continue
        if key.blob_id(item.device, item.n) != frame.blob:
            noticed.unreadable.add(frame.blob)
            continue
        noticed.strangers.discard(frame.blob)
        membership = _take(membership, ledger, item, opened, page, noticed, now)
    return page, membership


def _item(membership: Membership, opened: Opened, blob: str, noticed: Noticed) -> Item | None:
    """The item in a blob, if a device of the set signed it."""
    try:
        item = read_item(opened.text)
    except NewerItem:
        noticed.newer.add(blob)
        return None
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
        noticed.unreadable.add(blob)
        return None
    member = membership.by_id.get(item.device)
    if member is None:
        noticed.strangers.add(blob)
        return None
    if not opened.is_signed_by(member.sign):
        noticed.unreadable.add(blob)
        return None
    return item


def _take(  # noqa: PLR0917 - one argument per part
    membership: Membership,
    ledger: Ledger,
    item: Item,
    opened: Opened,
    page: PageRead,
    noticed: Noticed,
    now: datetime,
) -> Membership:
    at = (item.device, item.n)
    known = ledger.items.get(at)
    page.there.add(at)
    if item.kind == "key":  # our own too; the caller keeps the first of all pages
        page.facts.setdefault(MOVE, opened.text)
    if known is not None and known.hash == opened.hash:
        return membership  # a replay, or our own coming back
    label = membership.by_id[item.device].label
    _look_at(membership, item, known, noticed, now)
    for device, n in item.seen.items():
        if device in membership.by_id and n > ledger.claims.get(device, 0):
            ledger.claim(device, n)
            page.facts[f"{CLAIM}{device}"] = str(n)
    if not _follows(ledger, item):
        noticed.forks.add(label)
    learned = Known(opened.hash)
    if item.kind == "entry":
        entries, refused = entries_in(item)
        noticed.refused_lines += refused
        page.entries += entries
        learned = Known(opened.hash, tuple((e.id, digest_of(e)) for e in entries))
    elif item.kind == "gone":
        ids, holes = read_gone(item.body)
        page.graves.update(ids)
        learned = Known(opened.hash, graves=ids)
        for hole in holes:
            gone = ledger.hole(hole)
            page.facts[fact_name((hole.device, hole.n))] = gone.to_text()
    elif item.body.get("asks") is True:
        page.facts[HEARD] = "yes"
    elif item.kind == "member":
        membership = _member(membership, item, noticed)
    ledger.put(at, learned)
    page.facts[fact_name(at)] = learned.to_text()
    return membership


def _look_at(
    membership: Membership, item: Item, known: Known | None, noticed: Noticed, now: datetime
) -> None:
    """What a new item says of copies that write under one name, and of clocks."""
    label = membership.by_id[item.device].label
    if item.device == membership.device:
        noticed.twin = True
    elif known is not None and known.hash:
        noticed.forks.add(label)
    if item.at > now + A_DAY:
        noticed.clocks[label] = max(noticed.clocks.get(label, 0), (item.at - now).days)


def _follows(ledger: Ledger, item: Item) -> bool:
    """Whether an item names the one before it, and the one after names it, where those are
    known.
    """
    before = ledger.before(item.device, item.n)
    return not before or not item.prev or before == item.prev


def _member(membership: Membership, item: Item, noticed: Noticed) -> Membership:
    """A device that came or left, by the word of one of the set."""
    left = item.body.get("left")
    if isinstance(left, str) and left == item.device and left not in membership.left:
        noticed.went.append(membership.by_id[left].label)
        return membership.but(left=(*membership.left, left))
    try:
        member = Member.model_validate(item.body.get("add"))
    except ValidationError:
        return membership
    full = len(membership.members) >= MOST_DEVICES
    if member.device in membership.by_id or full:
        return membership
    noticed.came.append(member.label)
    return membership.but(members=(*membership.members, member))
