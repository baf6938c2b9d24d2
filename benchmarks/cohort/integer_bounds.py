"""Whole-number bounds of linear systems: what every solution says of one sum of unknowns.

A `System` holds whole unknowns with bounds and linear rows. `within(targets, low, high)` finds the
targets (sums of unknowns with signs) that lie in low..high in *every* solution, with their exact
least and greatest value. Solutions met on the way rule out most targets without a solve of their
own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

Row = Mapping[int, float]
UNBOUNDED = 10**7


class NoSolution(Exception):
    """What was published and believed cannot all be true. `names` says of which unknowns."""

    def __init__(self, names: Sequence[object]) -> None:
        super().__init__(f"no whole-number solution around {list(names)[:6]}")
        self.names = tuple(names)


@dataclass
class System:
    """Unknowns are numbers 0, 1, 2 … in the order they were added."""

    names: list[object] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def unknown(self, name: object, low: float = 0, high: float = UNBOUNDED) -> int:
        self.names.append(name)
        self.low.append(low)
        self.high.append(high)
        return len(self.names) - 1

    def bound(self, unknown: int, low: float, high: float) -> None:
        """Narrow an unknown; bounds that cross are found by `solve`."""
        self.low[unknown] = max(self.low[unknown], low)
        self.high[unknown] = min(self.high[unknown], high)

    def row(self, row: Row, low: float, high: float) -> None:
        """low <= sum of coefficient * unknown <= high."""
        self.rows.append((dict(row), low, high))

    def one_of(self, unknowns: Sequence[int], values: Sequence[Sequence[int]]) -> None:
        """The unknowns together take one of the tuples of values."""
        if not values:
            self.row(dict.fromkeys(unknowns[:1], 1.0), 1, -1)
            return
        for place, unknown in enumerate(unknowns):
            column = [value[place] for value in values]
            self.bound(unknown, min(column), max(column))
        if len(values) == 1:
            return
        picks = [self.unknown(("pick", *unknowns, tuple(v)), 0, 1) for v in values]
        self.row(dict.fromkeys(picks, 1.0), 1, 1)
        for place, unknown in enumerate(unknowns):
            row = {pick: float(v[place]) for pick, v in zip(picks, values, strict=True) if v[place]}
            self.row({**row, unknown: -1.0}, 0, 0)

    def parts(self) -> list[list[int]]:
        """Unknowns that hang together through rows."""
        pairs = [
            (first, other) for row, _, _ in self.rows for first in list(row)[:1] for other in row
        ]
        size = len(self.names)
        if not pairs:
            return [[unknown] for unknown in range(size)]
        a, b = np.array(pairs).T
        graph = csr_matrix((np.ones(len(pairs)), (a, b)), shape=(size, size))
        count, label = connected_components(graph, directed=False)
        parts: list[list[int]] = [[] for _ in range(count)]
        for unknown, place in enumerate(label):
            parts[place].append(unknown)
        return parts

    def part(self, unknowns: Sequence[int]) -> "Part":
        place = {unknown: i for i, unknown in enumerate(unknowns)}
        rows = [row for row in self.rows if next(iter(row[0]), None) in place]
        return Part(self, list(unknowns), place, rows)


class Part:
    """One part of a system, ready for solving."""

    def __init__(
        self, system: System, unknowns: list[int], place: dict[int, int], rows: list
    ) -> None:
        self.system, self.unknowns, self.place = system, unknowns, place
        self.low = np.array([system.low[u] for u in unknowns], float)
        self.high = np.array([system.high[u] for u in unknowns], float)
        self.rules = ()
        if rows:
            at = [(i, place[u], c) for i, (row, _, _) in enumerate(rows) for u, c in row.items()]
            i, j, c = zip(*at, strict=True)
            matrix = csr_matrix((c, (i, j)), shape=(len(rows), len(unknowns)))
            self.rules = (LinearConstraint(matrix, [r[1] for r in rows], [r[2] for r in rows]),)

    def solve(self, aim: np.ndarray) -> np.ndarray:
        """A solution with the least `aim`. Raises NoSolution."""
        if np.any(self.low > self.high):
            raise NoSolution([self.system.names[u] for u in self.unknowns])
        if not self.rules:
            return np.where(aim >= 0, self.low, self.high)
        found = milp(
            aim,
            constraints=self.rules,
            bounds=Bounds(self.low, self.high),
            integrality=np.ones(aim.size),
            options={"mip_rel_gap": 0.0, "time_limit": 60.0},
        )
        if found.status == 2:
            raise NoSolution([self.system.names[u] for u in self.unknowns])
        if found.x is None or found.status != 0:
            raise TimeoutError(f"no answer in time ({found.message})")
        return np.round(found.x)

    def aim(self, target: Row) -> np.ndarray:
        aim = np.zeros(len(self.unknowns))
        for unknown, coefficient in target.items():
            aim[self.place[unknown]] += coefficient
        return aim

    def within(
        self, targets: Mapping[object, Row], low: int, high: int
    ) -> dict[object, tuple[int, int]]:
        """{target: (least, greatest)} of those that are in low..high in every solution."""
        if not targets:
            self.solve(np.zeros(len(self.unknowns)))
            return {}
        names = list(targets)
        aims = np.stack([self.aim(targets[name]) for name in names])
        alive = np.ones(len(names), bool)

        def met(solution: np.ndarray) -> None:
            values = aims @ solution
            alive[(values < low - 0.5) | (values > high + 0.5)] = False

        every = np.ones(len(self.unknowns))
        for start in (np.zeros(len(self.unknowns)), every, -every):
            met(self.solve(start))
        answer: dict[object, tuple[int, int]] = {}
        for i, name in enumerate(names):
            if not alive[i]:
                continue
            top = self.solve(-aims[i])
            met(top)
            if not alive[i]:
                continue
            bottom = self.solve(aims[i])
            met(bottom)
            if alive[i]:
                answer[name] = (round(float(aims[i] @ bottom)), round(float(aims[i] @ top)))
        return answer
