"""A third generator of diaries with dose cuts, made to break what the other two share.

Differs from `diaries.py` in every part the lag engine leans on: the response after a cut peaks
late, holds a plateau or starts at once and decays; cuts come at irregular dates, unequal in size;
noise is autocorrelated and heavy-tailed with a weekly rhythm; waves break in fast and fade slowly;
15 to 45 % of answers are missing; the scale is 0–10 or 0–4.

    rough_taper(seed, response="late" | "plateau" | "decay" | "hump", effect=…, top=10 | 4)
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class RoughTaper:
    """`effect` is the peak, in tenths of the scale, of the response to the median cut."""

    severity: np.ndarray
    dose_mg: np.ndarray
    cut_days: np.ndarray
    peak_days: tuple[float, float]
    """First and last day after a cut on which its response is within 10 % of its peak."""
    effect: float
    top: int


def kernel(response, days=90):
    """One response (days,), peak one, zero on the day of the cut itself."""
    t = np.arange(days, dtype=float)
    if response == "hump":
        y = (t / 4) * np.exp(1 - t / 4)
    elif response == "late":
        y = ((t / 9) * np.exp(1 - t / 9)) ** 4
    elif response == "plateau":
        y = np.minimum(1, t / 2) / (1 + np.exp((t - 11) / 1.2))
    elif response == "decay":
        y = np.where(t >= 1, np.exp(-(t - 1) / 6), 0.0)
    else:
        raise ValueError(response)
    return y / y.max()


def rough_taper(seed, *, response="late", effect=0.8, cuts=12, top=10, random_dates=False):
    """One diary; `random_dates` records cuts of the same sizes on dates drawn anew."""
    kind = ("hump", "late", "plateau", "decay").index(response)
    rng = np.random.default_rng([seed, 3, kind, top])
    gaps = np.clip(np.round(rng.gamma(6, 3, cuts)), 7, 40).astype(int)
    at = 25 + np.cumsum(gaps)
    days = int(at[-1]) + 25
    share = rng.uniform(0.05, 0.15, cuts)
    t = np.arange(days)
    noise = np.zeros(days)
    for i in range(1, days):
        noise[i] = 0.45 * noise[i - 1] + 0.65 * rng.standard_t(5) / np.sqrt(5 / 3)
    base = rng.uniform(3.5, 5.5) + np.cumsum(rng.normal(0, 0.05, days))
    base += 0.3 * np.sin(2 * np.pi * (t + rng.integers(7)) / 7)
    for c in np.flatnonzero(rng.random(days) < 1 / 45):
        since = np.maximum(t - c, 0)
        base += np.where(t >= c, rng.uniform(1.2, 3) * np.exp(-since / rng.uniform(3, 9)), 0)
    impulses = np.zeros(days)
    impulses[at] = share / np.median(share)
    shape = kernel(response)
    latent = base + noise + effect * np.convolve(impulses, shape)[:days]
    y = np.clip(np.round(latent * top / 10), 0, top)
    y[rng.random(days) < rng.uniform(0.1, 0.4)] = np.nan
    for _ in range(2):
        k = int(rng.integers(0, days - 10))
        y[k : k + int(rng.integers(3, 10))] = np.nan
    told = (
        np.sort(rng.choice(np.arange(20, days - 15), cuts, replace=False)) if random_dates else at
    )
    dose = np.full(days, 20.0)
    for cut, part in zip(told, share, strict=True):
        dose[cut:] *= 1 - part
    near = np.flatnonzero(shape >= 0.9)
    return RoughTaper(y, dose, told, (float(near[0]), float(near[-1])), effect, top)
