"""Who may ask at all, and what a browser may do with the answer."""

import asyncio
import gc
from pathlib import Path

import pytest
from starlette.routing import Route
from tests.web.app_here import HOME, AppHere

from landward.web.http.diary_sessions import AppState, DiarySession
from landward.web.http.security import MAX_BODY_BYTES, hush
from landward.web.http.server import MINE
from landward.web.http.sessions import SessionStore
from landward.web.http.site import create_app


@pytest.fixture
def here(tmp_path: Path):
    with AppHere(tmp_path) as app:
        yield app


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost", "localhost:9", "127.0.0.1.evil.example:8123", ""]
)
def test_another_host_name_is_refused(here: AppHere, host: str) -> None:
    # A rebound DNS name reaches this port with its own name in Host.
    assert here.browser.get("/help", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:9"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": HOME},
    ],
)
def test_a_form_from_another_page_saves_nothing(here: AppHere, headers: dict[str, str]) -> None:
    answer = here.browser.post("/today/unwell", data={"once": "abcdefgh"}, headers=headers)
    assert answer.status_code == 403
    assert not here.sealed_files()


def test_our_own_form_is_taken(here: AppHere) -> None:
    answer = here.browser.post(
        "/today/unwell",
        data={"once": "abcdefgh"},
        headers={"origin": HOME, "sec-fetch-site": "same-origin"},
    )
    assert answer.status_code == 200
    assert len(here.sealed_files()) == 1


def test_no_page_may_be_pulled_into_another(here: AppHere) -> None:
    answer = here.browser.get(
        "/help", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
def test_only_get_and_post(here: AppHere, method: str) -> None:
    assert here.browser.request(method, "/today").status_code == 405


def test_a_body_larger_than_a_diary_line_is_refused(here: AppHere) -> None:
    huge = {"note": "x" * (MAX_BODY_BYTES + 1)}
    assert here.browser.post("/today", data=huge).status_code == 413

    def drip():
        for _ in range(40):
            yield b"note=" + b"x" * 10_000  # announces no length

    assert here.browser.post("/today", content=drip()).status_code in (400, 413)
    assert not here.sealed_files()


def test_every_answer_carries_the_strict_headers(here: AppHere) -> None:
    for path in ("/today", "/help", "/nowhere", "/static/style.css", "/api/status"):
        headers = here.browser.get(path).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        if not path.startswith("/static/"):
            assert headers["cache-control"] == "no-store"


def test_the_cookie_stays_with_the_browser_and_out_of_scripts(here: AppHere) -> None:
    stranger = here.new_browser(let_in=False)
    answer = stranger.get(f"/open?token={here.doors.launch_token}", follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize("token", ["", "guess", "ä", "x" * 5000])
def test_a_wrong_token_lets_nobody_in(here: AppHere, token: str) -> None:
    stranger = here.new_browser(let_in=False)
    stranger.get("/open", params={"token": token})
    assert stranger.get("/today").status_code == 403


def test_without_a_session_only_help_is_shown(here: AppHere) -> None:
    stranger = here.new_browser(let_in=False)
    shown = []
    for route in here.app.app.routes:  # every page there is, asked by someone who was not let in
        if isinstance(route, Route) and "GET" in route.methods and "{" not in route.path:
            answer = stranger.get(route.path, follow_redirects=False)
            if answer.status_code == 200:
                shown.append(route.path)
            assert "nxiety" not in answer.text
    assert sorted(shown) == ["/away", "/help", "/unsafe"]


def test_pages_name_no_other_host_and_run_nothing_inline(here: AppHere) -> None:
    here.unlock()
    for path in (
        "/today",
        "/journey",
        "/doses",
        "/report",
        "/settings",
        "/help",
        "/serious",
        "/feelings",
    ):
        html = here.browser.get(path).text
        assert "http://" not in html.replace("http://www.w3.org", "")
        assert "https://" not in html
        assert "<style" not in html
        assert " style=" not in html
        assert " onclick" not in html
        assert "<script>" not in html


def test_a_fault_nobody_waited_for_is_told_by_its_place_alone(
    capfd: pytest.CaptureFixture[str],
) -> None:
    async def abandoned() -> None:
        hush(asyncio.get_running_loop())

        async def broken() -> None:
            raise ValueError("clonazepam 3 mg")

        task = asyncio.create_task(broken())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        del task
        gc.collect()

    asyncio.run(abandoned())
    told = capfd.readouterr().err
    assert "ValueError" in told and "in broken" in told
    assert "clonazepam" not in told


def test_the_apps_own_loop_is_hushed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    async def serving() -> None:
        app_state = AppState([DiarySession("mine", tmp_path / "mine.vault")])
        app = create_app(app_state, SessionStore(8123), (MINE,), hosts=["localhost:8123"])
        come: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        await come.put({"type": "lifespan.startup"})

        async def sent(message: dict[str, str]) -> None:
            if message["type"] == "lifespan.startup.complete":
                told = {"message": "clonazepam 3 mg", "exception": ValueError("clonazepam 3 mg")}
                asyncio.get_running_loop().call_exception_handler(told)
                await come.put({"type": "lifespan.shutdown"})

        await app({"type": "lifespan", "app": app}, come.get, sent)

    asyncio.run(serving())
    told = capfd.readouterr().err
    assert "ValueError" in told and "clonazepam" not in told


@pytest.mark.parametrize("host", ["evil.example", "localhost:8123"])
def test_whoever_asks_and_is_gone_fills_no_log_with_messages(
    here: AppHere, capfd: pytest.CaptureFixture[str], host: str
) -> None:
    """uvicorn prints whatever leaves the app with its message: a broken connection did so."""
    scope = {
        "type": "http", "method": "GET", "path": "/help", "raw_path": b"/help",
        "query_string": b"", "headers": [(b"host", host.encode())], "scheme": "http",
    }  # fmt: skip

    async def gone(_: object = None) -> None:
        raise RuntimeError("clonazepam 3 mg")

    asyncio.run(here.app(scope, gone, gone))
    assert "clonazepam" not in capfd.readouterr().err
