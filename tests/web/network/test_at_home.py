"""The page on the computer that lets another phone in, and both sides of one diary."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient
from tests.vault.test_browser_seal import HARD_DAY
from tests.web.home import NAMED, PASSPHRASE, Server, new_vault, now
from tests.web.network.test_lan import parcel

from landward.app.diary.locked_view import save_outside
from landward.web.http.diary_sessions import AppState, DiarySession
from landward.web.http.server import MINE
from landward.web.http.site import create_app
from landward.web.network.at_home import lan_app, phone_page

HERE = "http://localhost:8123"


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(new_vault(tmp_path))  # its home, pairing and doors; nothing listens


@pytest.fixture
def app_state(server: Server) -> AppState:
    return AppState([DiarySession(MINE.name, server.vault)])  # closed by the app's own lifespan


@pytest.fixture
def here(server: Server, app_state: AppState) -> Iterator[TestClient]:
    page = phone_page(app_state, server.doors, server.home, server.pairing)
    app = create_app(
        app_state,
        server.doors,
        (MINE,),
        hosts=["localhost:8123"],
        more_routes=[Route("/phone", page)],
    )
    with TestClient(app, base_url=HERE) as client:
        yield client


def test_a_code_is_shown_only_to_a_session_that_was_let_in(
    here: TestClient, server: Server
) -> None:
    assert "Pair a phone" not in here.get("/phone").text
    assert not server.pairing.open
    here.get("/open", params={"token": server.doors.launch_token})
    shown = here.get("/phone").text
    (code,) = re.findall(r"<strong>(\d{3} \d{3} \d{3})</strong>", shown)
    assert "<svg" in shown and "style=" not in shown
    assert server.home.authority.fingerprint in shown
    assert "Paired so far" not in shown
    assert server.pairing.pair(code, "iPhone device", now())
    assert "iPhone device, since" in here.get("/phone").text


def test_what_a_phone_sends_is_in_the_open_diary_at_once(
    here: TestClient, server: Server, app_state: AppState
) -> None:
    room = app_state.rooms[MINE.name]
    origin = f"https://{server.home.origins[0]}"
    phone = TestClient(
        lan_app(server.home, server.pairing, app_state, server.doors), base_url=origin
    )
    phone.post("/pocket/pair", data={"code": server.pairing.new_code()})
    here.get("/open", params={"token": server.doors.launch_token})
    here.post("/unlock", data={"passphrase": PASSPHRASE}, headers={"origin": HERE})
    assert room.diary is not None
    answer = phone.post("/pocket/submit", json=parcel(server))
    assert answer.json() == {"kept": [HARD_DAY.id]}
    assert room.diary.knows(HARD_DAY.id)
    assert not list((server.vault / "inbox").glob("*.sealed"))


def test_a_phone_without_a_diary_yet_is_told_so(server: Server, app_state: AppState) -> None:
    shutil.rmtree(server.vault)
    origin = f"https://{server.home.origins[0]}"
    phone = TestClient(
        lan_app(server.home, server.pairing, app_state, server.doors), base_url=origin
    )
    phone.post("/pocket/pair", data={"code": server.pairing.new_code()}, follow_redirects=False)
    answer = phone.get("/pocket/")
    assert answer.status_code == 503 and "stays sealed here" in answer.text
    app_state.close()


def test_help_now_needs_no_pairing_and_tells_nothing_of_the_diary(
    tmp_path: Path, server: Server, app_state: AppState
) -> None:
    save_outside(server.vault, NAMED.saying(**{"plan.people": "Aunt Odile"}))
    origin = f"https://{server.home.origins[0]}"
    app = lan_app(server.home, server.pairing, app_state, server.doors)
    stranger = TestClient(app, base_url=origin, follow_redirects=False)
    page = stranger.get("/help")
    assert page.status_code == 200 and ">999<" in page.text  # the country of pocket pages
    assert "set-cookie" not in page.headers
    for private in ("clonazepam", "Dr Example", "Aunt Odile", "Unlock", 'href="/today"'):
        assert private.casefold() not in page.text.casefold(), private
    assert ">112<" in stranger.get("/help?country=IE").text
    (style,) = re.findall(r'href="(/static/style.css[^"]*)"', page.text)
    assert stranger.get(style).status_code == 200
    for other in ("/unsafe", "/help/", "/library", "/today", "/settings", "/serious"):
        assert stranger.get(other).headers["location"] == "/pocket/pair"
    assert stranger.post("/help", headers={"origin": origin}).status_code == 405
    assert 'href="/help"' in stranger.get("/pocket/pair").text
    app_state.close()


def test_a_session_without_pairing_opens_nothing_more_of_help(
    server: Server, app_state: AppState
) -> None:
    save_outside(server.vault, NAMED.saying(**{"plan.people": "Aunt Odile"}))
    session = server.doors.new_session()
    session.room = MINE.name
    origin = f"https://{server.home.origins[0]}"
    app = lan_app(server.home, server.pairing, app_state, server.doors)
    phone = TestClient(app, base_url=origin, cookies={server.doors.cookie: session.id})
    assert "Aunt Odile" not in phone.get("/help").text  # a phone that was sent away
    app_state.close()
