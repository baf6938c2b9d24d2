"""The attacker on careless releases, and against a program that tries every possible world.

`python3 benchmarks/cohort/attacker_selftest.py` (numpy, scipy). Exit 1 if it bites nothing, or air.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from attacker import Recovered, recover
from published import METHODS

Person = dict[str, Any]
Story = tuple[list[dict], list[list[Person]], str]


def people_of(seed: int, size: int, drugs: Sequence[tuple[str, float]]) -> list[Person]:
    rng = np.random.default_rng([23, seed])
    names, weights = zip(*drugs, strict=True)
    weights = np.array(weights) / sum(weights)
    return [
        {
            "drug": str(rng.choice(names, p=weights)),
            "sex": str(rng.choice(["f", "m"])),
            "country": str(rng.choice(["GB", "US", "IE"], p=[0.5, 0.4, 0.1])),
            "tinnitus": bool(rng.random() < 0.3),
        }
        for _ in range(size)
    ]


def count(people: Sequence[Person], group: Mapping[str, Any]) -> int:
    return sum(all(person[v] == x for v, x in group.items()) for person in people)


def cell(
    people: Sequence[Person],
    group: dict[str, Any],
    *,
    rounding: int = 1,
    least: int = 10,
    digits: int | None = None,
) -> dict[str, Any]:
    """A cell with primary suppression only; a share of tinnitus if `digits` is given."""
    n, k = count(people, group), count(people, {**group, "tinnitus": True})
    if n < least:
        return {"group": group, "n": None, "estimate": None, "low": None, "high": None}
    told = {
        "group": group,
        "n": rounding * round(n / rounding),
        "estimate": None,
        "low": None,
        "high": None,
    }
    if digits is not None:
        low, high = METHODS["Wilson"](np.array([n]), np.array([k]))
        told |= {"estimate": round(k / n, digits), "low": round(float(low[0]), digits)}
        told["high"] = round(float(high[0]), digits)
    return told


def release(people: Sequence[Person], groups: Sequence[dict], **how: Any) -> dict[str, Any]:
    rounding = how.get("rounding", 1)
    cells = [
        cell(
            people, group, **{k: v for k, v in how.items() if k in ("least", "rounding", "digits")}
        )
        for group in groups
    ]
    name = "prevalence of tinnitus" if how.get("digits") is not None else "people counted"
    return {
        "study": "s", "engine": "none", "people": rounding * round(len(people) / rounding),
        "measures": [{"name": name, "estimand": "share", "cells": cells, "suppressed": 0}],
        "disclosure": {"cell_min": 10, "rounding": rounding, **how.get("rules", {})},
        **{key: how[key] for key in ("date", "population") if key in how},
    }  # fmt: skip


def by(variable: str, people: Sequence[Person]) -> list[dict]:
    return [{}] + [{variable: value} for value in sorted({person[variable] for person in people})]


def crossed(people: Sequence[Person]) -> list[dict]:
    drugs, sexes = by("drug", people)[1:], by("sex", people)[1:]
    return [{}, *drugs, *sexes, *({**d, **s} for d in drugs for s in sexes)]


DRUGS = (("diazepam", 0.5), ("lorazepam", 0.4), ("clobazam", 0.04), ("zopiclone", 0.06))


def one_small_cell() -> Story:
    """No secondary suppression: total minus the rest."""
    people = people_of(1, 150, DRUGS[:3])
    assert 1 <= count(people, {"drug": "clobazam"}) <= 9
    return [release(people, by("drug", people))], [people], "n"


def rounding_alone() -> Story:
    """Rounded to 5, nothing suppressed, shares in four digits: n times share must be whole."""
    people = people_of(2, 120, DRUGS)
    return (
        [
            release(
                people,
                by("drug", people),
                rounding=5,
                least=0,
                rules={"suppresses": False},
                digits=4,
            )
        ],
        [people],
        "n",
    )


def interval_gives_n_away() -> Story:
    """Suppressed and rounded, but the width of the interval tells n, and n tells the rest."""
    people = people_of(3, 151, DRUGS[:3])
    told = release(people, by("drug", people), rounding=5, digits=6)
    return [told], [people], "n"


def small_numerators() -> Story:
    """Large cells, few of them with the symptom."""
    people = people_of(4, 60, DRUGS[:2])
    for person in people:
        person["tinnitus"] = person["tinnitus"] and person["country"] == "IE"
    return [release(people, by("drug", people), digits=3)], [people], "with"


def two_dates() -> Story:
    """One person joins between two releases of exact counts."""
    people = people_of(5, 300, DRUGS[:2])
    newcomer = {"drug": "diazepam", "sex": "f", "country": "IE", "tinnitus": True}
    first = release(people, by("drug", people), date="2026-01-01")
    second = release([*people, newcomer], by("drug", people), date="2026-02-01")
    return [first, second], [people, [*people, newcomer]], "difference"


def two_dates_rounded() -> Story:
    """Rounded to 5 and everything large: a step of 5 still says that 1 to 9 people joined."""
    people = people_of(6, 300, DRUGS[:2])
    more = people_of(7, 5, DRUGS[:2])
    first = release(people, [{}], date="2026-01-01", rounding=5)
    second = release([*people, *more], [{}], date="2026-02-01", rounding=5)
    return [first, second], [people, [*people, *more]], "difference"


def complement() -> Story:
    """A study of everybody and one of everybody but the Irish."""
    people = [p for p in people_of(8, 90, DRUGS[:2]) if p["country"] != "US"]
    british = [p for p in people if p["country"] == "GB"]
    one = release(people, by("drug", people), date="2026-01-01")
    other = release(british, by("drug", people), date="2026-01-01", population={"country": "GB"})
    return [one, other], [people], "difference"


def crossed_margins() -> Story:
    """A two-way table with one small cell and one more hidden in its row, none in its column."""
    people = people_of(9, 260, (("diazepam", 0.5), ("lorazepam", 0.45), ("clobazam", 0.05)))
    told = release(people, crossed(people))
    for c in told["measures"][0]["cells"]:
        if c["group"] == {"drug": "clobazam", "sex": "f"} or c["group"] == {
            "drug": "clobazam",
            "sex": "m",
        }:
            c |= {"n": None}
    return [told], [people], "n"


def undone_by_the_next() -> Story:
    """Each release suppresses a second cell, another one each time."""
    people = people_of(10, 160, DRUGS[:3])
    first, second = (release(people, by("drug", people), date="2026-01-01") for _ in range(2))
    first["measures"][0]["cells"][2]["n"] = None
    second["measures"][0]["cells"][3]["n"] = None
    return [first, second], [people], "n"


def dropped_groups() -> Story:
    """The small group is not listed at all; it is what is missing from the total."""
    people = people_of(1, 150, DRUGS[:3])
    told = release(people, by("drug", people))
    kept = [c for c in told["measures"][0]["cells"] if c["n"] is not None]
    told["measures"][0] |= {"cells": kept, "suppressed": 1}
    return [told], [people], "rest"


def shares_of_rounded_counts() -> Story:
    """Shares made of rounded counts, said openly: the numerator is 5, so 3 to 7 people have it."""
    people = people_of(4, 60, DRUGS[:2])
    for number, person in enumerate(people):
        person["tinnitus"] = number % 12 == 0
    told = release(people, [{}], rounding=5, rules={"estimates_from": "released"})
    told["measures"][0]["name"] = "prevalence"
    told["measures"][0]["cells"][0]["estimate"] = round(5 / 60, 4)
    return [told], [people], "with"


def numerators_add_up() -> Story:
    """The small cell shows no share; those of the whole and of its neighbours tell it."""
    people = people_of(12, 200, DRUGS[:3])
    return [release(people, by("drug", people), digits=4)], [people], "with"


def no_total_but_two_tables() -> Story:
    """No total is published; two tables of the same people must still add up alike."""
    people = people_of(13, 140, DRUGS[:3])
    return [release(people, by("drug", people)[1:] + by("sex", people)[1:])], [people], "n"


BITES: tuple[Callable[[], Story], ...] = (
    one_small_cell, rounding_alone, interval_gives_n_away, small_numerators, two_dates,
    two_dates_rounded, complement, crossed_margins, undone_by_the_next, dropped_groups,
    shares_of_rounded_counts, numerators_add_up, no_total_but_two_tables,
)  # fmt: skip


def careful() -> list[dict]:
    """Nothing to find: large cells, rounded; two hidden together."""
    people = people_of(11, 4000, (("diazepam", 0.5), ("lorazepam", 0.5)))
    one = release(people, crossed(people), rounding=5, date="2026-01-01")
    groups = (("diazepam", 640), ("lorazepam", 420), ("clobazam", None), ("zopiclone", None))
    cells = [{"group": "all", "n": 1100, "estimate": None, "low": None, "high": None}]
    cells += [
        {"group": f"drug={d}", "n": n, "estimate": None, "low": None, "high": None}
        for d, n in groups
    ]
    two = {
        "people": 1100,
        "date": "2026-03-01",
        "measures": [{"name": "x", "cells": cells, "suppressed": 2}],
        "disclosure": {"cell_min": 10, "rounding": 5},
    }
    return [one, two]


def many(dates: int) -> tuple[list[dict], list[list[Person]]]:
    """A pile: variables crossed by twos, several dates, shares, rounded, small cells hidden."""
    people = people_of(14, 2500 + 40 * dates, (*DRUGS, ("bromazepam", 0.1), ("oxazepam", 0.1)))
    told, states = [], []
    for date in range(dates):
        now = people[: 2500 + 40 * date]
        groups = [*crossed(now), *by("country", now)[1:]]
        groups += [{**d, **c} for d in by("drug", now)[1:] for c in by("country", now)[1:]]
        told.append(release(now, groups, rounding=5, digits=3, date=f"2026-{date + 1:02}-01"))
        told[-1]["people"] = 5 * round(len(now) / 5)
        states.append(now)
    return told, states


def truth_of(found: Recovered, releases: list[dict], states: list[list[Person]]) -> int:
    """The true count behind a claim; `states` are the people at each release (or one for all)."""
    at = [states[min(place, len(states) - 1)] for place in range(len(releases))]
    narrowed = {"with": {"tinnitus": True}, "without": {"tinnitus": False}}.get(
        found.kind.split()[0], {}
    )

    def counted(release: int, group: Any) -> int:
        return count(at[release], {**dict(group), **narrowed})

    whole = counted(found.release, found.group)
    if found.minus:
        return whole - counted(*found.minus)
    if found.kind.endswith("rest"):
        cells = releases[found.release]["measures"][0]["cells"]
        return whole - sum(counted(found.release, c["group"].items()) for c in cells if c["group"])
    return whole


def worlds(cells: list[dict], rounding: int, top: int) -> dict[tuple, tuple[int, int]]:
    """Least and greatest value of each cell of a table drug x sex over every world there can be."""
    grid = np.stack(np.meshgrid(*[np.arange(top + 1)] * 4, indexing="ij")).reshape(4, -1)
    inner = [{"drug": d, "sex": s} for d in "ab" for s in "fm"]
    value = {}
    for told in cells:
        mask = [all(one[v] == x for v, x in told["group"].items()) for one in inner]
        value[tuple(sorted(told["group"].items()))] = grid[mask].sum(axis=0)
    fits = np.ones(grid.shape[1], bool)
    for told, values in zip(cells, value.values(), strict=True):
        if told["n"] is not None:
            fits &= abs(values - told["n"]) <= rounding // 2
    return {key: (int(v[fits].min()), int(v[fits].max())) for key, v in value.items()}


def against_every_world(rounds: int) -> tuple[int, int]:
    """(tables, claims) on which the attacker and the trying of every world agree."""
    rng = np.random.default_rng(23)
    claims = 0
    groups: list[dict] = [{}, *({"drug": d} for d in "ab"), *({"sex": s} for s in "fm")]
    groups += [{"drug": d, "sex": s} for d in "ab" for s in "fm"]
    for _ in range(rounds):
        inner = {(d, s): int(rng.integers(0, 6)) for d in "ab" for s in "fm"}
        rounding = int(rng.choice([1, 3]))
        cells = []
        for group in groups:
            n = sum(
                v
                for (d, s), v in inner.items()
                if group.get("drug", d) == d and group.get("sex", s) == s
            )
            hide = bool(group) and rng.random() < 0.45
            cells.append({"group": group, "n": None if hide else rounding * round(n / rounding)})
        rules = {"cell_min": 10, "rounding": rounding, "suppresses": False}
        bounds = worlds(cells, rounding, top=sum(inner.values()) + rounding)
        right = {key: b for key, b in bounds.items() if b[0] >= 1 and b[1] <= 9}
        found = recover([{"measures": [{"name": "x", "cells": cells}], "disclosure": rules}])
        ours = {r.group: (r.low, r.high) for r in found if r.kind == "n"}
        assert ours == right, (cells, ours, right)
        claims += len(right)
    return rounds, claims


def main() -> int:
    bad = 0
    print("releases made without care                 claims  exact  true  CPU s")
    for story in BITES:
        releases, states, kind = story()
        start = time.process_time()
        found = recover(releases)
        seconds = time.process_time() - start
        true = sum(r.right(truth_of(r, releases, states)) for r in found)
        bites = any(r.kind == kind for r in found) and true == len(found)
        bad += not bites
        kinds = ", ".join(f"{k} {v}" for k, v in sorted(Counter(r.kind for r in found).items()))
        mark = "" if bites else "   DOES NOT BITE"
        print(
            f"{story.__name__:42} {len(found):6} {sum(r.exact for r in found):6} {true:5} "
            f"{seconds:6.2f}  {kinds}{mark}"
        )
    found = recover(careful())
    print(f"\na careful pair of releases: {len(found)} claims")
    bad += bool(found)
    pile, states = many(5)
    start = time.process_time()
    found = recover(pile)
    size = sum(len(told["measures"][0]["cells"]) for told in pile)
    seconds = time.process_time() - start
    print(f"{len(pile)} dates, {size} cells: {len(found)} claims in {seconds:.1f} s of CPU", end="")
    false = [r for r in found if not r.right(truth_of(r, pile, states))]
    print(f", {len(found) - len(false)} of them true")
    bad += not found or bool(false)
    tables, claims = against_every_world(150)
    print(f"against every possible world: {tables} tables, {claims} claims, all bounds equal")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
