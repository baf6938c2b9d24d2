"""By how many days one series follows another, as an interval, or None while it cannot be told.

A model of the follower, fitted for every lag from −7 to 42 days:

    follower(t) = slow trend(t) + b · leader(t − lag, averaged over w days) + noise(t)

- The **slow trend** is a natural spline with a knot every sixty days. Two things that both get
  better over months share a trend; that alone says nothing about one following the other, and here
  it explains nothing, since either series may have its own.
- The **average** stands for an answer that comes smeared over some days. Its width is looked for
  together with the lag, so that a lag is not dated more finely than the answer allows.
- The **noise** is what lingers from day to day (an AR(1)) plus what is of one day alone; its two
  parts are fitted too, so that slow noise is not taken for evidence.

The interval is every lag whose likelihood ratio is within reach of the best one. It is given only
when some lag explains clearly more than none does, with all lags and widths looked at paid for.
Both limits were set on made-up diaries and measured on others: `benchmarks/feelings`.
"""

from functools import lru_cache

import numpy as np

from landward.engines.patterns.series import Floats
from landward.model.feelings import Span

EARLIEST, LATEST = -7, 42
WIDTHS = (1, 3, 5, 7, 11, 15)
"""Days that an answer may be smeared over."""

FEWEST = 60
MOST = 1095
"""Days looked at: the latest three years."""

KNOT_DAYS = 60
SHORT_GAP = 4
"""Unanswered days in a row of the leader that are bridged; over longer ones it says nothing."""

NOISES = np.array(
    [(0.0, 0.0)] + [(stays, alone) for stays in (0.5, 0.8, 0.9, 0.95) for alone in (0.0, 0.4, 0.8)]
)
"""How much of the noise lasts to the next day, and what share of it is of one day alone."""

NEEDED = 18.0
"""Likelihood ratio that the best lag must reach over none."""

WITHIN = 5.0
"""How far below the best a lag may lie and still be in the interval, if the best is past doubt.

Twice as far where it only just reaches what is needed: a lag that was picked out with little to
spare may as well have been one beside it.
"""


def follow_interval(leader: Floats, follower: Floats) -> Span | None:
    """The 95 % interval of days by which `follower` (days,) trails `leader` (days,), or None."""
    if leader.size != follower.size or follower.size < FEWEST:
        return None
    found = lag_ratios(leader[-MOST:], follower[-MOST:])
    if found is None or found[1].max() < NEEDED:
        return None
    lags, ratio = found
    best = float(ratio.max())
    kept = lags[ratio >= best - WITHIN * (1 + NEEDED / best)]
    return float(kept.min()), float(kept.max())


def lag_ratios(leader: Floats, follower: Floats) -> tuple[Floats, Floats] | None:
    """Every lag (lags,) and its likelihood ratio over no following at all (lags,)."""
    trend = _trend(leader.size)
    moves = _moves(leader, trend)
    inside = np.arange(leader.size)
    reach = WIDTHS[-1] // 2
    days = np.flatnonzero(
        np.isfinite(follower) & (inside >= LATEST) & (inside < leader.size + EARLIEST)
    )
    if moves is None or days.size < FEWEST or np.ptp(follower[days]) == 0:
        return None
    shifts = np.arange(EARLIEST - reach, LATEST + reach + 1)
    sources = np.clip(days[:, None] - shifts, 0, leader.size - 1)
    columns = np.column_stack([follower[days], trend[days], moves[sources]])
    white, scales = _whitened(columns, days)
    lags = np.arange(EARLIEST, LATEST + 1)
    none, each = -np.inf, np.full(lags.size, -np.inf)
    for one, scale in zip(white, scales, strict=True):
        without, having = _likelihoods(one, trend.shape[1])
        none, each = max(none, without - scale), np.maximum(each, having - scale)
    return lags.astype(float), 2 * (each - none)


def _whitened(columns: Floats, days: np.ndarray) -> tuple[Floats, Floats]:
    """The columns (days, columns) with each noise taken out, and half its log-determinant.

    A Kalman filter over the answered days, for all noises and columns at once: what the days before
    let expect is taken away, and the rest divided by how far it could be off.
    """
    stays, alone = NOISES.T
    apart = np.diff(days, prepend=days[0] - 10_000)
    expected = np.zeros((len(NOISES), columns.shape[1]))
    unsure, scales = np.zeros(len(NOISES)), np.zeros(len(NOISES))
    white = np.empty((len(NOISES), *columns.shape))
    for row, gap in enumerate(apart):
        left = stays ** int(gap)
        expected *= left[:, None]
        unsure = left**2 * unsure + (1 - left**2) * (1 - alone)
        spread = unsure + alone
        off = columns[row] - expected
        white[:, row] = off / np.sqrt(spread)[:, None]
        scales += np.log(spread) / 2
        gain = unsure / spread
        expected += gain[:, None] * off
        unsure = unsure * (1 - gain)
    return white, scales


@lru_cache(maxsize=8)
def _trend(days: int) -> Floats:
    """An orthonormal natural cubic spline over so many days (days, columns)."""
    knots = np.linspace(0, days - 1, max(2, round(days / KNOT_DAYS)) + 1)
    t = np.arange(days, dtype=float)
    last = np.maximum(t - knots[-1], 0) ** 3

    def bend(knot: float) -> Floats:
        bent: Floats = (np.maximum(t - knot, 0) ** 3 - last) / (knots[-1] - knot)
        return bent

    straight = [np.ones(days), t / days]
    bends = [(bend(knot) - bend(knots[-2])) / days**2 for knot in knots[:-2]]
    columns = np.column_stack([*straight, *bends])
    orthonormal: Floats = np.linalg.qr(columns).Q
    return orthonormal


def _moves(leader: Floats, trend: Floats) -> Floats | None:
    """The leader around its own trend (days,): short gaps bridged, long ones 0."""
    answered = np.isfinite(leader)
    if answered.sum() < FEWEST or np.ptp(leader[answered]) == 0:
        return None
    fit = np.linalg.lstsq(trend[answered], leader[answered], rcond=None)[0]
    t, known = np.arange(leader.size), np.flatnonzero(answered)
    around = leader[answered] - trend[answered] @ fit
    place = np.clip(np.searchsorted(known, t), 1, known.size - 1)
    gap = known[place] - known[place - 1] - 1
    inside = (t >= known[0]) & (t <= known[-1])
    return np.where(answered | (inside & (gap <= SHORT_GAP)), np.interp(t, known, around), 0.0)


def _likelihoods(white: Floats, trend: int) -> tuple[float, Floats]:
    """Log-likelihood of whitened columns: without the leader, and the best width for each lag."""
    basis = np.linalg.qr(white[:, 1 : 1 + trend]).Q
    rest = white - basis @ (basis.T @ white)
    left, single = rest[:, 0], rest[:, 1 + trend :]
    free = len(white) - trend
    total = float(left @ left)
    best = np.zeros(LATEST - EARLIEST + 1)
    reach = WIDTHS[-1] // 2
    cross, square = single.T @ left, single.T @ single
    for width in WIDTHS:
        kernel = _kernel(width, reach)
        size = np.maximum(np.einsum("lk,km,lm->l", kernel, square, kernel), 1e-12)
        best = np.maximum(best, (kernel @ cross) ** 2 / size)
    explained = np.minimum(best, total * (1 - 1e-9))
    return -free / 2 * np.log(total), -free / 2 * np.log(total - explained)


@lru_cache(maxsize=16)
def _kernel(width: int, reach: int) -> Floats:
    """Each lag's average over `width` neighbouring single shifts (lags, shifts)."""
    lags = LATEST - EARLIEST + 1
    kernel = np.zeros((lags, lags + 2 * reach))
    for row in range(lags):
        middle = row + reach
        kernel[row, middle - width // 2 : middle + width // 2 + 1] = 1 / width
    return kernel
