"""A lane's bracket stands where the answers do not."""

import re

import pytest

from landward.report.figure.lane import Bar, Bracket, Lane, Track, lane_marks
from landward.report.figure.marks import Path
from landward.report.figure.scales import Across, Upright

ACROSS, UPRIGHT = Across(60, 0, 600), Upright(0, 10, 4, 96)


def lane(value, *, bars=False, small=False, per_slot=1):
    many = 60 * per_slot
    row = tuple(value if not bars and place < many // 2 + 5 else None for place in range(many))
    return Lane(
        "day", 0, 10, "best", "worst", (Track("day", row, "dots", per_slot=per_slot),),
        bars=tuple(Bar(at, at + 1, value) for at in range(60)) if bars else (),
        brackets=(Bracket(30, 25, 35),), small=small,
    )  # fmt: skip


def level(drawn):
    """Where the bracket's own line across lies, from the top."""
    paths = [mark.d for mark in lane_marks(drawn, ACROSS, UPRIGHT) if isinstance(mark, Path)]
    (line,) = (d for d in paths if d.startswith("M250.0 ") and "H350.0" in d)
    return float(re.search(r"V(-?[\d.]+)H", line).group(1))


@pytest.mark.parametrize("bars", [False, True])
@pytest.mark.parametrize("small", [False, True])
@pytest.mark.parametrize("per_slot", [1, 7])
def test_it_stands_below_answers_near_the_top_and_above_others(bars, small, per_slot):
    assert level(lane(9, bars=bars, small=small, per_slot=per_slot)) > 90
    assert level(lane(2, bars=bars, small=small, per_slot=per_slot)) < 10


def test_without_answers_near_it_a_low_lane_keeps_it_below():
    assert level(lane(None, small=True)) > 90
    assert level(lane(None)) < 10
