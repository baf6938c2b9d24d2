"""Medicines, amounts and how long, in figures and in words."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landward.app.stories.reader import story_reader
from landward.engines.narratives.drugs import find_steps, number


@pytest.mark.parametrize(
    ("text", "value"),
    [("0,5", "1/2"), (".25", "1/4"), ("ten", "10"), ("twenty five", "25"), ("half a", "1/2"),
     ("three quarter", "3/4"), ("banana", None), ("", None)],
)  # fmt: skip
def test_numbers(text, value):
    assert number(text) == (None if value is None else Fraction(value))


@given(st.text(max_size=20))
def test_no_text_breaks_a_number(text):
    assert number(text) is None or number(text) >= 0


@pytest.mark.parametrize(
    ("text", "drug", "dose", "days"),
    [
        ("I took ten milligrams of Valium for six years.", "diazepam", "10", 2190),
        ("Xanax 3mg a day for nine years.", "alprazolam", "3", 3285),
        ("She was given Ativan 0,5 mg three times daily.", "lorazepam", "1.5", None),
        ("I was on klonopin 500 micrograms for 14 months.", "clonazepam", "0.5", 420),
        ("I took clonazapam at night.", "clonazepam", None, None),
    ],
)
def test_what_the_words_beside_a_medicine_say(text, drug, dose, days):
    (found,) = story_reader().read(text).drugs
    assert (found.drug, found.dose_mg, found.duration_days) == (drug, dose, days)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize("word", ["Zoloft", "Prozac", "normal", "clonidine", "lithium"])
def test_other_words_are_no_benzodiazepine(word):
    assert story_reader().read(f"I took {word} for a year and it was fine with me.").drugs == ()


def test_steps_of_a_taper():
    text = "First cut 10→9 mg, then I went from 9 to 8.1 mg and am down to 4 mg."
    steps = [(one.from_mg, one.to_mg) for one in find_steps(text, 0, len(text))]
    assert steps == [("10", "9"), ("9", "8.1"), (None, "4")]
