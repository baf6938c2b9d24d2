"""A prescriber's own plan or a published schedule: printed as given, with every check."""

from collections.abc import Sequence
from fractions import Fraction

from landward.engines.tapering import checks
from landward.engines.tapering.guideline_checks import compared, guideline_checks, moves
from landward.engines.tapering.makeable import Makeable, makeable
from landward.engines.tapering.pieces import cheapest
from landward.model.guidelines import GuidelineRule
from landward.model.preparation import Preparation
from landward.model.said import phrase
from landward.model.taper import Check, PlanEnd, TaperPlan, TaperStep, TimedDose
from landward.model.taper_given import GivenDose, GivenPlan, GivenStep

MAKEABLE = phrase("the products make this dose")


def check_given(given: GivenPlan, rules: Sequence[GuidelineRule]) -> TaperPlan:
    """The plan unchanged, with its guideline checks; nothing is refused and nothing recomputed.

    Without `held_mg` the first step counts as the dose already held.
    """
    held_mg = given.held_mg if given.held_mg is not None else given.steps[0].total_mg
    bench = _Bench(given)
    bare = [
        TaperStep(
            step=number,
            start=step.start,
            days=step.days,
            ideal_mg=step.total_mg,
            made_mg=step.total_mg,
            cut_percent=Fraction(0),
            doses=tuple(bench.timed(dose) for dose in step.doses),
            checks=(),
        )
        for number, step in enumerate(given.steps, start=1)
    ]
    steps, before = [], tuple(bench.timed(dose) for dose in given.held)
    rows = [guideline_checks(rules, move) for move in moves(given.drug, bare, held_mg)]
    for step, source, found in zip(bare, given.steps, rows, strict=True):
        own: tuple[Check, ...] = (_rises(before, step, held_mg),)
        if given.preparations:
            own += (bench.check(source),)
        percent = checks.cut_percent(held_mg, step.made_mg)
        steps.append(step.model_copy(update={"cut_percent": percent, "checks": own + found}))
        before, held_mg = step.doses, step.made_mg
    last = steps[-1]
    return TaperPlan(
        drug=given.drug,
        method=given.title,
        start=steps[0].start,
        from_mg=given.held_mg if given.held_mg is not None else steps[0].made_mg,
        times=tuple(dict.fromkeys(dose.at for step in steps for dose in step.doses)),
        products=tuple(item.name for item in given.preparations),
        steps=tuple(steps),
        ends=PlanEnd(
            at_mg=last.made_mg, reason=phrase("the plan as given ends here"), complete=True
        ),
        self_made=False,
        compared=tuple(compared(steps, rows)),
        notes=(phrase("Printed as given: {source}.", source=given.source), *given.notes),
    )


def _rises(before: Sequence[TimedDose], step: TaperStep, held_mg: Fraction) -> Check:
    one_drug = all(not dose.drug for dose in (*before, *step.doses))
    if before and one_drug:
        return checks.never_rises(before, step.doses)
    return checks.check(
        rule=phrase("the dose never rises"), ok=step.made_mg <= held_mg, source=checks.ARITHMETIC
    )


class _Bench:
    """The products a given plan names, and the pieces of the doses they can make."""

    def __init__(self, given: GivenPlan) -> None:
        doses = {
            dose.mg for step in given.steps for dose in step.doses if not dose.drug and dose.mg
        }
        self.grid: Makeable | None = None
        self.pieces: dict[Fraction, TimedDose] = {}
        if given.preparations and doses:
            self.grid = makeable(given.preparations, max(doses))
            self._cut(given.preparations, doses)

    def _cut(self, preparations: Sequence[Preparation], doses: set[Fraction]) -> None:
        assert self.grid is not None
        wanted = {self.grid.units_up(mg): mg for mg in doses if self.makes(mg)}
        recipes = cheapest(preparations, self.grid.unit, dict.fromkeys(wanted, 1)).pieces
        for units, mg in wanted.items():
            self.pieces[mg] = TimedDose(at="", made_mg=mg, pieces=recipes[units])

    def makes(self, mg: Fraction) -> bool:
        """Whether the products make exactly this dose."""
        if self.grid is None:
            return False
        units = mg / self.grid.unit
        return units.denominator == 1 and bool(self.grid.bits >> int(units) & 1)

    def timed(self, dose: GivenDose) -> TimedDose:
        known = None if dose.drug else self.pieces.get(dose.mg)
        pieces = known.pieces if known else ()
        return TimedDose(at=dose.at, drug=dose.drug, made_mg=dose.mg, pieces=pieces)

    def check(self, step: GivenStep) -> Check:
        ok = all(dose.drug or not dose.mg or self.makes(dose.mg) for dose in step.doses)
        return checks.check(rule=MAKEABLE, ok=ok, source=checks.ARITHMETIC)
