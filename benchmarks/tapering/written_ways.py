"""Typed-in ways beside arithmetic of their own: every line adds up, no day is left out or doubled.

The checker knows nothing of the engine: it counts days, milligrams, pieces and tablets anew.
"""

import random
from collections import Counter
from datetime import timedelta
from fractions import Fraction
from math import ceil

from cases import START

from landward.engines.tapering import check_given, hold, supply_of
from landward.engines.tapering.written import Phase, Rhythm, by_turns, pouches, with_pauses
from landward.model.base import BadInput
from landward.model.home_made import HomeMade
from landward.model.preparation import read_preparations
from landward.model.taper import TaperPlan
from landward.model.taper_given import GivenDose, GivenPlan, GivenStep, doses_sum

PRODUCTS = read_preparations("tab 0.5 half, tab 2 half, tab 5 half, tab 10")
HOME = (
    HomeMade(way="stirred", tablet_mg="10", water_ml="20", mark_ml="0.5"),
    HomeMade(way="weighed", tablet_mg="5", tablet_mass_mg="140", scale_step_mg="1"),
    HomeMade(way="drops", mg_per_ml="10", drops_per_ml="40"),
)
TIMES = ("morning", "noon", "night")


def written_ways(count: int, first_seed: int) -> None:
    """Print how many plans were laid out and what was wrong in them; all must be 0."""
    faults: Counter[str] = Counter(dict.fromkeys(
        ("sum", "rise", "gap", "order", "pieces", "supply", "tablets", "held"), 0))  # fmt: skip
    ways: Counter[str] = Counter()
    lines = 0
    for seed in range(first_seed, first_seed + count):
        rng = random.Random(seed)
        way = rng.choice(("pauses", "turns", "weekdays", "pouches"))
        held, steps, expected, cycle = WAYS[way](rng)
        home = rng.choice((None, None, *HOME))
        given = GivenPlan.checked(
            title=way, drug="diazepam", source="a bench", held=held, held_mg=doses_sum(held),
            preparations=() if home else PRODUCTS, steps=steps, home=home, cycle_days=cycle,
        )  # fmt: skip
        try:
            plan = check_given(given, ())
        except BadInput:
            ways["refused, no whole drop or mark"] += 1
            continue
        ways[way] += 1
        lines += len(plan.steps)
        found = _faults(plan, expected, rises=bool(cycle) or way == "pouches")
        found.update(_supply_faults(plan))
        if way == "pauses":
            found.update(_hold_faults(plan, rng))
        faults.update(found)
        if any(found.values()):
            print("  FAULT", seed, way, dict(found))
    print(f"typed-in ways: {count} plans, {lines} lines: {dict(ways)}")
    for name, number in faults.items():
        print(f"  {name:16}{number}")


Laid = tuple[tuple[GivenDose, ...], tuple[GivenStep, ...], list[Fraction], int]
"""What is held before, the lines, milligrams day by day as counted here, the cycle."""


def _held(rng: random.Random) -> tuple[GivenDose, ...]:
    times = TIMES[: rng.randint(1, 3)]
    return tuple(GivenDose(at=at, mg=Fraction(rng.randint(1, 60), 2)) for at in times)


def _pauses(rng: random.Random) -> Laid:
    held = _held(rng)
    total = doses_sum(held)
    cut, every = Fraction(rng.randint(1, 8), 4), rng.randint(1, 28)
    cuts, pause = rng.randint(1, 6), rng.randint(0, 42)
    goal = Fraction(rng.choice((0, 0, 1)))
    if total <= goal:
        goal = Fraction(0)
    rhythm = Rhythm(cut_mg=cut, every_days=every, cuts=cuts, pause_days=pause, to_mg=goal)
    expected, mg, made = list[Fraction](), total, 0
    while mg > goal:
        mg, made = max(goal, mg - cut), made + 1
        expected += [mg] * (every + (pause if made % cuts == 0 else 0))
    return held, with_pauses(START, held, rhythm), expected, 0


def _by_turns(rng: random.Random, length: int) -> Laid:
    phases = [
        Phase(turns=tuple(_held(rng) if rng.random() < 0.8 else () for _ in range(length)),
              days=7 * rng.randint(1, 4))
        for _ in range(rng.randint(1, 3))
    ]  # fmt: skip
    expected, day = list[Fraction](), START
    for phase in phases:
        for number in range(phase.days):
            turn = day.weekday() if length == 7 else number % length
            expected.append(sum((dose.mg for dose in phase.turns[turn]), Fraction(0)))
            day += timedelta(days=1)
    return _held(rng), by_turns(START, phases, weekly=length == 7), expected, length


def _pouches(rng: random.Random) -> Laid:
    held = _held(rng)[:1]
    doses = [Fraction(rng.randint(0, 40), 2) for _ in range(rng.randint(1, 84))]
    return held, pouches(START, doses, rng.choice((7, 14, 28))), doses, 0


WAYS = {
    "pauses": _pauses, "pouches": _pouches,
    "turns": lambda rng: _by_turns(rng, 2), "weekdays": lambda rng: _by_turns(rng, 7),
}  # fmt: skip


def _faults(plan: TaperPlan, expected: list[Fraction], *, rises: bool) -> Counter[str]:
    found: Counter[str] = Counter()
    days, before, day = list[Fraction](), plan.from_mg, START
    for number, step in enumerate(plan.steps, start=1):
        found["gap"] += step.start != day
        found["order"] += step.step != number
        day = step.start + timedelta(days=step.days)
        found["sum"] += sum((dose.made_mg for dose in step.doses), Fraction(0)) != step.made_mg
        found["rise"] += not rises and step.made_mg > before
        before = step.made_mg
        days += [step.made_mg] * step.days
        for dose in step.doses:
            held = sum((piece.mg for piece in dose.pieces), Fraction(0))
            found["pieces"] += bool(dose.pieces) and held != dose.made_mg
    found["sum"] += days != expected
    return found


def _supply_faults(plan: TaperPlan) -> Counter[str]:
    """What is handed out is what the days take, rounded up to whole ones, interval by interval."""
    found: Counter[str] = Counter()
    lines = supply_of(plan, 28)
    for line in lines:
        last, need, tablets = line.to, Fraction(0), 0
        for step in plan.steps:
            for offset in range(step.days):
                day = step.start + timedelta(days=offset)
                if not line.since <= day <= last:
                    continue
                for dose in step.doses:
                    need += sum(
                        (p.count for p in dose.pieces if p.product == line.product), Fraction(0)
                    )
                    if plan.home and plan.home.tablet_mg:
                        tablets += ceil(dose.made_mg / plan.home.tablet_mg)
                        need += dose.made_mg / plan.home.tablet_mg
                    elif plan.home and plan.home.mg_per_ml:
                        need += dose.made_mg / plan.home.mg_per_ml
        crushed = plan.home is not None and plan.home.way == "stirred"
        found["tablets" if plan.home else "supply"] += line.count != (
            tablets if crushed else ceil(need)
        )
    return found


def _hold_faults(plan: TaperPlan, rng: random.Random) -> Counter[str]:
    """A hold moves every later line by its days and changes no dose."""
    step = rng.choice(plan.steps)
    days = rng.randint(1, 60)
    held = hold(plan, step.start, days)
    moved = [(one.start + timedelta(days=days if one.start > step.start else 0), one.made_mg)
             for one in plan.steps]  # fmt: skip
    return Counter(held=[(one.start, one.made_mg) for one in held.steps] != moved)
