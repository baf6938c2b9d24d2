"""Journey is ready before it is tapped; nothing waits for it; nothing of it outlives the key."""

import gc
import threading
import time
import weakref
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.app_here import EVENING, HOME, PASSPHRASE, PORT, AppHere

from landward.app.read.waves import read_waves
from landward.app.share.fictional import fictional_entries
from landward.model.diary import Diary
from landward.vault import Vault
from landward.vault.cost import CHEAPEST
from landward.web.http.diary_sessions import AppState, DiarySession
from landward.web.http.security import local_hosts
from landward.web.http.sessions import SessionStore
from landward.web.http.site import create_app
from landward.web.pages.entering import DiaryChoice


class Reading:
    """Stands before the real reading: says in which thread it runs, and can be held up."""

    def __init__(self) -> None:
        self.threads: list[str] = []
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.go_on.set()

    def __call__(self, diary: Diary, *_: object, **__: object) -> object:
        self.threads.append(threading.current_thread().name)
        self.begun.set()
        self.go_on.wait(20)
        return read_waves(diary)


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Reading:
    made = Reading()
    monkeypatch.setattr("landward.app.read.held_waves.read_waves", made)
    return made


@pytest.fixture
def here(tmp_path: Path):
    with AppHere(tmp_path, None) as app:
        vault, _ = Vault.create(app.path, PASSPHRASE, now=EVENING.at, cost=CHEAPEST)
        with vault:
            vault.append(fictional_entries(vault, EVENING, 60))
        yield app


def save(app: AppHere, hard: int) -> None:
    said = {"once": f"reading-ahead-{hard}", "day_is": str(hard), "asked": "day"}
    app.browser.post("/today", data=said)


def test_unlocking_and_saving_begin_the_reading(here: AppHere, reading: Reading) -> None:
    here.unlock()
    assert reading.begun.wait(20)
    assert "How hard" in here.browser.get("/journey?zoom=all").text
    reading.begun.clear()
    save(here, 3)
    assert reading.begun.wait(20)
    here.browser.get("/journey?zoom=all")
    here.browser.get("/journey?zoom=4w")
    assert len(reading.threads) == 2
    assert all(name.startswith("reading-ahead") for name in reading.threads)


def test_other_pages_do_not_wait_for_the_reading(here: AppHere, reading: Reading) -> None:
    here.unlock()
    here.browser.get("/journey")
    reading.begun.clear()
    reading.go_on.clear()
    save(here, 3)
    assert reading.begun.wait(20)
    for path in ("/today", "/doses", "/help", "/settings"):
        assert here.browser.get(path).status_code == 200
    save(here, 4)
    reading.go_on.set()
    assert "How hard" in here.browser.get("/journey?zoom=all").text


@pytest.mark.parametrize("path", ["/journey?zoom=all", "/report"])
def test_a_slow_page_delays_neither_today_nor_a_save_and_reads_once(
    here: AppHere, reading: Reading, path: str
) -> None:
    here.unlock()
    here.browser.get("/journey")
    reading.threads.clear()
    reading.begun.clear()
    reading.go_on.clear()
    save(here, 3)
    pages: list[int] = []
    asking = [
        threading.Thread(target=lambda: pages.append(here.browser.get(path).status_code))
        for _ in range(3)
    ]
    for one in asking:
        one.start()
    assert reading.begun.wait(20)
    for hard in (5, 6, 7):  # the journal has moved on by the time the page is made
        save(here, hard)
        assert here.browser.get("/today").status_code == 200
    assert not pages
    reading.go_on.set()
    for one in asking:
        one.join(30)
    assert pages == [200] * 3
    assert len(reading.threads) <= 3  # one for those who asked at first, one newer, one ahead


def test_a_lock_drops_what_is_being_read(here: AppHere, reading: Reading) -> None:
    here.unlock()
    here.browser.get("/journey")
    reading.begun.clear()
    reading.go_on.clear()
    save(here, 3)
    assert reading.begun.wait(20)
    vault = here.room.diary.vault  # it is open
    held = weakref.ref(here.room.diary)
    threading.Timer(0.3, reading.go_on.set).start()
    began = time.monotonic()
    here.browser.post("/lock")
    assert time.monotonic() - began >= 0.25  # it came back only when the thread had let go
    assert vault.locked and here.room.diary is None
    del vault
    gc.collect()
    assert held() is None
    assert here.browser.get("/journey").url.path == "/unlock"


def test_a_vault_that_locked_itself_takes_what_was_read_with_it(here: AppHere) -> None:
    here.unlock()
    here.browser.get("/journey")
    held = weakref.ref(here.room.diary)
    assert here.room.diary is not None
    here.room.diary.vault.lock()
    assert here.browser.get("/journey").url.path == "/unlock"
    assert here.room.diary is None
    gc.collect()
    assert held() is None


def test_nothing_is_begun_for_who_has_not_switched_it_on(here: AppHere, reading: Reading) -> None:
    here.unlock()
    here.browser.get("/journey")  # what unlocking began is done
    here.browser.post("/settings", data={"fields": "spells", "spells": "off"})
    reading.threads.clear()
    save(here, 3)
    here.browser.get("/journey?zoom=all")
    assert not reading.threads


def test_what_the_first_pages_need_is_loaded_without_any_diary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = threading.Event()
    monkeypatch.setattr("landward.web.http.site.FIRST_PAGES_S", 0.0)
    monkeypatch.setattr("landward.web.http.site.get_ready", lambda **_: loaded.set())
    app_state = AppState([DiarySession("mine", tmp_path / "none.vault")])
    ways = (DiaryChoice("mine", "Start mine", ""),)
    app = create_app(app_state, SessionStore(PORT), ways, hosts=local_hosts(PORT), load_ahead=True)
    with TestClient(app, base_url=HOME):
        assert loaded.wait(20)
    assert not (tmp_path / "none.vault").exists()


def test_loading_ahead_reads_invented_numbers_only() -> None:
    from landward.app.diary.warm_up import get_ready

    get_ready()  # engines, tables and compiled code; raises where one of them is missing
