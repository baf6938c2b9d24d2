"""The recursions against plain enumeration of every path."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from landward.engines.narratives.chains import chances, viterbi


@given(st.integers(0, 10_000), st.lists(st.integers(1, 5), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_best_paths_and_chances_agree_with_all_paths_counted(seed, lengths):
    rng = np.random.default_rng(seed)
    labels = 3
    moves = rng.normal(size=(labels, labels))
    chains = [rng.normal(size=(n, labels)) * 3 for n in lengths]
    paths, found = viterbi(chains, moves), chances(chains, moves)
    for chain, path, chance in zip(chains, paths, found, strict=True):
        every = list(itertools.product(range(labels), repeat=len(chain)))
        scores = np.array([_score(chain, moves, one) for one in every])
        assert np.isclose(_score(chain, moves, path), scores.max())
        share = np.exp(scores - scores.max())
        share /= share.sum()
        for step, label in itertools.product(range(len(chain)), range(labels)):
            exact = sum(p for p, one in zip(share, every, strict=True) if one[step] == label)
            assert np.isclose(chance[step, label], exact)


def _score(chain, moves, path):
    steps = sum(chain[k, label] for k, label in enumerate(path))
    return steps + sum(moves[a, b] for a, b in itertools.pairwise(path))
