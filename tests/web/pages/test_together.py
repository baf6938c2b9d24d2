"""The page Together: join, pair, sync, take out, leave; without scripts, and in words."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.app.together.in_memory import MemoryBook, MemoryHost, note
from tests.app.together.sets import NOW
from tests.web.app_here import AppHere

from landward.app.together.host import refused
from landward.app.together.pairing import ask_to_be_let_in, look_for_answer
from landward.app.together.sync import joined, sync

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


def join(app: AppHere, code: str = "ABCD-EFGH-JKMN-PQRS") -> str:
    said = {"address": ADDRESS + "/", "code": code, "name": "desk"}
    return app.browser.post("/together/join", data=said).text


def test_before_joining_it_says_what_leaves_where_to_and_how_to_stop(app: AppHere) -> None:
    page = app.browser.get("/together").text
    assert "Until you join one, nothing leaves this machine" in page
    for words in ("What leaves this machine", "Where to:", "operator can see", "How to stop"):
        assert words in page


def test_joining_sends_what_is_here_sealed(app: AppHere, relay: MemoryHost) -> None:
    page = join(app)
    assert "Sync now" in page and "desk, this device" in page and "sealed piece" in page
    (shelf,) = relay.shelves.values()
    assert shelf.blobs and b"clonazepam" not in relay.everything()
    assert "0 new lines came; 0 sealed pieces went." in app.browser.post("/together/sync").text


def test_a_wrong_code_is_one_line_and_nothing_is_joined(app: AppHere) -> None:
    page = join(app, "WRONG-CODE")
    assert "the code is wrong or was used" in page
    assert "Until you join one" in app.browser.get("/together").text


def test_a_relay_that_does_not_answer_keeps_everything(app: AppHere, relay: MemoryHost) -> None:
    join(app)
    app.save(day_is="6")

    def silent(*_: object) -> None:
        raise refused("unreachable")

    relay.since = silent  # type: ignore[method-assign, assignment]
    assert "what is unsent waits here" in app.browser.post("/together/sync").text
    del relay.since
    assert "1 sealed piece went" in app.browser.post("/together/sync").text


def test_another_device_is_let_in_after_its_words_were_compared(
    app: AppHere, relay: MemoryHost
) -> None:
    join(app)
    page = app.browser.post("/together/pair").text
    code = re.search(r"<strong>((?:\w{4}-){6}\w{4})</strong>", page)
    assert code and "<svg" in page
    assert "fifteen minutes" in app.browser.post("/together/look").text  # nobody yet
    other = MemoryBook()
    request = ask_to_be_let_in(other, relay, ADDRESS, code[1], "lap<b>top", NOW)
    page = app.browser.post("/together/look").text
    assert " · ".join(request.words) in page and "lap&lt;b&gt;top" in page
    page = app.browser.post("/together/let-in", data={"answer": "yes"}).text
    assert "belongs to your devices now" in page
    assert look_for_answer(other, relay, NOW, request)
    other.write(note("from the other", "other"))
    sync(other, relay, NOW)
    assert "1 new line came" in app.browser.post("/together/sync").text
    assert len(other.entries()) == len(app.entries())


def test_words_that_differ_let_nobody_in(app: AppHere, relay: MemoryHost) -> None:
    join(app)
    code = re.search(r"(?:\w{4}-){6}\w{4}", app.browser.post("/together/pair").text)
    assert code
    other = MemoryBook()
    request = ask_to_be_let_in(other, relay, ADDRESS, code[0], "laptop", NOW)
    app.browser.post("/together/look")
    assert "Nobody was let in" in app.browser.post("/together/let-in", data={"answer": "no"}).text
    assert look_for_answer(other, relay, NOW, request) is None


def test_this_one_joins_the_set_of_another(app: AppHere, relay: MemoryHost) -> None:
    from landward.app.together.joining import join_with_invitation
    from landward.app.together.pairing import let_in, look_for_newcomer, offer_pairing

    first = MemoryBook()
    first.write(note("from the first", "first"))
    join_with_invitation(first, lambda _: relay, ADDRESS, "ABCD-EFGH-JKMN-PQRS", "first", NOW)
    sync(first, relay, NOW)
    offer = offer_pairing(first, relay)
    page = join(app, offer.code)
    newcomer = look_for_newcomer(relay, offer)
    assert newcomer and " · ".join(newcomer.words) in page
    assert "Nothing of the diary has left this machine yet" in page
    assert "four words" in app.browser.post("/together/answer").text  # not yet
    let_in(first, relay, NOW, offer, newcomer)
    assert "1 new line came" in app.browser.post("/together/answer").text
    sync(first, relay, NOW)
    assert len(first.entries()) == len(app.entries())


def test_a_device_is_taken_out_and_then_this_one_leaves(app: AppHere, relay: MemoryHost) -> None:
    join(app)
    code = re.search(r"(?:\w{4}-){6}\w{4}", app.browser.post("/together/pair").text)
    assert code
    other = MemoryBook()
    request = ask_to_be_let_in(other, relay, ADDRESS, code[0], "old phone", NOW)
    app.browser.post("/together/look")
    app.browser.post("/together/let-in", data={"answer": "yes"})
    assert look_for_answer(other, relay, NOW, request)
    device = joined(other).device
    page = app.browser.get(f"/together?step=device&device={device}").text
    assert "Take out “old phone”?" in page
    page = app.browser.post("/together/take-out", data={"device": device}).text
    assert "does not take part any more" in page and "Take “old phone” out" not in page
    before = len(app.entries())
    assert "Left. Nothing leaves" in app.browser.post("/together/leave").text
    assert relay.shelves == {} and len(app.entries()) == before


def test_a_demonstration_joins_nothing(app: AppHere) -> None:
    app.room.passphrase = "known"
    assert "A demonstration joins no relay" in app.browser.get("/together").text
    assert "a demonstration joins no relay" in join(app)


def test_locked_it_asks_for_the_passphrase(app: AppHere) -> None:
    join(app)
    app.lock()
    assert "passphrase" in app.browser.get("/together").text
    assert "passphrase" in app.browser.post("/together/sync").text
