"""The library: open while locked, searched without leaving words in an address, sources named."""

import re
from pathlib import Path

import pytest
from tests.web.app_here import AppHere

from landward.app.library.sections import LEAVES, SHELVES, find, shelf


@pytest.fixture
def here(tmp_path: Path):
    with AppHere(tmp_path) as app:  # locked
        yield app


def test_every_leaf_of_every_shelf_opens_and_says_how_far_it_was_checked(here: AppHere) -> None:
    for name in SHELVES:
        page = here.browser.get(f"/library/{name}")
        assert page.status_code == 200
        titles = [title for row in shelf(name) for title in row.titles]
        assert len(re.findall(r'href="/library/\w+/', page.text)) == len(titles) > 10
        for title in titles[:: max(1, len(titles) // 8)]:
            leaf = here.browser.get(f"/library/{title.kind}/{title.id}")
            assert leaf.status_code == 200, title
            assert "Do not stop suddenly" in leaf.text
            standing = ("draft", "Checked twice", "Sources</summary>")
            assert any(words in leaf.text for words in standing), title


def test_words_are_found_misspelt_and_are_in_no_address(here: AppHere) -> None:
    answer = here.browser.post("/library", data={"words": "ringin ears"})
    assert answer.url.path == "/library" and not answer.url.query
    assert '/library/symptom/tinnitus"' in answer.text
    assert {hit.kind for hit in find("clonazepam")} >= {"drug", "source"}
    nothing = here.browser.post("/library", data={"words": "zzzzqq xxyyzz"})
    assert "Nothing fits these words" in nothing.text


def test_a_claim_is_never_shown_without_its_verdict(here: AppHere) -> None:
    page = here.browser.get("/library/claim/claim.000-02").text
    assert "A claim that circulates" in page and "Partly supported" in page
    assert "Read: abstract read" in page


def test_a_source_key_in_a_table_leads_to_what_was_read_of_it(here: AppHere) -> None:
    page = here.browser.get("/library/drug/clonazepam").text
    keys = set(re.findall(r'href="/library/source/([^"]+)"', page))
    assert len(keys) > 5
    for key in sorted(keys)[:5]:
        assert "What was read of it" in here.browser.get(f"/library/source/{key}").text


@pytest.mark.parametrize(
    "path", ["nothing", "drug/zzzzzzz", "symptom/x", "spaceship/x", "claim/<b"]
)
def test_what_is_not_there_is_said_calmly(here: AppHere, path: str) -> None:
    answer = here.browser.get(f"/library/{path}")
    assert answer.status_code == 404
    assert "The library has nothing of that name" in answer.text


@pytest.mark.parametrize("kind", LEAVES)
def test_every_kind_of_leaf_can_be_reached_by_searching(kind: str) -> None:
    words = {"symptom": "ringing", "claim": "numbing", "rule": "25 %", "question": "seizure",
             "instrument": "feelings this week", "source": "ASAM"}[kind]  # fmt: skip
    assert kind in {hit.kind for hit in find(words, 40)}


def test_a_stranger_meets_the_closed_door(here: AppHere) -> None:
    assert here.new_browser(let_in=False).get("/library").status_code == 403


def test_doses_lead_to_what_is_known_of_the_medicine(here: AppHere) -> None:
    here.unlock()
    assert 'href="/library/drug/clonazepam"' in here.browser.get("/doses").text
