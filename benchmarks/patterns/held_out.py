"""Hidden days of real ordinal diaries: mean log loss of the hidden answers, per person.

One answer in ten is hidden (five foldings). Everybody gives a chance to each of the four answers;
a loss of log 4 = 1.386 is what knowing nothing costs.
"""

import csv
from collections import defaultdict
from datetime import date

import numpy as np
from predict import answer_chances

from landward.engines.patterns.annotation import running_median

ITEMS = ("anx", "irr", "nm", "ne", "pm", "pe")
ANSWERS = 4
FEWEST, FEWEST_OF_ALL = 60, 20


def read_jang(path, fewest=FEWEST, most=10_000):
    """{person: {item: (days,) series}} of everybody with `fewest` to `most` days and answers."""
    rows = defaultdict(dict)
    with path.open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            rows[row["id"]][date.fromisoformat(row["date"][:10])] = row
    people = {}
    for person, days in rows.items():
        if not fewest <= len(days) <= most:
            continue
        first, last = min(days), max(days)
        size = (last - first).days + 1
        series = {}
        for item in ITEMS:
            values = np.full(size, np.nan)
            for day, row in days.items():
                if row[item] not in ("", "NA"):
                    values[(day - first).days] = float(row[item])
            if np.isfinite(values).sum() >= fewest and np.nanstd(values) > 0:
                series[item] = values
        if series:
            people[person] = series
    return people


def by_running_median(y):
    """Running median over six weeks; around it how far this person's answers lie from theirs."""
    median = running_median(y)
    median = np.round(np.where(np.isfinite(median), median, np.nanmedian(y))).astype(int)
    counts = np.full((ANSWERS, ANSWERS), 0.5)
    for t in np.flatnonzero(np.isfinite(y)):
        counts[median[t], int(y[t])] += 1
    return (counts / counts.sum(axis=1, keepdims=True))[median]


def by_plain_hmm(y, states=3, rounds=40):
    """Categorical HMM with three sticky states, missing days marginalised, learned by EM."""
    days = y.size
    seen = np.isfinite(y)
    answer = np.where(seen, y, 0).astype(int)
    grid = np.arange(ANSWERS)
    emit = np.stack([np.exp(-((grid - m) ** 2)) for m in np.linspace(0.3, 2.7, states)])
    emit /= emit.sum(axis=1, keepdims=True)
    move = np.full((states, states), 0.1 / (states - 1)) + np.eye(states) * (
        0.9 - 0.1 / (states - 1)
    )
    start = np.full(states, 1 / states)
    for _ in range(rounds):
        chance = np.where(seen[:, None], emit[:, answer].T, 1.0)
        alpha, scale = np.empty((days, states)), np.empty(days)
        for t in range(days):
            a = (start if t == 0 else alpha[t - 1] @ move) * chance[t]
            scale[t] = a.sum()
            alpha[t] = a / scale[t]
        beta = np.ones((days, states))
        for t in range(days - 2, -1, -1):
            beta[t] = move @ (chance[t + 1] * beta[t + 1]) / scale[t + 1]
        gamma = alpha * beta
        gamma /= gamma.sum(axis=1, keepdims=True)
        pairs = move * (alpha[:-1].T @ (chance[1:] * beta[1:] / scale[1:, None]))
        start = gamma[0]
        move = pairs + 0.5 + 5 * np.eye(states)
        move /= move.sum(axis=1, keepdims=True)
        emit = np.stack([gamma[seen & (answer == c)].sum(axis=0) for c in grid], axis=1) + 0.5
        emit /= emit.sum(axis=1, keepdims=True)
    return gamma @ emit


def by_landward(y):
    return answer_chances(y, scale=(0, ANSWERS - 1))


METHODS = {"running median": by_running_median, "plain HMM": by_plain_hmm, "landward": by_landward}


def losses(people, folds=5, share=0.1):
    """{person: {method: mean log loss}} and the number of hidden answers per person."""
    table, hidden_days = {}, {}
    for person, series in sorted(people.items()):
        total, count = defaultdict(float), 0
        for item, y in series.items():
            answered = np.flatnonzero(np.isfinite(y))
            order = np.random.default_rng([len(person), ITEMS.index(item)]).permutation(answered)
            step = max(1, int(share * answered.size))
            for fold in range(folds):
                hidden = order[fold * step : (fold + 1) * step]
                kept = y.copy()
                kept[hidden] = np.nan
                if np.nanstd(kept) == 0:
                    continue
                count += hidden.size
                for name, method in METHODS.items():
                    p = method(kept)[hidden, y[hidden].astype(int)]
                    total[name] -= float(np.log(np.maximum(p, 1e-9)).sum())
        if count:
            table[person] = {name: total[name] / count for name in METHODS}
            hidden_days[person] = count
    return table, hidden_days
