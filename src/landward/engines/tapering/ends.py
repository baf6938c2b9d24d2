"""Where a plan ends, the true reason, and the products that would carry it on.

Nothing is named as a help unless the search, run again with it, reaches a lower dose.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from landward.engines.tapering.checks import ceiling_note, no_bigger_than
from landward.engines.tapering.pace import pace_of
from landward.engines.tapering.search import Found, Stop, final_mg, search
from landward.engines.tapering.timetable import timetable_of
from landward.model.amounts import exact_text, rounded_text
from landward.model.base import BadInput
from landward.model.preparation import Form, Preparation
from landward.model.said import phrase
from landward.model.taper import Help, PlanEnd
from landward.model.taper_request import LONGEST_DAYS, Ceiling, TaperRequest

FINER_MARKS_ML = (Fraction(1, 20), Fraction(1, 50), Fraction(1, 100))
"""Marks of common oral syringes, tried on a liquid that is already in use."""

MOST_HELPS = 4


def end_of(
    request: TaperRequest, ceiling: Ceiling, found: Found, shelf: Sequence[Preparation]
) -> PlanEnd:
    """The end of a plan that the search found."""
    here = found.grid.mg(found.last)
    if found.stop is Stop.UNTIL:
        reason: str = phrase(
            "planned until {until}, as asked; the last dose is held from there", until=request.until
        )
        return PlanEnd(at_mg=here, reason=reason)
    if found.stop is Stop.GOAL and here == request.to_mg:
        goal = (
            phrase("the dose is 0")
            if here == 0
            else phrase("{exact_text} mg was the dose to stop at", exact_text=exact_text(here))
        )
        return PlanEnd(at_mg=here, reason=goal, complete=True)
    helps = tuple(_helps(request, ceiling, found, shelf))
    if found.stop is Stop.GOAL:
        reason = phrase(
            "{exact_text} mg is the lowest dose these products make that is not "
            "below {exact_text_2} mg",
            exact_text=exact_text(here),
            exact_text_2=exact_text(request.to_mg),
        )
    else:
        assert found.below is not None
        reason = _why_stuck(here, found.grid.mg(found.below), request, ceiling, found)
    return PlanEnd(
        at_mg=here, reason=reason, would_help=tuple(help_.product for help_ in helps), helps=helps
    )


def _both(broken: list[str]) -> str:
    first, second = broken
    return phrase("{first} and more than {second}", first=first, second=second)


def _why_stuck(
    here: Fraction, below: Fraction, request: TaperRequest, ceiling: Ceiling, found: Found
) -> str:
    percent = rounded_text((here - below) / here * 100, 1)
    step: str
    if below == 0:
        step = phrase(
            "{exact_text} mg is the smallest dose these products make", exact_text=exact_text(here)
        )
        gap = phrase("the next step would be to stop altogether, a cut of 100 %")
    else:
        step = phrase(
            "from {here} mg the next lower dose these products make is {below} mg",
            here=exact_text(here),
            below=exact_text(below),
        )
        gap = phrase("a cut of {percent} %", percent=percent)
    broken: list[str] = []
    if below < found.pace.lowest_after(here):
        broken.append(phrase("{words} asked for", words=found.pace.words))
    if below < here * ceiling.kept_share:
        broken.append(ceiling_note(ceiling))
    times = phrase(" with no dose time rising") if len(request.times) != 1 else ""
    return phrase(
        "{step}{times}: {gap}, more than {broken}",
        step=step,
        times=times,
        gap=gap,
        broken=broken[0] if len(broken) == 1 else _both(broken),
    )


def broken_rule(request: TaperRequest, ceiling: Ceiling, found: Found) -> str:
    """The rule the first step would break: the pace asked for, else the guideline's limit."""
    if found.below is None:
        return phrase("not below {exact_text} mg, as asked", exact_text=exact_text(request.to_mg))
    here, below = found.grid.mg(found.last), found.grid.mg(found.below)
    if below < found.pace.lowest_after(here):
        return no_bigger_than(found.pace.words)
    return ceiling.words


def _helps(
    request: TaperRequest, ceiling: Ceiling, found: Found, shelf: Sequence[Preparation]
) -> list[Help]:
    seen = {item.name for item in request.preparations}
    tried: list[tuple[Fraction, int, Help]] = []
    for item, known in _candidates(request, shelf):
        if item.name in seen:
            continue
        seen.add(item.name)
        try:
            reaches = _reaches(request, ceiling, item)
        except BadInput:  # with it the plan would go on for longer than plans may
            continue
        if reaches < found.grid.mg(found.last):
            help_ = Help(product=item.name, reaches_mg=reaches, listed=known)
            tried.append((reaches, len(tried), help_))
    tried.sort(key=lambda entry: entry[:2])
    listed = [help_ for _, _, help_ in tried if help_.listed][:MOST_HELPS]
    split = [help_ for _, _, help_ in tried if not help_.listed]
    return [*listed, *split[: max(1, MOST_HELPS - len(listed))]]


def _candidates(
    request: TaperRequest, shelf: Sequence[Preparation]
) -> Iterator[tuple[Preparation, bool]]:
    extended = all(item.extended_release for item in request.preparations)
    for item in shelf:
        if item.extended_release == extended:
            yield item, True
    for item in request.preparations:
        for mark in FINER_MARKS_ML if item.form is Form.LIQUID else ():
            if item.mark_ml is not None and mark < item.mark_ml:
                yield with_finer_mark(item, mark), True
    for item in request.preparations:
        for parts in (2, 4):
            if item.form is Form.TABLET and not item.extended_release and item.parts < parts:
                yield in_parts(item, parts), False


def with_finer_mark(item: Preparation, mark_ml: Fraction) -> Preparation:
    """The same liquid in a finer syringe, made anew: a copy would keep the old one's name."""
    return Preparation(
        form=item.form, strength_mg=item.strength_mg, mark_ml=mark_ml, most_ml=item.most_ml
    )


def in_parts(item: Preparation, parts: int) -> Preparation:
    """The same tablet, halved or quartered: whether it may be is the pharmacist's word."""
    return Preparation(form=item.form, strength_mg=item.strength_mg, parts=parts)


def _reaches(request: TaperRequest, ceiling: Ceiling, extra: Preparation) -> Fraction:
    """The last dose of the same request with one more product (or one divided more finely)."""
    others = tuple(item for item in request.preparations if item.bottle != extra.bottle)
    kept = tuple(item for item in request.preparations if item.bottle == extra.bottle)
    if any(item.smallest_mg <= extra.smallest_mg for item in kept):
        return request.dose_mg
    again = {"preparations": (*others, extra), "finish": ""}  # stretched it reaches no higher
    helped = request.model_copy(update=again)
    reaches = final_mg(helped, ceiling)
    if 2 * _asked_days(helped, reaches) > LONGEST_DAYS:
        search(helped, ceiling)
    return reaches


def _asked_days(request: TaperRequest, goal_mg: Fraction) -> int:
    """In how many days the asked curve comes down to a dose.

    A plan needs at most twice as long: where a step can be made at all, at least half of the asked
    cut is. Only an estimate, in floats; whoever needs to know runs the search.
    """
    pace, goal, dose, step = pace_of(request), float(goal_mg), float(request.dose_mg), 0
    table = timetable_of(request, request.every_days)
    while dose > goal and table.starts(step) < LONGEST_DAYS:
        dose, step = float(pace.lowest_after(Fraction(dose))), step + 1
    return table.starts(step)
