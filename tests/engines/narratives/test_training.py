"""Training twice gives the same weights; a trained model finds what it was shown."""

import sys
from pathlib import Path

import numpy as np

from landward.engines.narratives.lexicon import make_marker
from landward.engines.narratives.tagger import Tagger, plain_label, spans_of

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks" / "stories"))
import train

SHOWN = [
    [("I", "O"), ("had", "O"), (symptom, "B-ADR"), ("on", "O"), ("it", "O"), (".", "O")]
    for symptom in ("nausea", "headaches", "insomnia", "vertigo")
] + [
    [("After", "O"), ("stopping", "O"), ("came", "O"), ("brain", "B-WD"), ("zaps", "I-WD")],
    [("When", "O"), ("stopping", "O"), ("I", "O"), ("felt", "O"), ("dizzy", "B-WD")],
    [("It", "O"), ("helped", "O"), ("my", "O"), ("depression", "B-DI"), (".", "O")],
]  # fmt: skip
MARKER = make_marker([("own", "nausea")])


def fitted():
    return train.fit(SHOWN * 3, {}, MARKER, members=("spans", "kinds"), iterations=40)


def test_training_twice_gives_the_same_weights():
    one, other = fitted(), fitted()
    assert one.rows == other.rows
    assert np.array_equal(one.states, other.states)


def test_what_was_shown_is_found_with_its_kind():
    tokens = [[token for token, _ in sentence] for sentence in SHOWN]
    found = Tagger(fitted()).spans(tokens, [MARKER(one) for one in tokens])
    for sentence, spans in zip(SHOWN, found, strict=True):
        assert [(a.first, a.past, a.label) for a in spans] == spans_of([b for _, b in sentence])


def test_weights_written_are_the_weights_read(tmp_path):
    weights = fitted()
    first = train.write_weights(weights, tmp_path / "a.npz")
    assert first == train.write_weights(weights, tmp_path / "b.npz")


def test_labels_without_kinds_and_ends():
    assert [plain_label(x) for x in ("O", "U-ADR", "L-WD", "B-DI")] == ["O", "B-SX", "I-SX", "B-DI"]
