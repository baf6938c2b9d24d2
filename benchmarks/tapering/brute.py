"""The slow, obvious oracle: every plan and every way to make its doses, tried one by one.

It shares nothing with the engine but the values that say what is asked. Rules are applied to single
days, not to steps, so that looking back is counted in the plainest way there is.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from itertools import pairwise, product

from landward.model.preparation import Form, Preparation

Units = Fraction


def piece_sets(item: Preparation, most: Fraction) -> list[tuple[Fraction, int, int]]:
    """Every amount up to `most` one product gives: (mg, pieces, splits), fewest pieces each."""
    found = []
    if item.form is Form.LIQUID:
        assert item.mark_ml is not None
        n = 0
        while n * item.smallest_mg <= most and (
            item.most_ml is None or n * item.mark_ml <= item.most_ml
        ):
            found.append((n * item.smallest_mg, int(n > 0), 0))
            n += 1
        return found
    for whole in range(int(most / item.strength_mg) + 1):
        for half in range(2 if item.parts >= 2 else 1):
            for quarter in range(2 if item.parts == 4 else 1):
                mg = item.strength_mg * (whole + Fraction(half, 2) + Fraction(quarter, 4))
                if mg <= most:
                    found.append((mg, whole + half + quarter, half + quarter))
    return found


def doses(items: tuple[Preparation, ...], most: Fraction) -> set[Fraction]:
    """Every dose up to `most` the products make, 0 included."""
    found = {Fraction(0)}
    for item in items:
        amounts = {mg for mg, _, _ in piece_sets(item, most)}
        found = {a + b for a in found for b in amounts if a + b <= most}
    return found


Way = tuple[int, int, tuple[Fraction, ...]]


def ways(items: tuple[Preparation, ...], dose: Fraction, most: int) -> list[Way]:
    """Every way to make one dose: pieces, splits, mg of each product. Few pieces, or the fewest."""
    found = []
    for combination in product(*(piece_sets(item, dose) for item in items)):
        if sum((mg for mg, _, _ in combination), Fraction(0)) == dose:
            pieces, splits = sum(p for _, p, _ in combination), sum(s for _, _, s in combination)
            found.append((pieces, splits, tuple(mg for mg, _, _ in combination)))
    if not found:
        return []
    few = [way for way in found if way[0] <= most]
    return few or [min(found, key=lambda way: way[:2])]


def best_recipes(
    items: tuple[Preparation, ...], taken: list[tuple[Fraction, int]], most: int
) -> tuple[int, int, int, int, int] | None:
    """Pieces above `most`, strengths, changes, splits, pieces: the least of all, in this order."""
    best: tuple[int, int, int, int, int] | None = None
    rungs = sorted(((dose, n) for dose, n in taken if dose), reverse=True)
    for mask in range(1, 1 << len(items)):
        chosen = tuple(item for place, item in enumerate(items) if mask >> place & 1)
        choices = [ways(chosen, dose, most) for dose, _ in rungs]
        for choice in product(*choices):
            over = sum(n * max(0, way[0] - most) for way, (_, n) in zip(choice, rungs, strict=True))
            changes = sum(
                sum(before != after for before, after in zip(a[2], b[2], strict=True))
                for a, b in pairwise(choice)
            )
            splits = sum(way[1] * n for way, (_, n) in zip(choice, rungs, strict=True))
            pieces = sum(way[0] * n for way, (_, n) in zip(choice, rungs, strict=True))
            total = (over, len(chosen), changes, splits, pieces)
            if best is None or total < best:
                best = total
    return best


def shares(
    made: set[Fraction], times: int, most: tuple[Fraction, ...]
) -> list[tuple[Fraction, ...]]:
    """Every way to give each dose time a makeable dose that is not above `most`."""
    return [
        share
        for share in product(sorted(made), repeat=times)
        if all(mine <= top for mine, top in zip(share, most, strict=True))
    ]


def allowed(
    days: list[Fraction],
    dose: Fraction,
    *,
    lowest_after: Callable[[Fraction], Fraction],
    window: int,
    kept: Fraction,
    kept_days: int,
) -> bool:
    """Whether one more day on `dose` keeps the asked pace and the guideline after these days."""
    if dose < lowest_after(days[-window]):
        return False
    return all(dose >= kept * earlier for earlier in days[-kept_days:])


def least_area(
    first: tuple[Fraction, ...],
    made: set[Fraction],
    asked: list[Fraction],
    lasts: list[int],
    rule: dict[str, object],
) -> Fraction:
    """The smallest sum of days × (made − asked) over the asked steps, by trying every plan.

    `lasts` says how many days each step is held.
    """
    all_shares = shares(made, len(first), first)
    past = max(int(rule["window"]), int(rule["kept_days"]))

    @cache
    def rest(
        step: int, share: tuple[Fraction, ...], before: tuple[Fraction, ...]
    ) -> Fraction | None:
        if step == len(asked):
            return Fraction(0)
        best: Fraction | None = None
        for after in all_shares:
            dose = sum(after, Fraction(0))
            if dose < asked[step] or dose == 0:
                continue
            if any(new > old for new, old in zip(after, share, strict=True)):
                continue
            if not allowed(list(before), dose, **rule):
                continue
            days = (before + (dose,) * lasts[step])[-past:]
            further = rest(step + 1, after, days)
            if further is not None:
                area = lasts[step] * (dose - asked[step]) + further
                best = area if best is None else min(best, area)
        return best

    held = sum(first, Fraction(0))
    found = rest(0, first, (held,) * past)
    assert found is not None  # staying on today's dose is always allowed
    return found


def lowest_end(
    first: tuple[Fraction, ...], made: set[Fraction], goal: Fraction, rule: dict[str, object]
) -> Fraction:
    """The lowest dose any plan can reach, however long one waits for the curve."""
    every = shares(made, len(first), first)
    lowest_after, kept = rule["lowest_after"], rule["kept"]

    @cache
    def end(share: tuple[Fraction, ...]) -> Fraction:
        here = sum(share, Fraction(0))
        low = max(goal, lowest_after(here), kept * here)
        ends = [
            end(after)
            for after in every
            if low <= sum(after, Fraction(0)) < here
            and sum(after, Fraction(0)) > 0
            and all(new <= old for new, old in zip(after, share, strict=True))
        ]
        return min(ends, default=here)

    return end(first)


def least_to_the_end(
    first: tuple[Fraction, ...],
    made: set[Fraction],
    asked: list[Fraction],
    lasts: list[int],
    end: Fraction,
    rule: dict[str, object],
) -> Fraction | None:
    """The smallest sum of days × (made − end) on the way to `end`; None if `asked` is too short."""
    every = [share for share in shares(made, len(first), first) if sum(share, Fraction(0)) >= end]
    past = max(int(rule["window"]), int(rule["kept_days"]))

    @cache
    def rest(
        step: int, share: tuple[Fraction, ...], before: tuple[Fraction, ...]
    ) -> Fraction | None:
        if sum(share, Fraction(0)) == end:
            return Fraction(0)
        if step == len(asked):
            return None
        best: Fraction | None = None
        for after in every:
            dose = sum(after, Fraction(0))
            if dose < asked[step] or any(new > old for new, old in zip(after, share, strict=True)):
                continue
            if not allowed(list(before), dose, **rule):
                continue
            further = rest(step + 1, after, (before + (dose,) * lasts[step])[-past:])
            if further is not None:
                area = lasts[step] * (dose - end) + further
                best = area if best is None else min(best, area)
        return best

    return rest(0, first, (sum(first, Fraction(0)),) * past)


def lower_doses(
    share: tuple[Fraction, ...], made: set[Fraction], goal: Fraction
) -> Iterator[Fraction]:
    """Every lower day's dose that raises no dose time and is not below the goal."""
    here = sum(share, Fraction(0))
    for other in shares(made, len(share), share):
        dose = sum(other, Fraction(0))
        if goal <= dose < here:
            yield dose
