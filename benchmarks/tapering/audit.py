"""What is counted in a plan, from what it prints alone."""

from datetime import timedelta
from fractions import Fraction

from landward.engines.tapering.pace import pace_of
from landward.model.taper import TaperPlan
from landward.model.taper_request import Ceiling, Method, TaperRequest


def audit(request: TaperRequest, ceiling: Ceiling, plan: TaperPlan) -> dict[str, int]:
    """How often a line breaks what it must never break; all zero in a sound plan."""
    found = dict.fromkeys(
        ("sum", "rise", "below", "faster", "unmarked", "broken_unasked", "gap", "split_er"), 0
    )
    pace = pace_of(request)
    strengths = {item.bottle: item for item in request.preparations}
    days = [request.dose_mg] * 400
    before = dict(zip(request.times, request.split_mg, strict=True))
    expected = request.start
    smallest = min(item.smallest_mg for item in request.preparations)
    for step in plan.steps:
        found["gap"] += step.start != expected
        expected = step.start + timedelta(days=step.days)
        total = Fraction(0)
        for dose in step.doses:
            made = Fraction(0)
            for piece in dose.pieces:
                item = strengths[piece.product]
                made += piece.count * item.strength_mg
                whole = piece.count.denominator == 1 or piece.unit == "mL"
                found["split_er"] += item.extended_release and not whole
                found["sum"] += piece.mg != piece.count * item.strength_mg
                found["sum"] += piece.unit != "mL" and (piece.count * item.parts).denominator != 1
            found["sum"] += made != dose.made_mg
            found["rise"] += dose.made_mg > before[dose.at]
            before[dose.at] = dose.made_mg
            total += dose.made_mg
        found["sum"] += total != step.made_mg
        found["rise"] += step.made_mg > days[-1]
        zero_ok = step.made_mg == 0 and 2 * step.ideal_mg < smallest
        below = step.made_mg < step.ideal_mg and not zero_ok
        found["below"] += below
        faster = step.made_mg < pace.lowest_after(days[-pace.window_days])
        if request.method is Method.DAILY:
            assert pace.window_days == request.every_days
        steep = any(step.made_mg < ceiling.kept_share * dose for dose in days[-ceiling.days :])
        marked = sum(not check.ok for check in step.checks)
        waited = request.finish == "stretch" and not below
        found["unmarked"] += ((faster and not waited) + steep) != marked
        found["broken_unasked"] += (faster or steep) and not request.finish
        found["broken_unasked"] += steep and request.finish == "stretch"
        if not request.finish:
            found["faster"] += faster
        days += [step.made_mg] * step.days
    return found
