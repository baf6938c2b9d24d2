"""One number a day, NaN where there is none, and why."""

import datetime as dt

import numpy as np
import pytest

from landward.model.base import BadInput
from landward.model.bodies import CheckIn, Feelings
from landward.model.diary import fold
from landward.model.series import Missing, day_series
from making import START, entry

DOWN = "0..10 better down"


def on(number: int) -> dt.date:
    return START + dt.timedelta(days=number)


def test_the_kinds_of_missing_are_different_things() -> None:
    diary = fold(
        [
            entry(
                CheckIn(asked=("day",), answers={"day": 4}, scales={"day": DOWN}), on(0), key="0"
            ),
            entry(CheckIn(asked=("day",), declined=("day",)), on(1), key="1"),
            entry(CheckIn(mode="unwell"), on(2), key="2"),
            entry(CheckIn(mode="resting"), on(3), key="3"),
            entry(CheckIn(asked=("tinnitus",), declined=("tinnitus",)), on(4), key="4"),
            entry(CheckIn(asked=("day",), no_occasion=("day",)), on(6), key="6"),
            entry(CheckIn(asked=("day",), too_much=("day",)), on(7), key="7"),
        ]
    )
    series = day_series(diary, "day")
    assert [Missing(code).name for code in series.missing] == [
        "ANSWERED", "DECLINED", "UNWELL", "RESTING", "NOT_ASKED", "NO_ENTRY", "NO_OCCASION",
        "TOO_MUCH",
    ]  # fmt: skip
    assert series.values[0] == 4 and np.isnan(series.values[1:]).all()
    assert (series.days, series.answered, series.last_day) == (8, 1, on(7))


def test_weekly_feelings_beside_it_do_not_answer_for_a_day_too_unwell() -> None:
    feelings = Feelings(asked=("joy",), answers={"joy": 1}, scales={"joy": "0..4 better up"})
    answered = CheckIn(asked=("day",), answers={"day": 4}, scales={"day": DOWN})
    for mode, why in (("unwell", Missing.UNWELL), ("resting", Missing.RESTING)):
        said = entry(CheckIn(mode=mode), on(1), key="2")
        for pair in (
            (said, entry(feelings, on(1), key="3", minute=5)),
            (entry(feelings, on(1), key="3"), entry(CheckIn(mode=mode), on(1), key="2", minute=5)),
        ):
            diary = fold([entry(answered), *pair])
            assert (diary.days[on(1)].mode, diary.days[on(1)].answers) == (mode, {"joy": 1})
            assert Missing(day_series(diary, "day", last_day=on(1)).missing[1]) == why
    alone = fold([entry(answered), entry(feelings, on(1), key="3")])
    assert alone.days[on(1)].mode == "answered"


def test_turning_a_scale_keeps_its_range_and_its_gaps() -> None:
    up = CheckIn(asked=("joy",), answers={"joy": 1}, scales={"joy": "0..4 better up"})
    gap = CheckIn(asked=("joy",), declined=("joy",))
    turned = day_series(fold([entry(up), entry(gap, on(1), key="2")]), "joy").worse_up()
    assert turned.values[0] == 3 and np.isnan(turned.values[1])
    assert str(turned.scale) == "0..4 better down"


def test_two_scales_are_two_series() -> None:
    old = CheckIn(asked=("day",), answers={"day": 4}, scales={"day": DOWN})
    new = CheckIn(asked=("day",), answers={"day": 2}, scales={"day": "0..4 better down"})
    diary = fold([entry(old), entry(new, on(1), key="2")])
    with pytest.raises(BadInput, match="two scales"):
        day_series(diary, "day")
    assert day_series(diary, "day", last_day=on(0)).answered == 1


def test_an_item_nobody_answered_is_one_clear_line() -> None:
    with pytest.raises(BadInput, match="no answers to “day”"):
        day_series(fold([]), "day")
