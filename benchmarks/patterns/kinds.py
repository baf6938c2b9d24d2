"""Kinds of diaries that broke the engine once, with known truth. Frozen: do not edit.

Written from the description of an audit, before the engine was changed; figures are compared
between versions. `seed` fixes everything. Seeds under 1,000 were looked at while the engine was
made, `FIRST_SEED` and above only when figures were taken.

    one_wave        a level of 3 with eight days of +5 in 66 or 128 days
    worded          0–4, more than half zeros, waves only (or none)
    autocorrelated  AR(1) noise alone
    weekly          one answer a week, spells of several weeks
    twice_weekly    two answers a week, the worst days oftener without one
    recovery        a level that falls, with spells and a sudden set-back that eases
    rescale         the person starts to use the scale more narrowly halfway
    rhythms         weekday, cycle and season, no spells
    sawtooth        waves that break in and fade
    seasons         a slow yearly swing under short spells
    one_length      spells all of one length, a single year
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

FIRST_SEED = 500_000


@dataclass(frozen=True)
class Made:
    """severity (days,) with NaN; truth (days,) −1, 0, 1; scale; day and size of a lasting shift."""

    severity: np.ndarray
    truth: np.ndarray
    scale: tuple[float, float] = (0.0, 10.0)
    shift_day: int | None = None
    shift: float = 0.0
    level: np.ndarray | None = None


def _ar(rng, days, phi, sd):
    """AR(1) noise of marginal spread `sd`."""
    x = np.empty(days)
    x[0] = rng.normal(0, sd)
    for t in range(1, days):
        x[t] = phi * x[t - 1] + rng.normal(0, sd * np.sqrt(1 - phi * phi))
    return x


def _runs(rng, days, lengths, states=(-1, 0, 1), least=2):
    """States (days,) in runs of negative-binomial lengths with the given means."""
    truth = np.zeros(days, int)
    day, state = 0, 0
    while day < days:
        mean = lengths[state]
        run = least + int(rng.negative_binomial(2, 2 / max(mean - least + 2, 2.1)))
        truth[day : day + run] = state
        day += run
        state = int(rng.choice([s for s in states if s != state]))
    return truth


def _sizes(rng, truth, low, high):
    """Distances (days,): one size a spell."""
    out = np.zeros(truth.size)
    edges = np.concatenate(([0], np.flatnonzero(np.diff(truth)) + 1, [truth.size]))
    for a, b in pairwise(edges):
        out[a:b] = truth[a] * rng.uniform(low, high)
    return out


def _gaps(rng, y, rate=0.15):
    gone = rng.random(y.size) < rate
    for _ in range(y.size // 250):
        k = int(rng.integers(0, max(y.size - 14, 1)))
        gone[k : k + int(rng.integers(5, 14))] = True
    return np.where(gone, np.nan, y)


def _whole(latent, top=10):
    return np.clip(np.round(latent), 0, top)


def one_wave(seed, days=66):
    rng = np.random.default_rng([seed, 31, days])
    truth = np.zeros(days, int)
    start = int(rng.integers(12, days - 20))
    truth[start : start + 8] = 1
    return Made(_whole(3 + rng.normal(0, 0.7, days) + 5.0 * truth), truth)


def worded(seed, days=365, *, spells=True):
    rng = np.random.default_rng([seed, 32, int(spells)])
    truth = _runs(rng, days, {0: 20, 1: 9}, (0, 1)) if spells else np.zeros(days, int)
    latent = _ar(rng, days, 0.5, 0.9) + _sizes(rng, truth, 1.6, 2.6)
    usual = latent[truth == 0]
    share = 0.55 * days / usual.size if spells else 0.55
    first = np.quantile(usual, min(share, 0.9))
    answers = np.searchsorted(first + np.array([0.0, 0.8, 1.6, 2.5]), latent).astype(float)
    return Made(_gaps(rng, answers), truth, (0.0, 4.0))


def autocorrelated(seed, days=365, *, phi=0.7):
    rng = np.random.default_rng([seed, 33, int(100 * phi)])
    y = _whole(5 + _ar(rng, days, phi, 1.1))
    return Made(_gaps(rng, y), np.zeros(days, int))


def weekly(seed, days=728):
    rng = np.random.default_rng([seed, 34, days])
    truth = _runs(rng, days, {-1: 25, 0: 45, 1: 30}, least=7)
    base = 5 + np.cumsum(rng.normal(0, 0.03, days))
    y = _whole(base + _sizes(rng, truth, 1.6, 2.8) + _ar(rng, days, 0.3, 0.8))
    kept = np.arange(days) % 7 == int(rng.integers(7))
    kept &= rng.random(days) > 0.1
    return Made(np.where(kept, y, np.nan), truth)


def twice_weekly(seed, days=728):
    rng = np.random.default_rng([seed, 35])
    truth = _runs(rng, days, {-1: 10, 0: 20, 1: 14})
    base = 5 + np.cumsum(rng.normal(0, 0.04, days))
    latent = base + _sizes(rng, truth, 1.6, 2.8) + _ar(rng, days, 0.3, 0.8)
    first = int(rng.integers(7))
    kept = np.isin(np.arange(days) % 7, [first, (first + 3) % 7])
    kept &= rng.random(days) > np.where(latent > np.quantile(latent, 0.85), 0.6, 0.05)
    return Made(np.where(kept, _whole(latent), np.nan), truth)


def recovery(seed, days=540, *, spells=True, set_back=2.5, easing=(90, 200)):
    rng = np.random.default_rng([seed, 36, int(spells)])
    t = np.arange(days)
    level = 2.8 + rng.uniform(2.8, 3.6) * np.exp(-t / rng.uniform(150, 280))
    day = int(rng.integers(int(0.4 * days), int(0.75 * days)))
    since = np.maximum(t - day, 0)
    left = np.exp(-since / rng.uniform(*easing))
    level = level + np.where(t >= day, set_back * left, 0.0)
    truth = _runs(rng, days, {-1: 8, 0: 18, 1: 10}) if spells else np.zeros(days, int)
    y = _whole(level + _sizes(rng, truth, 1.5, 2.5) + _ar(rng, days, 0.3, 0.8))
    return Made(_gaps(rng, y), truth, (0.0, 10.0), day if set_back else None, set_back, level)


def level_change(seed, days=540, *, shift=None, spells=True):
    """A steady level that steps once by 1.2 to 2.5 (or `shift`), under spells."""
    rng = np.random.default_rng([seed, 37, int(spells)])
    size = float(rng.choice([-1, 1]) * rng.uniform(1.2, 2.5)) if shift is None else shift
    day = int(rng.integers(90, days - 90))
    level = 5 - size / 2 + np.cumsum(rng.normal(0, 0.02, days)) + size * (np.arange(days) >= day)
    truth = _runs(rng, days, {-1: 9, 0: 18, 1: 12}) if spells else np.zeros(days, int)
    y = _whole(level + _sizes(rng, truth, 1.5, 2.5) + _ar(rng, days, 0.3, 0.9))
    return Made(_gaps(rng, y), truth, (0.0, 10.0), day if size else None, size, level)


def gradual(seed, days=540, *, spells=True):
    """A slow fall of about three points, with no step anywhere."""
    return recovery(seed, days, spells=spells, set_back=0.0)


def rescale(seed, days=540):
    rng = np.random.default_rng([seed, 38])
    truth = _runs(rng, days, {-1: 9, 0: 20, 1: 12})
    base = 5 + np.cumsum(rng.normal(0, 0.04, days))
    latent = base + _sizes(rng, truth, 1.8, 3.0) + _ar(rng, days, 0.3, 0.8)
    half = np.arange(days) >= days // 2
    latent = np.where(half, 5 + rng.uniform(0.55, 0.75) * (latent - 5), latent)
    return Made(_gaps(rng, _whole(latent)), truth)


def rhythms(seed, days=730):
    rng = np.random.default_rng([seed, 39])
    t = np.arange(days)
    week = rng.normal(0, 0.5, 7)[t % 7]
    cycle = 0.8 * np.sin(2 * np.pi * (t / 28 + rng.random()))
    season = 0.8 * np.sin(2 * np.pi * (t / 365 + rng.random()))
    return Made(
        _gaps(rng, _whole(5 + week + cycle + season + _ar(rng, days, 0.3, 0.9))),
        np.zeros(days, int),
    )


def sawtooth(seed, days=540):
    rng = np.random.default_rng([seed, 40])
    t, up = np.arange(days), np.zeros(days)
    for c in np.flatnonzero(rng.random(days) < 1 / 35):
        rise = rng.uniform(2, 4) * np.exp(-(t - c) / rng.uniform(4, 10))
        up = np.maximum(up, np.where(t >= c, rise, 0.0))
    y = _whole(4.5 + np.cumsum(rng.normal(0, 0.03, days)) + up + _ar(rng, days, 0.3, 0.8))
    return Made(_gaps(rng, y), (up >= 1).astype(int))


def seasons(seed, days=730):
    rng = np.random.default_rng([seed, 41])
    truth = _runs(rng, days, {-1: 6, 0: 16, 1: 7})
    swing = 1.5 * np.sin(2 * np.pi * (np.arange(days) / 365 + rng.random()))
    return Made(
        _gaps(rng, _whole(5 + swing + _sizes(rng, truth, 1.5, 2.5) + _ar(rng, days, 0.2, 0.8))),
        truth,
    )


def one_length(seed, days=365):
    rng = np.random.default_rng([seed, 42])
    truth, day = np.zeros(days, int), int(rng.integers(5, 15))
    while day < days:
        truth[day : day + 7] = rng.choice([-1, 1])
        day += 7 + int(rng.integers(8, 22))
    y = _whole(5 + 1.9 * truth + _ar(rng, days, 0.35, 0.9))
    return Made(_gaps(rng, y), truth)
