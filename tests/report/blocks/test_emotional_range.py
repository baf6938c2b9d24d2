"""Emotional range on page one: what is told of each feeling, its sentence, its one question."""

import pytest

from landward.app.share.report import report_context
from landward.model.bodies import Feelings
from landward.model.diary import fold
from landward.report.appendices.all_parts import USUAL
from landward.report.blocks.emotional_range import FEELINGS, feeling_rows, feelings_asked
from tests.report.blocks.test_small_blocks import START, day, scope_of
from tests.report.people import Pen, check_in, rich_entries


def test_feelings_keep_no_occasion_apart_from_zero() -> None:
    pen = Pen()
    pen.write(check_in({"day": 5.0}), START)
    for i in range(0, 70, 7):
        late = i > 40
        answers = {"joy": 2.0 if late else 0.0} | ({} if late else {"anger": 1.0})
        pen.write(
            Feelings(
                asked=("joy", "anger"),
                answers=answers,
                scales=dict.fromkeys(answers, "0..4 better up"),
                no_occasion=("anger",) if late else (),
            ),
            day(i),
        )
    joy, anger = feeling_rows(scope_of(pen, 70))
    assert (joy.first, joy.now, joy.words) == (0, 2, "2 (0)")
    assert (anger.first, anger.now, anger.words) == (1, None, "no occasion")


def test_a_single_feeling_left_out_is_on_no_page_and_the_page_says_that_one_is() -> None:
    diary = fold(rich_entries())
    whole = report_context(diary, appendices=USUAL)
    assert {"joy", "love"} <= {row.name for row in FEELINGS.of(whole)}
    page = report_context(diary, without=["feelings:love"], appendices=USUAL)
    assert "joy" in {row.name for row in FEELINGS.of(page)}
    assert "love" not in page.model_dump_json(exclude={"feelings_away"})
    assert page.left_out_words == ("single feelings",)
    assert feelings_asked(diary) and set(feelings_asked(diary)) >= {"joy", "love"}


def looked(pen: Pen, at: int, wordings: dict[str, str] | None = None, **answers: float) -> None:
    scales = dict.fromkeys(answers, "0..4 better up")
    body = Feelings(asked=tuple(answers), answers=answers, scales=scales, wordings=wordings or {})
    pen.write(body, day(at))


@pytest.mark.parametrize(
    ("first", "now", "said", "asked"),
    [
        ({"joy": 0, "love": 3}, {"joy": 2, "love": 1},
         "More than in the first four weeks: joy. Less: love.",
          "how was it before the medicine?"),
        ({"joy": 1, "love": 1}, {"joy": 1, "love": 1},
         "About the same as in the first four weeks.", "how was it before the medicine?"),
        ({"joy": 0, "love": 0, "body": 1}, {"joy": 4, "love": 3, "body": 4},
         "More than in the first four weeks: each one answered.",
         "is anything that matters missing?"),
        ({}, {"joy": 4, "love": 0}, "No earlier numbers to compare with.",
         "how was it before the medicine?"),
    ],
)  # fmt: skip
def test_feelings_say_what_moved_and_ask_one_question(
    first: dict[str, float], now: dict[str, float], said: str, asked: str
) -> None:
    pen = Pen()
    pen.write(check_in({"day": 5.0}), START)
    if first:
        looked(pen, 0, **first)
    looked(pen, 69, **now)
    rows = feeling_rows(scope_of(pen, 70))
    shown = FEELINGS.show(rows, 99).said
    assert (shown[0], shown[-1]) == (said, f"To answer together: {asked}")
    assert FEELINGS.short is not None
    assert FEELINGS.short(rows).said == (shown[0], shown[-1])


def test_answers_to_other_words_are_not_compared() -> None:
    pen = Pen()
    pen.write(check_in({"day": 5.0}), START)
    looked(pen, 0, joy=0, love=1)
    looked(pen, 62, {"joy": "1.en", "love": "1.en"}, joy=0, love=1)
    looked(pen, 69, {"joy": "2.en", "love": "1.en"}, joy=4, love=1)
    joy, love = feeling_rows(scope_of(pen, 70))
    assert (joy.now, joy.first, joy.words) == (4, None, "4 (other words then)")
    assert (love.now, love.first, love.words) == (1, 1, "1 (1)")
    assert FEELINGS.show((joy, love), 99).said[0] == "About the same as in the first four weeks."
