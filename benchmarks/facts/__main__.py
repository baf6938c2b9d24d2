"""`python3 run.py bench facts`: loading the tables, brand names, and what a slip turns a drug into.

    --slips N   how many one-slip names are tried (3000)
    --words N   how many near and far spellings are tried (10000)
    --seed N    which ones (2026)

The floor of loading is reading the same files as plain text cells. The peer of the look-up is the
standard library's closest match, over the same names. `brands.csv` is a list of brand names made
from general knowledge, apart from the tables and before they were looked at: names of fifteen
countries and what each is; what the tables do not know counts against them. `brands-fresh.csv` is
a second such list, made after the first had shown where the gaps were: old, rare and regional
names, none of them on the first. `brands-sold.csv` holds names as they stood on lists that others
made (registers, price lists, product pages), each opened in November 2026; `brands-read.csv` more
such names, from pages opened after those. `other-medicines.txt` are medicines that are none of ours
and look or sound like one: none may be read as one.
"""

import argparse
import csv
import difflib
import os
import platform
import random
import string
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from landward.catalog import Catalog
from landward.catalog.checks import check_tables
from landward.catalog.names import fold
from landward.catalog.names import slips as name_slips
from landward.catalog.read import TABLES
from landward.model.base import BadInput

ROUNDS = 15


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slips", type=int, default=3000)
    parser.add_argument("--words", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2026)
    wanted = parser.parse_args()
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} shared cores, load "
        f"{os.getloadavg()[0]:.1f}; best of {ROUNDS}\n"
    )
    loading()
    slips(wanted.slips, wanted.seed)
    brands("brands.csv")
    brands("brands-fresh.csv")
    brands("brands-sold.csv")
    brands("brands-read.csv")
    others = other_medicines()
    return 1 if others or spellings(wanted.words, wanted.seed) else 0


def loading() -> None:
    floor, ours = best(read_cells), best(load_all)
    facts = Catalog()
    rows = len(facts.rows_by_id)
    facts.search("warm")
    print(f"{'reading the files as text cells':44}{floor:8.1f} ms")
    label = f"loading {rows} rows, typed and checked"
    print(f"{label:44}{ours:8.1f} ms  {ours / floor:.1f} × the floor")
    print(f"{'one name looked up':44}{best(lambda: facts.find_drug('Xanax')):8.3f} ms")
    print(
        f"{'one misspelt name looked up':44}{best(lambda: facts.find_drug('clonazapam')):8.3f} ms"
    )
    print(f"{'one search':44}{best(lambda: facts.search('light hurts')):8.3f} ms")
    print(f"{'every check of every table':44}{best(check_tables, 3):8.1f} ms\n")


def read_cells() -> None:
    for path in TABLES.glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            list(csv.reader(file))
    for folder in ("guidelines", "instruments"):
        for path in (TABLES / folder).glob("*.toml"):
            tomllib.loads(path.read_text("utf-8"))
    (TABLES / "references.bib").read_text("utf-8")


def load_all() -> None:
    """Every table property of a fresh catalog."""
    facts = Catalog()
    _ = facts.rows_by_id, facts.sources, facts.instruments


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The shortest of some rounds, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return min(times)


def slips(count: int, seed: int) -> None:
    facts = Catalog()
    known = {fold(drug.name): drug.id for drug in facts.drugs.values()}
    known |= {fold(row.name): row.drug for row in facts.drug_names}
    dice = random.Random(seed)
    ours: Counter[str] = Counter()
    peer: Counter[str] = Counter()
    for _ in range(count):
        name = dice.choice(sorted(known))
        word = slip(name, dice)
        if word in known:
            continue
        ours[verdict(known[name], lambda asked=word: facts.find_drug(asked).id)] += 1
        peer[verdict(known[name], lambda asked=word: closest(asked, known))] += 1
    print(f"{'one slip of the pen':24}{'right':>8}{'asked about':>14}{'WRONG DRUG':>13}")
    for who, found in (("landward", ours), ("difflib, closest match", peer)):
        print(f"{who:24}{found['right']:>8}{found['asked']:>14}{found['wrong']:>13}")


def other_medicines() -> int:
    """How many names of other medicines are read as one of ours."""
    facts = Catalog()
    names = Path(__file__).with_name("other-medicines.txt").read_text("utf-8").split()
    taken = [name for name in names if facts.read_name(name).kind == "drug"]
    asked = sum(facts.read_name(name).kind == "unclear" for name in names)
    print(f"\n{len(names)} other medicines: {len(taken)} read as one of ours {taken or ''}", end="")
    print(f", {asked} asked about")
    return len(taken)


def brands(list_name: str) -> None:
    """Brand names of fifteen countries: right, unknown or asked about, another drug."""
    facts = Catalog()
    path = Path(__file__).with_name(list_name)
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    found: dict[str, str] = {}
    for row in rows:
        reading = facts.read_name(row["name"])
        named = reading.kind if reading.kind == "combination" else reading.drug
        right = named == row["meant"]
        found[row["name"]] = "right" if right else "another" if named else "not known"
    by = Counter(found.values())
    print(f"\n{'brand names, each once':24}{'right':>8}{'not known':>14}{'WRONG DRUG':>13}")
    print(f"{len(found):<24}{by['right']:>8}{by['not known']:>14}{by['another']:>13}")
    share = sum(found[row["name"]] == "right" for row in rows) / len(rows)
    print(f"{100 * by['right'] / len(found):.1f} % right; of {len(rows)} by country", end=" ")
    print(f"{100 * share:.1f} %")
    print("not known:", ", ".join(sorted(n for n, what in found.items() if what == "not known")))


def spellings(count: int, seed: int) -> int:
    """Near and far spellings; how many were silently read as a drug nobody wrote.

    Near: one to four slips in a known name (with figures or without). Far: words of letters alone,
    and heads of one name with the tail of another.
    """
    facts = Catalog()
    known = {fold(drug.name): drug.id for drug in facts.drugs.values()}
    known |= {fold(drug.name): drug.id for drug in facts.other_drugs.values()}
    known |= {fold(r.name): r.drug for r in facts.drug_names if r.kind != "combination"}
    names, dice, wrong = sorted(known), random.Random(seed), []
    by: Counter[str] = Counter()
    for number in range(count):
        name = dice.choice(names)
        word, meant = name, known[name]
        if number % 3 < 2:
            for _ in range(1 + number % 4):
                word = slip(word, dice) if word else dice.choice(names)
        elif number % 2:
            word, meant = "".join(dice.choices(string.ascii_lowercase, k=dice.randint(3, 12))), ""
        else:
            word, meant = name[: len(name) // 2] + dice.choice(names)[len(name) // 2 :], ""
        reading = facts.read_name(word)
        if reading.kind != "drug":
            by["not taken for a drug"] += 1
        elif reading.drug == meant or reading.drug == known.get(fold(word)):
            by["right"] += 1
        elif meant == "" and any(
            drug == reading.drug and name_slips(fold(word), other, 2) <= 2
            for other, drug in known.items()
        ):
            by["near a name that was meant for none"] += 1
        else:
            by["silently wrong"] += 1
            wrong.append(f"{word} (from {name}) read as {reading.drug}")
    print(f"\n{count} near and far spellings: " + ", ".join(f"{n} {w}" for w, n in by.items()))
    for line in wrong[:20]:
        print("  ", line)
    return len(wrong)


def slip(name: str, dice: random.Random) -> str:
    place, letter = dice.randrange(len(name)), dice.choice(string.ascii_lowercase)
    before, after = name[:place], name[place + 1 :]
    return dice.choice(
        (before + after, before + letter + name[place:], before + letter + after,
         before + after[:1] + name[place] + after[1:])
    )  # fmt: skip


def closest(word: str, known: dict[str, str]) -> str:
    found = difflib.get_close_matches(word, known, n=1)
    if not found:
        raise BadInput("nothing is close")
    return known[found[0]]


def verdict(meant: str, look_up: Callable[[], str]) -> str:
    try:
        return "right" if look_up() == meant else "wrong"
    except BadInput:
        return "asked"


if __name__ == "__main__":
    raise SystemExit(main())
