"""Tapers and tags that do nothing but keep to weekdays, cycles or bad days. Frozen: do not edit.

Written from the description of an audit, before the engine was changed. As in `kinds.py`, seeds
under 1,000 were looked at while the engine was made.
"""

import numpy as np

from kinds import _ar, _gaps, _runs, _sizes, _whole


def idle_cuts(seed, every=7, *, weekday=0.9, cycle=0.0, spells=False):
    """(severity, dose): cuts of a tenth that do nothing, shortly before the hardest weekday.

    `weekday`: points by which one weekday is harder; `cycle`: amplitude of a rhythm of 28 days.
    """
    rng = np.random.default_rng([seed, 51, every, int(spells)])
    cuts = {7: 24, 14: 14, 28: 12}[every]
    start = int(rng.integers(30, 60))
    days = start + cuts * every + 30
    t = np.arange(days)
    at = start + every * np.arange(cuts)
    hardest = (start + int(rng.integers(1, 4))) % 7
    y = 4.5 + weekday * (t % 7 == hardest) + cycle * np.sin(2 * np.pi * (t / 28 + rng.random()))
    y = y + np.cumsum(rng.normal(0, 0.03, days)) + _ar(rng, days, 0.4, 0.8)
    if spells:
        y = y + _sizes(rng, _runs(rng, days, {-1: 9, 0: 18, 1: 12}), 1.6, 2.6)
    dose = 20 * 0.9 ** (t[:, None] >= at[None, :]).sum(axis=1)
    return _gaps(rng, _whole(y)), dose


def _world(seed, days, top):
    """Latent severity with spells on 0..top, and its states."""
    rng = np.random.default_rng([seed, 52, top])
    truth = _runs(rng, days, {0: 20, 1: 8}, (0, 1))
    latent = 3.5 + _ar(rng, days, 0.4, 1.1) + _sizes(rng, truth, 2.0, 3.0)
    return rng, latent * top / 10, truth


def weekday_tags(seed, days=360, *, top=10):
    """(severity, {tag: days}): a weekend rest day and a Friday outing; the work week is harder."""
    rng = np.random.default_rng([seed, 53, top])
    t = np.arange(days)
    week = np.array([0.5, 0.4, 0.4, 0.4, 0.5, -0.9, -0.8])[t % 7]
    y = _whole((4.5 + week + _ar(rng, days, 0.4, 1.0)) * top / 10, top)
    chances = {
        "weekend rest": np.where(t % 7 == 5, 0.8, np.where(t % 7 == 6, 0.3, 0.02)),
        "friday outing": np.where(t % 7 == 4, 0.7, 0.02),
    }
    return _gaps(rng, y, 0.1), {k: np.flatnonzero(rng.random(days) < p) for k, p in chances.items()}


def coping_tags(seed, days=360, *, top=10):
    """(severity, {tag: days}): reached for on bad days as felt, from the third day of a wave."""
    rng, latent, truth = _world(seed, days, top)
    step = top / 10
    felt = (latent - np.median(latent)) / step
    third = np.zeros(days, bool)
    run = 0
    for t in range(days):
        run = run + 1 if truth[t] == 1 else 0
        third[t] = run >= 3
    chances = {
        "bad day": 0.5 / (1 + np.exp(-2 * (felt - 1.5))),
        "third day": np.where(third, 0.5, 0.01),
    }
    tags = {k: np.flatnonzero(rng.random(days) < p) for k, p in chances.items()}
    return _gaps(rng, _whole(latent, top), 0.1), tags


def with_effect(seed, effect, days=360, *, top=10):
    """As `coping_tags`, but “bad day” lowers the next day by `effect` (scaled to 0..top)."""
    rng, latent, _ = _world(seed, days, top)
    step = top / 10
    felt = (latent - np.median(latent)) / step
    at = np.flatnonzero(rng.random(days) < 0.5 / (1 + np.exp(-2 * (felt - 1.5))))
    after = at[at + 1 < days] + 1
    latent = latent.copy()
    latent[after] -= effect * step
    return _gaps(rng, _whole(latent, top), 0.1), {"bad day": at}


def noise(seed, kind, n=365):
    """(n,) values without any shift: how surely does plain noise look like a level change?"""
    rng = np.random.default_rng([seed, 54])
    if kind.startswith("AR("):
        return _ar(rng, n, float(kind[3:-1]), 1.0)
    if kind == "t3":
        return rng.standard_t(3, n)
    if kind == "0-4 mostly zero":
        return np.searchsorted([0.6, 1.1, 1.6, 2.2], _ar(rng, n, 0.4, 1.0)).astype(float)
    if kind == "ARMA(.9,-.6)":
        e = rng.normal(size=n + 100)
        x = np.zeros(n + 100)
        for t in range(1, n + 100):
            x[t] = 0.9 * x[t - 1] + e[t] - 0.6 * e[t - 1]
        return x[100:]
    if kind == "long memory":
        lags = np.arange(1, 1000)
        weights = np.concatenate(([1.0], np.cumprod((lags - 1 + 0.3) / lags)))
        return np.convolve(rng.normal(size=n + 1000), weights)[1000 : n + 1000]
    raise ValueError(kind)


NOISES = ("AR(0.5)", "AR(0.7)", "t3", "0-4 mostly zero", "ARMA(.9,-.6)", "long memory")
