"""The tables of stories: wordings that clash with nothing, and a trained file that is the one."""

from collections import Counter

import pytest

from landward.catalog import load_catalog
from landward.catalog.names import fold
from landward.catalog.read import TABLES
from landward.catalog.stories import WEIGHTS, StoryShelf
from landward.model.base import LandwardError

CATALOG, SHELF = load_catalog(), StoryShelf()


def test_wordings_name_main_symptoms_and_never_two():
    meaning = {fold(row.phrase): row.symptom for row in CATALOG.symptom_phrases}
    for row in SHELF.wordings:
        assert not CATALOG.symptoms[row.symptom].same_as, row.id
        assert meaning.setdefault(fold(row.phrase), row.symptom) == row.symptom, row.id
    ids = Counter(row.id for row in SHELF.wordings)
    assert max(ids.values()) == 1 and not set(ids) & set(CATALOG.rows_by_id)


def test_every_symptom_has_at_least_three_wordings():
    said = Counter(row.symptom for row in (*CATALOG.symptom_phrases, *SHELF.wordings))
    few = {one.id for one in CATALOG.symptoms.values() if said[one.same_as or one.id] < 3}
    assert not few


def test_every_row_ships_under_our_own_licence():
    assert {row.licence for row in SHELF.wordings} == {"own"}


def test_the_model_is_small_and_says_where_it_came_from():
    folder = TABLES / "narratives"
    assert sum(path.stat().st_size for path in folder.iterdir()) < 30_000_000
    assert "CC-BY-4.0" in SHELF.provenance.licence and "Zolnoori" in SHELF.provenance.citation


def test_a_model_that_was_altered_is_refused(tmp_path):
    import shutil

    for name in ("narratives", "phrases"):
        shutil.copytree(TABLES / name, tmp_path / name)
    weights = tmp_path / "narratives" / WEIGHTS
    weights.write_bytes(weights.read_bytes() + b"\0")
    with pytest.raises(LandwardError, match="not the one that was trained"):
        StoryShelf(tmp_path).tables(CATALOG)
