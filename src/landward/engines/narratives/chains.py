"""Recursions over many chains at once: the best path (Viterbi), and the chance of each label.

Chains are worked through longest first, so that at each step those still going are the first ones.
Scores are natural logarithms. Rabiner 1989, doi 10.1109/5.18626; Sutton & McCallum 2012 for CRFs.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating]


def _stacked(chains: Sequence[Array]) -> tuple[list[int], list[int], npt.NDArray[np.float64]]:
    """Order (longest first), lengths in that order, one padded array chains x steps x labels."""
    order = sorted(range(len(chains)), key=lambda k: (-len(chains[k]), k))
    lengths = [len(chains[k]) for k in order]
    stack = np.zeros((len(chains), lengths[0], chains[0].shape[1]))
    for row, k in enumerate(order):
        stack[row, : lengths[row]] = chains[k]
    return order, lengths, stack


def _going(lengths: Sequence[int]) -> list[int]:
    """How many chains have step 0, 1, 2 …; then 0."""
    counts = np.bincount(lengths, minlength=lengths[0] + 1)
    return [int(n) for n in len(lengths) - np.cumsum(counts)]


def viterbi(chains: Sequence[Array], moves: Array) -> list[list[int]]:
    """The best labels of each chain. `chains`: steps x labels each; `moves`: from x to."""
    order, lengths, stack = _stacked(chains)
    going = _going(lengths)
    best = stack[:, 0].copy()
    came = np.zeros(stack.shape, np.int64)
    for step in range(1, lengths[0]):
        n = going[step]
        through = best[:n, :, None] + moves
        came[:n, step] = through.argmax(axis=1)
        best[:n] = through.max(axis=1) + stack[:n, step]
    paths: list[list[int]] = [[] for _ in chains]
    for row, k in enumerate(order):
        at = int(best[row].argmax())
        path = [at]
        for step in range(lengths[row] - 1, 0, -1):
            at = int(came[row, step, at])
            path.append(at)
        paths[k] = path[::-1]
    return paths


def chances(chains: Sequence[Array], moves: Array) -> list[npt.NDArray[np.float64]]:
    """How likely each label is at each step of each chain, all paths summed (forward–backward)."""
    order, lengths, stack = _stacked(chains)
    steps = lengths[0]
    going = _going(lengths)
    grow = np.exp(moves.astype(np.float64))
    peak = stack.max(axis=2, keepdims=True)
    local = np.exp(stack - peak)
    ahead = np.empty(stack.shape)
    ahead[:, 0] = local[:, 0] / local[:, 0].sum(axis=1, keepdims=True)
    for step in range(1, steps):
        n = going[step]
        row = (ahead[:n, step - 1] @ grow) * local[:n, step]
        ahead[:n, step] = row / row.sum(axis=1, keepdims=True)
    behind = np.ones(stack.shape)
    for step in range(steps - 2, -1, -1):
        n = going[step + 1]
        row = (behind[:n, step + 1] * local[:n, step + 1]) @ grow.T
        behind[:n, step] = row / row.sum(axis=1, keepdims=True)
    found: list[npt.NDArray[np.float64]] = [np.empty(0)] * len(chains)
    for row_, k in enumerate(order):
        both = ahead[row_, : lengths[row_]] * behind[row_, : lengths[row_]]
        found[k] = both / both.sum(axis=1, keepdims=True)
    return found
