"""What moves the answer of a day besides baseline and spells: dose changes, weekdays, a cycle.

Every effect is a column whose size is learned together with everything else, with a prior around
none. Columns are shapes, not claims: whether there are weekdays at all is decided by evidence
(rhythm.py).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landward.engines.patterns.series import Floats

DOSE_SD = 0.7
"""Prior SD of the response to an average dose cut, in units (parameters.py)."""

STEP_SD = 2.0
"""Prior SD of a lasting step of the level, in units."""

RHYTHM_SD = 0.6
"""Prior SD of one weekday, or of one wave of a cycle, in units."""


@dataclass(frozen=True)
class Effects:
    """Columns (days, m), how tightly each size is held around none (m,) and the sizes (m,)."""

    columns: Floats
    stiffness: Floats
    sizes: Floats

    @property
    def offset(self) -> Floats:
        """(days,) what all effects add to each day."""
        return np.asarray(self.columns @ self.sizes)

    def beside(self, columns: Floats, spread: float, sizes: Floats | None = None) -> "Effects":
        """These effects and columns (days, m) more: prior SD `spread`, sizes (m,) or none."""
        added = columns.shape[1]
        return Effects(
            np.hstack((self.columns, columns)),
            np.append(self.stiffness, np.full(added, spread**-2)),
            np.append(self.sizes, np.zeros(added) if sizes is None else sizes),
        )

    def learned(self, scores: Floats, last: NDArray[np.int64], carry: Floats) -> "Effects":
        """One EM step. `scores` (days, 2): score and information of each day's mean; `last`
        (days,): the answered day whose residual is carried over, by `carry` (days,).
        """
        if not self.sizes.size:
            return self
        seen = without_carried(self.columns, last, carry)
        bend = seen.T @ (scores[:, 1:] * seen) + np.diag(self.stiffness)
        pull = seen.T @ scores[:, 0] - self.stiffness * self.sizes
        return Effects(self.columns, self.stiffness, self.sizes + np.linalg.solve(bend, pull))


def no_effects(days: int) -> Effects:
    """Nothing but baseline and spells."""
    return Effects(np.empty((days, 0)), np.empty(0), np.empty(0))


def without_carried(columns: Floats, last: NDArray[np.int64], carry: Floats) -> Floats:
    """Columns (days, m) less what the residual of the last answered day takes along of them."""
    return np.asarray(columns - carry[:, None] * columns[last])


def gain(seen: Floats, stiffness: Floats, scores: Floats) -> float:
    """Log evidence of effects over none, by their scores at none (Laplace).

    `seen` (days, m) are the columns less what is carried over.
    """
    bend = seen.T @ (scores[:, 1:] * seen) + np.diag(stiffness)
    pull = seen.T @ scores[:, 0]
    _, widened = np.linalg.slogdet(bend)
    return float(
        0.5 * pull @ np.linalg.solve(bend, pull) - 0.5 * (widened - np.log(stiffness).sum())
    )
