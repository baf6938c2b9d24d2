"""A span's words to a symptom, or to nothing where it is not sure."""

import csv
from pathlib import Path

import pytest

from landward.app.stories.reader import story_reader, story_tables
from landward.engines.narratives.codes import Coder, Meanings
from landward.engines.narratives.words import cut_words

JUDGED = Path(__file__).parents[3] / "benchmarks" / "stories" / "coded.csv"

SMALL = Coder(
    [("weight_gain", "gain weight"), ("insomnia", "can't sleep"), ("crying_spells", "in tears")],
    Meanings.of(
        {"less": ["no", "can't"], "sleep": ["sleep", "sleeping"]}, ["a", "of", "in", "quite"]
    ),
    ["in tears"],
)


@pytest.mark.parametrize(
    ("words", "symptom"),
    [
        ("gain weight", "weight_gain"),
        ("weight I gain", "weight_gain"),  # any order
        ("can ' t sleep", "insomnia"),  # as a corpus parts it
        ("no sleeping", "insomnia"),
        ("tears", None),  # “in tears” is not “tears”
        ("in tears", "crying_spells"),
        ("gain", None),
        ("", None),
    ],
)
def test_small_lexicon(words, symptom):
    found = SMALL.code(words.split())
    assert (found.symptom if found else None) == symptom


def test_a_small_part_of_what_is_said_is_not_enough():
    assert (
        SMALL.code(
            [
                "gain",
                "weight",
                "while",
                "purple",
                "elephants",
                "juggle",
                "seventeen",
                "burning",
                "torches",
            ]
        )
        is None
    )


def test_finding_takes_small_words_between_and_leaves_common_ones():
    assert [
        (a, b, c.symptom) for a, b, c in SMALL.find(["I", "gain", "a", "weight", "in", "tears"])
    ] == [(1, 4, "weight_gain")]


@pytest.mark.parametrize(
    ("words", "symptom"),
    [
        ("watching life through glass", "derealization"),
        ("behind glass", "derealization"),
        ("electric jolts in my head", "electric_shock_sensations"),
        ("head full of cotton wool", "brain_fog"),
        ("my ears scream", "tinnitus"),
        ("put on 20 pounds", "weight_gain"),
        ("unable to sleep", "insomnia"),
        ("walking on a trampoline", "balance_problems"),
        ("dizzyness", "dizziness"),
        ("hair loss", "hair_loss"),
        ("night sweats", "night_sweats"),  # not sweating: every word of it counts
        ("gained 5lbs", "weight_gain"),  # the unit is glued to the number
        ("wasn ' t able to sleep", "insomnia"),
        ("a weight problem", "weight_gain"),  # word for word before “weight loss”
        ("couldn't be anything", None),  # not “can't feel anything”
        ("can't feel anything", "emotional_numbness"),
        ("can't seem to focus", "difficulty_focusing"),  # not “nothing seems real”
        ("without much fuss", None),  # not “short fuse”
        ("No sexual side effects", None),
        ("a purple bicycle", None),
    ],
)
def test_the_tables_know_pictures_and_plain_words(words, symptom):
    found = story_reader().coder.code(words.split())
    assert (found.symptom if found else None) == symptom


def test_every_wording_of_the_tables_names_its_own_symptom():
    coder, wrong = story_reader().coder, []
    for symptom, words in story_tables().wordings:
        found = coder.code([word.text for word in cut_words(words)])
        if found is None or found.symptom != symptom:
            wrong.append((symptom, words, found))
    assert not wrong


def test_the_judged_spans_are_read_as_they_were_judged():
    """Four draws of 200; the figure as judged is in RESULTS.md, this one only may not fall back."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    coder = story_reader().coder
    for draw in ("first", "second", "third", "fourth"):
        judged = [row for row in rows if row["draw"] == draw]
        assert len(judged) == 200
        right = 0
        for row in judged:
            found = coder.code([word.text for word in cut_words(row["words"])])
            given = found.symptom if found else "none"
            right += given in (row["right"] or "none").split("/")
        assert right / 200 >= 0.92, draw
