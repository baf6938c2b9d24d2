"""The error of weighing and of mixtures at home, worked out by hand."""

from fractions import Fraction

import pytest

from landward.app.plan.home import HomeForm, home_error
from landward.engines.tapering.home_methods import suspension_error, weighing_error
from landward.model.base import BadInput


def test_a_scale_of_one_mg_is_off_by_one_mg_of_tablet():
    # 2 mg of drug in 200 mg of tablet: 1 mg on the scale is 0.01 mg of drug
    found = weighing_error(Fraction("0.3"), Fraction(2), Fraction(200), Fraction(1))
    assert (found.low_mg, found.high_mg) == (Fraction("0.29"), Fraction("0.31"))
    assert (found.steps, found.percent) == (30, Fraction(10, 3))
    assert "not recommended" in found.advice


def test_a_mixture_is_off_by_half_a_mark_twice():
    # 1 mg in 10 mL, 3 mL drawn with marks of 1 mL: 2.5 of 10.5 mL to 3.5 of 9.5 mL
    found = suspension_error(Fraction("0.3"), Fraction(1), Fraction(10), Fraction(1))
    assert (found.low_mg, found.high_mg) == (Fraction(25, 105), Fraction(35, 95))


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"dose": "3 mg", "tablet": "2 mg", "mass": "200 mg", "scale": "1 mg"}, "no more than"),
        ({"dose": "1 mg", "tablet": "2 mg", "mass": "200", "scale": "1 mg"}, "has no unit"),
        ({"dose": "1 mg", "tablet": "2 mg", "mass": "200 mg"}, "give --mass and --scale"),
        ({"dose": "1 mg", "tablet": "2 mg", "water": "20", "mark": "x"}, "not a number"),
        ({"dose": "0.01 mg", "tablet": "2 mg", "water": "10", "mark": "1"}, "less than a mark"),
    ],
)
def test_what_makes_no_sense_is_refused(form, says):
    with pytest.raises(BadInput, match=says):
        home_error(HomeForm(**form))
