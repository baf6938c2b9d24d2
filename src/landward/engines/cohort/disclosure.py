"""What of a cell may leave: large enough, rounded, and nothing in it finer than the rounding.

Estimates of shares are worked out again from the rounded counts, so they tell nothing more than the
counts do. Means and ratios are rounded to about half their own error. Whether cells that are each
all right give one away together is for `audit` to say.
"""

import math
from collections.abc import Sequence

from landward.engines.cohort.cells import Cell
from landward.engines.cohort.intervals import Z95, wilson
from landward.engines.cohort.prevalence import WEIGHTED
from landward.model.released import ReleasedCell
from landward.model.study import DisclosureRule

SHARES = ("share", "survival")


def label(cell: Cell) -> str:
    """The words of a cell: its group, its item, and the time or phase it is about."""
    parts = [] if cell.group == "all" else [cell.group]
    parts += [f"item={cell.item}"] if cell.item else []
    parts += [f"at={cell.at}"] if cell.at else []
    return "; ".join(parts) or "all"


def rounded(count: float, rule: DisclosureRule) -> int:
    """The nearest multiple of the rounding, halves up."""
    return math.floor(count / rule.rounding + 0.5) * rule.rounding


def too_small(cell: Cell, rule: DisclosureRule) -> bool:
    """Whether a cell stays in by itself: few people in it, with the item, or without it."""
    if cell.estimate is None or cell.people < rule.cell_min or cell.n < rule.cell_min:
        return True
    if cell.kind in SHARES:
        with_it = cell.count or 0.0
        return with_it < rule.cell_min or cell.n - with_it < rule.cell_min
    return False


def hidden(cell: Cell) -> ReleasedCell:
    """A cell that does not leave: that it exists is all that is said."""
    return ReleasedCell(group=label(cell))


def released(cell: Cell, rule: DisclosureRule) -> ReleasedCell:
    """What a large enough cell may say."""
    n = rounded(cell.n, rule)
    if cell.kind in SHARES:
        return _share(cell, n, rule)
    assert cell.estimate is not None and cell.low is not None and cell.high is not None
    step = _step(cell.high - cell.low)
    return ReleasedCell(
        group=label(cell),
        n=n,
        estimate=_to(cell.estimate, step),
        low=_to(cell.low, step, math.floor),
        high=_to(cell.high, step, math.ceil),
        bounds=_coarse(cell.bounds, step),
        claim=cell.claim,
    )


def _share(cell: Cell, n: int, rule: DisclosureRule) -> ReleasedCell:
    """A share worked out from rounded people. Its interval allows for the rounding."""
    with_it = min(rounded(cell.count or 0.0, rule), n)
    slack = rule.rounding // 2
    least, most = max(with_it - slack, 0), min(with_it + slack, n)
    if cell.kind == "share" and cell.group != WEIGHTED:
        low, high = wilson(least, n)[0], wilson(most, n)[1]
    else:  # censored or weighted: the exact interval is wider than Wilson's; keep its width
        assert cell.estimate is not None and cell.low is not None and cell.high is not None
        wide = max((cell.high - cell.low) / 2 / Z95, 1e-6)
        effective = max(cell.estimate * (1 - cell.estimate) / wide**2, 1.0)
        effective = min(float(rounded(effective, rule)) or float(rule.rounding), float(n))
        low = wilson(least / n * effective, effective)[0]
        high = wilson(most / n * effective, effective)[1]
    people = rounded(cell.people, rule)
    return ReleasedCell(
        group=label(cell),
        n=n,
        estimate=round(with_it / n, 3),
        low=_to(low, 0.001, math.floor),
        high=_to(high, 0.001, math.ceil),
        bounds=_coarse(cell.bounds, max(0.01, rule.rounding / n)),
        of_people=round(with_it / people, 3) if cell.of_people is not None else None,
        count=with_it,
        expected=None if cell.expected is None else round(cell.expected, 3),
        claim=cell.claim,
    )


def _step(width: float) -> float:
    """About a quarter of the half-width of an interval, as 1, 2 or 5 times a power of ten."""
    if width <= 0:
        return 0.1
    aim = width / 8
    power = 10.0 ** math.floor(math.log10(aim))
    return float(power * max(nice for nice in (1, 2, 5) if nice * power <= aim * (1 + 1e-9)))


def _to(value: float, step: float, how: object = None) -> float:
    scaled = value / step
    turned = how(round(scaled, 9)) if callable(how) else math.floor(scaled + 0.5)
    digits = max(0, -math.floor(math.log10(step)))
    return float(round(turned * step, digits))


def _coarse(bounds: tuple[float, float] | None, step: float) -> tuple[float, float] | None:
    if bounds is None:
        return None
    step = 10.0 ** math.ceil(math.log10(step) - 1e-9)
    return _to(bounds[0], step, math.floor), _to(bounds[1], step, math.ceil)


def first_pass(cells: Sequence[Cell], rule: DisclosureRule) -> list[ReleasedCell]:
    """Every cell, shown or hidden by itself."""
    return [hidden(cell) if too_small(cell, rule) else released(cell, rule) for cell in cells]
