"""The taper planner against itself, against brute force and against CP-SAT.

    python3 run.py bench tapering [plans] [small cases] [first seed]
    python3 run.py bench tapering pieces
    python3 run.py bench tapering stretched [plans] [first seed]     intervals that wait longer
    python3 run.py bench tapering rhythm [plans] [first seed]        a pause after every few cuts
    python3 run.py bench tapering sourced                            35 cases with their source
    python3 run.py bench tapering written [plans] [first seed]       ways a prescriber typed in

Prints counts (all must be 0), optimality gaps (all must be 0) and times. Another first seed makes
other plans, so that ten thousand can be run in parts.
"""

import os
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from fractions import Fraction
from itertools import islice, pairwise
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

# what follows lies beside this script
import brute
import count_pieces
import sourced
from audit import audit
from cases import BANDS, CEILING, START, any_size, describe, lasts, paused, small, with_gaps
from written_ways import written_ways

from landward.engines.tapering import plan_taper
from landward.engines.tapering.pace import pace_of
from landward.engines.tapering.search import search
from landward.model.base import BadInput
from landward.model.preparation import read_preparations
from landward.model.taper import TaperPlan
from landward.model.taper_request import Method, TaperRequest

MOST_DOSES_TRIED = 4
"""Every choice of every dose is tried: more doses than this take too long."""

SHELF = read_preparations(
    "tab 2 half, tab 5, tab 10, tab 0.5 half, tab 0.25, tab 1, liquid 0.4 mg/mL mark 0.1 mL, "
    "liquid 0.1 mg/mL mark 0.1 mL"
)


def many_plans(
    count: int, first_seed: int, *, stretched: bool = False, pauses: bool = False
) -> None:
    totals: Counter[str] = Counter()
    lines = ends = tried = helps = false_ends = false_helps = 0
    for seed in range(first_seed, first_seed + count):
        request = any_size(random.Random(seed))
        if stretched:
            request = request.model_copy(update={"finish": "stretch"})
        if pauses:
            request = paused(request, random.Random(seed))
        try:
            plan = plan_taper(request, CEILING, SHELF)
        except BadInput as error:
            totals["refused, over thirty years"] += 1
            assert "thirty years" in str(error), error
            continue
        lines += len(plan.steps)
        found = audit(request, CEILING, plan)
        totals.update(found)
        if any(found.values()):
            print("  FAULT", found, describe(request))
        end = plan.ends
        if stretched or end is None or end.complete or (request.finish and not end.would_help):
            continue
        ends += 1
        true = end_is_true(request, plan)
        tried += true is not None
        false_ends += true is False
        for name in end.would_help:
            helps += 1
            more = read_preparations(", ".join([*plan.products, name]))
            again = search(request.model_copy(update={"preparations": more}), CEILING)
            if not again.grid.mg(again.last) < end.at_mg:
                false_helps += 1
                print("  FALSE HELP", name, describe(request))
    print(f"random plans: {count}, lines: {lines}")
    for name, number in totals.items():
        print(f"  {name:16}{number}")
    print(f"  ends {ends}, false {false_ends}; would_help {helps}, false {false_helps}")
    print(f"  (every lower dose was tried at {tried} of the ends; the others have too many)")


def end_is_true(request: TaperRequest, plan: TaperPlan) -> bool | None:
    """Whether no lower dose keeps the rules at the end, by trying each; None if they are many."""
    last = plan.steps[-1] if plan.steps else None
    at = {dose.at: dose.made_mg for dose in last.doses} if last else {}
    share = tuple(at.get(name, Fraction(0)) for name in request.times) if last else request.split_mg
    here = sum(share, Fraction(0))
    finest = min(item.smallest_mg for item in request.preparations)
    size = 1
    for top in share:
        size *= int(top / finest) + 1
    if size > 3_000:
        return None
    made = brute.doses(request.preparations, max(share))
    pace = pace_of(request)
    goal = request.to_mg
    return not any(
        dose > 0 and dose >= pace.lowest_after(here) and dose >= CEILING.kept_share * here
        for dose in brute.lower_doses(share, made, goal)
    )


def counted(plan: TaperPlan, days: Counter[Fraction], most: int) -> tuple[int, int, int, int, int]:
    """What a plan's pieces cost: above `most`, strengths, changes, splits, pieces."""
    made = {
        dose.made_mg: {piece.product: piece for piece in dose.pieces}
        for step in plan.steps
        for dose in step.doses
        if dose.made_mg
    }
    over = splits = pieces = 0
    for mg, hand in made.items():
        here = {name: piece.count for name, piece in hand.items()}
        parts = sum(
            0 if name.startswith("liquid") else count_pieces.PARTS[count % 1]
            for name, count in here.items()
        )
        splits += parts * days[mg]
        pieces += count_pieces.pieces_of(here) * days[mg]
        over += max(0, count_pieces.pieces_of(here) - most) * days[mg]
    rungs = [made[mg] for mg in sorted(made, reverse=True)]
    changes = sum(
        len({name for name in {*a, *b} if a.get(name) != b.get(name)}) for a, b in pairwise(rungs)
    )
    return over, len({name for hand in rungs for name in hand}), changes, splits, pieces


def against_brute_force(count: int, *, pauses: bool = False) -> None:
    rng = random.Random(60)
    gaps: Counter[str] = Counter()
    ends = 0
    for _ in range(count):
        request = small(rng).model_copy(update={"finish": ""})
        request = paused(request, rng) if pauses else request
        plan = plan_taper(request, CEILING)
        pace = pace_of(request)
        steps = 5 if len(request.times) == 1 else 4
        asked = list(islice(pace.asked(), 1, steps + 1))
        made = brute.doses(request.preparations, max(request.split_mg))
        rule = {
            "lowest_after": pace.lowest_after,
            "window": pace.window_days,
            "kept": CEILING.kept_share,
            "kept_days": CEILING.days,
        }
        held = lasts(request, steps)
        best = brute.least_area(request.split_mg, made, asked, held, rule)
        doses = [step.made_mg for step in plan.steps][:steps]
        doses += [(plan.steps[-1].made_mg if plan.steps else request.dose_mg)] * (
            steps - len(doses)
        )
        mine = sum(
            (days * (dose - want) for days, dose, want in zip(held, doses, asked, strict=True)),
            Fraction(0),
        )
        key = f"{len(request.times)} dose time{'s' if len(request.times) > 1 else ''}"
        gaps[f"{key}, cases"] += 1
        gaps[f"{key}, gap above 0"] += mine != best
        if mine != best:
            print("  GAP", mine - best, describe(request))
        ends += end_is_true(request, plan) is False
        taken = [(dose.made_mg, step.days) for step in plan.steps for dose in step.doses]
        if len(request.times) == 1 and taken:
            on: Counter[Fraction] = Counter()
            for dose, times_taken in taken:
                on[dose] += times_taken
            if len(on) > MOST_DOSES_TRIED:
                continue
            most = request.most_pieces
            wanted = brute.best_recipes(request.preparations, list(on.items()), most)
            ours = counted(plan, on, most)
            gaps["recipes, cases"] += 1
            gaps["recipes, gap above 0"] += ours != wanted
            if ours != wanted:
                print("  RECIPE GAP", ours, wanted, describe(request))
    print(f"against brute force: {count} cases, false ends {ends}")
    for name, number in sorted(gaps.items()):
        print(f"  {name:32}{number}")


def gaps_between_doses(count: int, *, pauses: bool = False) -> None:
    """Several dose times whose doses have gaps: the lowest end, and the least area on the way."""
    rng = random.Random(606)
    done = gaps = 0
    while done < count:
        request = paused(with_gaps(rng), rng) if pauses else with_gaps(rng)
        pace = pace_of(request)
        made = brute.doses(request.preparations, max(request.split_mg))
        if len(brute.shares(made, len(request.times), request.split_mg)) > 45:
            continue
        rule = {
            "lowest_after": pace.lowest_after,
            "window": pace.window_days,
            "kept": CEILING.kept_share,
            "kept_days": CEILING.days,
        }
        end = brute.lowest_end(request.split_mg, made, request.to_mg, rule)
        asked = list(islice(pace.asked(), 1, 17))
        held = lasts(request, len(asked))
        best = brute.least_to_the_end(request.split_mg, made, asked, held, end, rule)
        if best is None:
            continue
        done += 1
        plan = plan_taper(request, CEILING)
        mine = sum((step.days * (step.made_mg - end) for step in plan.steps), Fraction(0))
        last = plan.steps[-1].made_mg if plan.steps else request.dose_mg
        if last != end or mine != best:
            gaps += 1
            print("  GAP", last, end, mine, best, describe(request))
    print(f"several dose times, doses with gaps: {count} cases, gap above 0: {gaps}")


def timed(name: str, request: TaperRequest, goal_ms: float, shelf: object = ()) -> None:
    wall, cpu = [], []
    for _ in range(7):
        start, busy = time.perf_counter(), time.process_time()
        plan = plan_taper(request, CEILING, shelf)
        wall.append((time.perf_counter() - start) * 1000)
        cpu.append((time.process_time() - busy) * 1000)
    print(
        f"  {name:44}{len(plan.steps):5} steps  wall {statistics.median(wall):7.1f} ms  "
        f"cpu {statistics.median(cpu):7.1f} ms  goal {goal_ms:g} ms  "
        f"cpu/goal {statistics.median(cpu) / goal_ms:.2f}"
    )


def times() -> None:
    six = read_preparations(
        "tab 2 half, tab 5 half, tab 10 quarter, tab 1, liquid 0.4 mg/mL mark 0.1 mL most 10 mL, "
        "liquid 1 mg/mL mark 0.1 mL most 5 mL"
    )
    usual = {"drug": "diazepam", "start": START, "preparations": six}
    timed(
        "100 steps, 6 products",
        TaperRequest.checked(
            **usual, dose_mg="40", method=Method.PERCENT_CURRENT, rate="4", every_days=14,
            finish="smallest-step", until=START.fromordinal(START.toordinal() + 1400),
        ),
        50,
    )  # fmt: skip
    timed(
        "100 steps, 6 products, 3 dose times",
        TaperRequest.checked(
            **usual, dose_mg="30", method=Method.PERCENT_CURRENT, rate="4", every_days=14,
            times=("morning", "noon", "night"), finish="smallest-step",
            until=START.fromordinal(START.toordinal() + 1400),
        ),
        50,
    )  # fmt: skip
    timed(
        "microtaper of 730 days",
        TaperRequest.checked(
            **usual, dose_mg="20", method=Method.DAILY, rate="5", every_days=14,
            until=START.fromordinal(START.toordinal() + 730),
        ),
        300,
    )  # fmt: skip
    timed(
        "NICE bands, one product, with would_help",
        TaperRequest.checked(
            drug="diazepam", start=START, preparations=read_preparations("tab 2 half"),
            dose_mg="40", method=Method.BANDS, bands=BANDS, every_days=14,
        ),
        50, SHELF,
    )  # fmt: skip


def against_cp_sat(count: int) -> None:
    """A second oracle in an environment of its own, so that Landward never depends on it."""
    root = HERE.parent.parent
    folder = root / ".envs" / "tapering"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(python), "-m", "pip", "install", "-q", "ortools", "pydantic", "numpy"]
        subprocess.run(pip, check=True)
    path = os.pathsep.join([str(root / "src"), str(HERE)])
    subprocess.run(
        [str(python), str(HERE / "cp_sat.py"), str(count)],
        check=True,
        env={**os.environ, "PYTHONPATH": path},
    )


def main() -> None:
    if sys.argv[1:2] == ["pieces"]:
        return count_pieces.main()
    if sys.argv[1:2] == ["sourced"]:
        return sourced.main()
    if sys.argv[1:2] in (["stretched"], ["written"], ["rhythm"]):
        many = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
        first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
        if sys.argv[1] == "written":
            return written_ways(many, first)
        if sys.argv[1] == "rhythm":
            against_brute_force(300, pauses=True)
            gaps_between_doses(75, pauses=True)
            return many_plans(many, first, pauses=True)
        return many_plans(many, first, stretched=True)
    plans = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    cases = int(sys.argv[2]) if len(sys.argv) > 2 else 600
    times()
    if cases:
        against_brute_force(cases)
        gaps_between_doses(cases // 4)
    many_plans(plans, int(sys.argv[3]) if len(sys.argv) > 3 else 0)
    if cases:
        against_cp_sat(min(cases, 150))


if __name__ == "__main__":
    main()
