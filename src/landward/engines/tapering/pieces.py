"""Which tablets, parts and mL make each dose: fewest strengths, then pieces, then splits.

The strengths are counted over the whole plan (what must lie in the cupboard), pieces and splits
over all its days. Every subset of the products is tried, smallest first, and for each the exact
cheapest pieces come from a coin-change table. One draw of a liquid counts as one piece.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np
import numpy.typing as npt

from landward.engines.tapering.makeable import most_marks, reach
from landward.model.preparation import Form, Preparation
from landward.model.taper import Piece

Costs = npt.NDArray[np.int64]

_PIECE = 1 << 20  # one piece outweighs any number of splits
_NEVER = np.int64(1) << 58


@dataclass(frozen=True)
class _Coin:
    """One way a product adds to a dose: whole, half, quarter, or one draw of `marks` marks."""

    product: int
    units: int
    count: Fraction
    cost: int
    draw: bool = False
    marks: int | None = None


@dataclass(frozen=True)
class Recipes:
    """The pieces of each dose (in units), and what the whole plan takes."""

    pieces: dict[int, tuple[Piece, ...]]
    strengths: int
    piece_days: int
    split_days: int


def cheapest(
    preparations: Sequence[Preparation], unit: Fraction, wanted: Mapping[int, int]
) -> Recipes:
    """The best pieces for all doses of a plan.

    `wanted` maps each dose in units to the number of times it is taken. Every one must be makeable
    from all `preparations` together. Ties go to products listed earlier.
    """
    doses = sorted(dose for dose in wanted if dose)
    if not doses:
        return Recipes({0: ()}, 0, 0, 0)
    needed = sum(1 << dose for dose in doses)
    for size in range(1, len(preparations) + 1):
        best: tuple[int, int, list[_Coin], list[Costs]] | None = None
        for chosen in combinations(range(len(preparations)), size):
            some = [preparations[index] for index in chosen]
            if reach(some, unit, doses[-1]) & needed != needed:
                continue
            coins = [coin for index in chosen for coin in _coins(index, preparations[index], unit)]
            tables = _tables(coins, doses[-1])
            costs = [int(tables[-1][dose]) for dose in doses]
            counts = [wanted[dose] for dose in doses]
            pieces = sum(cost // _PIECE * n for cost, n in zip(costs, counts, strict=True))
            splits = sum(cost % _PIECE * n for cost, n in zip(costs, counts, strict=True))
            if best is None or (pieces, splits) < best[:2]:
                best = (pieces, splits, coins, tables)
        if best is not None:
            pieces, splits, coins, tables = best
            plain: list[list[int]] = [table.tolist() for table in tables]
            found = {dose: _unfold(dose, coins, plain, preparations) for dose in doses}
            return Recipes({0: (), **found}, size, pieces, splits)
    raise AssertionError("a dose of the plan cannot be made from its own products")


def _coins(index: int, item: Preparation, unit: Fraction) -> list[_Coin]:
    if item.form is Form.LIQUID:
        assert item.mark_ml is not None
        part = int(item.smallest_mg / unit)
        return [_Coin(index, part, item.mark_ml, _PIECE, draw=True, marks=most_marks(item))]
    coins, part = [], item.parts
    while part >= 1:
        units = int(item.strength_mg / part / unit)
        coins.append(_Coin(index, units, Fraction(1, part), _PIECE + (part > 1)))
        part //= 2
    return coins[::-1]


def _tables(coins: Sequence[_Coin], cap: int) -> list[Costs]:
    """The lowest cost of every dose up to `cap`, after none, one, two … of the coins."""
    start = np.full(cap + 1, _NEVER, dtype=np.int64)
    start[0] = 0
    tables = [start]
    for coin in coins:
        tables.append(_one_draw(tables[-1], coin) if coin.draw else _any_number(tables[-1], coin))
    return tables


def _any_number(before: Costs, coin: _Coin) -> Costs:
    """Coin change: any number of one coin, all remainders side by side."""
    if coin.units >= before.size:
        return before
    rows = _by_remainder(before, coin.units)
    spent = np.arange(len(rows), dtype=np.int64)[:, None] * coin.cost
    after = np.minimum.accumulate(rows - spent, axis=0) + spent
    return np.minimum(after.reshape(-1)[: before.size], _NEVER)


def _one_draw(before: Costs, coin: _Coin) -> Costs:
    """At most one draw of a liquid, of any number of marks up to the most."""
    if coin.units >= before.size:
        return before
    lowest = _by_remainder(before, coin.units)
    width = len(lowest) if coin.marks is None else min(coin.marks, len(lowest))
    span = 1  # each entry becomes the lowest of the last `span` rows, doubled until `width`
    while span < width:
        step = min(span, width - span)
        lowest[step:] = np.minimum(lowest[step:], lowest[:-step])
        span += step
    drawn = np.full_like(lowest, _NEVER)
    drawn[1:] = lowest[:-1] + coin.cost
    return np.minimum(before, drawn.reshape(-1)[: before.size])


def _by_remainder(costs: Costs, units: int) -> npt.NDArray[np.int64]:
    """The costs in rows of `units`: going down a column adds one coin or mark at a time."""
    rows = -(-costs.size // units)
    padded = np.full(rows * units, _NEVER, dtype=np.int64)
    padded[: costs.size] = costs
    return padded.reshape(rows, units)


def _unfold(
    dose: int,
    coins: Sequence[_Coin],
    tables: Sequence[Sequence[int]],
    preparations: Sequence[Preparation],
) -> tuple[Piece, ...]:
    counts: dict[int, Fraction] = {}
    left = dose
    for number in range(len(coins), 0, -1):
        coin, after, before = coins[number - 1], tables[number], tables[number - 1]
        while after[left] != before[left]:
            n = 1
            if coin.draw:
                want = after[left] - coin.cost
                while before[left - n * coin.units] != want:
                    n += 1
            left -= n * coin.units
            counts[coin.product] = counts.get(coin.product, Fraction(0)) + n * coin.count
            if coin.draw:
                break
    assert left == 0
    return tuple(_piece(preparations[index], counts[index]) for index in sorted(counts))


def _piece(item: Preparation, count: Fraction) -> Piece:
    unit = "mL" if item.form is Form.LIQUID else str(item.form)
    return Piece.model_construct(
        product=item.bottle, count=count, mg=count * item.strength_mg, unit=unit
    )
