"""When: the features of a mention, the vote of the members, and a file that retraining repeats."""

import sys
from pathlib import Path

import numpy as np
import pytest

from landward.app.stories.reader import story_reader
from landward.engines.narratives.standing import tense
from landward.engines.narratives.when import place_all
from landward.model.story_model import WhenModel

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks" / "stories"))
import train_when
from made_up import FILE, FILE_2, kappa, read_stories

from landward.catalog.stories import StoryShelf

MODEL = WhenModel(
    phases=("before", "on"),
    rows={"x": 0, "y": 1},
    states=np.array([[2, 0, 0, 0], [0, 2, 0, 0]], np.float32),
    moves=(np.zeros((2, 2), np.float32), np.zeros((2, 2), np.float32)),
)


def test_the_members_chances_are_averaged():
    (first, chance), (second, _) = place_all(MODEL, [["x"], ["y", "never seen"]], [None, None])
    assert (first, second) == ("before", "on")
    one = np.exp(2) / (1 + np.exp(2))  # the first member; the second knows nothing: a half
    assert chance == pytest.approx((one + 0.5) / 2, abs=5e-4)


def test_what_the_sentence_says_outweighs_a_guess_not_a_certainty():
    assert place_all(MODEL, [["never seen"]], ["on"])[0] == (
        "on",
        pytest.approx(0.9 / 1.4, abs=5e-4),
    )
    assert place_all(MODEL, [["x"]], ["on"])[0][0] == "on"
    sure = WhenModel(
        MODEL.phases, MODEL.rows, np.full((2, 4), [9, 0, 9, 0], np.float32), MODEL.moves
    )
    assert place_all(sure, [["x"]], ["on"])[0][0] == "before"


def test_no_mentions_no_answers():
    assert place_all(MODEL, [], []) == []


@pytest.mark.parametrize(
    ("words", "tenses"),
    [("i felt dizzy", "P"), ("i am dizzy", "R"), ("i have been dizzy", "RF"), ("dizzy", "")],
)
def test_tenses(words, tenses):
    assert tense(words) == tenses


def test_retraining_gives_the_file_that_ships(tmp_path):
    reader = story_reader()
    stories = [one for file in (FILE, FILE_2) for one in read_stories(file)]
    model = train_when.fit([train_when.examples(one, reader) for one in stories])
    made = StoryShelf().when_provenance
    shipped = reader.when
    assert train_when.sha256(FILE_2) == made.data_sha256[1]
    assert model.rows == shipped.rows
    assert np.abs(model.states - shipped.states).max() < 0.02


def test_kappa_against_a_table_done_by_hand():
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: agreed .7, by chance .5 (Cohen 1960's worked way)
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([(0, 0)] * 9 + [(1, 0)]) == 0
