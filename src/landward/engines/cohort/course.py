"""Severity after a dose cut, against weeks alike without one, within the same person."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landward.engines.cohort.cells import Cell, Columns, Reduced, group_sizes, only, rows_of
from landward.engines.cohort.intervals import Floats, t_quantile, tilted_root
from landward.model.study import MeasureSpec


def contrasts(rows: Columns) -> tuple[Floats, Floats, Floats]:
    """Per person and stratum that holds both kinds of week: person, weight, and the difference.

    The weight is that of a fixed-effects regression, n1 n0 / (n1 + n0). Points, not thousandths.
    """
    if not rows_of(rows):
        none = np.zeros(0)
        return none, none, none
    pairs = np.stack([rows["person"], rows["stratum"]], axis=1)
    both, where = np.unique(pairs, axis=0, return_inverse=True)
    where = where.reshape(-1)
    cut = rows["cut"] == 1

    def total(column: str, chosen: NDArray[np.bool_]) -> Floats:
        return np.bincount(where, rows[column] * chosen, len(both)).astype(np.float64)

    n1, n0 = total("n", cut), total("n", ~cut)
    s1, s0 = total("s", cut), total("s", ~cut)
    usable = (n1 > 0) & (n0 > 0)
    n1, n0, s1, s0 = n1[usable], n0[usable], s1[usable], s0[usable]
    return both[usable, 0], n1 * n0 / (n1 + n0), (s1 / n1 - s0 / n0) / 1000


def estimate_course(
    reduced: Reduced, spec: MeasureSpec, items: Mapping[int, str], odds: float, range_: float
) -> list[Cell]:
    """One cell per group and week after the cut: how much harder (above 0) than weeks alike.

    Fixed effects of person and level before; the error is clustered by person. Bounds: each person
    may weigh up to `odds` times as much as another.
    """
    rows = reduced["rows"]
    eligible = group_sizes(reduced["eligible"])
    cells = []
    for group, people in group_sizes(reduced["people"]).items():
        for after in range(spec.weeks_after + 1):
            mine = only(rows, (rows["grp"] == group) & (rows["after"] == after))
            person, weight, difference = contrasts(mine)
            found = clustered(person, weight, difference, odds, range_)
            if after:  # by then a cut may have come in the weeks alike: nothing is claimed
                found["claim"] = None
            cells.append(
                Cell(
                    group=group,
                    item="day",
                    at=f"week {after}",
                    kind="mean",
                    people=people,
                    counts={"with_a_cut": eligible.get(group, 0)},
                    **found,
                )
            )
    return cells


def clustered(
    person: Floats, weight: Floats, difference: Floats, odds: float, range_: float
) -> dict[str, Any]:
    """A weighted mean difference with an error clustered by person, and its bounds."""
    names, where = np.unique(person, return_inverse=True)
    n = len(names)
    if n < 2:
        return {"n": n, "estimate": None}

    def scores(at: float) -> Floats:
        each = weight * (difference - at)
        return np.bincount(where.reshape(-1), each, n).astype(np.float64)

    whole = float(weight.sum())
    estimate = float(np.sum(weight * difference) / whole)
    error = math.sqrt(n / (n - 1) * float(np.sum(scores(estimate) ** 2))) / whole
    # Few people carry most of the weight in some cohorts: degrees of freedom follow the weights.
    share = np.bincount(where.reshape(-1), weight, n) / whole
    degrees = max(1.0, 1 / float(np.sum(share**2)) - 1)
    half, half99 = (t_quantile(degrees, level) * error for level in (0.95, 0.99))
    ends = [tilted_root(scores, -range_, range_, odds, up=up) for up in (False, True)]
    return {
        "n": n,
        "estimate": estimate,
        "low": estimate - half,
        "high": estimate + half,
        "bounds": (max(-range_, ends[0] - half), min(range_, ends[1] + half)),
        "claim": abs(estimate) > half99,
    }
