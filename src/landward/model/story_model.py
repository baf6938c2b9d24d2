"""A trained sequence model as plain values, and where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from landward.model.base import Frozen
from landward.model.stories import Phase


class Provenance(Frozen):
    """How the trained file was made. Hashes are SHA-256; `data_sha256` is of the training files."""

    name: str
    recipe: str
    trained_on: str
    licence: str
    citation: str
    data_sha256: tuple[str, ...]
    weights_sha256: str
    clusters_sha256: str
    lexicon_sha256: str
    sentences: int
    l1: float
    l2: float
    iterations: int
    eagerness: float
    share: float
    withdrawal_from: float
    figures: str


@dataclass(frozen=True)
class Member:
    """One of the sequence models that vote: its labels, and label-to-label weights.

    `labels` are in the order of its columns in the common matrix of features.
    """

    name: str
    labels: tuple[str, ...]
    moves: npt.NDArray[np.float32]


@dataclass(frozen=True)
class SequenceWeights:
    """What was learned. `rows`: feature -> row of `states` (features x the labels of all members,
    one member after the other). The first member finds spans; what the others think is added with
    weight `share`; `eagerness` is taken off the label “O” (no symptom); a span is withdrawal from
    `withdrawal_from` on, of what the member with kinds gives to withdrawal or side effect.

    `clusters`: words of like meaning, in three grains. `lexicon`: (which list, words) of the
    phrases the features know.
    """

    members: tuple[Member, ...]
    rows: Mapping[str, int]
    states: npt.NDArray[np.float32]
    eagerness: float
    share: float
    withdrawal_from: float
    clusters: Mapping[str, tuple[str, str, str]]
    lexicon: tuple[tuple[str, str], ...]


class WhenProvenance(Frozen):
    """How the phase model was made. Hashes are SHA-256; `data_sha256` is of the stories."""

    name: str
    recipe: str
    trained_on: str
    licence: str
    data_sha256: tuple[str, ...]
    weights_sha256: str
    stories: int
    mentions: int
    l2: tuple[float, ...]
    iterations: int
    figures: str


@dataclass(frozen=True)
class WhenModel:
    """What was learned of when. `rows`: feature -> row of `states` (features x the phases of each
    member in turn); `moves`: for each member phase-to-phase weights."""

    phases: tuple[Phase, ...]
    rows: Mapping[str, int]
    states: npt.NDArray[np.float32]
    moves: tuple[npt.NDArray[np.float32], ...]


@dataclass(frozen=True)
class StoryTables:
    """Everything the reader of stories needs from the tables.

    `wordings`: (main symptom, words) in a fixed order; `labels`: main symptom -> plain name;
    `cues`, `anchors`: the tables of cue words and of words of time as read; `when`: the phase
    model.
    """

    provenance: Provenance
    weights: SequenceWeights
    wordings: tuple[tuple[str, str], ...]
    labels: Mapping[str, str]
    cues: Mapping[str, object]
    anchors: Mapping[str, object]
    when: WhenModel
