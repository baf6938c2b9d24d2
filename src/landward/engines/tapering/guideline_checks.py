"""Every guideline rule a step can be held against, one check each. Nothing here stops a plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from landward.engines.tapering.checks import DoseHistory, cut_percent
from landward.model.guidelines import GuidelineRule
from landward.model.taper import Check, Compared, TaperStep

FIRST_STEP = ".first-step"
"""Rules whose id ends so speak of the first cut only."""


@dataclass(frozen=True)
class Move:
    """A step as guidelines see it: from which dose after how long, to which dose on which day."""

    drug: str
    day: date
    before: Fraction
    after: Fraction
    days_before: int | None
    """How long the dose before was held, None where that is not known."""
    first_cut: bool
    history: DoseHistory


def applicable(
    rules: Sequence[GuidelineRule], drug: str, groups: frozenset[str]
) -> tuple[GuidelineRule, ...]:
    """The rules that speak of this drug or of a group it belongs to (“all”, “insomnia” …)."""
    return tuple(rule for rule in rules if rule.applies_to in groups | {drug})


def guideline_checks(rules: Sequence[GuidelineRule], move: Move) -> tuple[Check, ...]:
    """The checks of one step, in the order of the rules."""
    found = []
    for rule in rules:
        ok = _kept(rule, move)
        if ok is not None:
            source = ", ".join(rule.source)
            found.append(Check(rule=rule.plain, ok=ok, source=source, id=rule.id))
    return tuple(found)


def compared(steps: Sequence[TaperStep], checks: Sequence[Sequence[Check]]) -> Iterator[Compared]:
    """Each rule held against the whole plan: in how many of the steps it speaks of it is kept."""
    rows: dict[str, list[Check]] = {}
    for _, row in zip(steps, checks, strict=True):
        for check in row:
            rows.setdefault(check.id, []).append(check)
    for key, found in rows.items():
        kept = sum(check.ok for check in found)
        yield Compared(id=key, rule=found[0].rule, source=found[0].source, kept=kept, of=len(found))


def _kept(rule: GuidelineRule, move: Move) -> bool | None:
    """Whether the step keeps the rule; None where the rule has nothing to say about it."""
    most = rule.high if rule.high is not None else rule.value
    cut = move.before - move.after
    match rule.kind:
        case "max_cut_percent" if most is not None and rule.window_days:
            window = move.day - timedelta(days=rule.window_days)
            earlier = move.history.highest(window, move.day - timedelta(days=1))
            return cut_percent(earlier, move.after) <= Fraction(most)
        case "cut_percent" if most is not None and cut > 0:
            if rule.id.endswith(FIRST_STEP) and not move.first_cut:
                return None
            return cut_percent(move.before, move.after) <= Fraction(most)
        case "cut_mg" if most is not None and cut > 0:
            return cut <= Fraction(most)
        case "mg_band" if most is not None and cut > 0:
            if rule.band_from_mg is None or rule.band_to_mg is None:
                return None
            if not Fraction(rule.band_to_mg) < move.before <= Fraction(rule.band_from_mg):
                return None
            return cut <= Fraction(most) and _long_enough(move, rule.pace_low_days)
        case "pace_days" if rule.low is not None and cut > 0 and not move.first_cut:
            return _long_enough(move, int(rule.low))
        case "max_daily_mg" if most is not None:
            return move.after <= Fraction(most)
        case _:
            return None


def _long_enough(move: Move, days: int | None) -> bool:
    return days is None or move.days_before is None or move.days_before >= days


def moves(
    drug: str,
    steps: Sequence[TaperStep],
    held_mg: Fraction,
    held_days: int | None = None,
    history: DoseHistory | None = None,
) -> Iterator[Move]:
    """The steps of a plan as moves. Steps that keep a dose lengthen how long it was held."""
    if not steps:
        return
    known = history or DoseHistory(steps[0].start - timedelta(days=1), held_mg)
    before, days, cuts = held_mg, held_days, 0
    for step in steps:
        cut = step.made_mg < before
        yield Move(drug, step.start, before, step.made_mg, days, cut and cuts == 0, known)
        known.hold(step.start, step.made_mg)
        if step.made_mg == before and days is not None:
            days += step.days
        else:
            days = step.days
        cuts += cut
        before = step.made_mg
