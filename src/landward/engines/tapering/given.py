"""A prescriber's own plan or a published schedule: printed as given, with every check."""

from collections.abc import Sequence
from fractions import Fraction

from landward.engines.tapering import checks
from landward.engines.tapering.guideline_checks import compared, guideline_checks, moves
from landward.engines.tapering.home_made import measured_words
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
            words=_words(given, step),
        )
        for number, step in enumerate(given.steps, start=1)
    ]
    steps, before = [], tuple(bench.timed(dose) for dose in given.held)
    rows = [guideline_checks(rules, move) for move in moves(given.drug, bare, held_mg)]
    for step, source, found in zip(bare, given.steps, rows, strict=True):
        own: tuple[Check, ...] = () if given.cycle_days else (_rises(before, step, held_mg),)
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
        before=tuple(bench.timed(dose) for dose in given.held),
        times=tuple(dict.fromkeys(dose.at for step in steps for dose in step.doses)),
        products=tuple(item.name for item in given.preparations),
        steps=tuple(steps),
        ends=PlanEnd(
            at_mg=last.made_mg, reason=phrase("the plan as given ends here"), complete=True
        ),
        self_made=False,
        compared=tuple(compared(steps, rows)),
        notes=(phrase("Printed as given: {source}.", source=given.source), *given.notes),
        own_rule=given.own_rule,
        home=given.home,
        cycle_days=given.cycle_days,
    )


def _words(given: GivenPlan, step: GivenStep) -> str:
    """What was written beside a line, then how it is measured at home."""
    measured = measured_words(given.home, step.doses) if given.home else ""
    return "; ".join(text for text in (step.words, measured) if text)


def _rises(before: Sequence[TimedDose], step: TaperStep, held_mg: Fraction) -> Check:
    one_drug = all(not dose.drug for dose in (*before, *step.doses))
    if before and one_drug:
        return checks.never_rises(before, step.doses)
    return checks.check(
        rule=phrase("the dose never rises"), ok=step.made_mg <= held_mg, source=checks.ARITHMETIC
    )


class _Bench:
    """The products a given plan names of each drug, and the doses they make."""

    def __init__(self, given: GivenPlan) -> None:
        self.own = given.drug
        self.shelves: dict[str, _Shelf] = {}
        products = {**dict(given.others), given.drug: given.preparations}
        every = [dose for step in given.steps for dose in step.doses] + list(given.held)
        for drug, preparations in products.items():
            doses = {dose.mg for dose in every if (dose.drug or self.own) == drug and dose.mg}
            if preparations and doses:
                self.shelves[drug] = _Shelf(preparations, doses)

    def timed(self, dose: GivenDose) -> TimedDose:
        """The dose with its pieces, where its products are named and make it."""
        shelf = self.shelves.get(dose.drug or self.own)
        pieces = shelf.pieces.get(dose.mg, ()) if shelf else ()
        return TimedDose(at=dose.at, drug=dose.drug, made_mg=dose.mg, pieces=pieces)

    def check(self, step: GivenStep) -> Check:
        """Whether the named products make every dose of the step."""
        named = [(dose, self.shelves.get(dose.drug or self.own)) for dose in step.doses if dose.mg]
        ok = all(shelf is None or shelf.makes(dose.mg) for dose, shelf in named)
        return checks.check(rule=MAKEABLE, ok=ok, source=checks.ARITHMETIC)


class _Shelf:
    """The products of one drug, and the pieces of the doses they can make."""

    def __init__(self, preparations: Sequence[Preparation], doses: set[Fraction]) -> None:
        self.grid: Makeable = makeable(preparations, max(doses))
        wanted = {self.grid.units_up(mg): mg for mg in doses if self.makes(mg)}
        recipes = cheapest(preparations, self.grid.unit, dict.fromkeys(wanted, 1)).pieces
        self.pieces = {mg: recipes[units] for units, mg in wanted.items()}

    def makes(self, mg: Fraction) -> bool:
        """Whether the products make exactly this dose."""
        units = mg / self.grid.unit
        return units.denominator == 1 and bool(self.grid.bits >> int(units) & 1)
