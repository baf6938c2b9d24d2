"""1,000 sequences of releases, as a careless or curious office would ask for them, under attack.

Each sequence has its own people (40 to 900, rare drugs and countries among them) and two to five
studies: the same data by other groupings, sub-populations, the same question twice, five more
people, one more day, only the new ones. Every release goes through the engine's own reductions (the
plain ones), estimators, proof and ledger; every refusal counts as nothing released. The attacker
then holds all releases of the sequence and is told what a reader would know. A break is a claim
that is true.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np
from attacker import Recovered, recover

from landward.app.share.cohort_ledger import Ledger, Record, hash_of
from landward.app.share.cohort_protect import Asked, protect_release
from landward.app.share.cohort_run import large_enough
from landward.engines.cohort.measures import estimate
from landward.engines.cohort.reference import REFERENCE, Diaries
from landward.model.base import LandwardError
from landward.model.cohort import GROUPINGS, CohortFile, CohortItem
from landward.model.study import DisclosureRule, Filter, MeasureSpec, Protocol, Study

ITEMS = ("insomnia", "tinnitus")
COLUMNS = {
    "prevalence": ("grp", "item", "asked", "present", "short"),
    "drugs": ("grp", "item", "asked", "present", "short"),
    "duration": ("grp", "item", "standing", "time", "event", "gone", "n"),
    "numbness": ("grp", "item", "gone", "a0", "p0", "a1", "p1", "a2", "p2", "n"),
}
TEXT = {"grp"}
FILE = CohortFile(
    study="attack", made_up=True, source="made up",
    items=tuple(CohortItem(item=i, id=n, low=0, high=4) for i, n in enumerate(ITEMS)),
)  # fmt: skip
SHARES = {"alprazolam": 38.0, "clonazepam": 24.0, "lorazepam": 20.0}
POPULATIONS = [
    ("country", ("gb", "us")),
    ("country", ("ie",)),
    ("sex", ("f",)),
    ("drug", ("diazepam",)),
    ("drug", ("clobazam", "zopiclone")),
    ("age_band", ("18-39", "40-59")),
    ("channel", ("clinic",)),
]
People = list[dict]


def people_of(dice: random.Random, size: int) -> People:
    drugs = ["alprazolam", "clonazepam", "lorazepam", "diazepam", "clobazam", "zopiclone"]
    weights = [dice.choice([0.02, 0.1, 0.5, 1, 2]) for _ in drugs]
    rare = dice.choice([0.02, 0.08, 0.3])
    found = []
    for person in range(size):
        chance = dice.choice([0.1, 0.3, 0.5, 0.9])
        found.append(
            {
                "person": person,
                "zero": "first_cut",
                "first_day": 0,
                "last_day": dice.choice([60, 120, 200]),
                "last_dose_day": dice.choice([None, 20]),
                "ended": dice.choice(["data_cut", "left"]),
                "start_dose_ug": 20_000,
                "drug": dice.choices(drugs, weights)[0],
                "sex": dice.choice(["f", "f", "m", None]),
                "age_band": dice.choice(["18-39", "40-59", "60+"]),
                "country": "ie" if dice.random() < rare else dice.choice(["gb", "us"]),
                "channel": dice.choice(["clinic", "forum"]),
                "indication": None,
                "consent": "1",
                "asked": [dice.random() < 0.93 for _ in ITEMS],
                "has": [dice.random() < chance for _ in ITEMS],
                "ends": dice.choice([20, 45, 999]),
            }
        )
    return found


def answers_of(people: People) -> list[dict]:
    rows = []
    for one in people:
        for item in range(len(ITEMS)):
            for day in range(0, one["last_day"], 15) if one["asked"][item] else ():
                here = int(one["has"][item] and 10 < day <= one["ends"])
                rows.append({"person": one["person"], "day": day, "item": item, "state": here})
    return rows


def as_columns(rows: list[tuple], names: tuple[str, ...]) -> dict[str, np.ndarray]:
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in names]
    return {
        name: np.array(list(column), dtype=object if name in TEXT else np.int64)
        for name, column in zip(names, columns, strict=True)
    }


def spec_of(dice: random.Random) -> MeasureSpec:
    name = dice.choices(["prevalence", "duration", "numbness", "drugs"], [6, 1, 1, 1])[0]
    items = tuple(sorted(dice.sample(ITEMS, dice.choice([1, 2]))))
    if name == "drugs":
        return MeasureSpec(measure="drugs", items=items, shares_source="FDA2020")
    by = tuple(
        dice.sample(["sex", "drug", "country", "age_band", "channel"], dice.choice([0, 1, 1, 2]))
    )
    more = {"quiet_days": 28, "horizons_days": (30, 60)} if name == "duration" else {}
    if name == "prevalence" and dice.random() < 0.1:
        more = {"last_day": 45}  # nearly the same count: must not stand beside the other
    return MeasureSpec(measure=name, items=items, by=by, **more)


def study_of(dice: random.Random, number: int) -> Study:
    population = ()
    if dice.random() < 0.35:
        column, values = dice.choice(POPULATIONS)
        population = (Filter(column=column, values=values),)
    return Study(
        id=f"study-{number}", title="t", protocol=Protocol(question="What can be found out?"),
        measures=tuple(spec_of(dice) for _ in range(dice.choice([1, 2, 3]))),
        population=population, disclosure=DisclosureRule(),
    )  # fmt: skip


def chosen_of(study: Study, people: People) -> People:
    return [
        one for one in people
        if all((one[f.column] or "not known") in f.values for f in study.population)
    ]  # fmt: skip


def release_of(study: Study, people: People, ledger: Ledger) -> dict:
    """One release, or a LandwardError. The steps of `run_study`, without a disk of Parquet."""
    data = hash_of(people)
    study_hash = hash_of(study.model_dump(mode="json"))
    ids = {one["person"] for one in people}
    if ids & ledger.seen(but=data):
        raise LandwardError("people of an earlier release are in other data")
    if (known := ledger.same(study_hash, data)) is not None:
        return known.as_json()
    chosen = chosen_of(study, people)
    large_enough(study, len(chosen), len(people))
    diaries = Diaries(chosen, [], [], answers_of(chosen))
    asked = []
    for spec in study.measures:
        numbers = {ITEMS.index(name): name for name in spec.items}
        counted = REFERENCE[spec.measure](diaries, spec, tuple(numbers))
        reduced = {
            name: as_columns(rows, ("grp", "n") if name == "people" else COLUMNS[spec.measure])
            for name, rows in counted.items()
        }
        cells = estimate(reduced, spec, numbers, odds=2.0, range_=10.0, shares=SHARES)
        asked.append(Asked(spec, tuple(cells)))
    levels = {c: sorted({one[c] or "not known" for one in people}) for c in GROUPINGS}
    release, told, settings = protect_release(
        study,
        asked,
        ledger,
        data=data,
        levels=levels,
        people=len(chosen),
        file=FILE,
        engine="plain",
    )
    record = Record(number=len(ledger.records) + 1, study=study.id, study_hash=study_hash,
                    data=data, settings=settings, cells=tuple(told), release=release)  # fmt: skip
    ledger.add(record, ids)
    return release.as_json()


def sequence(seed: int, folder: Path) -> tuple[list[dict], list[People], Counter]:
    """The releases of one office, the people each was made of, and what happened."""
    dice = random.Random(seed)
    people = people_of(dice, dice.choice([40, 80, 150, 300, 900]))
    ledger, releases, states, told = Ledger(folder), [], [], Counter()
    date, studies = 1, []
    for number in range(dice.choice([2, 3, 4, 5])):
        study = study_of(dice, number)
        if studies and dice.random() < 0.2:
            study = dice.choice(studies)
        move = dice.random()
        asked_of = people
        if number and move < 0.3:  # later: some people more, or the same people later
            date += 1
            if move < 0.2:
                more = people_of(dice, dice.choice([1, 3, 8, 40, 120]))
                shift = max(one["person"] for one in people) + 1
                more = [{**one, "person": one["person"] + shift} for one in more]
                asked_of = people = [*people, *more]
                if dice.random() < 0.5:
                    asked_of = more  # --only-new
            else:
                asked_of = people = [{**one, "ends": one["ends"] + 15} for one in people]
        studies.append(study)
        try:
            made = release_of(study, asked_of, ledger)
        except LandwardError as refusal:
            told[f"refused: {str(refusal)[:48]}"] += 1
            continue
        told["released"] += 1
        cells = [c for m in made["measures"] for c in m["cells"]]
        told["cells"] += len(cells)
        told["shown"] += sum(c["n"] is not None for c in cells)
        population = {f.column: " or ".join(f.values) for f in study.population}
        releases.append({**made, "population": population, "date": f"2026-01-{date:02}"})
        states.append(chosen_of(study, asked_of))
    return releases, states, told


def members(release: dict, people: People, measure: str, group: tuple, kind: str) -> set[int]:
    """Who the attacker's claim is about."""
    conditions = dict(group)
    item = conditions.pop("item", None)
    conditions.pop("at", None)
    population = release["population"]
    inside = [
        one for one in people
        if all(k in population or (one[k] or "not known") == v for k, v in conditions.items())
    ]  # fmt: skip
    if item in ITEMS and measure in ("prevalence", "drugs"):
        place = ITEMS.index(item)
        inside = [one for one in inside if one["asked"][place]]
        days = {s["person"] for s in answers_of(inside) if s["item"] == place and s["state"]}
        if kind.startswith("without"):
            inside = [one for one in inside if one["person"] not in days]
        elif kind.startswith("with"):
            inside = [one for one in inside if one["person"] in days]
    elif item and item.startswith("share on "):
        inside = [one for one in inside if one["drug"] in SHARES]
        drug = item.removeprefix("share on ")
        if kind.startswith("without"):
            inside = [one for one in inside if one["drug"] != drug]
        elif kind.startswith("with"):
            inside = [one for one in inside if one["drug"] == drug]
    return {one["person"] for one in inside}


def true_count(found: Recovered, releases: list[dict], states: list[People]) -> int | None:
    """The truth behind a claim; None where only the claim's own n is known (duration, numbness)."""
    if found.measure in ("duration", "numbness"):
        return None
    at = found.release
    whole = members(releases[at], states[at], found.measure, found.group, found.kind)
    if found.minus:
        other, group = found.minus
        return len(
            whole - members(releases[other], states[other], found.measure, group, found.kind)
        )
    if found.kind.endswith("rest"):
        parts: set[int] = set()
        for measure in releases[at]["measures"]:
            for cell in measure["cells"] if measure["name"] == found.measure else ():
                key = dict(p.split("=", 1) for p in cell["group"].split("; ") if "=" in p)
                if set(found.group) < set(key.items()):
                    parts |= members(
                        releases[at], states[at], found.measure, tuple(key.items()), found.kind
                    )
        return len(whole - parts)
    return len(whole)


MARGINS = [
    {"overlapping": ["item", "at"]},
    {"kinds": {"duration": "other", "numbness": "other", "prevalence": "share", "drugs": "share"}},
]
TRUSTS = ((), ("partitions", "growth"), ("partitions", "growth", "estimates", "intervals"))


def run(count: int = 1000, seed: int = 0) -> int:
    began, totals, broken = time.process_time(), Counter(), 0
    for number in range(seed, seed + count):
        with tempfile.TemporaryDirectory() as place:
            releases, states, told = sequence(number, Path(place) / "ledger")
        totals += told
        for trust in TRUSTS:
            try:
                found = recover(releases, MARGINS, trust=trust) if releases else []
            except TimeoutError:
                totals["unanswered"] += 1
                continue
            for claim in found:
                truth = true_count(claim, releases, states)
                right = truth is None or claim.right(truth)
                totals["true claims" if right else "false claims"] += 1
                broken += right
                if right:
                    print(f"BROKEN sequence {number}: {claim} (truth {truth})", flush=True)
        totals["sequences"] += 1
        if totals["sequences"] % 100 == 0:
            print(f"… {totals['sequences']} sequences, {broken} true claims", flush=True)
    for name, value in sorted(totals.items()):
        print(f"{name:60} {value}")
    print(f"{broken} small cells recovered in {totals['sequences']} sequences "
          f"({time.process_time() - began:.0f} s of CPU)")  # fmt: skip
    return 1 if broken or totals["unanswered"] else 0


def without_the_proof() -> None:
    """Only small cells hidden and counts rounded: what the proof and the ledger are there for."""
    from landward.app.share import cohort_protect

    cohort_protect.protect = lambda cells, levels, rule: [c.n is not None for c in cells]
    Ledger.seen = lambda self, but: set()
    Ledger.setting = lambda self, data, system: None


if __name__ == "__main__":
    if "--bare" in sys.argv:
        sys.argv.remove("--bare")
        without_the_proof()
    sys.exit(run(int(sys.argv[1]) if len(sys.argv) > 1 else 1000,
                 int(sys.argv[2]) if len(sys.argv) > 2 else 0))  # fmt: skip
