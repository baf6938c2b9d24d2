"""The reader of stories, built once from the tables. It touches no network and keeps no story."""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any, cast

from landward.catalog.catalog import Catalog, load_catalog
from landward.catalog.names import fold as name_key
from landward.catalog.stories import StoryShelf
from landward.engines.narratives.codes import NOT_LISTED, Coder, Meanings
from landward.engines.narratives.cues import compile_anchors, compile_cues
from landward.engines.narratives.features import RECIPE
from landward.engines.narratives.lexicon import make_marker
from landward.engines.narratives.read import Reader
from landward.engines.narratives.tagger import Tagger
from landward.model.base import BadInput, LandwardError
from landward.model.said import phrase
from landward.model.story_model import Provenance, StoryTables, WhenProvenance

_LONG_ENOUGH = 6
"""Shorter words are a drug's name only when spelt as in the tables."""


@cache
def story_tables() -> StoryTables:
    """The tables of stories, read once."""
    return StoryShelf().tables(load_catalog())


def provenance() -> Provenance:
    """How the model in use was made."""
    return story_tables().provenance


@cache
def phase_provenance() -> WhenProvenance:
    """How the model of phases in use was made."""
    return StoryShelf().when_provenance


@cache
def tables_sha256() -> str:
    """One SHA-256 of the tables that say what words mean: symptoms, wordings, cues, time."""
    return StoryShelf().tables_sha256


@cache
def story_reader() -> Reader:
    """The reader in use."""
    return build_reader(story_tables(), load_catalog())


def build_reader(tables: StoryTables, catalog: Catalog) -> Reader:
    """A reader with the given model and wordings."""
    if tables.provenance.recipe != RECIPE:
        raise LandwardError(
            phrase(
                "the story model was made for “{recipe}”, this program reads by "
                "“{recipe_2}”; install both together",
                recipe=tables.provenance.recipe,
                recipe_2=RECIPE,
            )
        )
    cues = cast(dict[str, Any], tables.cues)
    return Reader(
        tagger=Tagger(tables.weights),
        coder=Coder(
            (*tables.wordings, *((NOT_LISTED, words) for words in cues["forget"]["outside"])),
            Meanings.of(cues["same"], cues["forget"]["function"], cues["forget"]["weak"]),
            cues["forget"]["common"],
        ),
        marker=make_marker(tables.weights.lexicon),
        cues=compile_cues(cues),
        anchors=compile_anchors(tables.anchors),
        when=tables.when,
        find_drug=_drug_finder(catalog, tables, cues["words_that_are_no_drug"], cues["slang"]),
        labels=dict(tables.labels),
    )


def _drug_finder(
    catalog: Catalog, tables: StoryTables, not_drugs: Sequence[str], slang: dict[str, str]
) -> Callable[[str], str | None]:
    """Which drug a word of a story means: `catalog/names.py` is asked; plain words never."""
    plain = set(not_drugs)
    known = {name_key(row.name) for row in catalog.drug_names if row.usable}
    known |= {name_key(drug.name) for drug in catalog.drugs.values()}

    @lru_cache(maxsize=20_000)
    def find(word: str) -> str | None:
        low = name_key(word)
        if low in slang:
            return slang[low]
        if low not in known and (
            len(low) < _LONG_ENOUGH or low in plain or low in tables.weights.clusters
        ):
            return None
        try:
            return catalog.find_drug(word).name.casefold()
        except BadInput:
            return None

    return find
