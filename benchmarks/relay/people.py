"""`python3 run.py bench relay people`: many pairs of devices, one relay, much that breaks.

Every person writes on two devices, each offline for random stretches. Programs are killed before
and after every step that lasts, lines break before and after the relay has acted, requests arrive
twice and in another order. At the end each pair must hold equal diaries, nothing lost, nothing
doubled; and the relay's files are searched for 200 planted words.
"""

import random
import secrets
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[2] / "tests")]

import results
from made_people import Line, Mishaps, Person
from planted import PLANTED, WORDS, found_in
from tests.app.together.in_memory import NOW, Killed, MemoryBook

from landward.app.together.host import HostRefused, refused
from landward.app.together.sync import sync
from landward.relay.invitations import new_code
from landward.relay.local import LocalHost
from landward.relay.store import Store, create
from landward.relay.wire import CLASSES

COUNTED = (
    "entries", "erased", "syncs", "kills of a device", "broken lines",
    "requests that arrived twice", "pairs equal", "lost", "doubled", "not quiet at the end",
)  # fmt: skip
RECORDED = 500
"""A run of fewer people writes no figures down."""


def main(people: int = 1000, days: int = 60) -> int:
    """Run it; 0 where every number is reached."""
    began, cpu = time.perf_counter(), time.process_time()
    told: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "relay"
        create(folder)
        with Store(folder) as store:
            sizes: Counter[int] = Counter()
            for number in range(people):
                one_person(number, days, store, told)
            for path in store.paths:
                sizes.update(sizes_in(path))
        seen = found_in(folder)
    lines = [f"people {people:,}, devices {2 * people:,}, days {days}"]
    lines += [f"  {what:32}{told[what]:>10,}" for what in COUNTED]
    lines += [
        f"  blobs {sum(sizes.values()):,} in {len(sizes)} sizes: {dict(sorted(sizes.items()))}",
        f"  planted words searched {len(PLANTED)}, found {len(seen)} {sorted(seen)[:5]}",
        f"  wall {time.perf_counter() - began:.0f} s, CPU {time.process_time() - cpu:.0f} s",
    ]
    fine = (
        told["pairs equal"] == people
        and not (told["lost"] or told["doubled"] or seen or told["not quiet at the end"])
        and set(sizes) <= set(CLASSES)
    )
    lines.append("all reached" if fine else "NOT reached")
    print("\n".join(lines))
    if people >= RECORDED:
        results.write("People", "```\n" + "\n".join(lines) + "\n```")
    return 0 if fine else 1


def one_person(number: int, days: int, store: Store, told: Counter[str]) -> None:
    """Sixty days of one person, and what is true at the end."""
    chance = random.Random(number)
    mishaps = Mishaps(chance, 0.03)
    person = Person(number, chance, mishaps)
    person.books = [MemoryBook(mishaps.tick), MemoryBook(mishaps.tick)]
    host = LocalHost(store, refusal=refused)
    code = new_code(secrets.token_bytes)
    store.invite(code)
    person.pair(host, code)
    line = Line(host, mishaps)
    offline = [0, 0]
    for day in range(days):
        for which in (0, 1):
            if chance.random() < 0.85:
                person.live(which, day, WORDS)
            if offline[which]:
                offline[which] -= 1
                continue
            if chance.random() < 0.08:
                offline[which] = chance.choice((3, 7, 20, 40))
            elif chance.random() < 0.5:
                told["syncs"] += 1
                mishaps.calm = False
                with suppress(Killed, HostRefused):
                    sync(person.books[which], line, NOW)
                mishaps.calm = True
    for _ in range(3):
        for which in (0, 1):
            sync(person.books[which], host, NOW)
    quiet = [sync(book, host, NOW) for book in person.books]
    told["not quiet at the end"] += any(one.said or one.sent or one.received for one in quiet)
    one, other = person.books
    wanted = person.wanted()
    held = [entry.id for entry in one.entries()]
    told["pairs equal"] += one.copy == other.copy
    told["lost"] += len(wanted.keys() - set(held)) + sum(
        entry != wanted.get(entry.id, entry) for entry in one.entries()
    )
    told["doubled"] += len(held) - len(set(held)) + len(set(held) - wanted.keys())
    told["entries"] += len(held)
    told["erased"] += len(one.graves())
    told["kills of a device"] += mishaps.kills
    told["broken lines"] += mishaps.broken
    told["requests that arrived twice"] += mishaps.doubled


def sizes_in(path: Path) -> list[int]:
    """The sizes of the blobs in one file of a relay."""
    import sqlite3

    with sqlite3.connect(path) as db:
        return [size for (size,) in db.execute("SELECT length(data) FROM blob")]


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
