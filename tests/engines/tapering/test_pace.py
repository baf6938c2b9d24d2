"""What each method asks for, worked out by hand."""

from itertools import islice

import pytest

from landward.engines.tapering.pace import pace_of
from landward.model.amounts import exact_text
from landward.model.base import BadInput
from landward.model.taper_request import Method, read_method

from .planner import BANDS, asked


@pytest.mark.parametrize(
    ("method", "rate", "more", "curve"),
    [
        ("percent-current", "10", {}, ["20", "18", "16.2", "14.58", "13.122"]),
        ("percent-original", "10", {}, ["20", "18", "16", "14", "12"]),
        ("fixed", "1.5", {}, ["20", "18.5", "17", "15.5", "14"]),
        ("bands", None, {"bands": BANDS}, ["20", "19", "18", "17", "16"]),
        # occupancy d / (d + 20) from 1/2, down by a tenth of 1/2 each step: 9/11, 8/12, 7/13 …
        ("hyperbolic", "10", {}, ["20", "16.363636363636", "13.333333333333", "10.76923076923",
                                  "8.571428571428"]),
        # a straight line over 14 days to 18 mg: 1/7 mg a day
        ("daily", "10", {}, ["20", "19.857142857142", "19.714285714285", "19.571428571428",
                             "19.428571428571"]),
        ("percent-current", "10", {"to_mg": "15"}, ["20", "18", "16.2", "15", "15"]),
    ],
)  # fmt: skip
def test_the_asked_curve(method, rate, more, curve):
    pace = pace_of(asked("20", method, rate, "tab 1", **more))
    assert [exact_text(dose) for dose in islice(pace.asked(), 5)] == curve


def test_bands_never_jump_past_the_start_of_a_gentler_band():
    pace = pace_of(asked("21", "bands", None, "tab 1", bands=BANDS))
    assert [exact_text(dose) for dose in islice(pace.asked(), 3)] == ["21", "20", "19"]


def test_the_daily_microtaper_meets_the_stepwise_curve_at_each_interval():
    daily = list(islice(pace_of(asked("20", "daily", "10", "tab 1")).asked(), 43))
    stepwise = list(islice(pace_of(asked("20", "percent-current", "10", "tab 1")).asked(), 4))
    assert daily[::14] == stepwise


@pytest.mark.parametrize("method", list(Method))
def test_the_lowest_dose_after_a_cut_never_falls_when_the_held_dose_rises(method):
    bands = BANDS if method is Method.BANDS else ()
    pace = pace_of(asked("40", method, None if bands else "7", "tab 1", bands=bands))
    lowest = [pace.lowest_after(asked("40", "fixed", "1", "tab 1").dose_mg * n / 400)
              for n in range(401)]  # fmt: skip
    assert lowest == sorted(lowest)
    assert all(low <= n * 40 / 400 for n, low in enumerate(lowest))


def test_methods_answer_to_their_common_names():
    assert read_method("Linear") is Method.PERCENT_ORIGINAL
    assert read_method("daily microtaper") is Method.DAILY
    with pytest.raises(BadInput, match="choose one of percent-current"):
        read_method("cold turkey")
