"""A line nobody said yes to never begins; saying so later makes up for no time."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from landward.model.medicines.going_on import (
    Choice,
    asked_together,
    begun_on,
    earliest,
    moved,
)

D = dt.date
FOUR_WEEKS = [(D(2026, 1, 5), 14), (D(2026, 1, 19), 14), (D(2026, 2, 2), 14)]


def go(step: int, start: dt.date, through: int = 0) -> Choice:
    return Choice(start - dt.timedelta(days=1), step, through or step, start)


def stay(step: int, on: dt.date) -> Choice:
    return Choice(on, step, step, None)


def test_without_a_word_no_line_begins() -> None:
    assert begun_on(FOUR_WEEKS, 0, ()) == []


def test_a_plan_of_before_that_was_asked_stands_as_it_is_dated() -> None:
    assert begun_on(FOUR_WEEKS, None, ()) == [D(2026, 1, 5), D(2026, 1, 19), D(2026, 2, 2)]


def test_a_line_begins_on_the_day_that_was_said_and_later_ones_follow_it() -> None:
    said = [go(1, D(2026, 1, 9)), go(2, D(2026, 1, 23))]
    assert begun_on(FOUR_WEEKS, 0, said) == [D(2026, 1, 9), D(2026, 1, 23)]
    assert moved(FOUR_WEEKS, [D(2026, 1, 9)], D(2026, 1, 10))[1:] == [D(2026, 1, 23), D(2026, 2, 6)]


def test_a_yes_for_a_day_before_the_line_may_begin_waits_for_that_day() -> None:
    said = [go(1, D(2026, 1, 5)), go(2, D(2026, 1, 6))]
    assert begun_on(FOUR_WEEKS, 0, said) == [D(2026, 1, 5), D(2026, 1, 19)]


def test_a_yes_to_a_line_that_is_not_the_next_says_nothing() -> None:
    assert begun_on(FOUR_WEEKS, 0, [go(3, D(2026, 2, 2))]) == []
    assert begun_on(FOUR_WEEKS, 0, [go(1, D(2026, 1, 5)), go(1, D(2026, 3, 5))]) == [D(2026, 1, 5)]


def test_staying_takes_back_what_has_not_begun_and_nothing_else() -> None:
    yes = [go(1, D(2026, 1, 5)), go(2, D(2026, 1, 19))]
    assert begun_on(FOUR_WEEKS, 0, [*yes, stay(2, D(2026, 1, 18))]) == [D(2026, 1, 5)]
    assert len(begun_on(FOUR_WEEKS, 0, [*yes, stay(2, D(2026, 1, 19))])) == 2


def test_short_lines_are_asked_about_together_a_week_at_a_time() -> None:
    days = [(D(2026, 1, 1) + dt.timedelta(days=n), 1) for n in range(20)]
    assert asked_together(days, 0) == 7
    assert asked_together(days, 14) == 20
    assert asked_together(FOUR_WEEKS, 1) == 2


def test_a_line_that_could_have_begun_begins_tomorrow_at_the_earliest() -> None:
    assert moved(FOUR_WEEKS, [], D(2026, 3, 1)) == [D(2026, 3, 2), D(2026, 3, 16), D(2026, 3, 30)]


@given(st.data())
def test_no_order_of_words_makes_a_line_shorter_or_skips_one(data: st.DataObject) -> None:
    lengths = data.draw(st.lists(st.integers(1, 30), min_size=1, max_size=8))
    steps, day = [], D(2026, 1, 1)
    for days in lengths:
        steps.append((day, days))
        day += dt.timedelta(days=days)
    choices = data.draw(
        st.lists(
            st.builds(
                lambda on, step, more, start: Choice(
                    D(2026, 1, 1) + dt.timedelta(days=on), step, step + more,
                    None if start is None else D(2026, 1, 1) + dt.timedelta(days=start),
                ),
                st.integers(0, 200), st.integers(1, 9), st.integers(0, 3),
                st.one_of(st.none(), st.integers(0, 200)),
            ),
            max_size=12,
        )
    )  # fmt: skip
    begun = begun_on(steps, data.draw(st.integers(0, len(steps))), choices)
    for place in range(1, len(begun)):
        assert begun[place] >= earliest(steps, begun[:place])
    assert all(start >= planned for start, (planned, _) in zip(begun, steps, strict=False))
