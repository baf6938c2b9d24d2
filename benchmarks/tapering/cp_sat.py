"""CP-SAT as a second oracle: small cases solved as integer programs, objective by objective.

Runs in its own environment (`.envs/tapering`), because Landward itself does not depend on it.
"""

import random
import sys
from fractions import Fraction
from itertools import islice

import brute
import count_pieces
from cases import CEILING, describe, small
from ortools.sat.python import cp_model

from landward.engines.tapering import plan_taper
from landward.engines.tapering.makeable import common_unit
from landward.engines.tapering.pace import pace_of
from landward.model.preparation import Form
from landward.model.taper_request import TaperRequest


def solve(request: TaperRequest, steps: int) -> tuple[int, ...] | None:
    """Objective by objective: sum of doses; with one dose time pieces above the most, strengths."""
    pace = pace_of(request)
    unit = common_unit(item.smallest_mg for item in request.preparations)
    model = cp_model.CpModel()
    asked = list(islice(pace.asked(), 1, steps + 1))
    made = sorted(brute.doses(request.preparations, max(request.split_mg)))
    values = [int(dose / unit) for dose in made]
    whole = range(int(request.dose_mg / unit) + 1)
    totals, before = [], [int(part / unit) for part in request.split_mg]
    shares: list[list[cp_model.IntVar]] = []
    for step in range(steps):
        share = [
            model.new_int_var_from_domain(cp_model.Domain.from_values(values), f"d{step}_{time}")
            for time in range(len(request.times))
        ]
        for mine, top in zip(share, shares[-1] if shares else before, strict=True):
            model.add(mine <= top)
        total = model.new_int_var(1, whole[-1], f"t{step}")
        model.add(total == sum(share))
        want = asked[step] / unit
        model.add(total >= -(-want.numerator // want.denominator))
        totals.append(total)
        shares.append(share)
        back = -(-pace.window_days // pace.step_days)
        _after(model, totals, step, back, whole, lambda mg: pace.lowest_after(mg), unit)
        back = -(-CEILING.days // pace.step_days)
        _after(model, totals, step, back, whole, lambda mg: mg * CEILING.kept_share, unit)
    found = [_least(model, sum(totals))]
    if found[0] is None:
        return None
    if len(request.times) == 1:
        found += _pieces(model, request, unit, [share[0] for share in shares])
    return tuple(value for value in found if value is not None)


def _after(model, totals, step, back, whole, lowest, unit) -> None:
    """The dose of a step against the dose `back` steps before (today's dose before the plan)."""
    if step - back < 0:
        low = lowest(whole[-1] * unit) / unit
        model.add(totals[step] >= -(-low.numerator // low.denominator))
        return
    table = []
    for held in whole:
        low = lowest(held * unit) / unit
        table.append(min(max(-(-low.numerator // low.denominator), 0), held))
    bound = model.new_int_var(0, whole[-1], f"b{step}_{back}_{len(table)}")
    model.add_element(totals[step - back], table, bound)
    model.add(totals[step] >= bound)


def _pieces(model, request, unit, doses) -> list[int | None]:
    items = request.preparations
    used = [model.new_bool_var(f"u{place}") for place in range(len(items))]
    over = []
    for step, dose in enumerate(doses):
        parts, pieces = [], []
        for place, item in enumerate(items):
            most = int(request.dose_mg / item.smallest_mg) + 1
            if item.form is Form.LIQUID:
                marks = most
                if item.most_ml is not None and item.mark_ml is not None:
                    marks = min(most, int(item.most_ml / item.mark_ml))
                count = model.new_int_var(0, marks, f"n{step}_{place}")
                drawn = model.new_bool_var(f"w{step}_{place}")
                model.add(count == 0).only_enforce_if(drawn.negated())
                pieces.append(drawn)
                parts.append(count * int(item.smallest_mg / unit))
            else:
                count = model.new_int_var(0, most, f"n{step}_{place}")
                parts.append(count * int(item.strength_mg / unit))
                pieces.append(count)
                for part in (2, 4):
                    if item.parts >= part:
                        cut = model.new_int_var(0, 3, f"c{step}_{place}_{part}")
                        parts.append(cut * int(item.strength_mg / part / unit))
                        pieces.append(cut)
                        model.add(cut == 0).only_enforce_if(used[place].negated())
            model.add(count == 0).only_enforce_if(used[place].negated())
        model.add(sum(parts) == dose)
        above = model.new_int_var(0, 10_000, f"o{step}")
        model.add(above >= sum(pieces) - request.most_pieces)
        over.append(above)
    return [_least(model, sum(over)), _least(model, sum(used))]


def _least(model, goal) -> int | None:
    """Minimise one goal, then hold it there for the goals after it."""
    if isinstance(goal, int):
        return goal
    model.minimize(goal)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = 20
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    best = round(solver.objective_value)
    model.clear_objective()
    model.add(goal == best)
    return best


def mine(request: TaperRequest, steps: int) -> tuple[int, ...]:
    """The same figures of our plan, over the same steps (its last dose held if it is shorter)."""
    unit = common_unit(item.smallest_mg for item in request.preparations)
    pace = pace_of(request)
    until = request.start.fromordinal(request.start.toordinal() + steps * pace.step_days)
    plan = plan_taper(request.model_copy(update={"until": until}), CEILING)
    doses = [step.made_mg for step in plan.steps][:steps]
    doses += [(doses[-1] if doses else request.dose_mg)] * (steps - len(doses))
    found = [int(sum(doses, Fraction(0)) / unit)]
    if len(request.times) == 1:
        rows = [step.doses[0].pieces for step in plan.steps][:steps]
        rows += [rows[-1]] * (steps - len(rows)) if rows else []
        if not rows:
            stay = [(request.dose_mg, steps)]
            recipes = brute.best_recipes(request.preparations, stay, request.most_pieces)
            assert recipes is not None
            return (*found, *recipes[:2])
        hands = [{piece.product: piece.count for piece in row} for row in rows]
        over = sum(max(0, count_pieces.pieces_of(hand) - request.most_pieces) for hand in hands)
        found += [over, len({product for hand in hands for product in hand})]
    return tuple(found)


def main() -> None:
    rng = random.Random(600)
    count, gaps, unsolved, steps = int(sys.argv[1]), 0, 0, 6
    for _ in range(count):
        request = small(rng).model_copy(update={"finish": ""})
        best, ours = solve(request, steps), mine(request, steps)
        if best is None:
            unsolved += 1
        elif best != ours:
            gaps += 1
            print("  GAP", ours, best, describe(request))
    print(f"against CP-SAT: {count} cases, gap above 0: {gaps}, not solved in time: {unsolved}")


if __name__ == "__main__":
    main()
