"""The page Phones: a code to scan, four words, what a sync brings from the phone and gives it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.app.phone.memory_relay import TestPhone
from tests.app.together.in_memory import MemoryHost
from tests.making import entry
from tests.web.app_here import EVENING, AppHere

from landward.model.bodies import Note

TODAY = EVENING.today()
ADDRESS = "https://relay.example"


@pytest.fixture
def relay() -> MemoryHost:
    host = MemoryHost()
    host.invite("ABCD-EFGH-JKMN-PQRS")
    return host


@pytest.fixture
def app(tmp_path: Path, relay: MemoryHost) -> Iterator[AppHere]:
    with AppHere(tmp_path) as here:
        here.app_state.dial = lambda _: relay
        here.unlock()
        yield here


def join(app: AppHere) -> None:
    said = {"address": ADDRESS, "code": "ABCD-EFGH-JKMN-PQRS", "name": "desk"}
    assert "Sync now" in app.browser.post("/together/join", data=said).text


def test_before_joining_there_is_nothing_to_pair(app: AppHere) -> None:
    assert "joined none yet" in app.browser.get("/together/phones").text
    page = app.browser.post("/together/phones/add").text
    assert "joined no relay" in page


def test_a_phone_from_its_code_to_being_taken_out(app: AppHere, relay: MemoryHost) -> None:
    join(app)
    page = app.browser.post("/together/phones/add").text
    code = re.search(r'way-back">([0-9A-Z-]{34})<', page)
    shelf = re.search(r'name="phone" value="([0-9a-f]{12})"', page)
    assert code and shelf and "<svg" in page and f"{ADDRESS}/phone/" in page
    look = {"phone": shelf[1]}
    assert "No phone has answered yet" in app.browser.post("/together/phones/look", data=look).text

    phone = TestPhone(relay, code[1], label="Android <b>")
    phone.hello()
    page = app.browser.post("/together/phones/look", data=look).text
    assert "“Android &lt;b&gt;” asks to be let in" in page
    words = re.search(r'name="words" value="([a-z ]+)"', page)
    assert words and " · ".join(words[1].split()) in page
    said = look | {"words": words[1], "answer": "yes"}
    assert "The phone is let in" in app.browser.post("/together/phones/answer", data=said).text
    assert phone.read(1)["plans"] is not None, "what it shows is there at once"

    phone.write(entry(Note(text="from the phone"), TODAY, key="note"))
    page = app.browser.post("/together/sync").text
    assert "1 line came from Android &lt;b&gt;." in page
    assert "from the phone" in app.browser.get(f"/day/{TODAY}").text
    assert phone.face()[0]["taken"] == {phone.device: [1, []]}

    page = app.browser.get(f"/together/phones?step=go&phone={shelf[1]}").text
    assert "Take out “Android &lt;b&gt;”?" in page
    page = app.browser.post("/together/phones/take-out", data=look).text
    assert "The phone is taken out" in page
    assert phone.keys.shelf not in relay.shelves


def test_a_no_lets_nobody_in(app: AppHere, relay: MemoryHost) -> None:
    join(app)
    page = app.browser.post("/together/phones/add").text
    code, shelf = re.search(r'way-back">([^<]+)<', page), re.search(r'value="([0-9a-f]{12})"', page)
    assert code and shelf
    phone = TestPhone(relay, code[1])
    phone.hello()
    look = {"phone": shelf[1]}
    app.browser.post("/together/phones/look", data=look)
    said = look | {"words": "some other four words", "answer": "yes"}
    page = app.browser.post("/together/phones/answer", data=said).text
    assert "these are not the words of the phone that waits" in page
    said = look | {"words": "", "answer": "no"}
    assert "No phone was let in" in app.browser.post("/together/phones/answer", data=said).text
    app.browser.post("/together/sync")
    assert phone.face()[0]["parts"] == [0, 0]


def test_leaving_the_relay_takes_the_phones_shelves_along(app: AppHere, relay: MemoryHost) -> None:
    join(app)
    app.browser.post("/together/phones/add")
    assert len(relay.shelves) == 2
    app.browser.post("/together/leave")
    assert not relay.shelves
