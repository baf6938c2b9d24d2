"""`what_helped`: days after a tag or event against days after like days without it.

People reach for help on hard days, and hard days ease by themselves; a plain before–after table
would praise everything. So the day after is compared with what the days before it predict, learned
from the days without the tag. False discoveries are held to one in ten (Benjamini–Hochberg 1995).
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landward.engines.patterns.annotation import running_median
from landward.engines.patterns.series import Floats, as_series, check_scale
from landward.model.symptom_course import BeforeAfter, HelpedReading

FEWEST_TIMES = 10
FALSE_DISCOVERIES = 0.1
HAC_DAYS = 7


def what_helped(
    severity: ArrayLike,
    tags: Mapping[str, Sequence[int]],
    *,
    scale: tuple[float, float] = (0, 10),
) -> HelpedReading:
    """Compare the day after each tag with the day after like days, for all tags together.

    `severity` (days,), higher worse, NaN where missing; `tags` maps a tag to the positions of its
    days. A tag needs ten days with answers around it, and as many without. Raises BadInput for a
    series that is none.
    """
    series = as_series(severity)
    check_scale(series, scale)
    found = [_compare(series, name, np.unique(np.asarray(at, int))) for name, at in tags.items()]
    return HelpedReading(
        tags=_discover(sorted(found, key=lambda one: one.tag)),
        false_discoveries=FALSE_DISCOVERIES,
        answered=int(np.isfinite(series).sum()),
    )


def _compare(series: Floats, tag: str, at: NDArray[np.int64]) -> BeforeAfter:
    days = series.size
    at = at[(at >= 0) & (at < days)]
    tagged = np.zeros(days, bool)
    tagged[at] = True
    usual = running_median(series)
    today, before = np.arange(1, days - 1), np.arange(0, days - 2)
    rows = np.column_stack((series[today], series[before], usual[today], series[today + 1]))
    kept = np.isfinite(rows).all(axis=1)
    mark = tagged[today][kept].astype(float)
    times = int(mark.sum())
    bare = BeforeAfter(tag=tag, times=int(at.size))
    if times < FEWEST_TIMES or kept.sum() - times < FEWEST_TIMES:
        return bare
    rows = rows[kept]
    design = np.column_stack((mark, np.ones(times + int((mark == 0).sum())), rows[:, :3]))
    inverse = np.linalg.pinv(design.T @ design)
    beta = inverse @ design.T @ rows[:, 3]
    score = design * (rows[:, 3] - design @ beta)[:, None]
    meat = score.T @ score
    for lag in range(1, HAC_DAYS + 1):
        cross = score[lag:].T @ score[:-lag]
        meat += (1 - lag / (HAC_DAYS + 1)) * (cross + cross.T)
    freedom = max(times - 2, 1)
    error = float(np.sqrt(max((inverse @ meat @ inverse)[0, 0], 0.0) * times / freedom))
    if error <= 0:
        return bare
    from scipy.special import stdtr, stdtrit

    half = float(stdtrit(freedom, 0.975)) * error
    difference = float(beta[0])
    return bare.model_copy(
        update={
            "times": times,
            "before": float(rows[mark == 1, 0].mean()),
            "after": float(rows[mark == 1, 3].mean()),
            "difference": difference,
            "interval": (difference - half, difference + half),
            "p_value": float(2 * stdtr(freedom, -abs(difference) / error)),
            "standing": "compared",
        }
    )


def _discover(found: list[BeforeAfter]) -> tuple[BeforeAfter, ...]:
    """Benjamini–Hochberg over the tags that could be compared."""
    p = sorted(one.p_value for one in found if one.p_value is not None)
    passed = [v for rank, v in enumerate(p, 1) if v <= FALSE_DISCOVERIES * rank / len(p)]
    limit = max(passed, default=-1.0)
    return tuple(
        one.model_copy(update={"stands_out": one.p_value is not None and one.p_value <= limit})
        for one in found
    )
