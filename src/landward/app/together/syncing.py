"""One sync: read what came, send what waits, read again to see that it lies there.

Everything that is learned and everything that is about to be sent is durable in the journal before
the next step, so a kill at any moment loses nothing and doubles nothing: the next sync goes on.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from itertools import pairwise

from landward.app.together.book import Book
from landward.app.together.host import (
    DIFFERS,
    GONE,
    KEPT,
    STATUS,
    UNKNOWN,
    Host,
    HostRefused,
    refused,
)
from landward.app.together.items import Hole
from landward.app.together.ledger import (
    ASKED,
    BACK,
    CLAIM,
    DELETE,
    HEARD,
    PLACE,
    Key,
    Ledger,
    fact_name,
)
from landward.app.together.membership import FACT, Membership
from landward.app.together.noticed import Noticed
from landward.app.together.outbox import Outbox, unsent, waiting
from landward.app.together.reading import MOVE, read_page
from landward.vault.carrying import OUT

MOST_FRAMES = 200_000
"""More than a life of diaries: a relay that never comes to an end is stopped here."""
MOST_CONFLICTS = 3
ALL = f"{FACT} "
Facts = Mapping[str, str | None]


class Syncing:
    """One device in the middle of a sync. `book`, `host` and the time are handed in."""

    def __init__(self, book: Book, host: Host, membership: Membership, now: datetime) -> None:
        self.book, self.host, self.membership, self.now = book, host, membership, now
        self.noticed = Noticed()
        self.ledger = Ledger(book.facts(ALL))
        self.received = self.erased = self.sent = 0
        self._lost: set[Key] = set()
        self._missing: set[Key] = set()
        self._read_from_start = False
        self._conflicts = 0
        self.moving = False
        """Whether news of a new shelf waits to be sent."""

    def begin_anew(self, membership: Membership) -> None:
        """Go on with another shelf: nothing is known of it yet."""
        self.membership = membership
        self.ledger = Ledger(self.book.facts(ALL))
        self._lost, self._read_from_start = set(), False

    # ---- reading ----------------------------------------------------------------------------

    def pull(self, *, from_start: bool = False) -> None:
        """Take in what lies on the shelf and was not seen before. Raises HostRefused."""
        facts = self.book.facts(ALL)
        place = 0 if from_start else int(facts.get(PLACE, "0"))
        there: set[Key] = set()
        shelf, count, began_at, backwards = self.membership.shelf, 0, place, 0
        while count < MOST_FRAMES:
            page = self.host.since(shelf.id, shelf.read, place)
            if page.last < place:
                if (backwards := backwards + 1) > 1:
                    raise refused("not-a-relay")
                self.noticed.rolled_back = True
                place = began_at = 0
                there.clear()
                continue
            if not page.frames:
                break
            numbers = [place, *(frame.seq for frame in page.frames)]
            if any(a >= b for a, b in pairwise(numbers)):
                raise refused("not-a-relay")
            read, membership = read_page(
                self.membership, self.ledger, page.frames, self.noticed, self.now
            )
            there |= read.there
            count += len(page.frames)
            place = numbers[-1]
            self._take_in(read.facts, read.entries, read.graves, membership, place)
        self._compare(there, whole=began_at == 0)

    def _take_in(self, facts, entries, graves, membership: Membership, place: int) -> None:  # type: ignore[no-untyped-def]
        kept: dict[str, str | None] = {**facts, PLACE: str(place)}
        if MOVE in kept and self.book.facts(MOVE):
            del kept[MOVE]  # the first one counts
        if membership != self.membership:
            kept[FACT] = membership.to_text()
        taken = self.book.change(kept, entries, graves)
        self.membership = membership
        self.received += taken.added
        self.erased += taken.erased

    def _compare(self, there: set[Key], *, whole: bool) -> None:
        """Hold what is known against what lay there; read all of it once more before saying so."""
        facts = self.book.facts(ALL)
        me = self.membership.device
        out = {(me, n) for n, _, _ in waiting(facts)}
        back = 0 if whole else int(facts.get(BACK, "0"))
        expected = {
            key
            for key, known in self.ledger.items.items()
            if not known.hole and key not in out and (whole or (key[0] == me and key[1] > back))
        }
        lost = expected - there
        missing = set(self.ledger.missing(self.membership.by_id))
        wanted = lost or missing or self._asked
        if wanted and not whole and not self._read_from_start:
            self._read_from_start = True
            self.pull(from_start=True)
            return
        self._lost = lost | {key for key in missing if key[0] == me}
        self.noticed.lost += len(lost)
        self.noticed.not_given = sum(key[0] != me for key in missing)
        self._missing = missing
        top = max((n for d, n in self.ledger.items if d == me and (d, n) not in out), default=0)
        if not self._lost and top != int(facts.get(BACK, "0")):
            self.remember({BACK: str(top)})

    # ---- sending ----------------------------------------------------------------------------

    def prepare(self) -> None:
        """Put into the outbox what was erased, and say anew what the relay lost."""
        graves, known = self.book.graves(), self.ledger.items
        gone = {key for key in self.ledger.carriers(graves) if not known[key].hole}
        again = any(key not in known or known[key].is_word for key in self._lost)
        told = {key for key, item in known.items() if item.hole}
        # What was lost may have been the word about holes; whoever misses an item may lack it.
        holes = self._holes(told if self._untold or self._asked else set())
        fresh = self._holes(self._lost | gone)
        outbox = Outbox(self.membership, self.ledger, self.now)
        outbox.take_away(fresh)
        outbox.add_gone(sorted(graves - self.ledger.graves.keys()), [*holes, *fresh])
        if self._asked:
            outbox.facts[HEARD] = None
        if again:
            for member in self.membership.members:
                outbox.add("member", {"add": member.model_dump(mode="json")})
        others = sorted(key for key in self._missing if key[0] != self.membership.device)
        asks = f"{self.now.date()} {others}"
        if others and asks != self.book.fact(ASKED):
            outbox.add("member", {"asks": True})  # whoever has them looks whether they lie there
            outbox.facts[ASKED] = asks
        if outbox.facts:
            self.remember(outbox.facts)
        self._lost = set()

    @property
    def _asked(self) -> bool:
        """Whether another device misses something, and was not answered yet."""
        return self.book.fact(HEARD) is not None

    @property
    def _untold(self) -> bool:
        """Whether something was lost that was no mere entry."""
        known = self.ledger.items
        return any(key not in known or not known[key].entries for key in self._lost)

    def _holes(self, keys: Iterable[Key]) -> list[Hole]:
        known = self.ledger.items
        return [
            Hole(device, n, known[device, n].hash if (device, n) in known else "")
            for device, n in sorted(keys)
        ]

    def push(self) -> None:
        """Send what waits and what is unsent, until nothing is. Raises HostRefused."""
        while True:
            out = waiting(self.book.facts(OUT))
            if not out:
                outbox = Outbox(self.membership, self.ledger, self.now)
                outbox.add_entries(unsent(self.book.entries(), self.book.digests(), self.ledger))
                if self.moving or not outbox.formed:
                    break
                self.remember(outbox.facts)
                continue
            self._put(out)
        self._delete()

    def _put(self, out: tuple[tuple[int, str, bytes], ...]) -> None:
        shelf = self.membership.shelf
        answers = self.host.put_many(shelf.id, shelf.write, [(b, data) for _, b, data in out])
        if [answer.blob for answer in answers] != [blob for _, blob, _ in out]:
            raise refused("not-a-relay")
        pairs = list(zip(out, answers, strict=True))
        kept = [n for (n, _, _), answer in pairs if answer.status in KEPT]
        if kept:
            self.remember({f"{OUT}{n:016d}": None for n in kept})
            self.sent += len(kept)
        refusals = [(n, answer.status) for (n, _, _), answer in pairs if answer.status not in KEPT]
        if not refusals:
            return
        n, status = refusals[0]
        code = STATUS.get(status, "busy")
        self._conflicts += 1
        if code not in (DIFFERS, GONE) or self._conflicts > MOST_CONFLICTS:
            raise refused(code)
        self._step_aside(n, [number for number, _, _ in out if number >= n])

    def _step_aside(self, n: int, formed: list[int]) -> None:
        """Something else lies under this device's number `n`: take it in, and number anew."""
        me = self.membership.device
        self.noticed.twin = True
        facts: dict[str, str | None] = {f"{OUT}{number:016d}": None for number in formed}
        for number in formed:
            self.ledger.forget((me, number))
            facts[fact_name((me, number))] = None
        self.ledger.claim(me, n)
        facts[f"{CLAIM}{me}"] = str(n)
        self.remember(facts)
        self.pull(from_start=True)
        self.prepare()

    def _delete(self) -> None:
        """Take away the blobs of what was erased, now that everyone is told."""
        shelf, old = self.membership.shelf, self.membership.old
        for name, whose in self.book.facts(DELETE).items():
            blob = name.removeprefix(DELETE)
            if whose and old is not None:
                self._unless_unknown(partial(self.host.delete, old.id, old.write, blob))
            elif not whose:
                self.host.delete(shelf.id, shelf.write, blob)
            self.remember({name: None})

    def let_go_of_old(self) -> None:
        """Remove the earlier shelf, once every device has written on the new one."""
        old = self.membership.old
        heads = self.ledger.heads()
        if old is None or any(not heads.get(device) for device in self.membership.by_id):
            return
        self._unless_unknown(lambda: self.host.delete_shelf(old.id, old.write))
        self.membership = self.membership.but(old=None)
        self.remember({FACT: self.membership.to_text()})

    @staticmethod
    def _unless_unknown(ask: Callable[[], None]) -> None:
        try:
            ask()
        except HostRefused as error:
            if error.code != UNKNOWN:
                raise

    def remember(self, facts: Facts) -> None:
        """Keep or drop facts, durably."""
        self.book.change(facts)
