"""Help now and Lock wait for nothing; who is slow or many delays nobody else."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from landward.model.base import BadInput
from landward.model.errors import WrongKey
from landward.web.http.sessions import MAX_OF_ONE, MAX_SESSIONS, SessionStore
from landward.web.http.turns import FREE_TRIES, URGENT_BEFORE, OneThread
from web.app_here import EVENING, PASSPHRASE, AppHere

PLAN = {"fields": ["plan.people", "country"], "plan.people": "Maeve, 01 555", "country": "IE"}


@pytest.fixture
def here(tmp_path) -> Iterator[AppHere]:
    with AppHere(tmp_path) as app:
        yield app


@contextmanager
def stuck(here: AppHere) -> Iterator[threading.Event]:
    """The thread that uses the vault does not come back, as behind a slow page or a held lock."""
    begun, go_on, came_back = threading.Event(), threading.Event(), threading.Event()
    here.app_state._thread.submit(lambda: (begun.set(), go_on.wait(60) or came_back.set()))
    assert begun.wait(10)
    try:
        yield go_on
        assert not came_back.is_set(), "whatever was asked waited until it was stuck no longer"
    finally:
        go_on.set()


def test_help_now_is_served_while_everything_else_is_stuck(here: AppHere) -> None:
    here.unlock()
    here.browser.get("/today")
    with stuck(here) as go_on:
        for path in ("/help", "/unsafe", "/help?country=NZ", "/away"):
            assert here.browser.get(path).status_code == 200
        shown = here.browser.get("/help").text
        assert not go_on.is_set()
    assert "112" in shown and "Unlock to read it" not in shown


def test_help_now_shows_an_unlocked_persons_own_plan_and_not_after_locking(here: AppHere) -> None:
    here.unlock()
    here.browser.post("/settings", data=PLAN)
    here.browser.get("/today")
    assert "Maeve, 01 555" in here.browser.get("/help").text
    with stuck(here):
        here.browser.post("/lock", follow_redirects=False)
        assert "Maeve" not in here.browser.get("/help").text


def test_lock_answers_while_a_page_is_slow_and_the_key_goes_before_what_waits(
    here: AppHere,
) -> None:
    here.unlock()
    diary = here.room.diary
    waited = []
    with stuck(here) as go_on:
        here.app_state._thread.submit(lambda: waited.append(diary.vault.locked))
        answer = here.browser.post("/lock", follow_redirects=False)
        assert answer.status_code == 303 and not go_on.is_set()
        assert not any(one.reading for one in here.doors._sessions.values())
    here.app_state._thread.submit(lambda: None).result(10)
    assert waited == [True]
    assert here.room.diary is None


def test_a_page_that_was_being_made_when_somebody_locked_is_not_shown(here: AppHere) -> None:
    here.unlock()
    here.save(day_is="6")
    other = threading.Thread(target=lambda: seen.append(here.browser.get("/journey")))
    seen = []
    with stuck(here):
        other.start()
        while here.app_state._thread._work_queue.empty():
            time.sleep(0.01)
        here.room.lockings += 1  # no more of a lock than this, so that nothing else stops it
    other.join(20)
    assert seen and seen[0].url.path == "/today"


def test_what_is_first_goes_before_what_waits() -> None:
    thread, order, go_on = OneThread("t"), [], threading.Event()
    thread.submit(go_on.wait)
    last = [thread.submit(order.append, n) for n in range(3)]
    first = thread.first(lambda: order.append("first"))
    failing = thread.first(lambda: 1 / 0)
    go_on.set()
    last[-1].result(10)
    assert order == ["first", 0, 1, 2]
    assert first.result(1) is None
    with pytest.raises(ZeroDivisionError):
        failing.result(1)
    thread.shutdown()
    assert not thread.busy


def test_what_waits_is_not_kept_waiting_by_ever_new_urgent_ones() -> None:
    thread, order, go_on = OneThread("t"), [], threading.Event()
    thread.submit(go_on.wait)
    waits = thread.submit(order.append, "waits")
    urgent = [thread.first(lambda: order.append("urgent")) for _ in range(3 * URGENT_BEFORE)]
    thread.first(lambda: order.append("lock"), of_all=True)
    go_on.set()
    for one in (waits, *urgent):
        one.result(10)
    thread.shutdown()
    assert order[0] == "lock"
    assert order.index("waits") == URGENT_BEFORE


def test_sessions_that_never_come_back_push_nobody_out() -> None:
    doors = SessionStore(8123)
    mine = doors.find(doors.admit(doors.launch_token).id)
    for _ in range(10 * MAX_SESSIONS):
        doors.new_session(owner="a phone")
    assert doors.find(mine.id) is mine
    assert len(doors._offered) <= MAX_SESSIONS


def test_a_phone_crowds_out_only_its_own_sessions() -> None:
    doors = SessionStore(8123)
    mine = doors.find(doors.admit(doors.launch_token).id)
    for number in range(10 * MAX_SESSIONS):
        assert doors.find(doors.new_session(owner=f"phone {number % 20}").id) is not None
    assert doors.find(mine.id) is mine
    owners = [one.owner for one in doors._sessions.values()]
    assert len(owners) <= MAX_SESSIONS and len(set(owners)) > MAX_SESSIONS // MAX_OF_ONE
    assert all(owners.count(owner) <= MAX_OF_ONE for owner in owners)


def test_wrong_guesses_of_a_phone_never_delay_this_computer(here: AppHere) -> None:
    for _ in range(FREE_TRIES + 1):
        with pytest.raises(WrongKey):
            here.room.unlock("wrong one", EVENING, "a phone")
    with pytest.raises(BadInput, match="wait"):
        here.room.unlock(PASSPHRASE, EVENING, "a phone")
    assert here.unlock().url.path == "/today"
