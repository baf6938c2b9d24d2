"""The shelf of stories: wordings of symptoms, cue words, and the trained sequence model."""

import hashlib
import io
from functools import cached_property
from typing import cast

import numpy as np

from landward.catalog.catalog import Catalog
from landward.catalog.read import read_toml
from landward.catalog.shelf import Shelf
from landward.model.base import LandwardError
from landward.model.knowledge import SymptomPhrase
from landward.model.said import phrase
from landward.model.stories import Phase
from landward.model.story_model import (
    Member,
    Provenance,
    SequenceWeights,
    StoryTables,
    WhenModel,
    WhenProvenance,
)

WEIGHTS, CLUSTERS, LEXICON = "psytar.npz", "clusters.txt", "lexicon.txt"
PROVENANCE = "psytar.toml"
WHEN, WHEN_PROVENANCE = "when.npz", "when.toml"
_SAID = ("phrases/wordings.csv", "phrases/cues.toml", "phrases/when.toml")


class StoryShelf(Shelf):
    """What reading a story needs, beside the symptoms and drugs of the catalog."""

    @cached_property
    def wordings(self) -> tuple[SymptomPhrase, ...]:
        """How people tell symptoms, metaphors included; each names a main symptom."""
        return self._rows("phrases/wordings", SymptomPhrase)

    @cached_property
    def cues(self) -> dict[str, object]:
        """The table of cue words: whether, of whom, when."""
        return read_toml(self.folder / "phrases" / "cues.toml")

    @cached_property
    def tables_sha256(self) -> str:
        """SHA-256 of the tables that say what words mean, one after the other in this order."""
        names = ("symptoms.csv", "symptom_phrases.csv", *_SAID)
        return hashlib.sha256(
            b"".join((self.folder / one).read_bytes() for one in names)
        ).hexdigest()

    @cached_property
    def provenance(self) -> Provenance:
        """How the trained file was made."""
        raw = read_toml(self.folder / "narratives" / PROVENANCE)
        raw["data_sha256"] = tuple(raw["data_sha256"])
        return Provenance(**raw)

    def tables(self, catalog: Catalog) -> StoryTables:
        """Everything at once. Raises LandwardError where the trained file was altered."""
        main = {row.id: row.label for row in catalog.symptoms.values() if not row.same_as}
        labels = [
            (row.same_as or row.id, row.label) for row in catalog.symptoms.values() if row.usable
        ]
        spoken = [
            (row.symptom, row.phrase)
            for row in (*catalog.symptom_phrases, *self.wordings)
            if row.usable
        ]
        return StoryTables(
            provenance=self.provenance,
            weights=self._weights(),
            wordings=(*labels, *spoken),
            labels=main,
            cues=self.cues,
            anchors=read_toml(self.folder / "phrases" / "when.toml"),
            when=self._when(),
        )

    @cached_property
    def when_provenance(self) -> WhenProvenance:
        """How the phase model was made."""
        raw = read_toml(self.folder / "narratives" / WHEN_PROVENANCE)
        return WhenProvenance(**raw | {name: tuple(raw[name]) for name in ("data_sha256", "l2")})

    def _when(self) -> WhenModel:
        with np.load(io.BytesIO(self._checked(WHEN, self.when_provenance.weights_sha256))) as file:
            features = bytes(file["features"]).decode("utf-8").split("\n")
            phases = bytes(file["phases"]).decode("utf-8").split("\n")
            return WhenModel(
                phases=cast("tuple[Phase, ...]", tuple(phases)),
                rows=dict(zip(features, range(len(features)), strict=True)),
                states=file["states"].astype(np.float32),
                moves=tuple(file["moves"].astype(np.float32)),
            )

    def _weights(self) -> SequenceWeights:
        made = self.provenance
        with np.load(io.BytesIO(self._checked(WEIGHTS, made.weights_sha256))) as file:
            features = bytes(file["features"]).decode("utf-8").split("\n")
            states = file["states"].astype(np.float32)
            members = tuple(
                Member(
                    name,
                    tuple(bytes(file[f"labels_{name}"]).decode("utf-8").split("\n")),
                    file[f"moves_{name}"].astype(np.float32),
                )
                for name in bytes(file["members"]).decode("utf-8").split("\n")
            )
        return SequenceWeights(
            members=members,
            rows=dict(zip(features, range(len(features)), strict=True)),
            states=states,
            eagerness=made.eagerness,
            share=made.share,
            withdrawal_from=made.withdrawal_from,
            clusters=read_clusters(self._checked(CLUSTERS, made.clusters_sha256).decode("utf-8")),
            lexicon=read_lexicon(self._checked(LEXICON, made.lexicon_sha256).decode("utf-8")),
        )

    def _checked(self, name: str, sha256: str) -> bytes:
        """A file of the model, if it is the one that was trained."""
        data = (self.folder / "narratives" / name).read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise LandwardError(
                phrase(
                    "the story model's file {name} is not the one that was trained; install "
                    "it again",
                    name=name,
                )
            )
        return data


def read_clusters(text: str) -> dict[str, tuple[str, str, str]]:
    """Lines “word coarse middle fine”: words of like meaning, in three grains."""
    found = {}
    for line in text.splitlines():
        word, coarse, middle, fine = line.split(" ")
        found[word] = (coarse, middle, fine)
    return found


def read_lexicon(text: str) -> tuple[tuple[str, str], ...]:
    """Lines “LIST<tab>words”."""
    return tuple((which, words) for which, words in (x.split("\t") for x in text.splitlines()))
