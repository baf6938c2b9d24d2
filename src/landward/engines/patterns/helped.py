"""`what_helped`: days after a tag or event against days after like days without it.

People reach for help on hard days, and hard days ease by themselves; a plain before–after table
would praise everything. So the day after is compared with what that day and the days before it
predict: the day itself, the day before, the past week and the past six weeks, what followed the
untagged days most like it (course and spell alike), the weekday, and whether the tag stood there
the day before too. Nothing later than the day of the tag is used to predict.

A number says less than a person feels, so a tag reached for on hard days still tells that they were
harder than their number, and the day after with them. How much of that is possible follows from how
much of the answers is carried from day to day and how much is not (`hidden_share`). A tag must go
beyond it to be named (alike_days.py).
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landward.engines.patterns.alike_days import after_alike, hidden_share
from landward.engines.patterns.discoveries import discoveries
from landward.engines.patterns.rhythm import weekdays
from landward.engines.patterns.series import Floats, as_series, check_scale
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.model.symptom_course import BeforeAfter, HelpedReading

FEWEST_TIMES = 10
FALSE_DISCOVERIES = 0.05
HAC_DAYS = 7
DUST = 1e-9
MOSTLY = 0.5
"""Share of a tag's coming and going that weekdays explain, from which it keeps to them."""

CLEARLY = 2.5
WIDER = 1.6
"""A tag may tell of more than its own day: of being well inside a wave, say."""
PAST = ((3, 2), (7, 3), (42, 7))
"""Days looked back on, and answers needed among them: three days, a week, six weeks."""


def what_helped(
    severity: ArrayLike,
    tags: Mapping[str, Sequence[int]],
    *,
    scale: tuple[float, float] = (0, 10),
) -> HelpedReading:
    """Compare the day after each tag with the day after like days, for all tags together.

    `severity` (days,), higher worse, NaN where missing; `tags` maps a tag to the positions of its
    days. A tag needs ten days with answers around it, and as many without. Raises BadInput for a
    series that is none, or a tag on a day outside it.
    """
    series = as_series(severity)
    check_scale(series, scale)
    found = [
        _compare(series, tag, _positions(tag, at, series.size)) for tag, at in sorted(tags.items())
    ]
    # a tag that keeps to weekdays cannot be told apart from them: nothing is claimed of it
    told_apart = [None if one.travels_with == "weekdays" else one.p_value for one in found]
    named = discoveries(told_apart, FALSE_DISCOVERIES)
    return HelpedReading(
        tags=tuple(
            one.model_copy(update={"stands_out": stands})
            for one, stands in zip(found, named, strict=True)
        ),
        false_discoveries=FALSE_DISCOVERIES,
        answered=int(np.isfinite(series).sum()),
    )


def _positions(tag: str, at: Sequence[int], days: int) -> NDArray[np.int64]:
    where = np.unique(np.asarray(at, int))
    if where.size and not (where[0] >= 0 and where[-1] < days):
        raise BadInput(
            phrase(
                "the tag “{tag}” is on a day outside the {days} days of the diary",
                tag=tag,
                days=days,
            )
        )
    return where


def _compare(series: Floats, tag: str, at: NDArray[np.int64]) -> BeforeAfter:
    days = series.size
    tagged = np.zeros(days, bool)
    tagged[at] = True
    bare = BeforeAfter(tag=tag, times=int(at.size))
    if days <= 2 * FEWEST_TIMES:
        return bare
    today = np.arange(2, days - 1)
    past = [_past_mean(series, *span)[today] for span in PAST]
    rows = np.column_stack((series[today], series[today - 1], *past, series[today + 1]))
    kept = np.isfinite(rows).all(axis=1)
    mark = tagged[today][kept].astype(float)
    times = int(mark.sum())
    if times < FEWEST_TIMES or kept.sum() - times < FEWEST_TIMES:
        return bare
    known, after = rows[kept, :-1], rows[kept, -1]
    if np.ptp(after) == 0:
        return bare.model_copy(update={"standing": "always the same"})
    week = weekdays(days)[today[kept] % days][:, 1:]
    also_before = tagged[today - 1][kept].astype(float)
    alike = after_alike(known, after, mark == 1)
    design = np.column_stack((mark, np.ones(mark.size), also_before, known, alike, week))
    difference, error = _first_effect(design, after, times)
    told = {
        "times": times,
        "before": float(known[mark == 1, 0].mean()),
        "after": float(after[mark == 1].mean()),
        "difference": difference,
        "standing": "compared",
    }
    if not error > DUST * float(np.ptp(after)):
        return bare.model_copy(update=told)  # days that follow a rule to the dot have no chance
    earlier = [_past_mean(series, *span)[today - 1][kept] for span in PAST]
    earlier = [np.where(np.isfinite(one), one, known[:, 1]) for one in earlier]
    before = np.column_stack((mark, np.ones(mark.size), also_before, known[:, 1], *earlier, week))
    harder, harder_error = _first_effect(before, known[:, 0], times)
    above = known[:, 0] - known[:, -1]
    hidden = WIDER * hidden_share(series) * float(above[mark == 1].mean() - above[mark == 0].mean())
    # what the tag tells of its own day can only make the day after look like it
    beyond = difference - hidden if difference * hidden > 0 else difference
    beyond = 0.0 if beyond * difference < 0 else beyond
    from scipy.special import stdtr, stdtrit

    freedom = times - 2
    half = float(stdtrit(freedom, 0.975)) * error
    return bare.model_copy(
        update={
            **told,
            "interval": (
                difference - half - max(hidden, 0.0),
                difference + half - min(hidden, 0.0),
            ),
            "p_value": float(2 * stdtr(freedom, -abs(beyond) / error)),
            "travels_with": _kept_to(mark, week, harder / harder_error, known),
        }
    )


def _kept_to(
    mark: Floats, week: Floats, harder: float, known: Floats
) -> Literal["hard days", "easy days", "easing days", "weekdays"] | None:
    """Which days a tag keeps to. `harder`: its own day over what led up to it, in errors."""
    columns = np.column_stack((np.ones(mark.size), week))
    fitted = columns @ np.linalg.lstsq(columns, mark, rcond=None)[0]
    if float(np.var(fitted)) > MOSTLY * float(np.var(mark)):
        return "weekdays"
    if abs(harder) < CLEARLY:
        return None
    if harder > 0:
        return "hard days"
    lately = float((known[mark == 1, 1] - known[mark == 1, -1]).mean())
    return "easing days" if lately > 0 else "easy days"


def _past_mean(series: Floats, length: int, enough: int) -> Floats:
    """Mean of the answers of the last `length` days, this one included; NaN under `enough`."""
    answered = np.isfinite(series)
    window = np.ones(length)
    count = np.convolve(answered, window)[: series.size]
    total = np.convolve(np.where(answered, series, 0.0), window)[: series.size]
    return np.where(count >= enough, total / np.maximum(count, 1), np.nan)


def _first_effect(design: Floats, after: Floats, times: int) -> tuple[float, float]:
    """Least squares; the first coefficient and its error (Newey–West, few tagged days paid for)."""
    inverse = np.linalg.pinv(design.T @ design)
    beta = inverse @ design.T @ after
    score = design * (after - design @ beta)[:, None]
    meat = score.T @ score
    for lag in range(1, HAC_DAYS + 1):
        cross = score[lag:].T @ score[:-lag]
        meat += (1 - lag / (HAC_DAYS + 1)) * (cross + cross.T)
    variance = max(float((inverse @ meat @ inverse)[0, 0]), 0.0)
    return float(beta[0]), float(np.sqrt(variance * times / (times - 2)))
