"""The weekly look asks what was chosen, and what was not asked is never counted as skipped."""

import json
import re
from pathlib import Path

import pytest
from tests.web.app_here import TODAY, AppHere

from landward.model.questions import WEEKLY


@pytest.fixture
def here(tmp_path: Path):
    with AppHere(tmp_path) as app:
        app.unlock()
        yield app


def answer(here: AppHere, **said: object):
    return here.browser.post(
        "/feelings",
        data={"once": here.idempotency_key() + "w", "day": TODAY.isoformat(), **said},
    )


def kept(here: AppHere) -> dict:
    return json.loads(here.about("feelings")[-1].body)


def shown(here: AppHere) -> list[str]:
    page = here.browser.get("/feelings").text
    return [item for item, words in WEEKLY.items() if f"<legend>{words}</legend>" in page]


def choose(here: AppHere, *items: str) -> None:
    here.browser.post("/settings", data={"fields": ["weekly"], "weekly": list(items)})


def test_nothing_is_asked_before_it_is_chosen_and_love_and_empathy_start_off(
    here: AppHere,
) -> None:
    page = here.browser.get("/feelings").text
    assert shown(here) == []
    ticked = re.findall(r'name="weekly" value="(\w+)" checked', page)
    assert ticked == ["joy", "sadness", "anger", "motivation", "presence", "body"]
    here.browser.post("/feelings/choose", data={"weekly": ["joy", "love"]})
    assert shown(here) == ["joy", "love"]
    choose(here, *WEEKLY)
    assert shown(here) == list(WEEKLY)
    choose(here, "empathy", "joy")
    here.lock()
    assert shown(here) == ["joy", "empathy"]  # in their order, while locked too


def test_only_what_stood_on_the_page_was_asked(here: AppHere) -> None:
    choose(here, "joy", "presence")
    answer(here, asked="joy presence", joy="no_occasion")
    assert kept(here)["asked"] == ["joy", "presence"]
    assert kept(here)["no_occasion"] == ["joy"]


def test_a_page_from_before_the_choice_loses_no_answer(here: AppHere) -> None:
    choose(here, "joy")
    answer(here, love="3")
    assert kept(here)["answers"] == {"love": 3}
    assert kept(here)["asked"] == list(WEEKLY)


def test_nothing_chosen_offers_the_choice_again(here: AppHere) -> None:
    here.browser.post("/feelings/choose", data={})
    assert shown(here) == []
    assert "Nothing is asked until you choose it" in here.browser.get("/feelings").text


def test_the_words_it_was_asked_in_are_kept_beside_the_answers(here: AppHere) -> None:
    choose(here, "joy", "anger")
    answer(here, asked="joy anger", joy="too_much")
    assert kept(here)["wordings"] == {"joy": "1.en", "anger": "1.en"}
