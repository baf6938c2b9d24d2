"""The compiled twins of `propagator` and `adaptation`, sixteen people side by side.

People are packed in lanes so that one instruction steps several of them; inner loops run over the
lanes and hold no branch that differs between them. Importing this module imports numba: do it
late. Tests compare every output with the numpy reference.

Shapes: G groups of LANES people, H step lengths, D drugs, T steps.
"""

import math

import numpy as np
import numpy.typing as npt

from landward.engines._numba import njit_smooth as njit
from landward.engines.pharmacology.quantiles import _BASE, _SHIFT
from landward.engines.pharmacology.quantiles import FLOOR as _FLOOR

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LANES = 16
L = LANES
"""Rows of LANES numbers follow each other in flat arrays: row r of lane n sits at r * L + n."""
ENTRIES = 11
COLUMNS = 12
U, SUMS, CELL = 5, 8, 15
"""Where the drives and the day's sums begin among a cell's fifteen rows."""
_CLOSE = 1.0
_TERMS = 20
_TILE = 128


@njit
def _series(points: Floats, first: int, last: int, sums: Floats) -> float:
    """exp[points first … last] for points close together, by Taylor about their mean."""
    order = last - first
    mean = 0.0
    for place in range(first, last + 1):
        mean += points[place]
    mean /= order + 1
    sums[0] = 1.0
    for k in range(1, _TERMS):
        sums[k] = 0.0
    for place in range(first, last + 1):
        offset = points[place] - mean
        for k in range(1, _TERMS):
            sums[k] += offset * sums[k - 1]
    weight = 1.0
    for k in range(2, order + 1):
        weight /= k
    total = 0.0
    for k in range(_TERMS):
        total += sums[k] * weight
        weight /= k + order + 1
    return math.exp(mean) * total


@njit
def _divided_difference(points: Floats, count: int, table: Floats, sums: Floats) -> float:
    """exp[points 0 … count - 1]; sorts `points` in place, `table` and `sums` are scratch."""
    for i in range(1, count):
        value = points[i]
        j = i
        while j > 0 and points[j - 1] < value:
            points[j] = points[j - 1]
            j -= 1
        points[j] = value
    for i in range(count - 1):
        gap = points[i] - points[i + 1]
        slope = -math.expm1(-gap) / gap if gap > 0.0 else 1.0
        table[i] = math.exp(points[i]) * slope
    for width in range(2, count):
        for i in range(count - width):
            gap = points[i] - points[i + width]
            if gap < _CLOSE:
                table[i] = _series(points, i, i + width, sums)
            else:
                table[i] = (table[i] - table[i + 1]) / gap
    return float(table[0])


@njit
def _flow(t: float, chain: Floats, count: int, work: Floats) -> float:
    """What a unit dose at the head of a chain leaves at its end after `t`."""
    points, table, sums = work[0], work[1], work[2]
    for place in range(count):
        points[place] = -chain[place] * t
    power = 1.0
    for _ in range(count - 1):
        power *= t
    return power * _divided_difference(points, count, table, sums)


@njit
def fill_propagators(rates: Floats, macro: Floats, steps_h: Floats, out: Floats) -> None:
    """Write the exact steps: `out` (G, H, 11 * LANES).

    `rates` (6, people) absorption, elimination, out, back, formation, metabolite elimination;
    `macro` (2, people) the fast and slow rate; people = G * LANES.
    """
    chain, work = np.zeros(4), np.zeros((3, _TERMS))
    for person in range(rates.shape[1]):
        group, lane = person // LANES, person % LANES
        ka, k12, k21 = rates[0, person], rates[2, person], rates[3, person]
        kf, km = rates[4, person], rates[5, person]
        fast, slow = macro[0, person], macro[1, person]
        lift = k21 - slow
        for length in range(len(steps_h)):
            t = steps_h[length]
            entry = out[group, length]
            for row in range(ENTRIES):
                entry[row * L + lane] = 0.0
            decayed = math.exp(-fast * t)
            entry[lane] = math.exp(-ka * t)
            chain[0], chain[1], chain[2], chain[3] = ka, fast, slow, km
            absorbed = _flow(t, chain, 2, work)
            entry[2 * L + lane] = decayed
            if k12 > 0.0:
                from_gut = _flow(t, chain, 3, work)
                through = _flow(t, chain, 4, work) if kf > 0.0 else 0.0
                chain[0], chain[1] = fast, slow
                central = _flow(t, chain, 2, work)
                absorbed += lift * from_gut
                entry[2 * L + lane] += lift * central
                entry[3 * L + lane] = k21 * central
                entry[4 * L + lane] = ka * k12 * from_gut
                entry[5 * L + lane] = k12 * central
                entry[6 * L + lane] = decayed + (fast - k21) * central
                if kf > 0.0:
                    chain[2] = km
                    made = _flow(t, chain, 3, work)
                    entry[7 * L + lane] = ka * kf * lift * through
                    entry[8 * L + lane] = kf * lift * made
                    entry[9 * L + lane] = kf * k21 * made
            entry[1 * L + lane] = ka * absorbed
            if kf > 0.0:
                chain[0], chain[1], chain[2] = ka, fast, km
                entry[7 * L + lane] += ka * kf * _flow(t, chain, 3, work)
                chain[0], chain[1] = fast, km
                entry[8 * L + lane] += kf * _flow(t, chain, 2, work)
                entry[10 * L + lane] = math.exp(-km * t)


@njit
def _one_step(entry: Floats, boxes: Floats) -> None:
    """Advance `boxes` (4 * LANES,) by the step in `entry` (11 * LANES,)."""
    for n in range(LANES):
        gut, central, outer, made = boxes[n], boxes[L + n], boxes[2 * L + n], boxes[3 * L + n]
        boxes[n] = entry[n] * gut
        boxes[L + n] = entry[L + n] * gut + entry[2 * L + n] * central + entry[3 * L + n] * outer
        boxes[2 * L + n] = (
            entry[4 * L + n] * gut + entry[5 * L + n] * central + entry[6 * L + n] * outer
        )
        boxes[3 * L + n] = (
            entry[7 * L + n] * gut
            + entry[8 * L + n] * central
            + entry[9 * L + n] * outer
            + entry[10 * L + n] * made
        )


@njit
def adapt_lanes(  # noqa: PLR0917 - kernels take their arrays by position
    propagators: Floats,
    kind: Ints,
    steps_d: Floats,
    doses: Floats,
    stimuli: Floats,
    day: Ints,
    closes_day: npt.NDArray[np.bool_],
    drug_scales: Floats,
    reference_ec50: Floats,
    traits: Floats,
    out: Floats,
) -> None:
    """One group of up to LANES people through the whole program: `out` (people, days, 12).

    `propagators` (D, H, 11 * LANES) of half steps; `steps_d` (H,) whole steps in days; `doses`
    (T, D); `drug_scales` (D, 3 * LANES): mg absorbed per mg swallowed, occupancy units per mg of
    parent and of metabolite; `reference_ec50` (LANES,); `traits` (19 * LANES,), times turned into
    rates (`lanes.TIMES`).
    """
    drugs = propagators.shape[0]
    boxes = np.zeros((drugs, 4 * LANES))
    cell = np.zeros(CELL * LANES)
    for step in range(len(kind)):
        for n in range(U * L, (U + 3) * L):
            cell[n] = 0.0
        for drug in range(drugs):
            box, scale = boxes[drug], drug_scales[drug]
            entry = propagators[drug, kind[step]]
            dose = doses[step, drug]
            if dose > 0.0:
                for n in range(LANES):
                    box[n] += dose * scale[n]
            _add_drive(box, scale, cell, U)
            _one_step(entry, box)
            _add_drive(box, scale, cell, U + 1)
            _one_step(entry, box)
            _add_drive(box, scale, cell, U + 2)
        _runge_kutta(cell, traits, steps_d[kind[step]], stimuli[step])
        if closes_day[step]:
            for n in range(out.shape[0]):
                target = out[n, day[step]]
                target[0] = cell[SUMS * L + n] * reference_ec50[n]
                for row in range(1, 7):
                    target[row] = cell[(SUMS + row) * L + n]
                for row in range(5):
                    target[7 + row] = cell[row * L + n]
            for n in range(SUMS * L, (SUMS + 7) * L):
                cell[n] = 0.0


@njit
def _add_drive(boxes: Floats, scale: Floats, cell: Floats, row: int) -> None:
    """Add one drug's share of the occupancy drive, now, to a row of `cell`."""
    for n in range(LANES):
        cell[row * L + n] += boxes[L + n] * scale[L + n] + boxes[3 * L + n] * scale[2 * L + n]


@njit
def _runge_kutta(  # noqa: PLR0915 - one straight line of arithmetic, so that lanes stay together
    cell: Floats, traits: Floats, h: float, stimulus: float
) -> None:
    """One step of the five states for all lanes, and the day's running sums.

    `cell` holds rows of LANES: X1, X2, K, S, B; the drive at start, middle, end; seven sums.
    One flat array with constant distances lets the compiler prove that lanes do not touch.
    """
    half, sixth = 0.5 * h, h / 6.0
    for n in range(LANES):
        emax, g1, g2 = traits[n], traits[1 * L + n], traits[2 * L + n]
        r1, r2, feedback = traits[3 * L + n], traits[4 * L + n], traits[5 * L + n]
        kappa, kon, threshold = traits[6 * L + n], traits[7 * L + n], traits[8 * L + n]
        rk, w0, cs = traits[9 * L + n], traits[10 * L + n], traits[11 * L + n]
        ts, eta1 = traits[12 * L + n], 1.0 + traits[13 * L + n]
        b1, b2, b3 = traits[14 * L + n], traits[15 * L + n], traits[16 * L + n]
        rise, fall = traits[17 * L + n], traits[18 * L + n]
        x1, x2, k, s, b = (
            cell[n], cell[1 * L + n], cell[2 * L + n], cell[3 * L + n] + stimulus,
            cell[4 * L + n],
        )  # fmt: skip
        rho0 = cell[5 * L + n] / (1.0 + cell[5 * L + n])
        rhom = cell[6 * L + n] / (1.0 + cell[6 * L + n])
        rho1 = cell[7 * L + n] / (1.0 + cell[7 * L + n])

        # stage 1, at the start
        o = x1 + x2
        d = emax * rho0 - feedback * o
        y = max(0.0, o - emax * rho0)
        w_start = (1.0 + kappa * k) * y * y / (y + w0)
        tone_start = emax * rho0 - o
        k_start, s_start, b_start = k, s, b
        g = b1 * rho0 + b2 * o + b3 * w_start - b
        a11 = (g1 * d - x1) * r1
        a12 = (g2 * d - x2) * r2
        a13 = kon * max(0.0, w_start - threshold) * (1.0 - k) - k * rk
        a14 = cs * w_start - s * (w_start + w0) / (ts * (w_start * eta1 + w0))
        a15 = max(g, 0.0) * rise + min(g, 0.0) * fall

        # stage 2, in the middle
        q1, q2, qk, qs, qb = (
            x1 + half * a11, x2 + half * a12, k + half * a13, s + half * a14, b + half * a15,
        )  # fmt: skip
        o = q1 + q2
        d = emax * rhom - feedback * o
        y = max(0.0, o - emax * rhom)
        w = (1.0 + kappa * qk) * y * y / (y + w0)
        g = b1 * rhom + b2 * o + b3 * w - qb
        a21 = (g1 * d - q1) * r1
        a22 = (g2 * d - q2) * r2
        a23 = kon * max(0.0, w - threshold) * (1.0 - qk) - qk * rk
        a24 = cs * w - qs * (w + w0) / (ts * (w * eta1 + w0))
        a25 = max(g, 0.0) * rise + min(g, 0.0) * fall

        # stage 3, in the middle again
        q1, q2, qk, qs, qb = (
            x1 + half * a21, x2 + half * a22, k + half * a23, s + half * a24, b + half * a25,
        )  # fmt: skip
        o = q1 + q2
        d = emax * rhom - feedback * o
        y = max(0.0, o - emax * rhom)
        w = (1.0 + kappa * qk) * y * y / (y + w0)
        g = b1 * rhom + b2 * o + b3 * w - qb
        a31 = (g1 * d - q1) * r1
        a32 = (g2 * d - q2) * r2
        a33 = kon * max(0.0, w - threshold) * (1.0 - qk) - qk * rk
        a34 = cs * w - qs * (w + w0) / (ts * (w * eta1 + w0))
        a35 = max(g, 0.0) * rise + min(g, 0.0) * fall

        # stage 4, at the end
        q1, q2, qk, qs, qb = x1 + h * a31, x2 + h * a32, k + h * a33, s + h * a34, b + h * a35
        o = q1 + q2
        d = emax * rho1 - feedback * o
        y = max(0.0, o - emax * rho1)
        w = (1.0 + kappa * qk) * y * y / (y + w0)
        g = b1 * rho1 + b2 * o + b3 * w - qb
        x1 += sixth * (a11 + 2.0 * (a21 + a31) + (g1 * d - q1) * r1)
        x2 += sixth * (a12 + 2.0 * (a22 + a32) + (g2 * d - q2) * r2)
        k += sixth * (
            a13 + 2.0 * (a23 + a33) + kon * max(0.0, w - threshold) * (1.0 - qk) - qk * rk
        )
        s += sixth * (a14 + 2.0 * (a24 + a34) + cs * w - qs * (w + w0) / (ts * (w * eta1 + w0)))
        b += sixth * (a15 + 2.0 * (a25 + a35) + max(g, 0.0) * rise + min(g, 0.0) * fall)
        cell[n], cell[1 * L + n], cell[2 * L + n] = x1, x2, k
        cell[3 * L + n], cell[4 * L + n] = s, b

        tone = emax * rho1 - x1 - x2
        y = max(0.0, -tone)
        w = (1.0 + kappa * k) * y * y / (y + w0)
        cell[8 * L + n] += sixth * (cell[5 * L + n] + 4.0 * cell[6 * L + n] + cell[7 * L + n])
        cell[9 * L + n] += half * (tone_start + tone)
        cell[10 * L + n] += half * (w_start + w)
        cell[11 * L + n] += half * (k_start + k)
        cell[12 * L + n] += half * (s_start + s)
        cell[13 * L + n] += half * (b_start + b)
        cell[14 * L + n] = max(cell[14 * L + n], w_start, w)


@njit
def count_lanes(counts: npt.NDArray[np.int32], days: Floats) -> None:
    """Add everyone's first seven columns (people, days, 12) to the bins of `quantiles.py`."""
    bins = counts.shape[2] // 2
    # Many people a day before the next day: a day's bins then stay close to the processor.
    for first in range(0, days.shape[0], _TILE):
        for day in range(days.shape[1]):
            for person in range(first, min(first + _TILE, days.shape[0])):
                for curve in range(counts.shape[1]):
                    value = days[person, day, curve]
                    bits = np.float32(abs(value) + _FLOOR).view(np.int32)
                    code = min((bits >> _SHIFT) - _BASE, bins - 1)
                    counts[day, curve, bins - 1 - code if value < 0.0 else bins + code] += 1
