"""Many people's own comparisons, pooled: what they share, and how far they differ."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from landward.engines.cohort.cells import Cell, Columns, Reduced, group_sizes, only
from landward.engines.cohort.intervals import Floats, t_quantile, tilted_root
from landward.model.study import MeasureSpec

MIN_WEEKS = 3
"""Weeks of each kind a person needs for their own comparison to have an error of its own."""


def between_people(effects: Floats, variances: Floats) -> float:
    """How far people's effects differ beyond their own error: τ², by Paule and Mandel (1982)."""
    low, high = 0.0, max(10.0 * float(np.var(effects)), 1e-9)

    def excess(tau2: float) -> float:
        weight = 1 / (variances + tau2)
        mean = float(np.sum(weight * effects) / weight.sum())
        return float(np.sum(weight * (effects - mean) ** 2)) - (len(effects) - 1)

    if excess(0.0) <= 0:
        return 0.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return (low + high) / 2


def own_comparisons(rows: Columns) -> tuple[Floats, Floats]:
    """Each usable person's difference in points, and its variance."""
    usable = (rows["n1"] >= MIN_WEEKS) & (rows["n0"] >= MIN_WEEKS)
    c = {k: rows[k][usable].astype(float) for k in ("n1", "s1", "q1", "n0", "s0", "q0")}
    one, other = c["s1"] / c["n1"], c["s0"] / c["n0"]
    squares = c["q1"] - c["n1"] * one**2 + c["q0"] - c["n0"] * other**2
    within = squares / (c["n1"] + c["n0"] - 2)
    variances = np.maximum(within * (1 / c["n1"] + 1 / c["n0"]), 1.0) / 1e6
    return (one - other) / 1000, variances


def estimate_pooled(
    reduced: Reduced, spec: MeasureSpec, items: Mapping[int, str], odds: float, range_: float
) -> list[Cell]:
    """Two cells per group: the mean difference, and the range nine of ten new people would show.

    Random effects with Hartung and Knapp's interval. People with too few weeks of either kind have
    no comparison; the bounds let theirs be anything, and let people weigh up to `odds`.
    """
    eligible = group_sizes(reduced["eligible"])
    cells = []
    for group, people in group_sizes(reduced["people"]).items():
        rows = only(reduced["rows"], reduced["rows"]["grp"] == group)
        effects, variances = own_comparisons(rows)
        n = len(effects)
        found: dict[str, Any] = {"n": n, "estimate": None}
        spread = dict(found)
        if n >= 3:
            unseen = max(eligible.get(group, n) - n, 0)
            found, spread = _pool(effects, variances, unseen, odds, range_)
        counts = {"with_a_cut": eligible.get(group, 0)}
        same: dict[str, Any] = {
            "group": group,
            "item": "day",
            "kind": "mean",
            "people": people,
            "counts": counts,
        }
        cells.append(
            Cell(
                at=f"{spec.risk_weeks} weeks after a cut",
                **same,
                **found,
            )
        )
        cells.append(Cell(at="nine of ten new people", **same, **spread))
    return cells


def _pool(
    effects: Floats, variances: Floats, unseen: int, odds: float, range_: float
) -> tuple[dict[str, Any], dict[str, Any]]:
    n, tau2 = len(effects), between_people(effects, variances)
    weight = 1 / (variances + tau2)
    mean = float(np.sum(weight * effects) / weight.sum())
    scatter = float(np.sum(weight * (effects - mean) ** 2)) / (n - 1)
    error = math.sqrt(max(scatter, 1e-12) / float(weight.sum()))
    half, half99 = (t_quantile(n - 1, level) * error for level in (0.95, 0.99))
    missing = float(weight.mean()) * unseen
    ends = []
    for fill, up in ((-range_, False), (range_, True)):
        values, weights = np.append(effects, fill), np.append(weight, missing)

        def scores(at: float, v: Floats = values, w: Floats = weights) -> Floats:
            return np.asarray(w * (v - at), dtype=np.float64)

        ends.append(tilted_root(scores, -range_, range_, odds, up=up))
    reach = t_quantile(n - 2, 0.9) * math.sqrt(tau2 + error**2)
    return (
        {
            "n": n,
            "estimate": mean,
            "low": mean - half,
            "high": mean + half,
            "bounds": (max(-range_, ends[0] - half), min(range_, ends[1] + half)),
            "claim": abs(mean) > half99,
        },
        {"n": n, "estimate": mean, "low": mean - reach, "high": mean + reach},
    )
