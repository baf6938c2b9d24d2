"""Every page reached by a wrong turn: one clear line, kind, a way on, and no word of the diary."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.app_here import HOME, AppHere

from landward.app.write.writer import SealedInbox
from landward.web.http.routing import MAX_FIELDS


@pytest.fixture
def here(tmp_path: Path):
    with AppHere(tmp_path) as app:
        yield app


def test_every_wrong_turn_has_a_way_on(here: AppHere) -> None:
    ask = here.browser
    many = {f"field{number}": "1" for number in range(MAX_FIELDS + 1)}
    answers = {
        404: ask.get("/nowhere"),
        405: ask.get("/undo"),
        400: ask.post("/today", data=many),
        403: ask.post("/today", data={"note": "x"}, headers={"origin": "https://evil.example"}),
        413: ask.post("/today", data={"note": "x" * 300_000}),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        assert 'href="/today"' in answer.text
        assert 'href="/help"' in answer.text
        assert str(status) not in answer.text
        for word in ("Method", "Error", "detail", "invalid", "null"):
            assert word not in answer.text
    assert ask.get("/?" + "&".join("a=1" for _ in range(MAX_FIELDS + 1))).text


def test_a_page_that_is_not_there_does_not_speak_of_saving(here: AppHere) -> None:
    for path in ("/today?day=2031-01-01", "/today?day=someday"):
        answer = here.browser.get(path)
        assert answer.status_code == 422
        assert "Not saved" not in answer.text


def test_a_fault_of_ours_tells_nobody_what_was_written(
    here: AppHere, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fault(*_: object) -> None:
        raise ValueError("cannot read 'the words nobody should see'")

    monkeypatch.setattr(SealedInbox, "append", fault)
    browser = TestClient(here.app, base_url=HOME)
    browser.get(f"/open?token={here.doors.launch_token}")
    answer = here.save(browser=browser, day_is="5", note="the words nobody should see")
    assert answer.status_code == 500
    assert "a fault of the app, not yours" in answer.text
    said = capfd.readouterr()
    assert "words nobody" not in answer.text + said.out + said.err
    assert "ValueError" in said.err
    assert "today.py" in said.err
    assert here.browser.get("/today").status_code == 200
