"""Train the sequence model of stories from PsyTAR, and write the files that ship.

    python3 run.py bench stories train          needs ../shared/data/psytar beside the checkout

python-crfsuite (L-BFGS) learns; the weights are written as plain arrays. Nothing is random, so the
same data and recipe give the same scores.
"""

import hashlib
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pycrfsuite
from corpus import Labelled

from landward.catalog import load_catalog
from landward.catalog.stories import StoryShelf
from landward.engines.narratives.features import (
    REACH,
    context_features,
    edge_feature,
    sentence_features,
    word_features,
)
from landward.engines.narratives.tagger import plain_label
from landward.model.story_model import Member, SequenceWeights

Clusters = Mapping[str, tuple[str, str, str]]
Marker = Callable[[Sequence[str]], list[str]]
LEAST = 0.004
"""A feature none of whose weights reaches this is left out of the file: it decides nothing."""


def features(tokens: Sequence[str], clusters: Clusters, marker: Marker) -> list[list[str]]:
    """All features of each token, as the tagger sums them."""
    whole = sentence_features(tokens)
    n = len(tokens)
    rows = []
    for at, own in enumerate(context_features(tokens, clusters, marker(tokens))):
        row = [*whole, *own]
        for place in range(-REACH, REACH + 1):
            there = at + place
            inside = 0 <= there < n
            row += (
                word_features(tokens[there], place, clusters) if inside else [edge_feature(place)]
            )
        rows.append(row)
    return rows


def _ends(labels: Sequence[str]) -> list[str]:
    """B, I as B, I, L (last), U (only): BILOU."""
    marked = []
    for at, label in enumerate(labels):
        follows = at + 1 < len(labels) and labels[at + 1] == f"I-{label[2:]}"
        if label == "O":
            marked.append(label)
        elif label[0] == "B":
            marked.append(("B" if follows else "U") + label[1:])
        else:
            marked.append(("I" if follows else "L") + label[1:])
    return marked


def _together(labels: Sequence[str]) -> list[str]:
    """Side effect and withdrawal as one kind."""
    return [plain_label(label) for label in labels]


VIEWS: dict[str, Callable[[Sequence[str]], list[str]]] = {
    "spans": _together,
    "kinds": list,
    "ends": lambda labels: _ends(_together(labels)),
}
"""Each member of the vote sees the labels in its own way."""


def fit(
    sentences: Sequence[Labelled],
    clusters: Clusters,
    marker: Marker,
    *,
    members: Sequence[str] = ("spans", "kinds", "ends"),
    l1: float = 0.0,
    l2: float = 0.6,
    iterations: int = 100,
    eagerness: float = 0.0,
    share: float = 0.4,
    withdrawal_from: float = 0.35,
    lexicon: Sequence[tuple[str, str]] = (),
) -> SequenceWeights:
    """Trained members, their weights rounded as the file rounds them."""
    rows = [features([token for token, _ in one], clusters, marker) for one in sentences]
    learned = {
        name: _learn(
            rows,
            [VIEWS[name]([label for _, label in one]) for one in sentences],
            l1,
            l2,
            iterations,
        )
        for name in members
    }
    kept = sorted(
        {
            feature
            for states, _ in learned.values()
            for (feature, _), weight in states.items()
            if abs(weight) >= LEAST and "\n" not in feature
        }
    )
    place = {feature: k for k, feature in enumerate(kept)}
    columns, made = [], []
    for name, (states, transitions) in learned.items():
        seen = {label for _, label in states} | {one for pair in transitions for one in pair}
        labels = tuple(sorted(seen, key=lambda one: (one != "O", one)))
        column = {label: k for k, label in enumerate(labels)}
        block = np.zeros((len(kept), len(labels)), np.float16)
        for (feature, label), weight in states.items():
            if feature in place:
                block[place[feature], column[label]] = weight
        moves = np.zeros((len(labels), len(labels)), np.float16)
        for (one, other), weight in transitions.items():
            moves[column[one], column[other]] = weight
        columns.append(block)
        made.append(Member(name, labels, moves.astype(np.float32)))
    return SequenceWeights(
        members=tuple(made),
        rows=place,
        states=np.hstack(columns).astype(np.float32),
        eagerness=eagerness,
        share=share,
        withdrawal_from=withdrawal_from,
        clusters=clusters,
        lexicon=tuple(lexicon),
    )


Learned = tuple[Mapping[tuple[str, str], float], Mapping[tuple[str, str], float]]


def _learn(
    rows: Sequence[list[list[str]]],
    labels: Sequence[list[str]],
    l1: float,
    l2: float,
    iterations: int,
) -> Learned:
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for row, label in zip(rows, labels, strict=True):
        trainer.append(row, label)
    trainer.set_params(
        {"c1": l1, "c2": l2, "max_iterations": iterations, "feature.possible_transitions": True}
    )
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
    return info.state_features, info.transitions


def write_weights(weights: SequenceWeights, path: Path) -> str:
    """Write the weights as compressed arrays; returns the file's SHA-256."""

    def letters(words: Sequence[str]) -> np.ndarray:
        return np.frombuffer("\n".join(words).encode("utf-8"), np.uint8)

    arrays = {
        "features": letters(sorted(weights.rows, key=weights.rows.__getitem__)),
        "states": weights.states.astype(np.float16),
        "members": letters([member.name for member in weights.members]),
    }
    for member in weights.members:
        arrays[f"labels_{member.name}"] = letters(member.labels)
        arrays[f"moves_{member.name}"] = member.moves.astype(np.float16)
    np.savez_compressed(path, **arrays)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def lexicon(symp: Path) -> list[tuple[str, str]]:
    """The phrases the features know: our labels and wordings, then the Symptom Ontology's (CC0)."""
    catalog = load_catalog()
    own = [row.label for row in catalog.symptoms.values()]
    own += [row.phrase for row in (*catalog.symptom_phrases, *StoryShelf().wordings)]
    theirs = []
    for line in symp.read_text(encoding="utf-8").splitlines():
        found = re.match(r"name: (.*)", line) or re.match(r'synonym: "(.*?)"', line)
        if found and found[1].lower() != "symptom":
            theirs.append(found[1].lower())
    return [("own", one) for one in own] + [("symp", one) for one in dict.fromkeys(theirs)]
