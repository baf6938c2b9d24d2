"""What the generators of `unlike.py` share: the diary, the truth of its spells, dose courses."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

SPELL_DAYS = 2
"""A window or wave of the truth lasts this many days or more."""


@dataclass(frozen=True)
class Unlike:
    """A diary and what is true of it. Arrays are (days,), in points of the rating, worse upward."""

    severity: np.ndarray  # as written, on `scale`; NaN where nothing was
    truth: (
        np.ndarray
    )  # -1 window, 0 usual, +1 wave: what the spell itself moves, noise and rhythm apart
    dose_mg: np.ndarray
    cut_days: np.ndarray  # first day on each lower dose
    lag_days: float  # from a cut to the peak of its effect; NaN where cuts do nothing
    cut_effect: float  # points at that peak, of one typical cut
    scale: tuple[int, int]
    baseline: np.ndarray  # where the usual days lie: level, drift, level shifts, effect of cuts
    level_shifts: tuple[tuple[int, float], ...]  # (first day, points), lasting to the end
    carried: np.ndarray  # True where the answer only repeats the day before


def rng_of(seed: int, number: int) -> np.random.Generator:
    return np.random.default_rng([seed, 7000 + number])


def spells_of(size: np.ndarray, least: float) -> np.ndarray:
    """-1, 0, +1 where a spell moves the rating by `least` points, for SPELL_DAYS days or more."""
    truth = np.where(size >= least, 1, np.where(size <= -least, -1, 0))
    edges = np.flatnonzero(np.diff(truth, prepend=9, append=9))
    for start, end in pairwise(edges):
        if end - start < SPELL_DAYS:
            truth[start:end] = 0
    return truth


def shifts_of(days: int, chance: float, rng: np.random.Generator) -> tuple[tuple[int, float], ...]:
    """None, one or two lasting changes of 1 to 2 points, far from the ends and each other."""
    found: list[tuple[int, float]] = []
    for third in (1, 2):
        if rng.random() < chance:
            day = int(days * third / 3 + rng.integers(-days // 12, days // 12 + 1))
            found.append((day, float(rng.choice([-1, 1]) * rng.uniform(1.0, 2.0))))
    return tuple(found)


def shifted(days: int, shifts: tuple[tuple[int, float], ...]) -> np.ndarray:
    level = np.zeros(days)
    for day, points in shifts:
        level[day:] += points
    return level


def some_missing(y: np.ndarray, rate: float, rng: np.random.Generator) -> np.ndarray:
    return np.where(rng.random(y.size) < rate, np.nan, y)


def cuts_of(dose: np.ndarray) -> np.ndarray:
    return np.flatnonzero(np.diff(dose, prepend=dose[0]) < 0)


def hyperbolic_with_updose(days: int, rng: np.random.Generator) -> np.ndarray:
    """Cuts that shrink with the dose, holds of unequal length, sometimes a step back up."""
    dose, level, day = np.full(days, 30.0), 30.0, int(rng.integers(25, 60))
    while day < days - 20:
        up = rng.random() < 0.08
        level = min(30.0, level / 0.88) if up else max(level - max(0.25, 0.1 * level), 0.0)
        dose[day:] = level
        day += int(rng.choice([10, 14, 21, 28, 42]))
    return dose


def adaptation(dose: np.ndarray, half_life_d: float, up_d: float, down_d: float) -> np.ndarray:
    """Withdrawal tone: how far adaptation stands above the effect it answers; four steps a day.

    dC/dt = dose - k C; effect = C / (C + C50); dA/dt = (effect - A) / tau, tau slower on the way
    down; tone = max(A - effect, 0). Starts adapted to the first dose.
    """
    k = np.log(2) / half_life_d
    level = dose[0] / k
    c50 = 0.35 * level
    adapted = level / (level + c50)
    tone = np.empty(dose.size)
    for day, taken in enumerate(dose):
        for _ in range(4):
            level += 0.25 * (taken - k * level)
            effect = level / (level + c50)
            adapted += 0.25 * (effect - adapted) / (up_d if effect > adapted else down_d)
        tone[day] = max(adapted - effect, 0.0)
    return tone


def irregular_cuts(days: int, rng: np.random.Generator) -> np.ndarray:
    """Cuts of 5 to 25 per cent whenever somebody thought of it."""
    dose, level, day = np.full(days, 2.0), 2.0, int(rng.integers(40, 90))
    while day < days - 30 and level > 0.1:
        level *= 1 - rng.uniform(0.05, 0.25)
        dose[day:] = level
        day += int(8 + rng.exponential(22))
    return dose


def four_and_a_pause(days: int, rng: np.random.Generator) -> np.ndarray:
    """Four weekly cuts of 5 per cent, then three weeks' hold, over and over."""
    dose, level, day, number = np.full(days, 20.0), 20.0, int(rng.integers(28, 56)), 0
    while day < days - 21:
        level *= 0.95
        dose[day:] = level
        number += 1
        day += 7 if number % 4 else 28
    return dose


def silence_of(tendency: np.ndarray, draw: np.ndarray) -> np.ndarray:
    """Days without an entry; a silent day makes the next one likelier to be silent."""
    gone = np.zeros(tendency.size, bool)
    for day in range(tendency.size):
        lean = tendency[day] + (1.6 if day and gone[day - 1] else 0.0)
        gone[day] = draw[day] < 1 / (1 + np.exp(-lean))
    return gone
