"""Made-up people with two devices each: what they write, correct, erase; what breaks meanwhile."""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tests.app.together.in_memory import NOW, Killed, MemoryBook

from landward.app.together import pairing
from landward.app.together.host import Host, Page, PutAnswer, refused
from landward.app.together.joining import join_with_invitation
from landward.model.bodies import Body, CheckIn, DoseTaken, Note
from landward.model.entries import Entry, id_from_source
from landward.model.journal import union

FIRST = dt.date(2024, 2, 1)
DRUGS = ("diazepam", "clonazepam", "lorazepam", "alprazolam", "zopiclone")
DOSES = tuple(Decimal(one) for one in ("0.5", "1", "2.5", "5", "10"))
ZONE = "Europe/Dublin"
ADDRESS = "https://relay.example"


class Mishaps:
    """Kills and broken lines at random, as often as `odds` says; none while `calm`."""

    def __init__(self, chance: random.Random, odds: float) -> None:
        self.chance, self.odds, self.calm = chance, odds, True
        self.kills = self.broken = self.doubled = 0

    def tick(self, _: str) -> None:
        """The device's program is killed here, perhaps."""
        if not self.calm and self.chance.random() < self.odds:
            self.kills += 1
            raise Killed


class Line:
    """The way to a relay: requests arrive twice or in another order, answers get lost, it dies
    before or after it has done what was asked.
    """

    def __init__(self, host: Host, mishaps: Mishaps) -> None:
        self._host, self._mishaps = host, mishaps

    def _over(self, do: Callable[[], object]) -> object:
        m = self._mishaps
        if not m.calm and m.chance.random() < m.odds:
            m.broken += 1
            raise refused("unreachable")
        done = do()
        if not m.calm and m.chance.random() < m.odds / 2:
            m.doubled += 1
            done = do()
        if not m.calm and m.chance.random() < m.odds:
            m.broken += 1
            raise refused("unreachable")
        return done

    def put_many(
        self, shelf: str, write: str, blobs: Sequence[tuple[str, bytes]]
    ) -> Sequence[PutAnswer]:
        """The blobs arrive in another order, some of them twice."""
        mixed = list(blobs)
        if not self._mishaps.calm:
            mixed += [one for one in blobs if self._mishaps.chance.random() < 0.1]
            self._mishaps.chance.shuffle(mixed)
        found = self._over(lambda: self._host.put_many(shelf, write, mixed))
        answers = {answer.blob: answer for answer in found}  # type: ignore[attr-defined]
        return [answers[blob] for blob, _ in blobs]

    def since(self, shelf: str, read: str, seq: int, most: int = 64) -> Page:
        """As the relay's."""
        return self._over(lambda: self._host.since(shelf, read, seq, most))  # type: ignore[return-value]

    def __getattr__(self, name: str) -> Callable[..., object]:
        def ask(*said: object) -> object:
            return self._over(lambda: getattr(self._host, name)(*said))

        return ask


@dataclass
class Person:
    """One person: two diaries that should become one, and what must be in them."""

    number: int
    chance: random.Random
    mishaps: Mishaps
    books: list[MemoryBook] = field(default_factory=list)
    written: dict[str, Entry] = field(default_factory=dict)

    def line(
        self, which: int, day: int, body: Body, key: str, replaces: tuple[str, ...] = ()
    ) -> Entry:
        """One entry of one device."""
        evening = dt.datetime.combine(FIRST, dt.time(20), dt.UTC)
        return Entry(
            id=id_from_source("people", f"{self.number} {key}"),
            device=f"device-{which}",
            seq=len(self.written),
            recorded_at=evening + dt.timedelta(days=day, minutes=len(self.written)),
            zone=ZONE,
            date=FIRST + dt.timedelta(days=day),
            kind=body.kind,
            version=body.written_as,
            body=body.to_json(),
            replaces=replaces,
        )

    def pair(self, host: Host, code: str, address: str = ADDRESS) -> None:
        """Join with an invitation, and pair the second device. Nobody is there to compare words,
        so the slow hash behind them is left out.
        """
        pairing.words_of = lambda *_: ("words",)  # type: ignore[assignment]
        one, other = self.books
        join_with_invitation(one, lambda _: host, address, code, "laptop of one", NOW)
        offer = pairing.offer_pairing(one, host)
        asked = pairing.ask_to_be_let_in(other, host, address, offer.code, "tablet of one", NOW)
        newcomer = pairing.look_for_newcomer(host, offer)
        assert newcomer is not None
        pairing.let_in(one, host, NOW, offer, newcomer)
        assert pairing.look_for_answer(other, host, NOW, asked) is not None

    def live(self, which: int, day: int, words: Sequence[str]) -> None:
        """A day on one device: a check-in, doses, a note; at times a correction, an erasure, a file
        imported on both with a line edited between.
        """
        chance, book = self.chance, self.books[which]
        new: list[Entry] = []
        if chance.random() < 0.8:
            said = {"day": float(chance.randint(0, 10)), "insomnia": float(chance.randint(0, 4))}
            scales = {"day": "0..10 better down", "insomnia": "0..4 better down"}
            body = CheckIn(asked=tuple(said), answers=said, scales=scales)
            new.append(self.line(which, day, body, f"check {which} {day}"))
        if chance.random() < 0.5:
            drug, mg = chance.choice(DRUGS), chance.choice(DOSES)
            dose = DoseTaken(drug=drug, dose_mg=mg, status="as_planned")
            new.append(self.line(which, day, dose, f"dose {which} {day}"))
        if words and chance.random() < 0.4:
            text = " ".join(chance.sample(list(words), 3))
            new.append(self.line(which, day, Note(text=text), f"note {which} {day}"))
        if chance.random() < 0.05:
            edited = Note(text=f"imported, as device {which} has it")
            new.append(self.line(which, day, edited, f"imported {chance.randint(0, 3)}"))
        mine = book.entries()
        if mine and chance.random() < 0.15:
            old = chance.choice(mine)
            better = Note(text="corrected")
            new.append(self.line(which, day, better, f"better {which} {day}", (old.id,)))
        for entry in new:
            known = self.written.get(entry.id)
            self.written[entry.id] = entry if known is None else union([known], [entry])[0]
        book.write(*new)
        if mine and chance.random() < 0.03:
            book.erase(chance.choice(mine).id)

    def wanted(self) -> dict[str, Entry]:
        """What both diaries must hold: everything written that was erased nowhere."""
        dead = frozenset().union(*(book.graves() for book in self.books))
        return {entry_id: entry for entry_id, entry in self.written.items() if entry_id not in dead}
