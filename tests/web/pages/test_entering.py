"""Coming in: doors, Start, the passphrase slowed, each session by itself, the key dropped."""

import datetime as dt
import re
import time
from pathlib import Path

import pytest
from tests.web.app_here import EVENING, PASSPHRASE, TODAY, AppHere

from landward.model.moment import Moment
from landward.vault import Vault
from landward.web.http.turns import FREE_TRIES

START = {
    "passphrase": PASSPHRASE, "again": PASSPHRASE, "drug": "Klonopin", "dose": "0.5 mg",
    "times": "08:00, 22:00",
    "symptom": ["Burning skin", "головокружение"], "country": "ie", "locked_page": "named",
    "why": "panic", "before": "panic on trains",
}  # fmt: skip


@pytest.fixture
def fresh(tmp_path: Path):
    with AppHere(tmp_path, None) as app:
        yield app


@pytest.fixture
def here(tmp_path: Path):
    with AppHere(tmp_path) as app:
        yield app


def test_start_makes_an_encrypted_diary_and_shows_twelve_words_once(fresh: AppHere) -> None:
    page = fresh.browser.post("/start", data=START).text
    assert page.count("<li>") == 12
    today = fresh.browser.get("/today").text
    assert "Burning skin" in today
    assert "головокружение" in today
    assert "clonazepam 0.5 mg" in today  # the brand name became the drug's own name
    assert (fresh.path / "journal.db").read_bytes()[:15] != b"SQLite format 3"
    assert PASSPHRASE not in str(list(fresh.path.rglob("*")))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"passphrase": "short"}, "at least 8 characters"),
        ({"passphrase": "password1"}, "among the first that anyone would try"),
        ({"passphrase": "sommer2024", "again": "sommer2024"}, "easy to guess"),
        ({"passphrase": "sommer2024", "again": "sommer2025", "sure": "yes"}, "not the same"),
        ({"again": ""}, "not the same"),
        ({"dose": "lots"}, "not an amount"),
        ({"dose": ""}, "together"),
        ({"locked_page": ""}, "before unlocking"),
        ({"symptom": [f"s{n}" for n in range(9)]}, "at most 6"),
        ({"why": "x" * 5000}, "at most 200 characters"),
    ],
)
def test_a_start_that_does_not_fit_makes_nothing(fresh: AppHere, change: dict, words: str) -> None:
    answer = fresh.browser.post("/start", data={**START, **change})
    assert answer.status_code == 422
    assert words in answer.text
    assert not fresh.path.exists()


def test_a_new_passphrase_is_judged_shown_on_request_and_never_given_back(fresh: AppHere) -> None:
    page = fresh.browser.get("/start").text
    assert page.count('type="password"') == 2
    offered = re.findall(r'<dd lang="(\w\w)"><code>([^<]+)</code></dd>', page)
    assert [language for language, _ in offered] == ["en", "de", "fr", "es"]
    assert all(len(words.split()) >= 5 for _, words in offered)
    assert offered != re.findall(
        r'<dd lang="(\w\w)"><code>([^<]+)</code></dd>', fresh.browser.get("/start").text
    )
    assert 'type="password"' not in fresh.browser.get("/start?show=1").text  # without scripts
    refused = fresh.browser.post("/start", data={**START, "again": "another"})
    assert refused.status_code == 422 and PASSPHRASE not in refused.text
    easy = {**START, "passphrase": "sommer2024", "again": "sommer2024", "sure": "yes"}
    assert "is easy to guess for someone" in fresh.browser.post("/start", data=easy).text


def test_what_is_seen_outside_is_what_was_chosen_and_never_an_answer(tmp_path: Path) -> None:
    for choice in ("named", "plain"):
        folder = tmp_path / choice
        folder.mkdir()
        with AppHere(folder, None) as app:
            app.browser.post("/start", data={**START, "locked_page": choice})
            app.save(day_is="7", note="the word lighthouse")
            app.lock()
            outside = (app.path / "outside.json").read_text()
            assert ("Burning skin" in outside) is (choice == "named")
            assert ("clonazepam" in outside) is (choice == "named")
            assert "lighthouse" not in outside
            assert "panic" not in outside
            page = app.browser.get("/today").text
            assert ("Burning skin" in page) is (choice == "named")
            assert "How hard was today?" in page


def test_each_session_reads_only_after_giving_the_passphrase_itself(here: AppHere) -> None:
    here.unlock()
    here.save(day_is="6")
    other = here.new_browser()  # someone else who saw the launch address
    assert other.get("/journey").url.path == "/unlock"
    assert "6 of 10" not in other.get("/today").text
    assert "Saved" in here.save(browser=other, day_is="3").text  # writing needs none
    assert "3 of 10" in here.browser.get("/today").text  # and is in the open diary at once


def test_wrong_passphrases_are_slowed(here: AppHere) -> None:
    for _ in range(FREE_TRIES + 1):
        assert (
            "does not open" in here.browser.post("/unlock", data={"passphrase": "wrong one"}).text
        )
    answer = here.unlock()
    assert "wait" in answer.text
    assert here.room.diary is None
    here.room.tries().until_s = time.monotonic() - 1
    assert here.unlock().url.path == "/today"


def test_the_key_is_dropped_when_nobody_used_it(here: AppHere) -> None:
    here.unlock()
    assert not here.room.idle_too_long()
    here.room.used_s -= 10 * 60 + 1
    assert here.room.idle_too_long()
    here.room.lock()
    here.doors.close_reading("mine")
    assert here.browser.get("/journey").url.path == "/unlock"


def test_a_form_that_meets_a_locked_diary_is_kept_and_saved_after_unlocking(here: AppHere) -> None:
    here.unlock()
    here.lock()
    asked = here.browser.post("/settings", data={"fields": ["country"], "country": "NZ"})
    assert asked.url.path == "/unlock"
    assert "is kept" in asked.text
    here.unlock()
    assert here.room.diary is not None
    assert here.room.diary.me.settings.country == "NZ"


def test_a_passphrase_is_never_kept_for_later(here: AppHere) -> None:
    here.browser.post(
        "/settings/passphrase",
        data={"old": PASSPHRASE, "new": "another long one", "again": "another long one"},
    )
    (session,) = here.doors._sessions.values()
    assert not session.waiting


def test_another_passphrase_replaces_the_old_one(here: AppHere) -> None:
    here.unlock()
    new = "seven slow herons at dusk"
    here.browser.post("/settings/passphrase", data={"old": PASSPHRASE, "new": new, "again": new})
    here.lock()
    assert "does not open" in here.unlock().text
    here.room.tries().wrong = 0
    assert here.browser.post("/unlock", data={"passphrase": new}).url.path == "/today"


def test_recovery_words_open_the_diary_and_set_a_new_passphrase(fresh: AppHere) -> None:
    page = fresh.browser.post("/start", data=START).text
    words = " ".join(re.findall(r"<li>(\w+)</li>", page))
    fresh.lock()
    new = "seven slow herons at dusk"
    wrong = fresh.browser.post("/recover", data={"words": "able " * 12, "new": new, "again": new})
    assert wrong.status_code == 422
    assert (
        fresh.browser.post("/recover", data={"words": words, "new": new, "again": new}).url.path
        == "/today"
    )
    with Vault.open(fresh.path, new, now=fresh.now.at):
        pass


def test_a_broken_vault_is_said_in_words(here: AppHere) -> None:
    (here.path / "keys.json").write_bytes(b"{}")
    answer = here.unlock()
    assert answer.status_code in (422, 503)
    assert "Traceback" not in answer.text
    assert here.browser.get("/help?country=IE").status_code == 200


def test_another_program_adding_entries_is_seen_on_the_next_page(here: AppHere) -> None:
    from landward.app.write.day import write_day
    from landward.app.write.day_words import DayWords

    here.unlock()
    here.browser.get("/today")
    write_day(here.path, PASSPHRASE, DayWords(answers={"day": 9.0}), TODAY.isoformat(), here.now)
    assert "9 of 10" in here.browser.get("/today").text


def test_erasing_needs_the_word_and_then_nothing_is_left(here: AppHere) -> None:
    here.unlock()
    assert here.browser.post("/settings/erase", data={"word": "yes"}).status_code == 422
    assert here.path.exists()
    here.browser.post("/settings/erase", data={"word": "erase"})
    assert not (here.path / "journal.db").exists()
    assert here.browser.get("/today").url.path == "/start"


def test_hiding_shows_a_page_that_says_nothing(here: AppHere) -> None:
    here.unlock()
    page = here.browser.get("/away").text
    for word in ("Landward", "Anxiety", "dose"):
        assert word not in page


def test_two_recovery_words_are_asked_for_on_the_next_day(fresh: AppHere) -> None:
    page = fresh.browser.post("/start", data=START).text
    words = re.findall(r"<li>(\w+)</li>", page)
    assert "recovery words at hand" not in fresh.save(day_is="3").text
    fresh.now = Moment(at=EVENING.at + dt.timedelta(days=1), zone=EVENING.zone)
    saved = fresh.save(day="2026-03-11", day_is="3").text
    assert "recovery words at hand" in saved
    asked = [int(n) for n in re.findall(r"Word (\d+)", fresh.browser.get("/remember").text)]
    assert len(asked) == 2
    wrong = fresh.browser.post("/remember", data={f"word{n}": "wrong" for n in asked})
    assert wrong.status_code == 422
    right = fresh.browser.post("/remember", data={f"word{n}": words[n - 1] for n in asked})
    assert right.url.path == "/today"
    assert "Nothing is asked now" in fresh.browser.get("/remember").text


def test_the_look_chosen_while_locked_stays_and_becomes_the_setting(here: AppHere) -> None:
    here.lock()
    page = here.browser.post("/look", data={"theme": "paper", "text": "150", "then": "/unlock"})
    assert page.url.path == "/unlock"
    assert '<html lang="en" data-theme="paper" data-text="150">' in page.text
    assert (
        here.room.outside.settings.theme == "paper"
    )  # kept beside the locked diary: the next start too
    here.unlock()
    assert (here.room.diary.me.settings.theme, here.room.diary.me.settings.text_percent) == (
        "paper",
        150,
    )
    here.browser.post(
        "/settings", data={"fields": ["theme", "text"], "theme": "dim", "text": "100"}
    )
    assert 'data-theme="dim" data-text="100"' in here.browser.get("/today").text


@pytest.mark.parametrize("said", [{"theme": "neon"}, {"text": "9000"}, {"then": "//elsewhere.org"}])
def test_a_look_that_does_not_exist_changes_nothing(here: AppHere, said: dict) -> None:
    here.lock()
    page = here.browser.post("/look", data=said)
    assert page.url.host == "localhost"
    assert 'data-theme="dim" data-text="100"' in here.browser.get("/unlock").text
