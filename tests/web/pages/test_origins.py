"""“Was it so before the medicine?”: reachable, answered one symptom at a time, on the report."""

from pathlib import Path

import pytest
from tests.web.app_here import BEGINNING, AppHere

from landward.app.read.symptom_origins import origin_words, symptom_origins


@pytest.fixture
def here(tmp_path: Path):
    with AppHere(tmp_path) as app:
        yield app


def answer(here: AppHere, item: str, **said: str) -> str:
    return here.browser.post("/origins", data={"item": item, **said}).text


def test_answers_reach_the_list_and_the_page_for_a_prescriber(here: AppHere) -> None:
    here.unlock()
    here.save(day_is="4", **{"s:anxiety": "3", "s:light_hurts": "2"})
    assert "/origins" in here.browser.get("/settings").text
    page = here.browser.get("/origins").text
    assert "Anxiety" in page and "No answer yet" in page
    asked = here.browser.get("/origins?item=light_hurts").text
    assert "Was it there before the medicine?" in asked and "Light" in asked
    answer(here, "light_hurts", before="no", set_off="yes", triggers="light", onset="coming_down")
    told = answer(here, "anxiety", before="yes")
    assert "set off now by light, sound or touch" in told
    assert "Open: How strong was it before the medicine" in told
    assert here.room.diary is not None
    origins = origin_words(symptom_origins(here.room.diary.diary))
    assert origins == {"anxiety": "not known whether new", "light_hurts": "set off by light"}
    for day in ("2026-03-08", "2026-03-09"):
        here.save(day=day, **{"s:light_hurts": "2"})
    assert "set off by light" in here.browser.get("/report").text


def test_an_answer_is_taken_back_by_leaving_it_open(here: AppHere) -> None:
    here.unlock()
    answer(here, "anxiety", before="no")
    assert "Not there before the medicine." in here.browser.get("/origins").text
    answer(here, "anxiety", before="")
    assert "Whether it was there before the medicine is not known." in (
        here.browser.get("/origins").text
    )


def test_bad_input_changes_nothing(here: AppHere) -> None:
    here.unlock()
    before = here.about("profile")
    assert "not in the diary" in answer(here, "horsefeathers", before="no")
    assert "not one of the choices" in answer(here, "anxiety", before="perhaps")
    assert "is not a date" in answer(here, "anxiety", began_on="spring")
    assert here.about("profile") == before


def test_no_symptom_yet_says_what_to_do(tmp_path: Path) -> None:
    with AppHere(tmp_path, BEGINNING.model_copy(update={"symptoms": ()})) as here:
        here.unlock()
        assert "No symptom is in the diary yet" in here.browser.get("/origins").text
