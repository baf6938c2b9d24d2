"""The page on which a person says yes or no to what came sealed."""

import re
from pathlib import Path

import pytest
from tests.vault.conftest import make_entry
from tests.vault.test_asking import forge
from tests.web.app_here import EVENING, PASSPHRASE, AppHere

from landward.vault.header import read_header

FIELDS = {"fields": {"locked_page": "plain", "lock_after_min": "0"}}


@pytest.fixture
def here(tmp_path: Path) -> AppHere:
    app = AppHere(tmp_path)
    forged = make_entry(1, kind="profile", says=FIELDS, recorded_at=EVENING.at)
    forge(app.path, forged)
    return app


def line_of(page: str) -> str:
    found = re.search(r'name="line" value="([0-9a-f]{32})"', page)
    assert found is not None
    return found[1]


def test_a_forged_setting_is_told_at_unlocking_and_counts_only_after_a_yes(here: AppHere) -> None:
    told = here.unlock().text
    assert "1 sealed line waits for your yes" in told
    assert here.room.diary is not None
    assert here.room.diary.me.settings.lock_after_min == 10
    page = here.browser.get("/waiting").text
    assert "it would change what the diary goes by" in page
    answer = here.browser.post("/waiting", data={"line": line_of(page), "answer": "yes"}).text
    assert "Let in: the profile" in answer and "Nothing waits" in answer
    assert here.room.diary.me.settings.lock_after_min == 0


def test_a_no_drops_it(here: AppHere) -> None:
    here.unlock()
    page = here.browser.get("/waiting").text
    answer = here.browser.post("/waiting", data={"line": line_of(page), "answer": "no"}).text
    assert "Dropped: the profile" in answer and "Nothing waits" in answer
    assert here.room.diary is not None and here.room.diary.me.settings.lock_after_min == 10


def test_a_line_that_is_not_there_is_one_kind_sentence(here: AppHere) -> None:
    here.unlock()
    answer = here.browser.post("/waiting", data={"line": "f" * 32, "answer": "yes"})
    assert answer.status_code == 422 and "no single waiting line" in answer.text


def test_the_page_needs_the_passphrase(here: AppHere) -> None:
    assert "Let it in" not in here.browser.get("/waiting").text


def test_new_recovery_words_count_only_after_a_yes(here: AppHere) -> None:
    here.unlock()
    assert here.room.diary is not None
    vault = here.room.diary.vault
    before = [slot.id for slot in vault.header.slots if slot.kind == "recovery"]
    shown = here.browser.post("/settings/words", data={"old": PASSPHRASE}).text
    assert "The earlier words still count" in shown
    assert [slot.id for slot in vault.header.slots if slot.kind == "recovery"] == before
    told = here.browser.post("/settings/words/keep").text
    assert "From now on these words open the diary" in told
    assert [slot.id for slot in vault.header.slots if slot.kind == "recovery"] != before
    again = here.browser.post("/settings/words/keep")
    assert again.status_code == 422 and "make new ones" in again.text


def test_a_line_that_came_sealed_is_marked_on_its_day(tmp_path: Path) -> None:
    here = AppHere(tmp_path)
    day = EVENING.today()
    forge(here.path, make_entry(1, date=day, recorded_at=EVENING.at, says={"text": "slept well"}))
    here.unlock()
    page = here.browser.get(f"/day/{day.isoformat()}").text
    assert "Came sealed, not from this computer or a paired phone" in page
    here.browser.post("/note", data={"day": day.isoformat(), "text": "mine", "once": "a"})
    assert here.browser.get(f"/day/{day.isoformat()}").text.count("Came sealed") == 1


def test_what_could_not_be_read_is_shown_tried_again_and_dropped(tmp_path: Path) -> None:
    here = AppHere(tmp_path)
    box = read_header(here.path).inbox.id
    (here.path / "inbox" / f"{box}.{'b' * 32}.00000000.sealed").write_bytes(b"junk")
    assert "1 sealed entry could not be read" in here.unlock().text
    page = here.browser.get("/waiting").text
    assert "A sealed file that could not be read" in page
    again = here.browser.post("/waiting/aside", data={"name": "all", "answer": "again"}).text
    assert "Tried again: still unread" in again
    answer = here.browser.post("/waiting/aside", data={"name": "all", "answer": "no"}).text
    assert "Dropped: one." in answer and "Could not be read" not in answer
    none = here.browser.post("/waiting/aside", data={"name": "../keys.json", "answer": "no"})
    assert none.status_code == 422 and (here.path / "keys.json").exists()
