"""Exact forward–backward over (level, phase) × baseline, compiled. One pass is linear in days.

The hidden state of a day is a pair (s, k). s = 2·d + phase runs over deviation levels d (level 0 is
usual) with two phases each, which gives every spell a least length of two days and a humped length
distribution; k runs over a grid of baselines. Between days the baseline diffuses by at most one
grid step (or, rarely, jumps), then s moves. An answer is read against baseline + deviation + the
dose response of the day and, where the day before was answered too, against that day's residual
(AR(1)). Each day keeps only the baselines `reach[t, 0] .. reach[t, 1]`. Nothing here is random.
Loops are written out and arguments are many: this is the only hot file.
"""
# ruff: noqa: PLR0912, PLR0915, PLR0917 - one compiled loop nest each; splitting it costs speed

import numpy as np

from landward.engines._numba import njit


@njit
def diffuse(source, was, target, now, step, jump):  # type: ignore[no-untyped-def]  # numba infers
    """One day of baseline movement, from columns was[0]..was[1] of `source` to now[0]..now[1].

    `step` of the mass goes to each neighbour, `jump` of it anywhere. Mass beyond the kept columns
    is lost, which is what leaving them out means.
    """
    stay = (1 - jump) * (1 - 2 * step)
    near = (1 - jump) * step
    for s in range(source.shape[0]):
        far = 0.0
        for k in range(was[0], was[1]):
            far += source[s, k]
        far *= jump / source.shape[1]
        for k in range(now[0], now[1]):
            target[s, k] = far
        for k in range(max(was[0], now[0]), min(was[1], now[1])):
            target[s, k] += stay * source[s, k]
        for k in range(max(was[0] + 1, now[0]), min(was[1] + 1, now[1])):
            target[s, k] += near * source[s, k - 1]
        for k in range(max(was[0] - 1, now[0]), min(was[1] - 1, now[1])):
            target[s, k] += near * source[s, k + 1]


@njit
def look_up(chance, table, distance, slope, edge, fine, low, high):  # type: ignore[no-untyped-def]  # numba infers
    """Chance of an answer for every kept baseline: table over answer − mean, linear in k."""
    top = table.size - 1
    at = (distance + edge) * fine + 0.5
    by = slope * fine
    for k in range(low, high):
        chance[k] = table[min(max(int(at - by * k), 0), top)]


@njit
def forward(  # type: ignore[no-untyped-def]  # numba infers
    y,
    answered,
    kind,
    offset,
    weight,
    reach,
    lowest,
    width,
    step,
    jump,
    deviation,
    move,
    start,
    phi,
    tables,
    edge,
    fine,
    alpha,
):
    """Filtered chances `alpha` (days, 2·D, K), filled in place; returns the log likelihood.

    y (days,) answers, anything where not `answered`; kind (days,): 0 interior, 1 lowest, 2 highest
    answer of the scale; offset (days,) dose response; weight (days, D) evidence of the person's own
    labels; reach (days, 2) kept baselines; baselines are lowest + width·k; step, jump: shares of
    mass that move; deviation (D,); move (D, D, 2, 2) chances from (level i, phase p) to (j, q);
    start (2·D,); tables (2, 3, n): with and without a residual from the day before, covering
    −edge..edge at `fine` entries a point.
    """
    days, states, grid = alpha.shape
    levels = states // 2
    moved = np.empty((states, grid))
    chance = np.ones(grid)
    total = 0.0
    for t in range(days):
        here = answered[t]
        chained = t > 0 and here and answered[t - 1]
        low, high = reach[t, 0], reach[t, 1]
        now = alpha[t]
        now[:] = 0.0
        if t == 0:
            for j in range(levels):
                if here:
                    distance = y[0] - offset[0] - deviation[j] - lowest
                    look_up(chance, tables[1, kind[0]], distance, width, edge, fine, low, high)
                for k in range(low, high):
                    now[2 * j, k] = start[2 * j] * chance[k] / grid
                    now[2 * j + 1, k] = start[2 * j + 1] * chance[k] / grid
        else:
            diffuse(alpha[t - 1], reach[t - 1], moved, reach[t], step, jump)
            table = tables[0 if chained else 1, kind[t]]
            slope = (1 - phi) * width if chained else width
            for j in range(levels):
                direct = y[t] - offset[t] - deviation[j]
                for i in range(levels):
                    aa, ab = move[i, j, 0, 0], move[i, j, 0, 1]
                    ba, bb = move[i, j, 1, 0], move[i, j, 1, 1]
                    if aa + ab + ba + bb == 0.0:
                        continue
                    if chained:
                        distance = direct - phi * (y[t - 1] - offset[t - 1] - deviation[i])
                        distance -= (1 - phi) * lowest
                        look_up(chance, table, distance, slope, edge, fine, low, high)
                    elif here:
                        look_up(chance, table, direct - lowest, slope, edge, fine, low, high)
                    else:
                        chance[low:high] = 1.0
                    for k in range(low, high):
                        one, two = moved[2 * i, k], moved[2 * i + 1, k]
                        now[2 * j, k] += (aa * one + ba * two) * chance[k]
                        now[2 * j + 1, k] += (ab * one + bb * two) * chance[k]
        mass = 0.0
        for s in range(states):
            for k in range(low, high):
                now[s, k] *= weight[t, s // 2]
                mass += now[s, k]
        for s in range(states):
            for k in range(low, high):
                now[s, k] /= mass
        total += np.log(mass)
    return total


@njit
def backward(  # type: ignore[no-untyped-def]  # numba infers
    y,
    answered,
    kind,
    offset,
    weight,
    reach,
    lowest,
    width,
    step,
    jump,
    deviation,
    move,
    phi,
    tables,
    pulls,
    spreads,
    edge,
    fine,
    gather,
    alpha,
    scores,
    moves,
    sums,
):
    """Turns `alpha` into smoothed chances in place and, if `gather`, the scores of an EM step.

    pulls, spreads: tables like `tables` with the derivatives of the log chance by the mean and by
    log sigma. scores (days, 2): expected derivative by the mean of the day, and its square. moves
    (2, D, D): expected moves between levels, and those of them that advance the phase. sums
    (5 + 2·D): score and information of log sigma, score and information of phi, expected baseline
    steps; then score and information of each deviation.
    """
    days, states, grid = alpha.shape
    levels = states // 2
    later = np.ones((states, grid))
    pulled = np.zeros((states, grid))
    moved = np.empty((states, grid))
    chance = np.ones(grid)
    top = tables.shape[2] - 1
    joint = np.zeros((levels, levels, grid))
    share = np.zeros((2, levels, levels))
    moves[:] = 0.0
    sums[:] = 0.0
    scores[:] = 0.0
    for t in range(days - 1, -1, -1):
        here = answered[t]
        low, high = reach[t, 0], reach[t, 1]
        now = alpha[t]
        mass = 0.0
        for s in range(states):
            w = weight[t, s // 2]
            for k in range(low, high):
                now[s, k] *= later[s, k]
                mass += now[s, k]
                later[s, k] *= w
        for s in range(states):
            for k in range(low, high):
                now[s, k] /= mass
        if t == 0:
            break
        chained = here and answered[t - 1]
        diffuse(alpha[t - 1], reach[t - 1], moved, reach[t], step, jump)
        pulled[:, low:high] = 0.0
        table = tables[0 if chained else 1, kind[t]]
        slope = (1 - phi) * width if chained else width
        norm = 0.0
        for j in range(levels):
            direct = y[t] - offset[t] - deviation[j]
            for i in range(levels):
                aa, ab = move[i, j, 0, 0], move[i, j, 0, 1]
                ba, bb = move[i, j, 1, 0], move[i, j, 1, 1]
                if aa + ab + ba + bb == 0.0:
                    continue
                if chained:
                    distance = direct - phi * (y[t - 1] - offset[t - 1] - deviation[i])
                    distance -= (1 - phi) * lowest
                    look_up(chance, table, distance, slope, edge, fine, low, high)
                elif here:
                    look_up(chance, table, direct - lowest, slope, edge, fine, low, high)
                else:
                    chance[low:high] = 1.0
                pair = 0.0
                advance = 0.0
                for k in range(low, high):
                    one = later[2 * j, k] * chance[k]
                    two = later[2 * j + 1, k] * chance[k]
                    first = aa * one + ab * two
                    second = ba * one + bb * two
                    pulled[2 * i, k] += first
                    pulled[2 * i + 1, k] += second
                    both = moved[2 * i, k] * first + moved[2 * i + 1, k] * second
                    joint[i, j, k] = both
                    pair += both
                    advance += moved[2 * i, k] * ab * two
                share[0, i, j] = pair
                share[1, i, j] = advance
                norm += pair
        if gather:
            row = 0 if chained else 1
            for j in range(levels):
                for i in range(levels):
                    moves[0, i, j] += share[0, i, j] / norm
                    moves[1, i, j] += share[1, i, j] / norm
                    if not here or share[0, i, j] < 1e-4 * norm:
                        continue
                    carry = phi * (y[t - 1] - offset[t - 1] - deviation[i]) if chained else 0.0
                    mean = offset[t] + deviation[j] + carry
                    for k in range(low, high):
                        p = joint[i, j, k] / norm
                        if p < 1e-5:
                            continue
                        b = lowest + width * k
                        u = y[t] - mean - (b * (1 - phi) if chained else b)
                        at = min(max(int((u + edge) * fine + 0.5), 0), top)
                        pull, spread = pulls[row, kind[t], at], spreads[row, kind[t], at]
                        scores[t, 0] += p * pull
                        scores[t, 1] += p * pull * pull
                        sums[0] += p * spread
                        sums[1] += p * spread * spread
                        if chained:
                            before = y[t - 1] - offset[t - 1] - deviation[i] - b
                            sums[2] += p * pull * before
                            sums[3] += p * pull * pull * before * before
                        sums[5 + j] += p * pull
                        sums[5 + levels + j] += p * pull * pull
            steps = 0.0
            for s in range(states):
                for k in range(low + 1, high):
                    steps += alpha[t - 1, s, k] * pulled[s, k - 1]
                    steps += alpha[t - 1, s, k - 1] * pulled[s, k]
            sums[4] += steps * step / norm
        diffuse(pulled, reach[t], later, reach[t - 1], step, jump)
        for s in range(states):
            for k in range(reach[t - 1, 0], reach[t - 1, 1]):
                later[s, k] /= norm
