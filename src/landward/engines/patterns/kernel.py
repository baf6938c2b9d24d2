"""Exact forward–backward over (level, phase) × baseline, compiled. One pass is linear in days.

The hidden state of a day is a pair (s, k). s = 2·d + phase runs over deviation levels d (level 0 is
usual) with two phases each, which gives every spell a least length of two days and a humped length
distribution; k runs over a grid of baselines. Between days the baseline diffuses by at most one
grid step (or, rarely, jumps), then s moves. An answer is read against baseline + deviation + the
offset of the day (dose response, weekday) and, where a day shortly before was answered, against
that day's residual, which fades from day to day (AR(1) across short gaps). Each day keeps only the
baselines `reach[t, 0] .. reach[t, 1]`. Nothing here is random.
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
def look_up(chance, table, distance, width, carried, edge, fine, low, high):  # type: ignore[no-untyped-def]  # numba infers
    """Chance of an answer for every kept baseline k: table over distance − width·k − carried[k]."""
    top = table.size - 1
    at = (distance + edge) * fine + 0.5
    by = width * fine
    for k in range(low, high):
        chance[k] = table[min(max(int(at - by * k - fine * carried[k]), 0), top)]


@njit
def carry_over(carried, told, carry, before, deviation, lowest, width, edge, fine, low, high):  # type: ignore[no-untyped-def]  # numba infers
    """What is left of the last answer's residual for every level i and kept baseline k.

    told (n,): the residual an answer tells of, over answer − mean; `before` is that answer.
    """
    top = told.size - 1
    for i in range(deviation.size):
        at = (before - deviation[i] - lowest + edge) * fine + 0.5
        by = width * fine
        for k in range(low, high):
            carried[i, k] = carry * told[min(max(int(at - by * k), 0), top)]


@njit
def forward(  # type: ignore[no-untyped-def]  # numba infers
    y,
    answered,
    kind,
    before,
    kind_before,
    carry,
    row,
    told,
    weight,
    reach,
    lowest,
    width,
    step,
    jump,
    deviation,
    move,
    start,
    tables,
    edge,
    fine,
    alpha,
):
    """Filtered chances `alpha` (days, 2·D, K), filled in place; returns the log likelihood.

    y (days,) answers less the offset of the day, anything where not `answered`; kind (days,): 0
    interior, 1 lowest, 2 highest answer of the scale; before (days,): y of the last answer, of
    whose residual `carry` (days,) is left, 0 where none is, and kind_before (days,) its kind; told
    (3, n): the residual an answer of each kind tells of; row (days,) of the tables to be used;
    weight (days, D) evidence of the person's own
    labels; reach (days, 2) kept baselines; baselines are lowest + width·k; step, jump: shares of
    mass that move; deviation (D,); move (D, D, 2, 2) chances from (level i, phase p) to (j, q);
    start (2·D,); tables (rows, 3, n): after a residual one day old, two, …, and without one,
    covering −edge..edge at `fine` entries a point.
    """
    days, states, grid = alpha.shape
    levels = states // 2
    moved = np.empty((states, grid))
    carried = np.zeros((levels, grid))
    chance = np.ones(grid)
    total = 0.0
    for t in range(days):
        here = answered[t]
        low, high = reach[t, 0], reach[t, 1]
        now = alpha[t]
        now[:] = 0.0
        if t == 0:
            for j in range(levels):
                if here:
                    distance = y[0] - deviation[j] - lowest
                    table = tables[row[0], kind[0]]
                    look_up(chance, table, distance, width, carried[0], edge, fine, low, high)
                for k in range(low, high):
                    now[2 * j, k] = start[2 * j] * chance[k] / grid
                    now[2 * j + 1, k] = start[2 * j + 1] * chance[k] / grid
        else:
            diffuse(alpha[t - 1], reach[t - 1], moved, reach[t], step, jump)
            table = tables[row[t], kind[t]]
            if carry[t] > 0:
                own = told[kind_before[t]]
                carry_over(
                    carried,
                    own,
                    carry[t],
                    before[t],
                    deviation,
                    lowest,
                    width,
                    edge,
                    fine,
                    low,
                    high,
                )
            else:
                carried[:] = 0.0
            for j in range(levels):
                direct = y[t] - deviation[j] - lowest
                for i in range(levels):
                    aa, ab = move[i, j, 0, 0], move[i, j, 0, 1]
                    ba, bb = move[i, j, 1, 0], move[i, j, 1, 1]
                    if aa + ab + ba + bb == 0.0:
                        continue
                    if here:
                        look_up(chance, table, direct, width, carried[i], edge, fine, low, high)
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
    before,
    kind_before,
    carry,
    row,
    told,
    weight,
    reach,
    lowest,
    width,
    step,
    jump,
    deviation,
    move,
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
    jumps,
):
    """Turns `alpha` into smoothed chances in place and, if `gather`, the scores of an EM step.

    pulls, spreads: tables like `tables` with the derivatives of the log chance by the mean and by
    log sigma. scores (days, 2): expected derivative by the mean of the day, and its square. moves
    (2, D, D): expected moves between levels, and those of them that advance the phase. sums
    (5 + 2·D): score and information of log sigma, score and information of phi, expected baseline
    steps; then score and information of each deviation. jumps (days, 2·K − 1): chance that the
    baseline jumped between the day before and this one by so many cells, the middle being none;
    left empty where it is under 1e-4 in all; not told where `jumps` has no size.
    """
    days, states, grid = alpha.shape
    levels = states // 2
    later = np.ones((states, grid))
    pulled = np.zeros((states, grid))
    carried = np.zeros((levels, grid))
    moved = np.empty((states, grid))
    chance = np.ones(grid)
    top = tables.shape[2] - 1
    joint = np.zeros((levels, levels, grid))
    share = np.zeros((2, levels, levels))
    moves[:] = 0.0
    sums[:] = 0.0
    scores[:] = 0.0
    jumps[:] = 0.0
    jumping = jumps.size > 0
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
        diffuse(alpha[t - 1], reach[t - 1], moved, reach[t], step, jump)
        pulled[:, low:high] = 0.0
        table = tables[row[t], kind[t]]
        if carry[t] > 0:
            own = told[kind_before[t]]
            carry_over(
                carried, own, carry[t], before[t], deviation, lowest, width, edge, fine, low, high
            )
        else:
            carried[:] = 0.0
        norm = 0.0
        for j in range(levels):
            direct = y[t] - deviation[j] - lowest
            for i in range(levels):
                aa, ab = move[i, j, 0, 0], move[i, j, 0, 1]
                ba, bb = move[i, j, 1, 0], move[i, j, 1, 1]
                if aa + ab + ba + bb == 0.0:
                    continue
                if here:
                    look_up(chance, table, direct, width, carried[i], edge, fine, low, high)
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
            for j in range(levels):
                for i in range(levels):
                    moves[0, i, j] += share[0, i, j] / norm
                    moves[1, i, j] += share[1, i, j] / norm
                    if not here or share[0, i, j] < 1e-4 * norm:
                        continue
                    mean = deviation[j] + lowest
                    for k in range(low, high):
                        p = joint[i, j, k] / norm
                        if p < 1e-5:
                            continue
                        u = y[t] - mean - width * k - carried[i, k]
                        at = min(max(int((u + edge) * fine + 0.5), 0), top)
                        pull = pulls[row[t], kind[t], at]
                        spread = spreads[row[t], kind[t], at]
                        scores[t, 0] += p * pull
                        scores[t, 1] += p * pull * pull
                        sums[0] += p * spread
                        sums[1] += p * spread * spread
                        if row[t] == 0:
                            residual = carried[i, k] / max(carry[t], 1e-6)
                            sums[2] += p * pull * residual
                            sums[3] += p * pull * pull * residual * residual
                        sums[5 + j] += p * pull
                        sums[5 + levels + j] += p * pull * pull
            steps = 0.0
            for s in range(states):
                for k in range(low + 1, high):
                    steps += alpha[t - 1, s, k] * pulled[s, k - 1]
                    steps += alpha[t - 1, s, k - 1] * pulled[s, k]
            sums[4] += steps * step / norm
        if jumping:
            total = 0.0
            for s in range(states):
                came, went = 0.0, 0.0
                for k in range(reach[t - 1, 0], reach[t - 1, 1]):
                    came += alpha[t - 1, s, k]
                for k in range(low, high):
                    went += pulled[s, k]
                total += came * went
            far = jump / (grid * norm)
            if total * far > 1e-4:
                for s in range(states):
                    for k in range(reach[t - 1, 0], reach[t - 1, 1]):
                        if alpha[t - 1, s, k] > 1e-6:
                            for q in range(low, high):
                                jumps[t, grid - 1 + q - k] += (
                                    far * alpha[t - 1, s, k] * pulled[s, q]
                                )
        diffuse(pulled, reach[t], later, reach[t - 1], step, jump)
        for s in range(states):
            for k in range(reach[t - 1, 0], reach[t - 1, 1]):
                later[s, k] /= norm
