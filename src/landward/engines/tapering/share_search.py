"""The exact search for several dose times whose makeable doses have gaps.

Which share makes a day's dose then matters for later: no dose time may rise, so 5 + 2 mg can go on
where 4 + 3 mg could not. First the lowest dose any plan can reach is found; then, best first, the
plan that reaches it with the smallest area above the asked curve. The bound that guides the search
is the lowest plan of the day's doses alone, as if dose times could rise.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Protocol

import numpy as np
import numpy.typing as npt

from landward.engines.tapering.makeable import positions
from landward.engines.tapering.sharing import Share, Sharing

MOST_SHARES = 1_500
"""More ways to share a day than this are not tried; the usual share is then taken in each step."""

MOST_NODES = 5_000
"""A search that has looked at so many plans gives up in favour of the usual shares."""

Tail = tuple[int, ...]


class Rules(Protocol):
    """The rules of a plan, as the search over shares asks for them. Doses in units."""

    sharing: Sharing
    lookback: int

    def lasts(self, step: int) -> int:
        """How many days a step is held."""

    def steady_low(self, here: int) -> int:
        """The lowest day's dose allowed from one that was held long enough."""

    def low(self, step: int, tail: Tail) -> int:
        """The lowest day's dose allowed in a step; `tail` holds those of the steps before it."""


@dataclass(order=True)
class _Node:
    bound: int
    count: int
    spent: int
    step: int
    place: int
    tail: Tail
    before: "_Node | None"


class ShareSearch:
    """One search. `shares` are all ways to give each dose time a dose not above today's."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        grid, first = rules.sharing.grid, rules.sharing.first
        columns = [positions(grid.up_to(top)) for top in first]
        size = 1
        for column in columns:
            size *= len(column)
        self.feasible = size <= MOST_SHARES
        self.shares: list[Share] = sorted(product(*columns), key=sum) if self.feasible else []
        self._array: npt.NDArray[np.int64] = np.array(self.shares or [first], dtype=np.int64)
        self._totals = self._array.sum(axis=1)
        self._rest: dict[tuple[int, Tail], int] = {}

    def best(self) -> list[Share] | None:
        """The shares step by step to the lowest end; None where there are too many to try."""
        if not self.feasible:
            return None
        start = self.shares.index(self.rules.sharing.first)
        good, end = self._leading_to_the_lowest_end(start)
        held = (int(self._totals[start]),) * self.rules.lookback
        heap = [_Node(self._least_rest(0, held, end), 0, 0, 0, start, held, None)]
        done: set[tuple[int, int, Tail]] = set()
        count = 0
        while heap:
            node = heapq.heappop(heap)
            if self._totals[node.place] == end:
                return list(self._path(node))[::-1]
            if (node.step, node.place, node.tail) in done:
                continue
            done.add((node.step, node.place, node.tail))
            if len(done) > MOST_NODES:
                return None
            for place in self._next(node, good):
                count += 1
                total = int(self._totals[place])
                spent = node.spent + self.rules.lasts(node.step) * (total - end)
                tail = (*node.tail[1:], total)
                bound = spent + self._least_rest(node.step + 1, tail, end)
                heapq.heappush(heap, _Node(bound, count, spent, node.step + 1, place, tail, node))
        return None

    def _path(self, node: _Node) -> Iterator[Share]:
        here: _Node | None = node
        while here is not None and here.before is not None:
            yield self.shares[here.place]
            here = here.before

    def _below(self, place: int, low: int) -> npt.NDArray[np.intp]:
        """The shares that raise no dose time and whose sum is at least `low`, itself included."""
        fits = (self._array <= self._array[place]).all(axis=1) & (self._totals >= low)
        return np.flatnonzero(fits)

    def _leading_to_the_lowest_end(self, start: int) -> tuple[set[int], int]:
        """The lowest end that can be reached at all, and the shares it can be reached from."""
        onward: dict[int, list[int]] = {}
        waiting = [start]
        while waiting:
            place = waiting.pop()
            if place in onward:
                continue
            here = int(self._totals[place])
            found = self._below(place, self.rules.steady_low(here))
            onward[place] = [int(low) for low in found if self._totals[low] < here]
            waiting += onward[place]
        end = min(int(self._totals[place]) for place, lower in onward.items() if not lower)
        good: set[int] = set()
        for place in sorted(onward, key=lambda place: int(self._totals[place])):
            if int(self._totals[place]) == end or any(low in good for low in onward[place]):
                good.add(place)
        return good, end

    def _next(self, node: _Node, good: set[int]) -> list[int]:
        low = self.rules.low(node.step, node.tail)
        here = int(self._totals[node.place])
        places = [int(place) for place in self._below(node.place, min(low, here))]
        places = [place for place in places if place in good]
        share = self.shares[node.place]
        totals = {int(self._totals[place]) for place in places}
        usual = {total: self.rules.sharing.shared(share, total) for total in totals}
        return sorted(places, key=lambda p: (self._totals[p], self.shares[p] not in usual.values()))

    @cached_property
    def _all_totals(self) -> list[int]:
        return sorted({int(total) for total in self._totals})

    def _least_rest(self, step: int, tail: Tail, end: int) -> int:
        """A bound on what is still to be spent: the lowest plan if dose times could rise."""
        key = (step, tail)
        if key not in self._rest:
            trail: list[tuple[tuple[int, Tail], int]] = []
            while key not in self._rest and key[1][-1] > end:
                at, last = key
                low = max(self.rules.low(at, last), end)
                total = next(total for total in self._all_totals if total >= min(low, last[-1]))
                trail.append((key, self.rules.lasts(at) * (total - end)))
                key = (at + 1, (*last[1:], total))
            rest = self._rest.get(key, 0)
            for known, cost in reversed(trail):
                rest += cost
                self._rest[known] = rest
        return self._rest.get((step, tail), 0)
