"""The ways to make each dose from few pieces, and the steadiest choice among them.

The doses of a plan are a ladder from the highest to the lowest. A change is a box from which
another number is taken on the next rung, all or nothing included. The choice with the fewest
changes over the whole ladder, then the fewest splits, then the fewest pieces, is a shortest path
from rung to rung: exact. With several dose times the ladder is that of all their doses together,
and one dose is made the same way at each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

WHOLE = 1
"""A coin of this count is a tablet taken whole."""


@dataclass(frozen=True)
class Coin:
    """One way a product adds to a dose: whole, half, quarter, or one draw of `marks` marks."""

    product: int
    units: int
    count: Fraction
    cost: int
    draw: bool = False
    marks: int | None = None


@dataclass(frozen=True)
class Way:
    """One way to make one dose: how much of which product, in how many pieces, how many split."""

    counts: tuple[tuple[int, Fraction], ...]
    pieces: int
    splits: int


def ways_of(coins: Sequence[Coin], doses: Sequence[int], most: int) -> dict[int, list[Way]]:
    """Every way to make each dose from at most `most` pieces and one liquid, fewest splits first.

    A dose that has none gets an empty list. Doses are in units.
    """
    solid = _solid_ways([coin for coin in coins if not coin.draw], max(doses), most)
    found: dict[int, list[Way]] = {}
    for dose in doses:
        best: Best = dict(solid.get(dose, {}))
        for coin in coins:
            if coin.draw:
                _add_draw(best, solid, coin, dose, most)
        found[dose] = sorted(best.values(), key=_order)
    return found


Best = dict[tuple[tuple[int, Fraction], ...], Way]


def _solid_ways(coins: Sequence[Coin], cap: int, most: int) -> dict[int, Best]:
    """Tablets and capsules alone: every sum of at most `most` pieces, by what it takes."""
    made: dict[int, Best] = {0: {(): Way((), 0, 0)}}
    for total, counts, pieces, splits in _sums(coins, cap, most):
        way = Way(tuple(sorted(counts.items())), pieces, splits)
        _keep(made.setdefault(total, {}), way)
    return made


def _sums(
    coins: Sequence[Coin], cap: int, most: int
) -> Iterator[tuple[int, dict[int, Fraction], int, int]]:
    """Every handful of one to `most` coins: its units, what it takes, pieces and splits."""
    stack: list[tuple[int, int, dict[int, Fraction], int, int]] = [(0, 0, {}, 0, 0)]
    while stack:
        first, total, counts, pieces, splits = stack.pop()
        if pieces == most:
            continue
        for place in range(first, len(coins)):
            coin = coins[place]
            if total + coin.units > cap:
                continue
            more = {**counts, coin.product: counts.get(coin.product, Fraction(0)) + coin.count}
            split = splits + (coin.count != WHOLE)
            yield total + coin.units, more, pieces + 1, split
            stack.append((place, total + coin.units, more, pieces + 1, split))


def _add_draw(best: Best, solid: dict[int, Best], coin: Coin, dose: int, most: int) -> None:
    """The ways to one dose with one draw of one liquid, added to `best`."""
    for total, ways in solid.items():
        marks, rest = divmod(dose - total, coin.units)
        if rest or marks < 1 or (coin.marks is not None and marks > coin.marks):
            continue
        for way in ways.values():
            if way.pieces < most:
                counts = tuple(sorted((*way.counts, (coin.product, marks * coin.count))))
                _keep(best, Way(counts, way.pieces + 1, way.splits))


def _keep(best: Best, way: Way) -> None:
    known = best.get(way.counts)
    if known is None or _order(way) < _order(known):
        best[way.counts] = way


def _order(way: Way) -> tuple[int, int, tuple[tuple[int, Fraction], ...]]:
    return way.splits, way.pieces, way.counts


Cost = tuple[int, int, int]
"""Changes, splits, pieces."""


def steadiest(rungs: Sequence[Sequence[Way]], times: Sequence[int]) -> tuple[int, list[Way]]:
    """One way for each rung: fewest changes, then splits, then pieces. Returns the changes too.

    `times` says how often each rung's dose is taken. Ties go to the way that stands first.
    """
    hands = _in_numbers(rungs)
    width = len(hands[0][0])
    kept = [some for size in range(width + 1) for some in combinations(range(width), size)]
    costs: list[Cost] = [(0, w.splits * times[0], w.pieces * times[0]) for w in rungs[0]]
    back: list[list[int]] = []
    for rung in range(1, len(rungs)):
        least = _least_by_what_is_kept(hands[rung - 1], costs, kept)
        links, costs = [], []
        for way, hand in zip(rungs[rung], hands[rung], strict=True):
            (changes, splits, pieces), link = min(
                ((known[0][0] + width - len(some), *known[0][1:]), known[1])
                for some in kept
                if (known := least[some].get(tuple([hand[box] for box in some]))) is not None
            )
            taken = times[rung]
            links.append(link)
            costs.append((changes, splits + way.splits * taken, pieces + way.pieces * taken))
        back.append(links)
    place = min(range(len(costs)), key=lambda at: (costs[at], at))
    changes, chosen = costs[place][0], [place]
    for links in reversed(back):
        chosen.append(links[chosen[-1]])
    chosen.reverse()
    return changes, [rung[at] for rung, at in zip(rungs, chosen, strict=True)]


Hand = tuple[int, ...]
"""What a way takes of every box, as numbers that are alike where the counts are."""


def _in_numbers(rungs: Sequence[Sequence[Way]]) -> list[list[Hand]]:
    boxes = sorted({product for rung in rungs for way in rung for product, _ in way.counts})
    numbers: dict[Fraction, int] = {}
    hands: list[list[Hand]] = []
    for rung in rungs:
        hands.append([])
        for way in rung:
            taken = dict(way.counts)
            hands[-1].append(
                tuple(
                    numbers.setdefault(taken[box], len(numbers) + 1) if box in taken else 0
                    for box in boxes
                )
            )
    return hands


def _least_by_what_is_kept(
    hands: Sequence[Hand], costs: Sequence[Cost], kept: Sequence[Hand]
) -> dict[Hand, dict[Hand, tuple[Cost, int]]]:
    """The cheapest way of a rung for each choice of boxes that keep their count, by that count.

    The fewest changes to a way of the next rung are then found among these, whichever boxes it
    keeps: a choice that keeps fewer than it could only costs more.
    """
    least: dict[Hand, dict[Hand, tuple[Cost, int]]] = {}
    for some in kept:
        found: dict[Hand, tuple[Cost, int]] = {}
        for place, (hand, cost) in enumerate(zip(hands, costs, strict=True)):
            key = tuple([hand[box] for box in some])
            if key not in found or cost < found[key][0]:
                found[key] = (cost, place)
        least[some] = found
    return least
