"""On a phone: what a person can do here comes first, commands second."""

import io
import zipfile
from pathlib import Path

import pytest
from tests.web.app_here import AppHere


@pytest.fixture
def here(tmp_path: Path):
    with AppHere(tmp_path) as app:
        app.unlock()
        yield app


def test_the_page_for_a_phone_is_saved_from_the_app(here: AppHere) -> None:
    page = here.browser.get("/phone").text
    assert page.index("Save the page for my phone") < page.index("<code>")
    assert "names of the symptoms you watch" in page
    assert "My medicine and its planned dose" in page
    answer = here.browser.post("/phone/page")
    assert answer.headers["content-disposition"] == 'attachment; filename="landward-phone.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        shown = packed.read("landward-phone/index.html").decode()
    assert "landward-phone/sw.js" in names
    assert "Light hurts" in shown  # the person chose to let their symptoms be seen
    assert "clonazepam" not in shown.casefold()  # and did not ask for the dose on this page


def test_the_medicine_stands_on_it_only_when_asked_for(here: AppHere) -> None:
    answer = here.browser.post("/phone/page", data={"on_it": ["doses", "something else"]})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert "clonazepam" in packed.read("landward-phone/index.html").decode()


def test_it_shows_nothing_that_the_locked_app_would_not(here: AppHere) -> None:
    here.browser.post("/settings", data={"fields": "locked_page", "locked_page": "plain"})
    answer = here.browser.post("/phone/page", data={"on_it": "doses"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        shown = packed.read("landward-phone/index.html").decode()
    assert "Light hurts" not in shown
    assert "clonazepam" not in shown
    assert "the symptoms you watch" not in here.browser.get("/phone").text


def test_a_locked_diary_gives_no_page_away(here: AppHere) -> None:
    here.lock()
    answer = here.browser.post("/phone/page")
    assert answer.url.path == "/unlock"
    assert "zip" not in answer.headers["content-type"]
