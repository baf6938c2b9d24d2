"""How a prescriber's dose is measured at home, and the tablets that takes."""

from datetime import timedelta

import pytest

from landward.engines.tapering.home_made import home_supply, measured_words
from landward.model.base import BadInput
from landward.model.home_made import HomeMade
from landward.model.taper import TaperStep, TimedDose
from landward.model.taper_given import GivenDose

from .planner import START

DROPS = HomeMade(way="drops", mg_per_ml="2.5", drops_per_ml="25")
STIRRED = HomeMade(way="stirred", tablet_mg="10", water_ml="10", mark_ml="0.1")
WEIGHED = HomeMade(way="weighed", tablet_mg="2", tablet_mass_mg="170", scale_step_mg="1")


def night(mg: str) -> tuple[GivenDose, ...]:
    return (GivenDose(at="night", mg=mg),)


def step(mg: str, days: int) -> TaperStep:
    doses = (TimedDose(at="night", made_mg=mg),)
    return TaperStep(step=1, start=START, days=days, ideal_mg=mg, made_mg=mg, cut_percent="0",
                     doses=doses, checks=())  # fmt: skip


def test_drops_are_whole_or_refused():
    assert measured_words(DROPS, night("0.8")) == "8 drops"  # 0.8 mg / 2.5 mg/mL × 25 drops
    with pytest.raises(BadInput, match=r"8\.50? drops"):
        measured_words(DROPS, night("0.85"))


def test_a_stirred_tablet_says_its_volume_and_error_and_is_crushed_anew_each_day():
    words = measured_words(STIRRED, night("8.5"))
    assert words.startswith("1 tablet of 10 mg crushed, stirred into 10 mL, of that 8.5 mL at once")
    assert "8.41 to 8.59 mg" in words  # (8.45 / 10.05, 8.55 / 9.95) × 10 mg
    with pytest.raises(BadInput, match="between two marks"):
        measured_words(STIRRED, night("8.55"))
    line = home_supply(STIRRED, [step("12", 14)], START, START + timedelta(days=28))
    assert line is not None
    assert (line.product, str(line.count), line.unit) == ("tab 10", "28", "tab"), "two a night"
    assert line.marks == ("to crush, as the prescriber wrote",)


def test_a_weighed_piece_says_its_mass_and_what_is_left_is_used():
    words = measured_words(WEIGHED, night("2.3"))
    assert words.startswith("1 whole tablet and a piece that weighs 25.5 mg")  # 0.3 / 2 × 170
    line = home_supply(WEIGHED, [step("0.3", 10)], START, START + timedelta(days=10))
    assert line is not None and str(line.count) == "2", "3 mg are one and a half tablets"


@pytest.mark.parametrize("way", ["drops", "stirred", "weighed"])
def test_a_number_that_is_missing_is_asked_for(way):
    with pytest.raises(ValueError, match="above 0"):
        HomeMade(way=way)
