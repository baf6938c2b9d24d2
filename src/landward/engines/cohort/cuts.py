"""Self-controlled: days with the item after a cut, against the same person's other days."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from landward.engines.cohort.cells import Cell, Reduced, by_group_and_item
from landward.engines.cohort.intervals import Floats, t_quantile, tilted_root
from landward.model.study import MeasureSpec

FARTHEST = math.log(1000.0)


def estimate_cuts(
    reduced: Reduced, spec: MeasureSpec, items: Mapping[int, str], odds: float
) -> list[Cell]:
    """One cell per group and item: how many times as many days with it in the weeks after a cut.

    The conditional Poisson estimating equation of the self-controlled case series, solved for the
    log ratio; the error is clustered by person, so days that come in runs do not mislead it. Only
    people with the item, with days after cuts and with other days say anything.
    """
    cells = []
    for group, people, name, rows in by_group_and_item(reduced, items):
        events = rows["e1"] + rows["e0"]
        says = (events > 0) & (rows["t1"] > 0) & (rows["t0"] > 0)
        each = {k: rows[k][says].astype(float) for k in ("e1", "t1", "e0", "t0", "n")}
        cells.append(
            Cell(
                group=group,
                item=name,
                at=f"{spec.risk_weeks} weeks after a cut",
                kind="ratio",
                people=people,
                **_ratio(each, odds),
            )
        )
    return cells


def _ratio(each: Mapping[str, Floats], odds: float) -> dict[str, Any]:
    weight, events = each["n"], each["e1"] + each["e0"]
    n = int(weight.sum())
    if n < 2 or each["e1"].sum() == 0 or each["e0"].sum() == 0:
        return {"n": n, "estimate": None}

    def after(log_ratio: float) -> Floats:
        risk = math.exp(log_ratio) * each["t1"]
        return np.asarray(risk / (risk + each["t0"]), dtype=np.float64)

    def scores(log_ratio: float) -> Floats:
        return np.asarray(weight * (each["e1"] - events * after(log_ratio)), dtype=np.float64)

    at = tilted_root(scores, -FARTHEST, FARTHEST, 1.0, up=True)
    share = after(at)
    information = float(np.sum(weight * events * share * (1 - share)))
    spread = float(np.sum(weight * (each["e1"] - events * share) ** 2))
    error = math.sqrt(n / (n - 1) * spread) / information
    part = events * share * (1 - share)
    degrees = max(1.0, information**2 / float(np.sum(weight * part**2)) - 1)
    half, half99 = (t_quantile(degrees, level) * error for level in (0.95, 0.99))
    ends = [tilted_root(scores, -FARTHEST, FARTHEST, odds, up=up) for up in (False, True)]
    return {
        "n": n,
        "estimate": math.exp(at),
        "low": math.exp(at - half),
        "high": math.exp(at + half),
        "bounds": (math.exp(ends[0] - half), math.exp(ends[1] + half)),
        "claim": abs(at) > half99,
    }
