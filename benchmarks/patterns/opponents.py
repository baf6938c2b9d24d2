"""What else one would use: (days,) severity with NaN in, −1, 0, 1 a day out (2 unknown)."""

import warnings

import numpy as np

from landward.engines.patterns import read_waves
from landward.engines.patterns.annotation import annotate, running_median

CODES = {"window": -1, "usual": 0, "wave": 1, "unknown": 2}


def _filled(y):
    t = np.arange(y.size)
    seen = np.isfinite(y)
    return np.interp(t, t[seen], y[seen])


def _detrended(y):
    median = running_median(y)
    base = np.where(np.isfinite(median), median, np.nanmedian(y))
    return _filled(y) - np.convolve(np.pad(base, 7, mode="edge"), np.full(15, 1 / 15), "valid")


def _by_level(level, threshold=1.0):
    return np.where(level > threshold, 1, np.where(level < -threshold, -1, 0))


def running_median_band(y):
    """Days further than 1.2 points from the running median of six weeks."""
    return _by_level(_detrended(y), 1.2)


def kernel_cpd(y):
    """ruptures KernelCPD (linear) on the detrended series; segments by their mean."""
    import ruptures

    x = _detrended(y)
    ends = ruptures.KernelCPD(kernel="linear", min_size=2).fit(x[:, None]).predict(pen=6.0)
    level, start = np.empty(x.size), 0
    for end in ends:
        level[start:end] = x[start:end].mean()
        start = end
    return _by_level(level, 0.9)


def _three_states(x, rounds=50):
    from hmmlearn.hmm import GaussianHMM

    model = GaussianHMM(
        3, covariance_type="diag", min_covar=0.1, n_iter=rounds, init_params="", random_state=0
    )
    model.startprob_ = np.full(3, 1 / 3)
    model.transmat_ = np.full((3, 3), 0.05) + 0.85 * np.eye(3)
    model.means_ = np.array([[-2.0], [0.0], [2.0]])
    model.covars_ = np.full((3, 1), 0.8)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        states = model.fit(x[:, None]).predict(x[:, None])
    rank = np.argsort(np.argsort(model.means_[:, 0]))
    return rank[states] - 1, np.sort(model.means_[:, 0])


def gaussian_hmm(y):
    """hmmlearn, three Gaussian states on the detrended series."""
    return _three_states(_detrended(y))[0]


def quick_hmm(y, refits=2, rounds=10):
    """A small HMM learned by EM around a running median, refitted with its states taken out."""
    seen = np.isfinite(y)
    means, sigma = np.array([-1.8, 0.0, 1.8]), 1.0
    move = np.full((3, 3), 0.04) + 0.88 * np.eye(3)
    effect = np.zeros(y.size)
    for _ in range(1 + refits):
        median = running_median(y - effect)
        x = np.where(seen, y - np.where(np.isfinite(median), median, np.nanmedian(y)), 0.0)
        for _ in range(rounds):
            chance = np.exp(-0.5 * ((x[:, None] - means) / sigma) ** 2) / sigma + 1e-6
            gamma, pairs = _smooth(np.where(seen[:, None], chance, 1.0), move)
            weight = gamma[seen]
            means = (weight.T @ x[seen] + 8 * np.array([-1.8, 0, 1.8])) / (weight.sum(axis=0) + 8)
            means[1] = 0.0
            sigma = float(np.sqrt((weight * (x[seen][:, None] - means) ** 2).sum() / seen.sum()))
            move = pairs + 0.5 + 8 * np.eye(3)
            move /= move.sum(axis=1, keepdims=True)
        effect = gamma @ means
    return gamma.argmax(axis=1) - 1


def _smooth(chance, move):
    alpha, beta, scale = np.empty_like(chance), np.ones_like(chance), np.empty(len(chance))
    for t in range(len(chance)):
        a = (np.full(3, 1 / 3) if t == 0 else alpha[t - 1] @ move) * chance[t]
        scale[t] = a.sum()
        alpha[t] = a / scale[t]
    for t in range(len(chance) - 2, -1, -1):
        beta[t] = move @ (chance[t + 1] * beta[t + 1]) / scale[t + 1]
    pairs = move * (alpha[:-1].T @ (chance[1:] * beta[1:] / scale[1:, None]))
    return alpha * beta, pairs


def annotation(y):
    """The plain rule of our own methods page."""
    return annotate(y, (0.0, 10.0))[0].astype(int)


def landward(y, dose_mg=None):
    """read_waves as shipped."""
    return np.array([CODES[day.state] for day in read_waves(y, dose_mg).days])


OPPONENTS = {
    "running median ± 1.2": running_median_band,
    "ruptures KernelCPD, detrended": kernel_cpd,
    "hmmlearn, 3 Gaussian states": gaussian_hmm,
    "quick HMM with baseline refits": quick_hmm,
    "annotation rule (ours, plain)": annotation,
}
