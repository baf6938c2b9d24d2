"""Exact forward–backward over (level, phase) × baseline, compiled. One pass is linear in days.

The hidden state of a day is a pair (s, k). s = 2·d + phase runs over deviation levels d (level 0 is
usual) with two phases each, which gives every spell a least length of two days and a humped length
distribution; k runs over a grid of baselines. Between days the baseline diffuses by at most one
grid step (or, rarely, jumps), then s moves. An answer is read against baseline + deviation + the
offset of the day (dose response, weekday) and, where a day shortly before was answered, against
that day's residual, which fades from day to day (AR(1) across short gaps). Each day keeps only the
baselines `reach[t, 0] .. reach[t, 1]`. Nothing here is random.
Loops are written out and arguments are many: this is the only hot file. The states of one baseline
lie side by side; loops count from 0 over slices and places are unsigned, or numba asks of every
index whether it counts from the end.
"""
# ruff: noqa: PLR0912, PLR0915, PLR0917 - one compiled loop nest each; splitting it costs speed

import numpy as np

from landward.engines._numba import njit


@njit
def diffuse(source, was, target, now, step, jump):  # type: ignore[no-untyped-def]  # numba infers
    """One day of baseline movement, from rows was[0]..was[1] of `source` (K, S) to now[0]..now[1].

    `step` of the mass goes to each neighbour, `jump` of it anywhere. Mass beyond the kept rows is
    lost, which is what leaving them out means.
    """
    grid, states = source.shape
    stay = (1 - jump) * (1 - 2 * step)
    near = (1 - jump) * step
    kept, out = source[was[0] : was[1]], target[now[0] : now[1]]
    for s in range(states):
        far = 0.0
        for k in range(kept.shape[0]):
            far += kept[k, s]
        far *= jump / grid
        for k in range(out.shape[0]):
            out[k, s] = far
    for by in range(3):  # from the same cell, from the one below, from the one above
        off = (0, 1, -1)[by]
        share = stay if by == 0 else near
        low, high = max(was[0] + off, now[0]), min(was[1] + off, now[1])
        came, here = source[low - off : high - off], target[low:high]
        for k in range(here.shape[0]):
            for s in range(states):
                here[k, s] += share * came[k, s]


@njit
def paths(move, across):  # type: ignore[no-untyped-def]  # numba infers
    """Moves (D, D, 2, 2) as lists by target level: first (D + 1,), source (n,), chances (n, 4).

    Only those that advance from one run to another (`across`: from the second phase to the first),
    or only the others.
    """
    levels = move.shape[0]
    first = np.zeros(levels + 1, np.int64)
    source = np.zeros(levels * levels, np.uint32)
    chances = np.zeros((levels * levels, 4))
    count = 0
    for j in range(levels):
        for i in range(levels):
            own = move[i, j, 0, 0] + move[i, j, 0, 1] + move[i, j, 1, 1]
            if (own == 0.0) != across or own + move[i, j, 1, 0] == 0.0:
                continue
            source[count] = i
            chances[count, 0], chances[count, 1] = move[i, j, 0, 0], move[i, j, 0, 1]
            chances[count, 2], chances[count, 3] = move[i, j, 1, 0], move[i, j, 1, 1]
            count += 1
        first[j + 1] = count
    return first, source[:count].copy(), chances[:count].copy()


@njit
def carry_over(left, shift, told, carry, before, deviation, lowest, width, edge, fine, low, high):  # type: ignore[no-untyped-def]  # numba infers
    """Residual of the last answer for every kept baseline and level, and what to read less by it.

    left (K, D): the residual an answer tells of, told (n,) over answer − mean; `before` is that
    answer, `carry` the share of it that is left. shift (K, D), in table entries: how far baseline
    and residual move the place at which a table is read.
    """
    top = told.size - 1
    by = width * fine
    known, moved = left[low:high], shift[low:high]
    for i in range(deviation.size):
        at = (before - deviation[i] - lowest + edge) * fine + 0.5 - by * low
        for k in range(known.shape[0]):
            if carry > 0:
                known[k, i] = told[max(min(int(at - by * k), top), 0)]
                moved[k, i] = by * (k + low) + fine * carry * known[k, i]
            else:
                known[k, i] = 0.0
                moved[k, i] = by * (k + low)


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
    """Filtered chances `alpha` (days, K, 2·D), filled in place; returns the log likelihood.

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
    days, grid, states = alpha.shape
    levels = states // 2
    moved_all = np.empty((grid, states))
    left = np.zeros((grid, levels))
    shift_all = np.zeros((grid, levels))
    first, source, chances = paths(move, across=False)
    first_new, source_new, chances_new = paths(move, across=True)
    top = tables.shape[2] - 1
    total = 0.0
    two, one = np.uint32(2), np.uint32(1)
    for t in range(days):
        here = answered[t]
        low, high = reach[t, 0], reach[t, 1]
        table = tables[row[t], kind[t]]
        alpha[t] = 0.0
        now, moved, shift = alpha[t, low:high], moved_all[low:high], shift_all[low:high]
        if t > 0:
            diffuse(alpha[t - 1], reach[t - 1], moved_all, reach[t], step, jump)
        if here:
            told_by = told[kind_before[t]]
            carry_over(
                left, shift_all, told_by, carry[t], before[t], deviation,
                lowest, width, edge, fine, low, high,
            )  # fmt: skip
        mass = 0.0
        for j in range(levels):
            at = (y[t] - deviation[j] - lowest + edge) * fine + 0.5
            own, own_by = source[first[j] : first[j + 1]], chances[first[j] : first[j + 1]]
            new = source_new[first_new[j] : first_new[j + 1]]
            new_by = chances_new[first_new[j] : first_new[j + 1]]
            for k in range(now.shape[0]):
                a, b = 0.0, 0.0
                if t == 0:
                    c = table[max(min(int(at - shift[k, j]), top), 0)] if here else 1.0
                    a, b = start[2 * j] * c / grid, start[2 * j + 1] * c / grid
                elif here:
                    for n in range(own.size):
                        i = own[n]
                        c = table[max(min(int(at - shift[k, i]), top), 0)]
                        p, q = moved[k, two * i] * c, moved[k, two * i + one] * c
                        a += own_by[n, 0] * p + own_by[n, 2] * q
                        b += own_by[n, 1] * p + own_by[n, 3] * q
                    for n in range(new.size):
                        i = new[n]
                        c = table[max(min(int(at - shift[k, i]), top), 0)]
                        a += new_by[n, 2] * moved[k, two * i + one] * c
                else:
                    for n in range(own.size):
                        p, q = moved[k, two * own[n]], moved[k, two * own[n] + one]
                        a += own_by[n, 0] * p + own_by[n, 2] * q
                        b += own_by[n, 1] * p + own_by[n, 3] * q
                    for n in range(new.size):
                        a += new_by[n, 2] * moved[k, two * new[n] + one]
                a *= weight[t, j]
                b *= weight[t, j]
                now[k, 2 * j], now[k, 2 * j + 1] = a, b
                mass += a + b
        total += np.log(mass)
        mass = 1.0 / mass
        for k in range(now.shape[0]):
            for s in range(states):
                now[k, s] *= mass
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
    joint,
    scores,
    moves,
    sums,
    jumps,
):
    """Smoothed chances `joint` (days, D, K) from `alpha`; if `gather`, the scores of an EM step.

    pulls, spreads: tables like `tables` with the derivatives of the log chance by the mean and by
    log sigma. scores (days, 2): expected derivative by the mean of the day, and its square. moves
    (2, D, D): expected moves between levels, and those of them that advance the phase. sums
    (5 + 2·D): score and information of log sigma, score and information of phi, expected baseline
    steps; then score and information of each deviation. jumps (days, 2·K − 1): chance that the
    baseline jumped between the day before and this one by so many cells, the middle being none;
    left empty where it is under 1e-4 in all; not told where `jumps` has no size.
    """
    days, grid, states = alpha.shape
    levels = states // 2
    later_all = np.ones((grid, states))
    pulled_all = np.zeros((grid, states))
    moved_all = np.empty((grid, states))
    left_all = np.zeros((grid, levels))
    shift_all = np.zeros((grid, levels))
    first, source, chances = paths(move, across=False)
    first_new, source_new, chances_new = paths(move, across=True)
    pair, pair_new = np.zeros(source.size), np.zeros(source_new.size)
    advance = np.zeros(source.size)
    level = np.zeros((levels, 2))
    top = tables.shape[2] - 1
    two, one = np.uint32(2), np.uint32(1)
    joint[:] = 0.0
    moves[:] = 0.0
    sums[:] = 0.0
    scores[:] = 0.0
    jumps[:] = 0.0
    for t in range(days - 1, -1, -1):
        here = answered[t]
        low, high = reach[t, 0], reach[t, 1]
        now, later, pulled = alpha[t, low:high], later_all[low:high], pulled_all[low:high]
        mass = 0.0
        for k in range(now.shape[0]):
            for s in range(states):
                mass += now[k, s] * later[k, s]
        mass = 1.0 / mass
        for j in range(levels):
            chance = joint[t, j, low:high]
            for k in range(now.shape[0]):
                p, q = later[k, 2 * j], later[k, 2 * j + 1]
                chance[k] = (now[k, 2 * j] * p + now[k, 2 * j + 1] * q) * mass
                later[k, 2 * j], later[k, 2 * j + 1] = p * weight[t, j], q * weight[t, j]
        if t == 0:
            break
        diffuse(alpha[t - 1], reach[t - 1], moved_all, reach[t], step, jump)
        moved, left, shift = moved_all[low:high], left_all[low:high], shift_all[low:high]
        pulled[:] = 0.0
        pair[:] = 0.0
        pair_new[:] = 0.0
        advance[:] = 0.0
        table = tables[row[t], kind[t]]
        pull_of, spread_of = pulls[row[t], kind[t]], spreads[row[t], kind[t]]
        if here:
            told_by = told[kind_before[t]]
            carry_over(
                left_all, shift_all, told_by, carry[t], before[t], deviation,
                lowest, width, edge, fine, low, high,
            )  # fmt: skip
        telling = gather and here
        sigma, sigma2, phi, phi2 = 0.0, 0.0, 0.0, 0.0
        for j in range(levels):
            at = (y[t] - deviation[j] - lowest + edge) * fine + 0.5
            own, own_by = source[first[j] : first[j + 1]], chances[first[j] : first[j + 1]]
            own_pair, ahead = pair[first[j] : first[j + 1]], advance[first[j] : first[j + 1]]
            new = source_new[first_new[j] : first_new[j + 1]]
            new_by = chances_new[first_new[j] : first_new[j + 1]]
            new_pair = pair_new[first_new[j] : first_new[j + 1]]
            score, bend = 0.0, 0.0
            for k in range(now.shape[0]):
                a, b = later[k, 2 * j], later[k, 2 * j + 1]
                for n in range(own.size):
                    i = own[n]
                    place = max(min(int(at - shift[k, i]), top), 0)
                    c = table[place] if here else 1.0
                    up = own_by[n, 1] * b * c
                    p = own_by[n, 0] * a * c + up
                    q = (own_by[n, 2] * a + own_by[n, 3] * b) * c
                    pulled[k, two * i] += p
                    pulled[k, two * i + one] += q
                    share = moved[k, two * i] * p + moved[k, two * i + one] * q
                    own_pair[n] += share
                    ahead[n] += moved[k, two * i] * up
                    if telling:
                        once = share * pull_of[place]
                        twice = once * pull_of[place]
                        score += once
                        bend += twice
                        wide = spread_of[place]
                        sigma += share * wide
                        sigma2 += share * wide * wide
                        phi += once * left[k, i]
                        phi2 += twice * left[k, i] * left[k, i]
                for n in range(new.size):
                    i = new[n]
                    place = max(min(int(at - shift[k, i]), top), 0)
                    c = table[place] if here else 1.0
                    q = new_by[n, 2] * a * c
                    pulled[k, two * i + one] += q
                    share = moved[k, two * i + one] * q
                    new_pair[n] += share
                    if telling:
                        once = share * pull_of[place]
                        twice = once * pull_of[place]
                        score += once
                        bend += twice
                        wide = spread_of[place]
                        sigma += share * wide
                        sigma2 += share * wide * wide
                        phi += once * left[k, i]
                        phi2 += twice * left[k, i] * left[k, i]
            level[j, 0], level[j, 1] = score, bend
        scale = 1.0 / (pair.sum() + pair_new.sum())
        if gather:
            for j in range(levels):
                for n in range(first[j], first[j + 1]):
                    moves[0, source[n], j] += pair[n] * scale
                    moves[1, source[n], j] += advance[n] * scale
                for n in range(first_new[j], first_new[j + 1]):
                    moves[0, source_new[n], j] += pair_new[n] * scale
                if here:
                    scores[t, 0] += level[j, 0] * scale
                    scores[t, 1] += level[j, 1] * scale
                    sums[5 + j] += level[j, 0] * scale
                    sums[5 + levels + j] += level[j, 1] * scale
            if here:
                sums[0] += sigma * scale
                sums[1] += sigma2 * scale
                if row[t] == 0:
                    sums[2] += phi * scale
                    sums[3] += phi2 * scale
            was = alpha[t - 1, low:high]
            steps = 0.0
            for k in range(1, now.shape[0]):
                for s in range(states):
                    steps += was[k, s] * pulled[k - 1, s] + was[k - 1, s] * pulled[k, s]
            sums[4] += steps * step * scale
        if jumps.size > 0:
            jumped(alpha[t - 1], reach[t - 1], pulled_all, reach[t], jump * scale / grid, jumps[t])
        diffuse(pulled_all, reach[t], later_all, reach[t - 1], step, jump)
        for k in range(reach[t - 1, 0], reach[t - 1, 1]):
            for s in range(states):
                later_all[k, s] *= scale


@njit
def jumped(was, kept, pulled, now, far, jumps):  # type: ignore[no-untyped-def]  # numba infers
    """Adds the chance of a jump by so many cells (2·K − 1,), where it is over 1e-4 in all."""
    grid, states = was.shape
    before, after = was[kept[0] : kept[1]], pulled[now[0] : now[1]]
    total = 0.0
    for s in range(states):
        came, went = 0.0, 0.0
        for k in range(before.shape[0]):
            came += before[k, s]
        for q in range(after.shape[0]):
            went += after[q, s]
        total += came * went
    if total * far <= 1e-4:
        return
    for k in range(before.shape[0]):
        by = jumps[grid - 1 + now[0] - kept[0] - k :]
        for q in range(after.shape[0]):
            both = 0.0
            for s in range(states):
                both += before[k, s] * after[q, s]
            by[q] += far * both
