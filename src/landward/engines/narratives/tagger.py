"""The sequence models at work: weights of linear-chain CRFs, read together, and the best labels.

python-crfsuite trains; what it learned is plain numbers: a weight for each feature and label, and
one for each pair of labels. Reading is then sums and recursions in numpy, many sentences at once.
Several models vote: the first finds spans (side effect and withdrawal as one), the others see the
kinds or the ends of spans apart; see docs/methods/stories.md for the equations.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, cast

import numpy as np
import numpy.typing as npt

from landward.engines.narratives.chains import chances, viterbi
from landward.engines.narratives.features import (
    REACH,
    context_features,
    edge_feature,
    sentence_features,
    word_features,
)
from landward.model.story_model import Member, SequenceWeights

Floats = npt.NDArray[np.float32]
Label = Literal["ADR", "WD", "DI", "SSI"]
KINDS = "kinds"
"""The name of the member whose labels keep withdrawal and side effect apart."""

_MOST_KEPT = 60_000
"""Words kept with their sums; past this the store is emptied, so that memory stays bounded."""

_LEAST_CHANCE = 1e-4


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """Words `first` up to `past` of a sentence, their label, and how sure the models are (0–1)."""

    first: int
    past: int
    label: Label
    confidence: float


@dataclass
class Tagger:
    """Reads sentences with given weights. It keeps the sums of words seen; answers never change."""

    weights: SequenceWeights
    _places: dict[tuple[str, int], int] = field(default_factory=dict)
    _sums: Floats = field(default_factory=lambda: np.empty((0, 0), np.float32))
    """The sums of words seen, a row each, with room for more: copying them for each story would
    make a story slower the more was read before it."""

    def spans(
        self, sentences: Sequence[Sequence[str]], marks: Sequence[Sequence[str]]
    ) -> list[list[TaggedSpan]]:
        """The spans of each sentence, none of which may be empty."""
        if not sentences:
            return []
        scores = self._scores(sentences, marks)
        first, *others = self.weights.members
        seen = {
            member.name: chances([one[:, columns] for one in scores], member.moves)
            for member, columns in self._columns
        }
        voted = [one[:, self._columns[0][1]].astype(np.float64) for one in scores]
        for total in voted:
            total[:, first.labels.index("O")] -= self.weights.eagerness
        for member in others:
            mapping = _mapping(member, first)
            for k, chance in enumerate(seen[member.name]):
                voted[k] += self.weights.share * np.log(chance @ mapping + _LEAST_CHANCE)
        paths = viterbi(voted, first.moves)
        return [self._described(path, k, seen, first.labels) for k, path in enumerate(paths)]

    def _described(
        self,
        path: Sequence[int],
        k: int,
        seen: dict[str, list[npt.NDArray[np.float64]]],
        labels: Sequence[str],
    ) -> list[TaggedSpan]:
        found = []
        for first, past, label in spans_of([labels[one] for one in path]):
            inside = [
                1 - float(seen[member.name][k][first:past, member.labels.index("O")].mean())
                for member in self.weights.members
            ]
            kept = label != "SX"  # a member that tells the kinds apart has said it already
            kind = cast("Label", label) if kept else self._kind(seen[KINDS][k][first:past])
            sure = round(sum(inside) / len(inside), 3)
            found.append(TaggedSpan(first, past, kind, sure))
        return found

    def _kind(self, chance: npt.NDArray[np.float64]) -> Label:
        """Withdrawal or side effect, by the member that keeps them apart."""
        labels = next(one.labels for one in self.weights.members if one.name == KINDS)
        share = {
            kind: sum(chance[:, k].sum() for k, label in enumerate(labels) if label[2:] == kind)
            for kind in ("WD", "ADR")
        }
        total = share["WD"] + share["ADR"]
        return "WD" if total and share["WD"] / total > self.weights.withdrawal_from else "ADR"

    @cached_property
    def _columns(self) -> list[tuple[Member, slice]]:
        columns, start = [], 0
        for member in self.weights.members:
            columns.append((member, slice(start, start + len(member.labels))))
            start += len(member.labels)
        return columns

    def _scores(
        self, sentences: Sequence[Sequence[str]], marks: Sequence[Sequence[str]]
    ) -> list[Floats]:
        """How well each label of each member suits each token, before its neighbours speak.

        Rows of weights are gathered for all tokens at once and summed token by token.
        """
        known = self.weights.rows
        if len(self._places) > _MOST_KEPT:
            self._places.clear()
        near: list[int] = []
        rows: list[int] = []
        begins: list[int] = []
        for tokens, mark in zip(sentences, marks, strict=True):
            whole = [known[one] for one in sentence_features(tokens) if one in known]
            for at, own in enumerate(context_features(tokens, self.weights.clusters, mark)):
                near += [
                    self._word(tokens, at + place, place) for place in range(-REACH, REACH + 1)
                ]
                begins.append(len(rows))
                rows += whole
                rows += [known[one] for one in own if one in known]
        around = self._sums[np.asarray(near).reshape(-1, 2 * REACH + 1)].sum(axis=1)
        scores = around + np.add.reduceat(self.weights.states[rows], begins, axis=0)
        ends = np.cumsum([len(tokens) for tokens in sentences])
        return np.split(scores, ends[:-1])

    def _word(self, tokens: Sequence[str], at: int, place: int) -> int:
        """Where the sum of a word's own features at a place is kept."""
        word = tokens[at] if 0 <= at < len(tokens) else ""
        kept = self._places.get((word, place))
        if kept is None:
            features = (
                word_features(word, place, self.weights.clusters) if word else [edge_feature(place)]
            )
            rows = [self.weights.rows[one] for one in features if one in self.weights.rows]
            kept = len(self._places)
            if kept == len(self._sums):
                more = max(1024, kept)
                self._sums = np.resize(self._sums, (kept + more, self.weights.states.shape[1]))
            self._sums[kept] = self.weights.states[rows].sum(axis=0)
            self._places[word, place] = kept
        return kept


def _mapping(member: Member, first: Member) -> npt.NDArray[np.float64]:
    """Which label of the first member each label of another speaks for (labels x labels)."""
    columns = {label: k for k, label in enumerate(first.labels)}
    mapping = np.zeros((len(member.labels), len(first.labels)))
    for k, label in enumerate(member.labels):
        mapping[k, columns[plain_label(label)]] = 1
    return mapping


def plain_label(label: str) -> str:
    """A label with kinds as one and ends as B or I: U-ADR -> B-SX, L-DI -> I-DI."""
    if label == "O":
        return label
    kind = "SX" if label[2:] in {"ADR", "WD"} else label[2:]
    return f"{'B' if label[0] in 'BU' else 'I'}-{kind}"


def spans_of(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Labels B-X, I-X, O as spans. An I after something else begins a span, as B does."""
    found: list[tuple[int, int, str]] = []
    first, kind = 0, ""
    for at, label in enumerate([*labels, "O"]):
        if kind and (label[0] != "I" or label[2:] != kind):
            found.append((first, at, kind))
            kind = ""
        if label != "O" and not kind:
            first, kind = at, label[2:]
    return found
