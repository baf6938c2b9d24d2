"""Five generators of daily diaries with known truth, unlike the ones the detectors were tuned on.

Written by somebody who does not build the detectors, to be run, not to be tuned on. numpy only; the
seed fixes everything. Nothing here is a model of a person: each takes one assumption away.

    mechanistic    adaptation to a drug as an ODE, stress that bites harder in withdrawal; rated 0-4
                   in words, with lazy days that repeat yesterday
    self_exciting  bad hours that call forth bad hours (Hawkes, heavy-tailed marks), told in the
                   evening by peak and end; 0-10 with favourite numbers
    setbacks       waves that come overnight and leave slowly with set-backs; a weekday and a
                   monthly rhythm that are neither window nor wave; level shifts
    long_memory    fractional noise: long stretches above and below, and no spell at all
    hidden_days    the hardest (and best) days go unwritten, silence feeds itself, and the first
                   answer after a gap is "as usual"; few numbers used; daily microtaper

All take `(seed, days=730, *, states=True, missing=..., cut_effect=...)` and give an `Unlike`.
`states=False` takes window and wave away and leaves all else (rhythms, noise, gaps) as it is;
`cut_effect=0` gives cuts that do nothing. `GENERATORS` names them all.

`python3 benchmarks/patterns/unlike.py` prints what each is like and checks what is said here.
"""

import sys
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from unlike_parts import (
    SPELL_DAYS,
    Unlike,
    adaptation,
    cuts_of,
    four_and_a_pause,
    hyperbolic_with_updose,
    irregular_cuts,
    rng_of,
    shifted,
    shifts_of,
    silence_of,
    some_missing,
    spells_of,
)


def mechanistic(
    seed: int,
    days: int = 730,
    *,
    states: bool = True,
    missing: float = 0.1,
    cut_effect: float = 0.5,
) -> Unlike:
    """Adaptation and stress; a wave is stress that moves the 0-4 rating by 0.8, relief likewise.

    `cut_effect` is the greatest rise, in points, after the first cut alone; later ones follow from
    the ODE. With 0 the dose written down falls and the body does not notice.
    """
    rng = rng_of(seed, 1)
    dose = hyperbolic_with_updose(days, rng)
    half_life, up_d, down_d = rng.uniform(0.5, 3.0), rng.uniform(8, 20), rng.uniform(25, 70)
    tone = adaptation(dose, half_life, up_d, down_d)
    first = cuts_of(dose)[0]
    alone = dose.copy()
    alone[first:] = dose[first]
    answer = adaptation(alone, half_life, up_d, down_d) - tone[0]
    gain = cut_effect / answer.max()
    felt = np.minimum(gain * (tone - tone[0]), 1.4)
    stress, relief = np.zeros(days), np.zeros(days)
    for day in np.flatnonzero(rng.random(days) < 1 / 17):
        size, fade = rng.lognormal(-0.1, 0.55), rng.uniform(2.0, 7.0)
        stress[day:] += size * np.exp(-np.arange(days - day) / fade) * (1 + 0.5 * felt[day])
    for day in np.flatnonzero(rng.random(days) < 1 / 40):
        length = int(rng.integers(3, 10))
        relief[day : day + length] = rng.uniform(0.9, 1.7)
    spell = np.clip(stress, 0, 2.5) - np.where(stress < 0.4, relief, 0)
    wander = np.zeros(days)
    for day in range(1, days):
        wander[day] = 0.6 * wander[day - 1] + rng.normal(0, 0.22)
    shifts = tuple((day, 0.6 * points) for day, points in shifts_of(days, 0.3, rng))
    baseline = rng.uniform(1.1, 1.6) + felt + shifted(days, shifts)
    if not states:
        spell = np.zeros(days)
    latent = baseline + spell + wander + rng.normal(0, 0.3, days)
    thresholds = np.array([0.5, 1.5, 2.5, 3.5]) + rng.normal(0, 0.15, 4)
    word = np.searchsorted(np.sort(thresholds), latent).astype(float)
    lazy = np.zeros(days, bool)
    while rng.random() < 0.9:  # weeks of pressing "same as yesterday"
        day = int(rng.integers(1, days - 12))
        lazy[day : day + int(rng.integers(2, 9))] = True
    lazy |= rng.random(days) < 0.06
    lazy[0] = False
    for day in np.flatnonzero(lazy):
        word[day] = word[day - 1]
    lag = float(np.argmax(answer) - first) if cut_effect else np.nan
    y = some_missing(word, missing, rng)
    truth = spells_of(spell, 0.8)
    return Unlike(
        y,
        truth,
        dose,
        cuts_of(dose),
        lag,
        cut_effect,
        (0, 4),
        baseline,
        shifts,
        lazy & np.isfinite(y),
    )


def self_exciting(
    seed: int,
    days: int = 730,
    *,
    states: bool = True,
    missing: float = 0.15,
    cut_effect: float = 1.0,
) -> Unlike:
    """Bad hours by a Hawkes process, bent into 0-10, so that a point is worth less where it is bad.

    A wave: what bad hours bring forth lifts the day's expectation a point above what they usually
    bring; a window: bad hours stay away.

    `cut_effect` is the rise at the peak (fourth day) of one cut of a sixth of the dose.
    """
    rng = rng_of(seed, 2)
    dose = irregular_cuts(days, rng)
    cuts = cuts_of(dose)
    lag = 4.0
    after = np.zeros(days)
    for cut in cuts:
        t = np.maximum(np.arange(days) - cut, 0) / lag
        share = 1 - dose[cut] / dose[cut - 1]
        after += cut_effect * (share * 6) * t * np.exp(1 - t)
    after = np.minimum(after, 3.0)
    level = rng.uniform(3.2, 4.6) + 0.5 * np.sin(np.arange(days) / rng.uniform(90, 200))
    shifts = shifts_of(days, 0.35, rng)
    baseline = level + after + shifted(days, shifts)
    per_point = 1.6  # bad hours a day for one point
    quiet = np.zeros(days)
    if states:
        for day in np.flatnonzero(rng.random(days) < 1 / 38):
            quiet[day : day + int(2 + rng.geometric(0.2))] = 1.0
    fade_h, offspring = rng.uniform(18, 60), (1.15 if states else 0.0)
    hour_of_day = np.arange(24)
    clock = 1 + 0.6 * np.cos((hour_of_day - 6) / 24 * 2 * np.pi)  # mornings are the worst
    clock = np.where((hour_of_day >= 7) & (hour_of_day < 23), clock, 0.0)
    clock /= clock.sum()
    excited, pressure = np.zeros(days), 0.0
    rating = np.zeros(days)
    for day in range(days):
        own = max(baseline[day] * per_point * (1 - 0.6 * offspring), 0.1) * (
            0.3 if quiet[day] else 1.0
        )
        weight, brought = np.zeros(24), 0.0
        for hour in range(24):
            pressure *= np.exp(-1 / fade_h)
            awake = clock[hour] > 0
            brought += pressure / fade_h * awake
            mean = own * clock[hour] + pressure / fade_h * awake
            for _ in range(min(int(rng.poisson(mean)), 4)):
                mark = min(0.6 * (1 + rng.pareto(2.2)), 6.0)
                weight[hour] += mark
                pressure = min(pressure + offspring * mark * 0.9, 140.0)
        excited[day] = brought
        waking = weight[7:23]
        told = (
            0.55 * waking.sum() / per_point
            + 0.25 * 1.4 * waking.max()
            + 0.2 * 2.2 * waking[-4:].sum()
        )
        rating[day] = told
    moved = (excited - np.median(excited)) / per_point
    moved -= np.where(quiet > 0, 0.7 * baseline * (1 - 0.6 * offspring), 0.0)
    latent = np.maximum(rating + rng.normal(0, 0.4, days), 0)
    bent = 10 * (1 - np.exp(-latent / 7.5))
    as_told = -7.5 * np.log(1 - np.median(bent) / 10) / np.median(baseline)  # latent told per point
    baseline = 10 * (1 - np.exp(-as_told * baseline / 7.5))
    slope = as_told * (10 - baseline) / 7.5
    spell = slope * moved
    shifts = tuple((day, float(slope[day] * points)) for day, points in shifts)
    y = np.clip(np.round(bent), 0, 10)
    near = np.isin(y, (4, 6, 7, 9)) & (rng.random(days) < 0.3)  # favourite numbers: 3, 5, 8
    y = np.where(near, np.select([y == 4, y == 6, y == 7, y == 9], [5, 5, 8, 8]), y)
    truth = spells_of(spell, 1.0) if states else np.zeros(days, int)
    lag = lag if cut_effect else np.nan
    carried = np.zeros(days, bool)
    y = some_missing(y, missing, rng)
    return Unlike(y, truth, dose, cuts, lag, cut_effect, (0, 10), baseline, shifts, carried)


def setbacks(
    seed: int,
    days: int = 730,
    *,
    states: bool = True,
    missing: float = 0.15,
    cut_effect: float = 0.6,
) -> Unlike:
    """Waves come within a day or two and leave over weeks, with set-backs.

    Weekday and month have a rhythm of their own, which is usual. A spell moves it by a point.
    """
    rng = rng_of(seed, 3)
    dose = four_and_a_pause(days, rng)
    cuts, lag = cuts_of(dose), 9.0
    after = np.zeros(days)
    for cut in cuts:  # plateau, then a slow fall: no peak to wait for
        t = np.arange(days) - cut
        rise = np.clip(t / lag, 0, 1)
        after += cut_effect * np.where(t < lag, rise, np.exp(-(t - lag) / 12)) * (t >= 0)
    after = np.minimum(after, 2.0)
    week = rng.normal(0, 0.5, 7)
    week += np.roll([0.9, 0.3, 0, 0, 0, 0, 0.4], int(rng.integers(0, 7)))
    rhythm = np.tile(week - week.mean(), days // 7 + 1)[:days]
    if rng.random() < 0.6:
        start = int(rng.integers(0, 28))
        typical = rng.uniform(25, 33)
        while start < days:
            length = int(np.clip(rng.normal(typical, 1.5), 21, 40))
            hard = np.arange(start + length - 7, start + length)
            rhythm[hard[(hard >= 0) & (hard < days)]] += rng.uniform(0.8, 1.4)
            start += length
    spell, day = np.zeros(days), int(rng.integers(10, 30))
    while states and day < days:
        if rng.random() < 0.55:
            size, rate = rng.uniform(2.0, 3.8), rng.uniform(0.07, 0.18)
            now = 0.0
            for step in range(int(rng.integers(1, 3))):
                if day + step < days:
                    spell[day + step] = now = size * (step + 1) / 2
            day, now = day + 1, size
            while now > 0.3 and day < days:
                spell[day] = now
                now *= 1 - rate
                if rng.random() < 0.07:
                    now = min(now + rng.uniform(0.4, 0.8) * size, size)
                day += 1
            day += int(rng.integers(8, 40))
        else:
            length = int(rng.integers(4, 18))  # a window opens slowly and shuts at once
            rise = np.minimum(np.arange(1, length + 1) / 3, 1) * rng.uniform(1.6, 2.8)
            spell[day : day + length] = -rise[: max(days - day, 0)]
            day += length + int(rng.integers(6, 30))
    shifts = shifts_of(days, 0.5, rng)
    baseline = rng.uniform(3.6, 5.2) + after + shifted(days, shifts)
    noise = rng.normal(0, 0.55, days) * (1 + 0.5 * (spell > 0.5))  # bad stretches are uneven ones
    latent = baseline + spell + rhythm + noise
    y = np.clip(np.round(latent), 0, 10)
    truth = spells_of(spell, 1.0)
    out = rng.random(days) < np.where(
        np.arange(days) % 7 == rng.integers(0, 7), 3 * missing, 0.7 * missing
    )
    y = np.where(out, np.nan, y)
    lag = lag if cut_effect else np.nan
    carried = np.zeros(days, bool)
    return Unlike(y, truth, dose, cuts, lag, cut_effect, (0, 10), baseline, shifts, carried)


def long_memory(
    seed: int,
    days: int = 730,
    *,
    states: bool = True,
    missing: float = 0.15,
    cut_effect: float = 0.0,
) -> Unlike:
    """ARFIMA(0, d, 0), d = 0.3 to 0.45: nothing begins or ends, though it looks so.

    `states` changes nothing: every window and wave found here is a false one.
    """
    rng = rng_of(seed, 4)
    dose = irregular_cuts(days, rng)
    cuts = cuts_of(dose)
    d, burn = rng.uniform(0.3, 0.45), 1500
    lags = np.arange(1, days + burn)
    weights = np.concatenate([[1.0], np.cumprod((lags - 1 + d) / lags)])
    shocks = rng.standard_t(6, days + burn) * np.sqrt(4 / 6)
    size = 1 << (2 * (days + burn) - 1).bit_length()
    noise = np.fft.irfft(np.fft.rfft(weights, size) * np.fft.rfft(shocks, size), size)
    noise = noise[burn : burn + days]
    noise *= rng.uniform(1.1, 1.7) / noise.std()
    t = np.arange(days)
    after = np.zeros(days)
    for cut in cuts:
        s = np.maximum(t - cut, 0) / 5.0
        after += cut_effect * s * np.exp(1 - s)
    baseline = np.full(days, rng.uniform(4.0, 6.0)) + after
    y = some_missing(np.clip(np.round(baseline + noise), 0, 10), missing, rng)
    lag = 5.0 if cut_effect else np.nan
    none = np.zeros(days, int)
    return Unlike(y, none, dose, cuts, lag, cut_effect, (0, 10), baseline, (), none.astype(bool))


def hidden_days(
    seed: int,
    days: int = 730,
    *,
    states: bool = True,
    missing: float = 0.25,
    cut_effect: float = 1.5,
) -> Unlike:
    """Whether a day is written depends on the day itself. About `missing` of the days go unwritten.

    The dose falls a little every day (microtaper): no cut to hold anything against; `cut_effect` is
    what the whole taper adds to the baseline, by its pace, 20 days late.
    """
    rng = rng_of(seed, 5)
    start, half = int(rng.integers(50, 100)), rng.uniform(90, 220)
    t = np.arange(days)
    dose = np.round(10 * 0.5 ** (np.maximum(t - start, 0) / half), 3)
    pace = np.maximum(-np.diff(dose, prepend=dose[0]), 0)
    late = np.convolve(pace, np.exp(-t / 20.0))[:days]
    after = cut_effect * late / late.max()
    spell = np.zeros(days)
    day = int(rng.integers(5, 25))
    while states and day < days:
        length, kind = int(rng.gamma(3.0, 5.0)) + 3, rng.choice([1, 1, -1])
        shape = np.sin(np.pi * (np.arange(length) + 0.5) / length) ** 0.6
        size = rng.lognormal(0.85, 0.25) if kind > 0 else -rng.uniform(1.5, 2.6)
        spell[day : day + length] = size * shape[: max(days - day, 0)]
        day += length + int(5 + rng.exponential(18))
    shifts = shifts_of(days, 0.3, rng)
    baseline = rng.uniform(3.5, 5.0) + after + shifted(days, shifts)
    latent = baseline + spell + rng.normal(0, 0.7, days)
    used = np.sort(rng.choice(np.arange(1, 10), size=int(rng.integers(4, 7)), replace=False))
    used = np.unique(np.concatenate([[0], used, [10]]))
    y = used[np.abs(latent[:, None] - used).argmin(axis=1)].astype(float)
    usual = float(used[np.abs(np.median(latent) - used).argmin()])
    hard = latent - np.median(latent)
    rough = 0.55 * np.maximum(hard - 1.0, 0) + 0.35 * np.maximum(-hard - 1.2, 0)
    draw = rng.random(days)
    low, high = -8.0, 3.0  # the constant that makes about `missing` of the days go unwritten
    for _ in range(40):
        middle = (low + high) / 2
        gone = silence_of(middle + rough, draw)
        low, high = (middle, high) if gone.mean() < missing else (low, middle)
    gone = silence_of((low + high) / 2 + rough, draw) if missing else np.zeros(days, bool)
    back = np.flatnonzero(~gone[1:] & gone[:-1]) + 1
    carried = np.zeros(days, bool)
    for day in back:
        if rng.random() < 0.5:
            y[day], carried[day] = usual, True
    y = np.where(gone, np.nan, y)
    truth = spells_of(spell, 1.0)
    lag = 20.0 if cut_effect else np.nan
    return Unlike(
        y, truth, dose, cuts_of(dose), lag, cut_effect, (0, 10), baseline, shifts, carried
    )


GENERATORS: dict[str, Callable[..., Unlike]] = {
    "mechanistic": mechanistic,
    "self_exciting": self_exciting,
    "setbacks": setbacks,
    "long_memory": long_memory,
    "hidden_days": hidden_days,
}


def main() -> int:
    names = ("wave", "window", "spells", "spell d", "wave up", "window down", "missing")
    print(f"{'':14}" + "".join(f"{name:>12}" for name in names) + "   shifts  cuts  answers used")
    for name, make in GENERATORS.items():
        rows, shifts, cuts, used = [], 0, 0, []
        for seed in range(40):
            one, again = make(seed), make(seed)
            assert np.array_equal(one.severity, again.severity, equal_nan=True)
            seen = np.isfinite(one.severity)
            values = one.severity[seen]
            assert values.min() >= one.scale[0] and values.max() <= one.scale[1]
            assert not (make(seed, states=False).truth.any())
            assert np.isnan(make(seed, cut_effect=0.0).lag_days)
            edges = np.flatnonzero(np.diff(one.truth, prepend=9, append=9))
            lengths = [b - a for a, b in pairwise(edges) if one.truth[a]]
            assert all(n >= SPELL_DAYS for n in lengths)
            off = one.severity - np.nanmedian(one.severity[one.truth == 0])
            up, down = off[(one.truth > 0) & seen], off[(one.truth < 0) & seen]
            rows.append(
                [
                    (one.truth > 0).mean(), (one.truth < 0).mean(), len(lengths),
                    np.mean(lengths) if lengths else np.nan,
                    up.mean() if up.size else np.nan, down.mean() if down.size else np.nan,
                    1 - seen.mean(),
                ]
            )  # fmt: skip
            shifts, cuts = shifts + len(one.level_shifts), cuts + one.cut_days.size
            used.append(len(set(values)))
        mean = (
            np.nanmean(np.array(rows), axis=0) if name != "long_memory" else np.mean(rows, axis=0)
        )
        print(
            f"{name:14}" + "".join(f"{v:12.2f}" for v in mean)
            + f"{shifts / 40:9.1f}{cuts / 40:6.0f}{np.mean(used):14.1f}"
        )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
