"""Change points that people marked in real series (van den Burg & Williams 2020), never tuned on.

python annotated_study.py FOLDER     FOLDER holds their set: annotations.json, datasets/*/*.json
python annotated_study.py            only the shiftless years, which need no data

The set is github.com/alan-turing-institute/TCPD and no part of the project. Every one-dimensional
series found in FOLDER is read. The scores are those of its paper: F1 with a margin of five (what
is found counts against all annotators, what is missed against each) and how well the stretches
between marks are covered. No method is told the marks; peers stand beside ours.
"""

import json
import sys
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np

from landward.engines.patterns import level_shifts

MARGIN = 5
NOISES = {
    "AR .5": partial(lambda rng, n, phi: _ar(rng, n, phi), phi=0.5),
    "AR .7": partial(lambda rng, n, phi: _ar(rng, n, phi), phi=0.7),
    "t, 3 df": lambda rng, n: rng.standard_t(3, size=n),
    "0–4, mostly 0": lambda rng, n: np.clip(np.round(rng.normal(-0.2, 1.0, n)), 0, 4),
    "long memory": lambda rng, n: _long_memory(rng, n),
}


def ours(x):
    """level_shifts as shipped."""
    return [shift.index for shift in level_shifts(x)]


def kernel_rbf(x, weight=1.5):
    """KernelCPD (rbf), penalty 1.5 ln n times (1 + φ)/(1 − φ) of its own residuals."""
    import ruptures

    y = (x - x.mean()) / (x.std() or 1.0)
    model = ruptures.KernelCPD(kernel="rbf", min_size=4).fit(y[:, None])
    penalty = weight * np.log(y.size)
    ends = model.predict(pen=penalty)
    residual = np.concatenate([part - part.mean() for part in np.split(y, ends[:-1])])
    spread = float(residual @ residual)
    phi = min(max(float(residual[1:] @ residual[:-1]) / spread, 0.0), 0.9) if spread else 0.0
    return model.predict(pen=penalty * (1 + phi) / (1 - phi))[:-1]


def binary(x):
    """Binary segmentation of the mean, penalty 3 ln n of standardised values."""
    import ruptures

    y = (x - x.mean()) / (x.std() or 1.0)
    return ruptures.Binseg(model="l2", min_size=4).fit(y).predict(pen=3 * np.log(y.size))[:-1]


METHODS = {
    "**landward**, level_shifts": ours,
    "KernelCPD rbf, AR inflated": kernel_rbf,
    "binary segmentation": binary,
    "nothing": lambda x: [],
}


def hits(marks, found):
    """How many marks have a found point of their own within the margin, the nearest first."""
    left, count = set(found), 0
    for mark in sorted(marks):
        near = sorted((abs(mark - at), at) for at in left if abs(mark - at) <= MARGIN)
        if near:
            left.remove(near[0][1])
            count += 1
    return count


def f1(annotations, found):
    """Of the paper: day 0 counts as a mark for everyone."""
    each = [{0, *marks} for marks in annotations.values()]
    points = {0, *found}
    precision = hits(set().union(*each), points) / len(points)
    recall = np.mean([hits(marks, points) / len(marks) for marks in each])
    return 2 * precision * recall / (precision + recall)


def covering(annotations, found, days):
    """Mean over annotators: how much each of their stretches overlaps with the best found."""
    mine = _stretches(found, days)
    scores = []
    for marks in annotations.values():
        total = 0.0
        for start, end in _stretches(marks, days):
            best = 0.0
            for low, high in mine:
                inside = max(min(end, high) - max(start, low), 0)
                best = max(best, inside / (end - start + high - low - inside))
            total += (end - start) * best
        scores.append(total / days)
    return float(np.mean(scores))


def _stretches(marks, days):
    edges = sorted({0, days, *(at for at in marks if 0 < at < days)})
    return list(pairwise(edges))


def annotated(folder):
    """Name, values and annotations of every one-dimensional series."""
    marks = json.loads((folder / "annotations.json").read_text())
    for path in sorted(folder.glob("datasets/*/*.json")):
        made = json.loads(path.read_text())
        if made["n_dim"] != 1 or made["name"] not in marks:
            continue
        raw = made["series"][0]["raw"]
        x = np.array([np.nan if value is None else value for value in raw], dtype=float)
        yield made["name"], x, marks[made["name"]]


def _ar(rng, n, phi):
    x = rng.normal(size=n)
    for t in range(1, n):
        x[t] += phi * x[t - 1]
    return x


def _long_memory(rng, n):
    rates = np.array([0.5, 0.9, 0.97, 0.99])
    return sum(np.sqrt(1 - rate**2) * _ar(rng, n, rate) for rate in rates)


def score(folder):
    """One row a method: mean F1 and cover; then every series of ours."""
    table = list(annotated(folder))
    print(f"{len(table)} series, {sum(len(marks) for _, _, marks in table)} annotations\n")
    print("| method | F1 | cover |\n|---|---|---|")
    for name, method in METHODS.items():
        pairs = []
        for _, x, marks in table:
            kept = np.flatnonzero(np.isfinite(x))
            found = [int(kept[at]) for at in method(x[kept])]
            pairs.append((f1(marks, found), covering(marks, found, x.size)))
        print("| {} | {:.3f} | {:.3f} |".format(name, *np.mean(pairs, axis=0)), flush=True)


def shiftless(years=60):
    """Share of years without any shift in which one is found."""
    print("\n| noise | " + " | ".join(METHODS) + " |\n" + "|---" * (len(METHODS) + 1) + "|")
    for name, make in NOISES.items():
        cells = []
        for method in METHODS.values():
            rng = np.random.default_rng(77)
            wrong = np.mean([bool(len(method(make(rng, 365)))) for _ in range(years)])
            cells.append(f"{100 * wrong:.0f} %")
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        score(Path(sys.argv[1]))
    shiftless()
