"""Taper pace: the four weeks after a fast cut, against those after a slow one, alike before."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from landward.engines.cohort.cells import Cell, Columns, Reduced, group_sizes, only
from landward.engines.cohort.intervals import t_quantile
from landward.model.study import MeasureSpec


def estimate_pace(
    reduced: Reduced, spec: MeasureSpec, items: Mapping[int, str], odds: float, range_: float
) -> list[Cell]:
    """One cell per group: mean severity after fast minus after slow, in points.

    Blocks of four weeks are compared within strata of the mean severity of the four weeks before
    (whole points), and the strata are weighted by how many blocks they hold: standardisation. The
    error is clustered by person. Blocks without an answer afterwards count as not seen; the bounds
    let them lie anywhere on the scale, then add the error.
    """
    cells = []
    for group, people in group_sizes(reduced["people"]).items():
        rows = only(reduced["rows"], reduced["rows"]["grp"] == group)
        cells.append(
            Cell(
                group=group,
                item="day",
                at=f"cut above {format(spec.fast_percent, 'g')} % in four weeks, against less",
                kind="mean",
                people=people,
                **_standardised(rows, odds, range_),
            )
        )
    return cells


def _standardised(rows: Columns, odds: float, range_: float) -> dict[str, Any]:
    strata = sorted(
        set(rows["stratum"][(rows["fast"] == 1) & (rows["seen"] > 0)].tolist())
        & set(rows["stratum"][(rows["fast"] == 0) & (rows["seen"] > 0)].tolist())
    )
    rows = only(rows, np.isin(rows["stratum"], strata))
    names, who = np.unique(rows["person"], return_inverse=True)
    who, n = who.reshape(-1), len(names)
    if n < 2 or not strata:
        return {"n": n, "estimate": None}
    whole = float(rows["seen"].sum())
    estimate, influence = 0.0, np.zeros(n)
    unseen = 0.0
    differences = []
    for stratum in strata:
        inside = rows["stratum"] == stratum
        weight = float(rows["seen"][inside].sum()) / whole
        arms = []
        for fast in (1, 0):
            at = inside & (rows["fast"] == fast)
            count = float(rows["seen"][at].sum())
            mean = float(rows["s"][at].sum()) / count
            each = (rows["s"][at] - rows["seen"][at] * mean) / count
            influence += (1 if fast else -1) * weight * np.bincount(who[at], each, n)
            unseen += (
                weight * float((rows["n"] - rows["seen"])[at].sum()) / float(rows["n"][at].sum())
            )
            arms.append(mean)
        differences.append((inside, arms[0] - arms[1]))
        estimate += weight * (arms[0] - arms[1])
    for inside, difference in differences:
        seen = np.bincount(who[inside], rows["seen"][inside], n)
        influence += seen / whole * (difference - estimate)
    error = math.sqrt(n / (n - 1) * float(np.sum(influence**2))) / 1000
    estimate /= 1000
    half = t_quantile(n - 1, 0.95) * error
    # Not seen afterwards: anywhere on the scale in either arm. Selection: each arm's mean may move
    # by as much as weights between 1 and `odds` can move a mean of this spread.
    spread = error * math.sqrt(n) * (odds - 1) / (odds + 1)
    room = unseen * range_ + spread + half
    return {
        "n": n,
        "estimate": estimate,
        "low": estimate - half,
        "high": estimate + half,
        "bounds": (max(-range_, estimate - room), min(range_, estimate + room)),
        "claim": None,  # who cut fast cuts less in the weeks that are counted: never a claim
    }
