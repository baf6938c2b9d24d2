"""Which tablets, parts and mL make each dose, as a pharmacist counts them out.

In this order: no dose of more than `most_pieces` pieces where the products can avoid it; then the
fewest strengths in the whole plan (what must lie in the cupboard); then steadiness, so that two
neighbouring doses of the plan are made from the same boxes; then the fewest split pieces, then the
fewest pieces. One draw of a liquid is one piece.

Every subset of the products is tried. Within one, a coin-change table gives the fewest pieces of
every dose, and so which doses cannot be made from few; `ladder.py` chooses among the ways to make
the others. A dose that no subset makes from few pieces is made from the fewest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np
import numpy.typing as npt

from landward.engines.tapering.ladder import Coin, Way, steadiest, ways_of
from landward.engines.tapering.makeable import most_marks, reach
from landward.model.preparation import Form, Preparation
from landward.model.taper import Piece

Costs = npt.NDArray[np.int64]

_PIECE = 1 << 20  # one piece outweighs any number of splits
_NEVER = np.int64(1) << 58


@dataclass(frozen=True)
class Recipes:
    """The pieces of each dose (in units), and what the whole plan takes.

    `over_piece_days` counts the pieces above the most asked for, `changes` the boxes whose count is
    another from one dose to the next lower one. All but `strengths` and `changes` are weighted with
    how often each dose is taken.
    """

    pieces: dict[int, tuple[Piece, ...]]
    strengths: int
    piece_days: int
    split_days: int
    over_piece_days: int = 0
    changes: int = 0


def cheapest(
    preparations: Sequence[Preparation],
    unit: Fraction,
    wanted: Mapping[int, int],
    most_pieces: int = 4,
) -> Recipes:
    """The best pieces for all doses of a plan.

    `wanted` maps each dose in units to the number of times it is taken. Every one must be makeable
    from all `preparations` together. Ties go to products listed earlier.
    """
    doses = sorted((dose for dose in wanted if dose), reverse=True)
    if not doses:
        return Recipes({0: ()}, 0, 0, 0)
    needed = sum(1 << dose for dose in doses)
    every = _Subset(preparations, range(len(preparations)), unit, doses, most_pieces)
    least_over = every.over(wanted)
    for size in range(1, len(preparations) + 1):
        best: tuple[tuple[int, int, int], Recipes] | None = None
        for chosen in combinations(range(len(preparations)), size):
            if reach([preparations[index] for index in chosen], unit, doses[0]) & needed != needed:
                continue
            some = _Subset(preparations, chosen, unit, doses, most_pieces)
            if some.over(wanted) > least_over:
                continue
            found = some.recipes(wanted)
            cost = (found.changes, found.split_days, found.piece_days)
            if best is None or cost < best[0]:
                best = (cost, found)
        if best is not None:
            return best[1]
    raise AssertionError("a dose of the plan cannot be made from its own products")


class _Subset:
    """Some of the products, and how they make the doses of a plan."""

    def __init__(
        self,
        preparations: Sequence[Preparation],
        chosen: Sequence[int],
        unit: Fraction,
        doses: Sequence[int],
        most_pieces: int,
    ) -> None:
        self.preparations, self.chosen, self.unit = preparations, chosen, unit
        self.doses, self.most = doses, most_pieces
        self.coins = [coin for index in chosen for coin in _coins(index, preparations[index], unit)]
        self.tables = _tables(self.coins, doses[0])

    def over(self, wanted: Mapping[int, int]) -> int:
        """The pieces above the most that these products cannot spare the person, over all days."""
        fewest = (int(self.tables[-1][dose]) // _PIECE for dose in self.doses)
        excess = zip(self.doses, fewest, strict=True)
        return sum(wanted[dose] * max(0, pieces - self.most) for dose, pieces in excess)

    def recipes(self, wanted: Mapping[int, int]) -> Recipes:
        """The pieces of every dose, steady from one to the next."""
        plain: list[list[int]] | None = None
        rungs: list[list[Way]] = []
        ways = ways_of(self.coins, self.doses, self.most)
        for dose in self.doses:
            if not ways[dose]:
                plain = plain or [table.tolist() for table in self.tables]
                cost = plain[-1][dose]
                counts = _unfold(dose, self.coins, plain)
                ways[dose] = [Way(counts, int(cost // _PIECE), int(cost % _PIECE))]
            rungs.append(ways[dose])
        changes, taken = steadiest(rungs, [wanted[dose] for dose in self.doses])
        pieces = {
            dose: tuple(_piece(self.preparations[index], count) for index, count in way.counts)
            for dose, way in zip(self.doses, taken, strict=True)
        }
        times = [wanted[dose] for dose in self.doses]
        return Recipes(
            {0: (), **pieces},
            len(self.chosen),
            sum(way.pieces * n for way, n in zip(taken, times, strict=True)),
            sum(way.splits * n for way, n in zip(taken, times, strict=True)),
            self.over(wanted),
            changes,
        )


def _coins(index: int, item: Preparation, unit: Fraction) -> list[Coin]:
    if item.form is Form.LIQUID:
        assert item.mark_ml is not None
        part = int(item.smallest_mg / unit)
        return [Coin(index, part, item.mark_ml, _PIECE, draw=True, marks=most_marks(item))]
    coins, part = [], item.parts
    while part >= 1:
        units = int(item.strength_mg / part / unit)
        coins.append(Coin(index, units, Fraction(1, part), _PIECE + (part > 1)))
        part //= 2
    return coins[::-1]


def _tables(coins: Sequence[Coin], cap: int) -> list[Costs]:
    """The lowest cost of every dose up to `cap`, after none, one, two … of the coins."""
    start = np.full(cap + 1, _NEVER, dtype=np.int64)
    start[0] = 0
    tables = [start]
    for coin in coins:
        tables.append(_one_draw(tables[-1], coin) if coin.draw else _any_number(tables[-1], coin))
    return tables


def _any_number(before: Costs, coin: Coin) -> Costs:
    """Coin change: any number of one coin, all remainders side by side."""
    if coin.units >= before.size:
        return before
    rows = _by_remainder(before, coin.units)
    spent = np.arange(len(rows), dtype=np.int64)[:, None] * coin.cost
    after = np.minimum.accumulate(rows - spent, axis=0) + spent
    return np.minimum(after.reshape(-1)[: before.size], _NEVER)


def _one_draw(before: Costs, coin: Coin) -> Costs:
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
    dose: int, coins: Sequence[Coin], tables: Sequence[Sequence[int]]
) -> tuple[tuple[int, Fraction], ...]:
    """One way of the lowest cost back out of the tables: how much of each product."""
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
    return tuple(sorted(counts.items()))


def _piece(item: Preparation, count: Fraction) -> Piece:
    unit = "mL" if item.form is Form.LIQUID else str(item.form)
    return Piece.model_construct(
        product=item.bottle, count=count, mg=count * item.strength_mg, unit=unit
    )
