"""In which words a day's questions about feeling were asked is kept, and never made up."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.app_here import EVENING, PASSPHRASE, TODAY, AppHere

from landward.app.write.day import write_day
from landward.app.write.day_words import DayWords
from landward.model.entries import Entry

PAIR = {"pleasant": "1.en", "painful": "1.en"}


@pytest.fixture
def here(tmp_path: Path) -> Iterator[AppHere]:
    with AppHere(tmp_path) as app:
        app.unlock()
        yield app


def check_ins(here: AppHere, day: dt.date = TODAY) -> list[Entry]:
    return [one for one in here.about("check_in") if one.date == day]


def test_the_pair_keeps_its_words_and_its_version(here: AppHere) -> None:
    here.save(day_is="5", pleasant="1", painful="no_occasion", asked=["day", "pleasant", "painful"])
    (entry,) = check_ins(here)
    assert json.loads(entry.body)["wordings"] == PAIR
    assert entry.version == 3


def test_a_day_that_asks_nothing_of_feeling_is_written_as_before(here: AppHere) -> None:
    here.save(day_is="5", asked=["day"])
    (entry,) = check_ins(here)
    assert "wordings" not in entry.body
    assert entry.version == 1


def test_the_same_as_yesterday_was_asked_in_yesterdays_words(here: AppHere) -> None:
    yesterday = TODAY - dt.timedelta(days=1)
    here.save(day=yesterday.isoformat(), day_is="5", pleasant="1", asked=["day", "pleasant"])
    here.browser.post(
        "/today/same", data={"once": here.idempotency_key(), "day": TODAY.isoformat()}
    )
    (entry,) = check_ins(here)
    assert json.loads(entry.body)["wordings"] == {"pleasant": "1.en"}


def test_an_answer_from_before_stays_without_until_it_is_changed(here: AppHere) -> None:
    """A page that is not changed there says nothing about the words of an older answer."""
    words = DayWords(
        asked=("day", "pleasant", "painful"), answers={"day": 5, "pleasant": 2, "painful": 1}
    )
    here.lock()
    write_day(here.path, PASSPHRASE, words, None, EVENING)
    here.unlock()
    (entry,) = check_ins(here)
    assert (entry.version, "wordings" in entry.body) == (1, False)
    asked = ["day", "pleasant", "painful"]
    here.save(day_is="5", pleasant="3", painful="1", asked=asked, seen=[entry.id])
    (entry,) = check_ins(here)
    assert json.loads(entry.body)["wordings"] == {"pleasant": "1.en"}
