"""From a request to a plan: search, pieces, checks, the end and its reason, and what would help."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction
from functools import cache

from landward.engines.tapering import checks
from landward.engines.tapering.ends import broken_rule, end_of
from landward.engines.tapering.guideline_checks import compared, guideline_checks, moves
from landward.engines.tapering.pace import pace_of
from landward.engines.tapering.pieces import cheapest
from landward.engines.tapering.search import Found, Stop, doses_before, search
from landward.model.amounts import exact_text, rounded_text
from landward.model.guidelines import GuidelineRule
from landward.model.preparation import Form, Preparation
from landward.model.said import counted, phrase
from landward.model.taper import (
    TOO_COARSE,
    Check,
    Compared,
    Refusal,
    TaperPlan,
    TaperStep,
    TimedDose,
)
from landward.model.taper_request import Ceiling, Method, TaperRequest

WHOLE_SYRINGE_HINT = phrase(
    "One measure is more than {volume} mL. To keep tablets for most of the "
    "dose, say how much is drawn at most, like “{name} most 10 mL”."
)
MANY_ML = 20
STRETCHED = phrase(
    "Where no dose is small enough a step, the dose is held until the pace asked for "
    "has come down to the next one: such steps are larger than asked, and never sooner."
)
COARSE = phrase(
    "Waiting longer at each is a way of its own (finish: stretch): larger steps, never "
    "sooner than asked, within the guideline's limit; {mg} mg would be next. To choose "
    "it is for you and your prescriber."
)
NO_SMALLER = phrase(
    "No listed product makes a smaller step. A pharmacist may know another form, and a prescriber "
    "may write another way: what they write can be typed in, just as it is."
)
CONVENTION = phrase(
    "“Hyperbolic” steps follow a convention, not a finding: no human curve of dose and "
    "occupied sites was found for these medicines."
)


HALF_ASSUMED = phrase(
    "Half of the sites are taken to be filled at {half} mg. The first step of {percent} % of the "
    "effect is then {first} % of the dose; later steps are a larger share of a smaller dose."
)
NO_HALF_SAID = phrase(
    "No dose was said for that, so today's is used. With a lower one the steps begin larger and "
    "end smaller."
)


def plan_taper(
    request: TaperRequest,
    ceiling: Ceiling,
    shelf: Sequence[Preparation] = (),
    rules: Sequence[GuidelineRule] = (),
) -> TaperPlan:
    """The slowest-cutting honest answer to a request: a plan whose every line adds up.

    `ceiling` is the guideline limit no step breaks; `shelf` lists products of this drug known to
    the tables, from which `would_help` is drawn; `rules` are further guideline rules the whole plan
    is compared with. Raises BadInput if today's dose cannot be made.
    """
    found = search(request, ceiling)
    steps = _steps(request, ceiling, found)
    end = end_of(request, ceiling, found, shelf)
    refused = None
    if not steps and not end.complete:
        rule = broken_rule(request, ceiling, found)
        refused = Refusal(reason=end.reason, rule=rule, would_help=end.would_help)
    excess = sum((step.days * (step.made_mg - step.ideal_mg) for step in steps), Fraction(0))
    return TaperPlan(
        drug=request.drug,
        method=str(request.method),
        asked=_asked(request, found),
        start=request.start,
        from_mg=request.dose_mg,
        times=request.times,
        products=tuple(item.name for item in request.preparations),
        steps=steps,
        refused=refused,
        ends=end,
        excess_mg_days=excess,
        compared=_compared(request, steps, rules),
        notes=(
            *_notes(request, steps),
            *_stretched(request, ceiling, found),
            *((NO_SMALLER,) if found.stop is Stop.STUCK and not end.would_help else ()),
        ),
    )


def _steps(request: TaperRequest, ceiling: Ceiling, found: Found) -> tuple[TaperStep, ...]:
    grid = found.grid
    wanted: Counter[int] = Counter()
    for row in found.rows:
        for units in row.share:
            wanted[units] += row.days
    recipes = cheapest(request.preparations, grid.unit, wanted, request.most_pieces).pieces

    @cache
    def timed(at: str, units: int) -> TimedDose:
        return TimedDose(at=at, made_mg=grid.mg(units), pieces=recipes[units])

    history = _history(request)
    smallest = grid.mg(grid.smallest)
    before = tuple(
        TimedDose.model_construct(at=at, made_mg=grid.mg(units), pieces=())
        for at, units in zip(request.times, found.first, strict=True)
    )
    held_mg = request.dose_mg
    steps = []
    for number, row in enumerate(found.rows, start=1):
        day = request.start + timedelta(days=row.day)
        doses = tuple(timed(at, units) for at, units in zip(request.times, row.share, strict=True))
        made = grid.mg(row.total)
        reference = history.on(day - timedelta(days=found.pace.window_days))
        rows: tuple[Check, ...] = (
            checks.adds_up(made, doses),
            checks.never_rises(before, doses),
            checks.not_below_asked(made, row.asked, smallest),
            _paced(request, found, made, reference, row.asked),
            checks.under_ceiling(made, day, history, ceiling),
        )
        steps.append(
            TaperStep.model_construct(  # every field is made right here, exactly
                step=number,
                start=day,
                days=row.days,
                ideal_mg=row.asked,
                made_mg=made,
                cut_percent=checks.cut_percent(held_mg, made),
                doses=doses,
                checks=rows,
            )
        )
        history.hold(day, made)
        before, held_mg = doses, made
    return tuple(steps)


def _paced(
    request: TaperRequest, found: Found, made: Fraction, reference: Fraction, asked: Fraction
) -> Check:
    """The cut held against the pace; where intervals are stretched, against when it comes."""
    row = checks.within_pace(made, reference, found.pace.lowest_after, found.pace.words)
    if row.ok or request.finish != "stretch":
        return row
    return checks.waited(made, asked, found.pace.words)


def _asked(request: TaperRequest, found: Found) -> str:
    every = counted(request.every_days, "day", "{count} days")
    if request.method is Method.DAILY:
        return phrase(
            "{exact_text} % every {every}, in daily steps",
            exact_text=exact_text(request.rate or Fraction(0)),
            every=every,
        )
    words: str = phrase("{words} every {every}", words=found.pace.words, every=every)
    if not request.cuts:
        return words
    return phrase(
        "{words}, after {cuts} a pause of {pause}",
        words=words,
        cuts=counted(request.cuts, "each cut", "every {count} cuts"),
        pause=counted(request.pause_days, "1 day more", "{count} days more"),
    )


def _history(request: TaperRequest) -> checks.DoseHistory:
    earlier = doses_before(request)
    if not earlier:
        return checks.DoseHistory(request.start - timedelta(days=1), request.dose_mg)
    history = checks.DoseHistory(earlier[0].since, earlier[0].mg)
    for held in earlier[1:]:
        history.hold(held.since, held.mg)
    return history


def _compared(
    request: TaperRequest, steps: Sequence[TaperStep], rules: Sequence[GuidelineRule]
) -> tuple[Compared, ...]:
    if not rules:
        return ()
    made = moves(request.drug, steps, request.dose_mg, history=_history(request))
    return tuple(compared(steps, [guideline_checks(rules, move) for move in made]))


def _stretched(request: TaperRequest, ceiling: Ceiling, found: Found) -> tuple[str, ...]:
    """That waiting longer would carry a plan on, where it would; or what waiting longer means."""
    if request.finish == "stretch":
        return (STRETCHED,)
    if request.finish or found.stop is not Stop.STUCK or not found.below:
        return ()
    below = found.grid.mg(found.below)
    if below < ceiling.kept_share * found.grid.mg(found.last):
        return ()
    return (TOO_COARSE + " " + COARSE.format(mg=exact_text(below)),)


def _hyperbolic(request: TaperRequest) -> list[str]:
    """That it is a convention, the half-dose it takes, and what its percent comes to in mg."""
    here = request.dose_mg
    cut = (here - max(pace_of(request).lowest_after(here), Fraction(0))) / here * 100
    assumed = HALF_ASSUMED.format(
        half=exact_text(request.half_occupancy_mg or request.original),
        percent=exact_text(request.rate or Fraction(0)),
        first=rounded_text(cut, 1),
    )
    said = request.half_occupancy_mg is not None
    return [CONVENTION, assumed if said else f"{assumed} {NO_HALF_SAID}"]


def _notes(request: TaperRequest, steps: Sequence[TaperStep]) -> tuple[str, ...]:
    notes = _hyperbolic(request) if request.method is Method.HYPERBOLIC else []
    for item in request.preparations:
        if item.form is Form.LIQUID and item.most_ml is None:
            largest = max(
                (
                    piece.count
                    for step in steps
                    for dose in step.doses
                    for piece in dose.pieces
                    if piece.product == item.bottle
                ),
                default=Fraction(0),
            )
            if largest > MANY_ML and len(request.preparations) > 1:
                notes.append(WHOLE_SYRINGE_HINT.format(volume=MANY_ML, name=item.name))
    return tuple(notes)
