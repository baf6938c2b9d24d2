"""Numbness by phase: before the first cut, while cutting, and once stopped."""

from collections.abc import Mapping

import numpy as np

from landward.engines.cohort.cells import Cell, Reduced, by_group_and_item
from landward.engines.cohort.intervals import mean_bounds, mean_interval
from landward.model.study import MeasureSpec

PHASES = ("before the first cut", "cutting", "stopped")
PAIRS = ((1, 0), (2, 1), (2, 0))


def estimate_numbness(
    reduced: Reduced, spec: MeasureSpec, items: Mapping[int, str], odds: float
) -> list[Cell]:
    """Per phase, the mean over people of the share of their asked days with the item; then the
    differences within the people seen in both phases. People weigh the same, however much they
    wrote. The bounds let everyone who left have any share.
    """
    cells = []
    for group, people, name, rows in by_group_and_item(reduced, items):
        n = rows["n"].astype(float)
        asked = np.array([rows[f"a{phase}"] for phase in range(3)], dtype=float)
        here = np.array([rows[f"p{phase}"] for phase in range(3)], dtype=float)
        with np.errstate(invalid="ignore", divide="ignore"):
            share = here / asked
        gone = rows["gone"] == 1
        wanted = [(PHASES[phase], share[phase], (0.0, 1.0)) for phase in range(3)]
        wanted += [
            (
                f"{PHASES[late]} minus {PHASES[early]}",
                share[late] - share[early],
                (-1.0, 1.0),
            )
            for late, early in PAIRS
        ]
        for at, values, scale in wanted:
            seen = np.isfinite(values)
            count = int(n[seen].sum())
            paired = scale[0] < 0
            estimate = low = high = bounds = claim = None
            if count >= 2:
                estimate, low, high = mean_interval(values[seen], n[seen])
                stayed, unseen = seen & ~gone, float(n[gone].sum())
                bounds = mean_bounds(values[stayed], n[stayed], unseen, scale, odds)
                if paired:
                    _, low99, high99 = mean_interval(values[seen], n[seen], 0.99)
                    claim = not low99 <= 0 <= high99
                else:
                    low, high = max(0.0, low), min(1.0, high)
            cells.append(
                Cell(
                    group=group,
                    item=name,
                    at=at,
                    kind="mean",
                    people=people,
                    n=count,
                    estimate=estimate,
                    low=low,
                    high=high,
                    bounds=bounds,
                    claim=claim,
                )
            )
    return cells
