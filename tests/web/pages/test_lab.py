"""The lab on screen: made-up people only, every number with its standing, guesses named so."""

import re
from pathlib import Path

import pytest
from tests.web.app_here import AppHere

from landward.app.library.lab_pages import GUESSES, course, people, settled_levels, standings
from landward.app.library.missed_dose import RHYTHMS, medicines_with_levels, missed_dose
from landward.report.figure.wave_scenes import SCENES


@pytest.fixture
def here(tmp_path: Path):
    with AppHere(tmp_path) as app:  # locked
        yield app


def test_the_front_is_open_while_locked_and_leads_to_every_person_and_medicine(
    here: AppHere,
) -> None:
    text = here.browser.get("/lab").text
    assert "These people are made up" in text and "can kill" in text
    for one in people():
        assert f'href="/lab?person={one.name}"' in text
    assert len(re.findall(r'href="/lab/medicine/', text)) == len(medicines_with_levels()) > 10


def test_a_person_has_four_curves_their_standings_and_no_more_than_two_courses(
    here: AppHere,
) -> None:
    text = here.browser.get("/lab?person=slower-taper").text
    for words in ("In the blood", "Calming that is left", "Withdrawal", "Feelings"):
        assert words in text
    assert text.count("checked") == 3, "two of its three courses, and one guess"
    assert "Dotted: a quarter a week" in text
    text = here.browser.get("/lab?person=slower-taper&arm=half+a+year").text
    assert "Full line: half a year." in text and "Dotted" not in text
    assert "assumed" in text and "measured in people" in text
    assert "These people are made up" in text and "can kill" in text


def test_three_guesses_stand_beside_each_other_and_change_the_worst_day(here: AppHere) -> None:
    text = here.browser.get("/lab?person=abrupt-stop-diazepam&all=yes").text
    assert "What the guess changes" in text
    worst = {guess.id: round(course("abrupt-stop-diazepam", guess.id).first.peak_day[1])
             for guess in GUESSES}  # fmt: skip
    assert len(worst) == 3 and worst["high"] > worst["imaging"]
    for day in worst.values():
        assert f"day {day} (" in text


def test_what_is_not_there_is_said(here: AppHere) -> None:
    for address in ("/lab?person=nobody", "/lab/medicine/nothing-of-that-name"):
        answer = here.browser.get(address)
        assert answer.status_code == 404 and "The lab" in answer.text
    assert here.browser.get("/lab?person=stable-use&guess=most&arm=none").status_code == 200


def test_the_third_guess_is_the_quarter_and_every_curve_names_what_it_hangs_on() -> None:
    found = standings(frozenset({"diazepam"}), "between")
    tone = next(one for one in found if one.curve == "tone")
    assert {row.symbol for row in tone.assumed} >= {"a1", "ec50_scale"}
    named = {row.symbol for one in found for row in (*one.measured, *one.derived, *one.assumed)}
    assert "EC50.diazepam" in named and "EC50.lorazepam" not in named, "only its own medicine"
    assert all(one.measured or one.derived or one.assumed for one in found)


def test_two_levels_are_ranges_between_printed_clearances() -> None:
    """T8 (PMID 19509, 88 ng/ml) and T10 (doi 10.1007/BF00426477, 884 ng/ml)."""
    lorazepam, nordazepam = settled_levels()
    assert lorazepam.low == pytest.approx(50, abs=2) and lorazepam.high == pytest.approx(85, abs=2)
    assert nordazepam.low == pytest.approx(547, rel=0.02)
    assert nordazepam.high == pytest.approx(1095, rel=0.02)
    assert nordazepam.low < nordazepam.measured < nordazepam.high


def test_six_guesses_about_waves_each_lead_somewhere(here: AppHere) -> None:
    text = here.browser.get("/lab/waves").text
    assert "Guesses, none proven" in text and len(SCENES) == 6
    for scene in SCENES:
        assert here.browser.get(scene.address).status_code == 200, scene.address


@pytest.mark.parametrize("rhythm", RHYTHMS)
def test_one_dose_left_out_lowers_every_medicine_and_passes(rhythm: str) -> None:
    for name in medicines_with_levels():
        one = missed_dose(name, rhythm)
        assert max(one.usual) == pytest.approx(1.0)
        assert one.lowest_missed < one.lowest_usual, name
        assert all(b <= a + 1e-9 for a, b in zip(one.usual, one.missed, strict=True)), name


def test_a_medicine_that_stays_long_is_lowered_less() -> None:
    fall = {
        name: missed_dose(name).lowest_missed / missed_dose(name).lowest_usual
        for name in ("diazepam", "lorazepam", "triazolam")
    }
    assert fall["diazepam"] > fall["lorazepam"] > fall["triazolam"]


def test_a_medicines_page_says_ranges_by_table_and_picks_none(here: AppHere) -> None:
    text = here.browser.get("/lab/medicine/lorazepam?rhythm=three").text
    assert "three times a day" in text and "none is picked here" in text
    assert "ashton2002" in text and "treat it like a sudden stop" in text
    assert here.browser.get("/lab/medicine/Valium").status_code in (200, 404)
