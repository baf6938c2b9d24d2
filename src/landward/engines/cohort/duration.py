"""How long an item goes on: Kaplan–Meier, with everyone who still has it kept in."""

import math
from collections.abc import Mapping

import numpy as np

from landward.engines.cohort.cells import Cell, Columns, Reduced, by_group_and_item, only
from landward.engines.cohort.intervals import Z95, tilt_share
from landward.model.study import DisclosureRule, MeasureSpec

FEWEST = int(DisclosureRule.model_fields["cell_min"].default)
"""People who must still be followed at a horizon for a share to be given."""


def still_there(rows: Columns, day: int) -> tuple[float, float, float] | None:
    """The share that still has it after `day` days, with its 95 % interval (log–log Greenwood).

    None where nobody was followed that far. `rows` hold times, ended or not, and people.
    """
    times, inverse = np.unique(rows["time"], return_inverse=True)
    ended = np.bincount(inverse, rows["n"] * rows["event"], len(times))
    everyone = np.bincount(inverse, rows["n"], len(times))
    at_risk = everyone[::-1].cumsum()[::-1]
    if not len(times) or (times[-1] < day and at_risk[-1] > ended[-1]):
        return None
    upto = times <= day
    d, n = ended[upto], at_risk[upto]
    survival = float(np.prod(1 - d / n)) if len(d) else 1.0
    if survival in (0.0, 1.0):
        return survival, *_edge(survival, float(at_risk[0]))
    spread = math.sqrt(float(np.sum(d / (n * (n - d)))))
    step = Z95 * spread / abs(math.log(survival))
    low, high = survival ** math.exp(step), survival ** math.exp(-step)
    return survival, low, high


def _edge(survival: float, n: float) -> tuple[float, float]:
    """Where nobody ended, or everybody did: the exact one-sided limit of `n` people."""
    reach = 1 - 0.025 ** (1 / n) if n > 0 else 1.0
    return (1 - reach, 1.0) if survival == 1.0 else (0.0, reach)


def _unseen(rows: Columns, *, ended: bool) -> Columns:
    """The rows as they would be if everyone who left had ended then, or never ended."""
    left = (rows["gone"] == 1) & (rows["event"] == 0)
    if ended:
        return {**rows, "event": np.where(left, 1, rows["event"])}
    return {**rows, "time": np.where(left, 10**7, rows["time"])}


def estimate_duration(
    reduced: Reduced, spec: MeasureSpec, items: Mapping[int, str], odds: float
) -> list[Cell]:
    """One cell per group, item and horizon: the share of those who had it that has it still."""
    cells = []
    for group, people, name, rows in by_group_and_item(reduced, items):
        usable = only(rows, rows["standing"] == 0)
        n = int(usable["n"].sum())
        had = int(rows["n"].sum())
        already = int(rows["n"][rows["standing"] == 1].sum())
        for day in spec.horizons_days:
            # A share of everyone at the start, resting on a handful still followed, reads as if
            # all of them had been seen: fewer than a cell's least are none.
            followed = int(usable["n"][usable["time"] >= day].sum())
            seen = n and (followed >= FEWEST or followed == 0)
            found = still_there(usable, day) if seen else None
            soonest = still_there(_unseen(usable, ended=True), day) if n else None
            longest = still_there(_unseen(usable, ended=False), day) if n else None
            bounds = (
                tilt_share(soonest[1], odds)[0] if soonest else 0.0,
                tilt_share(longest[2], odds)[1] if longest else 1.0,
            )
            estimate, low, high = found or (None, None, None)
            cells.append(
                Cell(
                    group=group,
                    item=name,
                    at=f"day {day}",
                    kind="survival",
                    people=people,
                    n=n,
                    estimate=estimate,
                    low=low,
                    high=high,
                    bounds=bounds,
                    count=None if estimate is None else estimate * n,
                    counts={"had": had, "already_there": already},
                )
            )
    return cells
