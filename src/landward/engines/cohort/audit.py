"""Whether cells together give a small one away: the counts every possible world agrees on.

People are split into the smallest groups that any published table can tell apart. A published cell
is a sum of these, known to within its rounding; a hidden one is a sum of which nothing is known.
A cell, or what one cell holds beyond another inside it, is given away if in every world that fits
it lies between 1 and the least cell. Then another cell is hidden, until none is given away.

The same is asked of the people with the item and without it. Cells released earlier on the same
people stand in the same system: all releases together are one release.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from landward.model.base import LandwardError
from landward.model.said import phrase
from landward.model.study import DisclosureRule

Conditions = tuple[tuple[str, str], ...]
UNBOUNDED = 10**7
MOST_ATOMS = 4000


@dataclass(frozen=True)
class Told:
    """A cell as the world sees it: who is in it, and what is said of how many."""

    conditions: Conditions
    n: int | None
    with_it: int | None = None
    fixed: bool = False
    """Released earlier: it cannot be hidden any more."""

    def counts(self) -> tuple[int | None, int | None, int | None]:
        """People, with the item, without it."""
        if self.n is None or self.with_it is None:
            return self.n, None, None
        return self.n, self.with_it, self.n - self.with_it


class System:
    """The worlds that fit what is told of one count."""

    def __init__(
        self, cells: Sequence[Told], which: int, levels: dict[str, list[str]], rule: DisclosureRule
    ) -> None:
        names = sorted({column for cell in cells for column, _ in cell.conditions})
        atoms = list(product(*(levels[name] for name in names)))
        if len(atoms) > MOST_ATOMS:
            raise LandwardError(
                phrase(
                    "these tables split people into {count} groups, too many to prove that "
                    "none is given away. Nothing was released: ask for fewer groupings",
                    count=len(atoms),
                )
            )
        place = {name: i for i, name in enumerate(names)}
        self.inside = np.array(
            [
                [
                    all(atom[place[c]] in value.split("|") for c, value in cell.conditions)
                    for atom in atoms
                ]
                for cell in cells
            ],
            dtype=float,
        )
        self.conditions = [cell.conditions for cell in cells]
        # Without the item is not rounded by itself: it is what two rounded numbers leave.
        slack = rule.rounding // 2 * (2 if which == 2 else 1)
        low, high = [], []
        for cell in cells:
            count = cell.counts()[which]
            low.append(0.0 if count is None else max(count - slack, rule.cell_min))
            high.append(float(UNBOUNDED) if count is None else count + slack)
        self.low, self.high = np.array(low), np.array(high)
        self.rules = LinearConstraint(self.inside, self.low, self.high)

    def extreme(self, aim: NDArray[Any]) -> NDArray[Any]:
        """A world with the least `aim`."""
        found = milp(
            aim,
            constraints=self.rules,
            bounds=Bounds(0, UNBOUNDED),
            integrality=np.ones(aim.size),
            options={"mip_rel_gap": 0.0, "time_limit": 20.0},
        )
        if found.x is None:
            raise LandwardError(
                phrase(
                    "the released cells do not fit together, so nobody can prove them safe; "
                    "nothing was released"
                )
            )
        return np.asarray(np.round(found.x))

    def given_away(self, small: int) -> list[NDArray[Any]]:
        """The sums that lie between 1 and `small` − 1 in every world that fits."""
        wanted = _targets(self.inside, self.conditions)
        aims = np.array(wanted)
        alive = np.ones(len(wanted), bool)
        everyone = np.ones(aims.shape[1])

        def met(world: NDArray[Any]) -> None:
            values = aims @ world
            alive[(values < 0.5) | (values > small - 0.5)] = False

        for start in (everyone, -everyone):
            met(self.extreme(start))
        found = []
        for i, aim in enumerate(aims):
            for direction in (-aim, aim):
                if alive[i]:
                    met(self.extreme(direction))
            if alive[i]:
                found.append(aim)
        return found


def _targets(inside: NDArray[Any], told: Sequence[Conditions]) -> list[NDArray[Any]]:
    """Each cell, each cell less another inside it, and each less all parts of it along a column."""
    wanted = {tuple(row): row for row in inside}
    for big in inside:
        for lesser in inside:
            rest = big - lesser
            if rest.min() >= 0 and rest.any():
                wanted.setdefault(tuple(rest), rest)
    for big, conditions in zip(inside, told, strict=True):
        parts: dict[str, dict[Conditions, NDArray[Any]]] = {}
        for part, more in zip(inside, told, strict=True):
            extra = set(more) - set(conditions)
            if len(extra) == 1 and set(conditions) < set(more):
                parts.setdefault(next(iter(extra))[0], {})[more] = part
        for family in parts.values():
            rest = big - sum(family.values())
            if rest.min() >= 0 and rest.any():
                wanted.setdefault(tuple(rest), rest)
    return list(wanted.values())


def protect(
    cells: Sequence[Told], levels: dict[str, list[str]], rule: DisclosureRule
) -> list[bool]:
    """Which cells may be shown, so that nothing small is given away. Cells released earlier stay.

    Hides, each time, the smallest shown cell that shares people with what was given away.
    Raises LandwardError where no hiding helps.
    """
    now = list(cells)
    while True:
        found = _first_given_away(now, levels, rule)
        if found is None:
            return [cell.n is not None for cell in now]
        aim, inside = found
        touching = [
            (cell.n, i)
            for i, cell in enumerate(now)
            if cell.n is not None and not cell.fixed and float(inside[i] @ aim) > 0
        ] or [(c.n, i) for i, c in enumerate(now) if c.n is not None and not c.fixed]
        if not touching:
            raise LandwardError(
                phrase(
                    "what was released earlier on these people leaves no room: anything more "
                    "would give a small group away. Nothing was released"
                )
            )
        at = min(touching)[1]
        now[at] = replace(now[at], n=None, with_it=None)


def _first_given_away(
    cells: Sequence[Told], levels: dict[str, list[str]], rule: DisclosureRule
) -> tuple[NDArray[Any], NDArray[Any]] | None:
    if not any(cell.n is not None for cell in cells):
        return None
    shares = any(cell.with_it is not None for cell in cells)
    for which in (0, 1, 2) if shares else (0,):
        system = System(cells, which, levels, rule)
        found = system.given_away(rule.cell_min)
        if found:
            return found[0], system.inside
    return None
