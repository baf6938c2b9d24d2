"""How readings are scored: kappa over days, F1 over spells, false days, calibration."""

import numpy as np

KNOWN, STRICT = "known days", "unknown counted as usual"


def kappa(found, truth):
    """Cohen's kappa over three classes (−1, 0, 1)."""
    joint = np.array(
        [[np.mean((found == a) & (truth == b)) for b in (-1, 0, 1)] for a in (-1, 0, 1)]
    )
    agree, chance = np.trace(joint), float(joint.sum(axis=0) @ joint.sum(axis=1))
    return (agree - chance) / (1 - chance)


def runs(mask):
    """(start, stop) of every run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(int), [0]))))
    return list(zip(edges[::2], edges[1::2], strict=True))


def spell_f1(found, truth, state=1):
    """F1 of spells; one is found where intersection over union is at least a half."""
    mine, theirs = runs(found == state), runs(truth == state)
    taken, hits = set(), 0
    for a in mine:
        for k, b in enumerate(theirs):
            both = min(a[1], b[1]) - max(a[0], b[0])
            if k not in taken and both / (max(a[1], b[1]) - min(a[0], b[0])) >= 0.5:
                hits += 1
                taken.add(k)
                break
    return 2 * hits / max(len(mine) + len(theirs), 1)


def score(found, truth):
    """kappa and wave F1 on days a method calls known (2 is unknown), and with unknown as usual."""
    known = found != 2
    filled = np.where(known, found, 0)
    return {
        KNOWN: (kappa(found[known], truth[known]), spell_f1(found[known], truth[known])),
        STRICT: (kappa(filled, truth), spell_f1(filled, truth)),
    }


def false_days(found):
    """Share of days called a window or a wave."""
    return float(np.mean((found == 1) | (found == -1)))


def calibration(chances, truth):
    """(10, 3) of days, mean chance and share true, by decile of the chance."""
    table = np.zeros((10, 3))
    decile = np.minimum((chances * 10).astype(int), 9)
    for k in range(10):
        own = decile == k
        table[k] = own.sum(), chances[own].sum(), truth[own].sum()
    return table
