"""Rows of answers are drawn once and hold nothing of a person."""

import pytest

from landward.web.http.shapes import Shapes
from landward.web.http.templates import environment


@pytest.fixture
def shapes() -> Shapes:
    return Shapes(environment())


def test_only_the_chosen_answer_is_checked(shapes: Shapes) -> None:
    row = shapes.words("s:anxiety", ("none", "mild", "strong"), "1")
    assert row.count(" checked") == 1
    assert 'name="s:anxiety" value="1" checked><span>mild</span>' in row
    assert " checked" not in shapes.words("s:anxiety", ("none", "mild", "strong"))
    assert " checked" not in shapes.words("s:anxiety", ("none", "mild"), "7")  # no such answer
    assert " checked" not in shapes.words("s:anxiety", ("none", "mild"), "", clear="1")


def test_ten_is_not_one(shapes: Shapes) -> None:
    row = shapes.scale10("day_is", "1", clear="1")
    assert 'value="1" checked' in row
    assert 'value="10">' in row
    assert "no answer" in row


def test_a_word_is_its_own_value_where_asked(shapes: Shapes) -> None:
    row = shapes.words("q:hardest", ("morning", "night"), "night", as_word=True)
    assert 'value="night" checked><span>night</span>' in row


def test_special_answers_stand_beside(shapes: Shapes) -> None:
    row = shapes.words("pleasant", ("no", "yes"), "declined", extra=(("declined", "not today"),))
    assert 'class="words with-extra"' in row
    assert 'value="declined" checked><span>not today</span>' in row


def test_what_a_person_wrote_is_escaped_and_not_kept(shapes: Shapes) -> None:
    nasty = 's:"><script>'
    row = shapes.words(nasty, ("none", "mild"), '"><b>')
    assert "<script>" not in row
    assert "<b>" not in row
    assert 'name="s:&#34;&gt;&lt;script&gt;"' in row
    kept = shapes._blank("words", ("none", "mild"), (), clear=False)
    assert "script" not in kept
    assert " checked" not in kept
