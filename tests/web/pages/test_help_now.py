"""Help now: the emergency number first, with nothing unlocked, storing nothing."""

from pathlib import Path

import pytest
from tests.web.app_here import AppHere

from landward.catalog import load_catalog


@pytest.fixture
def here(tmp_path: Path):
    with AppHere(tmp_path) as app:
        yield app


def test_every_country_shows_its_emergency_number_before_any_other(here: AppHere) -> None:
    for country in {line.country for line in load_catalog().crisis_lines}:
        lines = load_catalog().crisis(country).lines
        page = here.browser.get(f"/help?country={country}").text
        first = page.index('class="number"')
        assert lines[0].kind == "emergency"
        assert page.index(f">{lines[0].phone}<", first) < first + 80


@pytest.mark.parametrize("country", ["", "XX", "🙂", "<b", "??"])
def test_an_unknown_country_gets_general_words_and_no_wrong_number(
    tmp_path: Path, country: str
) -> None:
    with AppHere(tmp_path, None) as app:
        page = app.browser.get("/help", params={"country": country})
        assert page.status_code == 200
        assert "112, 911 or 999" in page.text
        assert 'class="number"' not in page.text


def test_help_is_on_every_page(here: AppHere) -> None:
    here.unlock()
    for path in (
        "/today",
        "/journey",
        "/doses",
        "/report",
        "/settings",
        "/serious",
        "/saved",
        "/help",
    ):
        assert 'href="/help"' in here.browser.get(path).text
    assert 'href="/help"' in here.new_browser(let_in=False).get("/today").text


def test_looking_for_help_or_at_steps_stores_nothing(here: AppHere) -> None:
    before = {file: file.read_bytes() for file in here.path.rglob("*") if file.is_file()}
    here.browser.get("/help")
    here.browser.get("/unsafe")
    page = here.browser.post("/serious", data={"what": "flag.suicidal_thoughts"}).text
    assert "112" in page  # the emergency number of the country the person chose
    assert {file: file.read_bytes() for file in here.path.rglob("*") if file.is_file()} == before


def test_something_serious_is_kept_only_when_asked_also_locked(here: AppHere) -> None:
    for what, kept in (
        ("flag.seizure", "seizure"),
        ("flag.ran_out", "ran_out"),
        ("took_extra", "took_extra"),
    ):
        assert here.browser.post("/serious", data={"what": what}).status_code == 200
        here.browser.post("/serious/keep", data={"what": what, "once": f"serious-{kept}"})
        assert kept in [e.body.split('"what":"')[1].split('"')[0] for e in here.about("incident")]
    assert here.browser.post("/serious", data={"what": "flag.nothing"}).status_code == 422


def test_every_statement_has_next_steps_and_no_method_is_named(here: AppHere) -> None:
    import re

    page = here.browser.get("/serious").text
    found = re.findall(r'name="what" value="([^"]+)"', page)
    assert len(found) >= 20
    for what in found:
        steps = here.browser.post("/serious", data={"what": what}).text
        assert steps.count("<li>") >= 1
        assert "Do not stop suddenly" in steps
        assert "{emergency}" not in steps


def test_the_card_and_the_plan_are_outside_only_by_choice(here: AppHere) -> None:
    here.unlock()
    said = {"plan.people": "Ring Áine", "card": "Takes a benzodiazepine"}
    for outside in ("no", "yes"):
        fields = {**said, "plan_outside": outside, "card_outside": outside}
        here.unlock()
        here.browser.post("/settings", data={"fields": list(fields), **fields})
        here.lock()
        page = here.browser.get("/help").text
        assert ("Ring Áine" in page) is (outside == "yes")
        assert ("Takes a benzodiazepine" in page) is (outside == "yes")
        stored = (here.path / "outside.json").read_text(encoding="utf-8")
        assert ("Áine" in stored) is (outside == "yes")
