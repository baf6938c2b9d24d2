"""A glimmer is one tap, of any feeling, also while locked; what was done anyway is kept apart."""

import json
from pathlib import Path

import pytest
from tests.web.app_here import TODAY, AppHere


@pytest.fixture
def here(tmp_path: Path):
    with AppHere(tmp_path) as app:
        app.unlock()
        yield app


def save(here: AppHere, address: str = "/glimmer", **said: str):
    return here.browser.post(
        address, data={"once": here.idempotency_key("/glimmer"), "day": "", **said}
    )


def bodies(here: AppHere, kind: str) -> list[dict]:
    return [json.loads(entry.body) for entry in here.about(kind)]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"feeling": "sadness", "strength": "1"}, {"feeling": "sadness", "strength": 1}),
        ({"feeling": "joy", "own": "awe", "strength": "3"}, {"feeling": "awe", "strength": 3}),
        ({"strength": "2"}, {"strength": 2}),
        ({"feeling": "joy:2"}, {"feeling": "joy", "strength": 2}),
        ({"feeling": "joy:1", "strength": "3"}, {"feeling": "joy", "strength": 1}),
        ({"strength": "", "text": "a blackbird"}, {"text": "a blackbird"}),
        ({"strength": ""}, {}),
    ],
)
def test_any_feeling_of_any_strength_is_kept(here: AppHere, said: dict, kept: dict) -> None:
    assert "Saved" in save(here, **said).text
    assert bodies(here, "glimmer") == [kept]


def test_it_is_kept_while_the_diary_is_locked(here: AppHere) -> None:
    here.lock()
    assert "sealed" in save(here, feeling="warmth", strength="1").text
    assert len(here.sealed_files()) == 1
    here.unlock()
    assert bodies(here, "glimmer") == [{"feeling": "warmth", "strength": 1}]
    assert "warmth, barely there" in here.browser.get(f"/day/{TODAY}").text


def test_a_strength_nobody_offered_writes_nothing(here: AppHere) -> None:
    assert save(here, strength="9").status_code == 422
    assert save(here, feeling="joy:9").status_code == 422
    assert bodies(here, "glimmer") == []


def test_what_was_done_anyway_is_its_own_kind(here: AppHere) -> None:
    save(here, "/glimmer/anyway", text="Made soup for Áine")
    assert bodies(here, "did_anyway") == [{"what": "Made soup for Áine"}]
    page = here.browser.get(f"/day/{TODAY}").text
    assert "Did it anyway" in page and "Made soup for Áine" in page
    assert save(here, "/glimmer/anyway", text="").status_code == 422


def test_today_does_not_speak_of_it_unless_chosen(here: AppHere) -> None:
    assert "/glimmer" not in here.browser.get("/today").text
    here.browser.post("/settings", data={"fields": ["glimmer_link"], "glimmer_link": "yes"})
    assert 'href="/glimmer"' in here.browser.get("/today").text
    here.lock()
    assert 'href="/glimmer"' in here.browser.get("/today").text
