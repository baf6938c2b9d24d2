"""Does a run show what its scenario says it must? Each question in a few lines of arithmetic.

All are asked of the median person: `arms` holds each arm's medians as (days, 7), columns as
`simulate.BANDED`, with the first day after the last dose.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from landward.engines.pharmacology.adaptation import COLUMNS
from landward.model.course import BehaviourCheck
from landward.model.said import phrase
from landward.model.scenario import Behaviour

Floats = npt.NDArray[np.float64]

_TONE, _WITHDRAWAL, _SENSITISATION, _BLUNTING, _WORST = (
    COLUMNS.index(name)
    for name in ("tone", "withdrawal", "sensitisation", "blunting", "withdrawal_worst")
)


@dataclass(frozen=True, slots=True)
class ArmMedians:
    """One arm: the median person's days (days, 7) and the first day without any drug."""

    days: Floats
    stop_day: int


def check_behaviours(
    wanted: Sequence[Behaviour], arms: Mapping[str, ArmMedians]
) -> tuple[BehaviourCheck, ...]:
    """Whether each behaviour was shown, with the numbers that decided it."""
    return tuple(_check(one, [arms[name] for name in one.arms]) for one in wanted)


def _check(one: Behaviour, arms: Sequence[ArmMedians]) -> BehaviourCheck:
    shown, found = _QUESTIONS[one.kind](one, arms)
    return BehaviourCheck(
        behaviour=one.behaviour,
        shown=bool(shown),
        found=found,
        basis=one.basis,
        measured=one.measured,
        known_miss=one.known_miss,
    )


Answer = tuple[bool | np.bool_, str]


def _peak_day(one: Behaviour, arms: Sequence[ArmMedians]) -> Answer:
    after = arms[0].days[arms[0].stop_day :, _WITHDRAWAL]
    day = int(after.argmax())
    return one.low <= day <= one.high, f"day {day}"


def _lower_peak(one: Behaviour, arms: Sequence[ArmMedians]) -> Answer:
    lower, higher = (arm.days[one.from_day :, _WITHDRAWAL].max() for arm in arms)
    return lower < higher, phrase(
        "{lower} against {higher}", lower=format(lower, ".4f"), higher=format(higher, ".4f")
    )


def _worst_at_end(one: Behaviour, arms: Sequence[ArmMedians]) -> Answer:
    """The worst of the first half of the taper, of its second half, and of the month after."""
    arm = arms[0]
    middle = (one.from_day + arm.stop_day) // 2
    parts = (
        arm.days[one.from_day : middle, _WITHDRAWAL].max(),
        arm.days[middle : arm.stop_day, _WITHDRAWAL].max(),
        arm.days[arm.stop_day : arm.stop_day + 28, _WITHDRAWAL].max(),
    )
    text = "first half {:.4f}, second half {:.4f}, month after {:.4f}".format(*parts)
    return parts[0] < max(parts[1:]) and parts[0] <= parts[1], text


def _tolerance(one: Behaviour, arms: Sequence[ArmMedians]) -> Answer:
    tone = arms[0].days[:, _TONE]
    lost = 1.0 - tone[slice(*one.later)].mean() / tone[slice(*one.first)].mean()
    return one.low <= lost <= one.high, phrase("{lost} less", lost=format(lost, ".0%"))


def _stays_below(one: Behaviour, arms: Sequence[ArmMedians]) -> Answer:
    highest = arms[0].days[:, _WITHDRAWAL].max()
    return highest < one.high, phrase("at most {highest}", highest=format(highest, ".4f"))


def _higher_between(one: Behaviour, arms: Sequence[ArmMedians]) -> Answer:
    with_it, without = (arm.days[slice(*one.between), _WORST].max() for arm in arms)
    return with_it > one.factor * without, phrase(
        "{with_it} against {without}",
        with_it=format(with_it, ".4f"),
        without=format(without, ".4f"),
    )


def _lower_between(one: Behaviour, arms: Sequence[ArmMedians]) -> Answer:
    eased, stayed = (arm.days[slice(*one.between), _WITHDRAWAL].mean() for arm in arms)
    return eased * one.factor < stayed, phrase(
        "{eased} against {stayed}", eased=format(eased, ".4f"), stayed=format(stayed, ".4f")
    )


def _kindling_grows(one: Behaviour, arms: Sequence[ArmMedians]) -> Answer:
    ends = [*one.stops[1:], len(arms[0].days)]
    peaks = [
        arms[0].days[start:end, _WITHDRAWAL].max()
        for start, end in zip(one.stops, ends, strict=True)
    ]
    return bool(np.all(np.diff(peaks) > 0)), " → ".join(f"{peak:.4f}" for peak in peaks)


def _feelings_later(_: Behaviour, arms: Sequence[ArmMedians]) -> Answer:
    """The day withdrawal is back to half its peak, and the day numbness is half of what it was."""
    after = arms[0].days[arms[0].stop_day :]
    withdrawal, numbness = after[:, _WITHDRAWAL], after[:, _BLUNTING]
    peak = int(withdrawal.argmax())
    eased = peak + _first_below(withdrawal[peak:], withdrawal[peak] / 2)
    highest = int(numbness.argmax())
    felt = highest + _first_below(numbness[highest:], numbness[highest] / 2)
    return felt > eased, phrase(
        "symptoms halve by day {eased}, numbness by day {felt}", eased=eased, felt=felt
    )


def _first_below(values: Floats, level: float) -> int:
    below = np.flatnonzero(values < level)
    return int(below[0]) if len(below) else len(values)


def _stimulus_larger(one: Behaviour, arms: Sequence[ArmMedians]) -> Answer:
    left = arms[0].days[:, _SENSITISATION] - arms[1].days[:, _SENSITISATION]
    before, during = left[slice(*one.before)].mean(), left[slice(*one.during)].mean()
    return during > one.factor * before, phrase(
        "{during} times as much stays", during=format(during / before, ".2f")
    )


_QUESTIONS: dict[str, Callable[[Behaviour, Sequence[ArmMedians]], Answer]] = {
    "peak-day": _peak_day,
    "lower-peak": _lower_peak,
    "worst-at-end": _worst_at_end,
    "tolerance": _tolerance,
    "stays-below": _stays_below,
    "higher-between": _higher_between,
    "lower-between": _lower_between,
    "interdose": _higher_between,
    "kindling-grows": _kindling_grows,
    "feelings-later": _feelings_later,
    "stimulus-larger": _stimulus_larger,
}
