"""A span's words to a symptom, or to nothing where it is not sure."""

import pytest

from landward.app.stories.reader import story_reader
from landward.engines.narratives.codes import Coder, Meanings

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
        ("a purple bicycle", None),
    ],
)
def test_the_tables_know_pictures_and_plain_words(words, symptom):
    found = story_reader().coder.code(words.split())
    assert (found.symptom if found else None) == symptom
