"""Hatching stays inside its band and touches every part of it."""

from hypothesis import given
from hypothesis import strategies as st

from landward.report.hatching import hatch_lines

lengths = st.floats(0.5, 500)


@given(st.floats(0, 500), lengths, lengths)
def test_lines_are_slanted_and_stay_in_the_band(left: float, width: float, height: float) -> None:
    for x1, y1, x2, y2 in hatch_lines(left, left + width, height, 5):
        assert left - 1e-6 <= x1 < x2 <= left + width + 1e-6
        assert -1e-6 <= y1 < y2 <= height + 1e-6
        assert abs((x2 - x1) - (y2 - y1)) < 1e-6


def test_a_narrow_band_is_hatched_too() -> None:
    assert len(hatch_lines(100, 105, 150, 5)) >= 30


def test_neighbouring_bands_continue_each_other() -> None:
    whole = hatch_lines(0, 20, 10, 5)
    halves = hatch_lines(0, 10, 10, 5) + hatch_lines(10, 20, 10, 5)
    assert {x1 - y1 for x1, y1, *_ in whole} == {x1 - y1 for x1, y1, *_ in halves}
