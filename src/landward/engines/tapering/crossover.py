"""Stepwise substitution: one dose time after another goes over to a longer-acting drug.

How much of the new drug replaces the old one is never decided here: the tables give a range, the
prescriber picks a number, and the range stays printed beside it.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction

from landward.engines.tapering import checks
from landward.engines.tapering.makeable import makeable
from landward.engines.tapering.pieces import cheapest
from landward.model.amounts import exact_text, short_text
from landward.model.base import BadInput
from landward.model.crossover import Crossover, CrossoverRequest, EqualRange
from landward.model.guidelines import GuidelineRule
from landward.model.said import phrase
from landward.model.taper import Check, Piece, PlanEnd, Refusal, TaperPlan, TaperStep, TimedDose

PICKED = phrase("the equivalence picked by the prescriber")
HALVES = 2


def cross_over(
    request: CrossoverRequest, equal: EqualRange, rules: Sequence[GuidelineRule]
) -> Crossover:
    """The change step by step, or the range to pick from where nobody has picked yet.

    `rules` are the guideline rows about switching (`switch_days`) and about the highest daily dose
    of the new drug (`max_daily_mg`).
    """
    if request.per_mg is None:
        return Crossover(
            equal=equal, per_mg=None, picked_from="", plan=None, refused=_pick_first(equal)
        )
    return Crossover(
        equal=equal,
        per_mg=request.per_mg,
        picked_from=request.picked_from,
        plan=_plan(request, request.per_mg, equal, rules),
    )


def _pick_first(equal: EqualRange) -> Refusal:
    low, high = short_text(equal.low_per_mg), short_text(equal.high_per_mg)
    span = low if low == high else f"{low} to {high}"
    return Refusal(
        reason=(
            phrase(
                "1 mg of {from_drug} is put at {span} mg of {to_drug}, depending on the "
                "table; which number fits is for your prescriber to pick",
                from_drug=equal.from_drug,
                span=span,
                to_drug=equal.to_drug,
            )
        ),
        rule=phrase("dose equivalents are guidance only"),
        would_help=tuple(f"--table {row.table}" for row in equal.rows),
    )


def _plan(
    request: CrossoverRequest,
    per_mg: Fraction,
    equal: EqualRange,
    rules: Sequence[GuidelineRule],
) -> TaperPlan:
    new = {
        dose.at: _makeable_at_least(request, dose.at, dose.mg * per_mg) for dose in request.doses
    }
    old = _old_pieces(request)
    pieces = _new_pieces(request, new) | {(request.from_drug, mg): made for mg, made in old.items()}
    steps: list[TaperStep] = []
    before_mg = request.total_mg * per_mg
    for number, state in enumerate(_states(request), start=1):
        doses = tuple(_timed(request, state, new, pieces))
        made = sum((dose.made_mg * (per_mg if dose.drug == request.from_drug else 1)
                    for dose in doses), Fraction(0))  # fmt: skip
        steps.append(
            TaperStep(
                step=number,
                start=request.start + timedelta(days=(number - 1) * request.every_days),
                days=request.every_days,
                ideal_mg=request.total_mg * per_mg,
                made_mg=made,
                cut_percent=checks.cut_percent(before_mg, made),
                doses=doses,
                checks=_checks(request, per_mg, equal, rules, doses),
            )
        )
        before_mg = made
    rounded = [
        phrase(
            "{at}: {short_text} mg would be equal, {exact_text} mg can be made",
            at=dose.at,
            short_text=short_text(dose.mg * per_mg),
            exact_text=exact_text(new[dose.at]),
        )
        for dose in request.doses
        if new[dose.at] != dose.mg * per_mg
    ]
    return TaperPlan(
        drug=request.to_drug,
        method=phrase("crossover from {from_drug}", from_drug=request.from_drug),
        start=request.start,
        from_mg=request.total_mg * per_mg,
        before=tuple(
            TimedDose(
                at=dose.at, drug=request.from_drug, made_mg=dose.mg, pieces=old.get(dose.mg, ())
            )
            for dose in request.doses
        ),
        times=tuple(dose.at for dose in request.doses),
        products=tuple(item.name for item in request.preparations),
        steps=tuple(steps),
        ends=PlanEnd(
            at_mg=steps[-1].made_mg,
            reason=phrase(
                "the whole dose is {to_drug} now; the taper starts from here",
                to_drug=request.to_drug,
            ),
            complete=True,
        ),
        notes=(
            phrase(
                "The day's mg count {from_drug} as {to_drug}: 1 mg as {short_text} mg, "
                "as picked from {picked_from}.",
                from_drug=request.from_drug,
                to_drug=request.to_drug,
                short_text=short_text(per_mg),
                picked_from=request.picked_from,
            ),
            *rounded,
            *_split_words(request, new, old),
            *(rule.plain for rule in rules if rule.kind == "review_days"),
        ),
    )


def _states(request: CrossoverRequest) -> Iterator[dict[str, int]]:
    """Per step: how many halves of each dose time have gone over."""
    done = dict.fromkeys(request.order, 0)
    for at in request.order:
        for _ in range(HALVES if request.in_halves else 1):
            done[at] += 1 if request.in_halves else HALVES
            yield dict(done)


def _makeable_at_least(request: CrossoverRequest, at: str, wanted: Fraction) -> Fraction:
    """The smallest dose the new products make that is not below the equal one.

    Raises BadInput where they make none, as a liquid of which only so much is drawn.
    """
    largest = max(item.strength_mg for item in request.preparations)
    grid = makeable(request.preparations, wanted + largest)
    units = grid.units_up(wanted)
    bits = grid.bits >> units
    if not bits:
        products = ", ".join(item.name for item in request.preparations)
        raise BadInput(
            phrase(
                "{short_text} mg for {at} cannot be made from {products}: add a product "
                "that makes it",
                short_text=short_text(wanted),
                at=at,
                products=products,
            )
        )
    return grid.mg(units + (bits & -bits).bit_length() - 1)


def _parts(request: CrossoverRequest, whole: Fraction) -> tuple[Fraction, Fraction]:
    """A new dose in two goes: the first is the smallest makeable dose of at least a half."""
    grid = makeable(request.preparations, whole)
    units = grid.units_up(whole / 2)
    bits = grid.bits >> units
    return grid.mg(units + (bits & -bits).bit_length() - 1), whole


def _new_pieces(request: CrossoverRequest, new: dict[str, Fraction]) -> "_Pieces":
    grid = makeable(request.preparations, max(new.values()))
    doses = set(new.values())
    if request.in_halves:
        doses |= {_parts(request, mg)[0] for mg in new.values()}
    wanted = {int(mg / grid.unit): mg for mg in doses}
    recipes = cheapest(request.preparations, grid.unit, dict.fromkeys(wanted, 1)).pieces
    return {(request.to_drug, mg): recipes[units] for units, mg in wanted.items()}


def _old_pieces(request: CrossoverRequest) -> dict[Fraction, tuple[Piece, ...]]:
    """The pieces of every whole and half dose of the old drug; none where no products were said.

    Raises BadInput where the products said do not make one.
    """
    if not request.from_preparations:
        return {}
    doses = {dose.mg for dose in request.doses}
    if request.in_halves:
        doses |= {dose.mg / HALVES for dose in request.doses}
    grid = makeable(request.from_preparations, max(doses))
    wanted: dict[int, Fraction] = {}
    for mg in sorted(doses):
        units = mg / grid.unit
        if units.denominator != 1 or not grid.bits >> int(units) & 1:
            raise BadInput(
                phrase(
                    "{mg} mg of {drug} cannot be made from {products}: add a product that makes "
                    "it, or change each dose in one go",
                    mg=exact_text(mg),
                    drug=request.from_drug,
                    products=", ".join(item.name for item in request.from_preparations),
                )
            )
        wanted[int(units)] = mg
    recipes = cheapest(request.from_preparations, grid.unit, dict.fromkeys(wanted, 1)).pieces
    return {mg: recipes[units] for units, mg in wanted.items()}


def _split_words(
    request: CrossoverRequest, new: dict[str, Fraction], old: dict[Fraction, tuple[Piece, ...]]
) -> list[str]:
    """How each dose that goes over in two goes is divided; dose times that are alike as one."""
    if not request.in_halves:
        return []
    alike: dict[tuple[Fraction, Fraction, Fraction], list[str]] = {}
    for dose in request.doses:
        alike.setdefault((dose.mg, *_parts(request, new[dose.at])), []).append(dose.at)
    said: list[str] = []
    for (mg, first, whole), times in alike.items():
        said.append(
            phrase(
                "{at}: first {half} mg of the {whole_old} mg of {old} is left and {first} mg of "
                "{new} added; then all of it is {whole} mg of {new}",
                at=", ".join(times),
                half=exact_text(mg / HALVES),
                whole_old=exact_text(mg),
                old=request.from_drug,
                first=exact_text(first),
                new=request.to_drug,
                whole=exact_text(whole),
            )
        )
    if not old:
        said.append(
            phrase(
                "how half a dose of {old} is made is not said here: a capsule or an "
                "extended-release tablet is never divided; ask the pharmacist",
                old=request.from_drug,
            )
        )
    return said


_Pieces = dict[tuple[str, Fraction], tuple[Piece, ...]]
"""What a drug's dose is made from."""


def _timed(
    request: CrossoverRequest, state: dict[str, int], new: dict[str, Fraction], pieces: _Pieces
) -> Iterator[TimedDose]:
    for dose in request.doses:
        gone = state[dose.at]
        taken = []
        if gone < HALVES:
            taken.append((request.from_drug, dose.mg * Fraction(HALVES - gone, HALVES)))
        if made := (Fraction(0), _parts(request, new[dose.at])[0], new[dose.at])[gone]:
            taken.append((request.to_drug, made))
        for drug, mg in taken:
            yield TimedDose(at=dose.at, drug=drug, made_mg=mg, pieces=pieces.get((drug, mg), ()))


def _checks(
    request: CrossoverRequest,
    per_mg: Fraction,
    equal: EqualRange,
    rules: Sequence[GuidelineRule],
    doses: Sequence[TimedDose],
) -> tuple[Check, ...]:
    new = [dose for dose in doses if dose.drug == request.to_drug]
    mine = sum((dose.made_mg for dose in new), Fraction(0))
    changes = len(request.doses) * (HALVES if request.in_halves else 1)
    found = [
        checks.adds_up(mine, new),
        checks.check(
            rule=phrase(
                "{short_text} mg for 1 mg lies in the range of the tables",
                short_text=short_text(per_mg),
            ),
            ok=equal.low_per_mg <= per_mg <= equal.high_per_mg,
            source=PICKED,
        ),
    ]
    for rule in rules:
        if rule.kind == "switch_days" and rule.low is not None:
            ok = changes * request.every_days >= int(rule.low)
        elif rule.kind == "max_daily_mg" and rule.value is not None:
            ok = mine <= Fraction(rule.value)
        else:
            continue
        found.append(Check(rule=rule.plain, ok=ok, source=", ".join(rule.source), id=rule.id))
    return tuple(found)
