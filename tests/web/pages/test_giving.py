"""Other ways to give it: what a page leaves out no bundle holds; what was given is written."""

import json
import re
from pathlib import Path

import pytest
from tests.web.app_here import AppHere

from landward.app.share.health_link import open_health_link
from landward.report.blocks.all_blocks import CHOSEN

ALL = [block.name for block in CHOSEN]


@pytest.fixture
def here(tmp_path: Path):
    with AppHere(tmp_path) as app:
        app.unlock()
        app.save(day_is="5", dose="as_planned", note="the kitchen light", **{"s:anxiety": "3"})
        yield app


def kinds(bundle: bytes) -> set[str]:
    return {entry["resource"]["resourceType"] for entry in json.loads(bundle)["entry"]}


def test_the_bundle_of_a_page_holds_what_the_page_holds(here: AppHere) -> None:
    said = {"reader": "Dr Lind", "offered": ALL, "part": ALL}
    whole = here.browser.post("/report/fhir", data=said).content
    assert "MedicationStatement" in kinds(whole) and b"kitchen" not in whole
    less = here.browser.post(
        "/report/fhir", data=said | {"part": [p for p in ALL if p != "doses"]}
    ).content
    assert "MedicationStatement" not in kinds(less) and b"clonazepam" not in less
    page = here.browser.get("/report").text
    assert "FHIR bundle, Dr Lind" in page and len(here.about("shared")) == 2


def test_a_link_is_shown_once_and_its_file_opens_with_it(here: AppHere) -> None:
    said = {"reader": "Clinic", "host": "https://example.org/mine.jwe"}
    page = here.browser.post("/report/link", data=said).text
    link = re.search(r"shlink:/[\w-]+", page)
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert link and key
    file = here.browser.post("/report/link/file", data=said | {"key": key[1]}).content
    assert "Observation" in kinds(open_health_link(link[0], file))
    assert [json.loads(e.body)["what"] for e in here.about("shared")] == ["SMART Health Link"]
    assert here.browser.post("/report/link", data={"host": "http://x.org"}).status_code == 422
    bad = here.browser.post("/report/link/file", data=said | {"key": "AAAA"})
    assert bad.status_code == 422 and "begin again on Report" in bad.text


def test_peers_read_what_was_ticked_and_no_word_more(here: AppHere) -> None:
    empty = here.browser.get("/report/history").text
    assert "What it says" not in empty and "checked" not in empty
    shown = here.browser.post("/report/history", data={"do": "look", "part": ["days"]}).text
    assert "A diary of 1 month." in shown and "clonazepam" not in shown
    text = here.browser.post("/report/history", data={"do": "save", "part": ["days"]}).text
    assert "kitchen" not in text and "2026" not in text
    assert text.split("\n")[0] in shown
    assert here.browser.post("/report/history", data={"do": "save"}).status_code == 422
    assert [json.loads(e.body)["what"] for e in here.about("shared")] == ["history for peers"]
