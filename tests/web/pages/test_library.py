"""The library: open while locked, searched without leaving words in an address, sources named."""

import datetime as dt
import re
import shutil
from html import escape as html_escape
from importlib.resources import files
from pathlib import Path

import pytest
from tests.web.app_here import AppHere

from landward.app.library import articles, facts, help_now, sections
from landward.app.library.sections import LEAVES, SHELVES, find, shelf
from landward.catalog import Catalog, load_catalog
from landward.catalog.read import TABLES
from landward.catalog.sureness import how_sure
from landward.model.moment import Moment


def escape(text: str) -> str:
    """Text as a page holds it."""
    return html_escape(text).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")


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
    assert "Nothing here fits these words" in nothing.text


def test_a_claim_is_never_shown_without_its_verdict(here: AppHere) -> None:
    page = here.browser.get("/library/claim/claim.000-02").text
    assert "A claim that circulates" in page and "Partly supported" in page
    assert "Why this verdict" in page and "claim.000-02" in page
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


@pytest.mark.parametrize("kind", sorted(LEAVES.keys() - {"row"}))
def test_every_kind_of_leaf_can_be_reached_by_searching(kind: str) -> None:
    words = {"symptom": "ringing", "claim": "numbing", "rule": "25 %", "question": "seizure",
             "instrument": "feelings this week", "source": "ASAM", "interaction": "clarithromycin",
             "name": "Librax", "now": "had a fit"}[kind]  # fmt: skip
    assert kind in {hit.kind for hit in find(words, 40)}


def test_a_stranger_meets_the_closed_door(here: AppHere) -> None:
    assert here.new_browser(let_in=False).get("/library").status_code == 403


def test_doses_lead_to_what_is_known_of_the_medicine(here: AppHere) -> None:
    here.unlock()
    assert 'href="/library/drug/clonazepam"' in here.browser.get("/doses").text


@pytest.mark.parametrize("key", sorted(load_catalog().library.articles))
def test_every_page_opens_while_locked_and_every_row_behind_it_too(here: AppHere, key: str) -> None:
    answer = here.browser.get(f"/library/article/{key}")
    article = load_catalog().library.articles[key]
    assert answer.status_code == 200
    assert escape(article.question) in answer.text and escape(article.answer) in answer.text
    assert "Add to my request" not in answer.text  # a diary is open only after unlocking
    assert "Do not stop suddenly" in answer.text
    if article.about_body:
        assert "When to see a doctor" in answer.text
    numbers = {int(n) for n in re.findall(r'href="#rests-(\d+)"', answer.text)}
    assert numbers == {int(n) for n in re.findall(r'id="rests-(\d+)"', answer.text)}
    for link in re.findall(r'href="(/library/[^"]+)"', answer.text):
        assert here.browser.get(link).status_code == 200, link


def test_the_page_about_ending_ones_life_opens_with_whom_to_call(here: AppHere) -> None:
    page = here.browser.get("/library/article/suicide").text
    main = page.partition("<h1>")[2]
    assert main.index("Help now") < main.index("What is known")
    assert main.index('href="tel:112"') < main.index("What is known")
    assert "%" not in main.partition("What is known")[0]


def test_nothing_leads_to_the_hardest_pages_but_the_index_and_ones_own_words(here: AppHere) -> None:
    hardest = {key for key, one in load_catalog().library.articles.items() if one.sensitive}
    assert {"suicide", "dementia", "numbness-permanent"} <= hardest
    for key in load_catalog().library.articles:
        page = here.browser.get(f"/library/article/{key}").text
        led = set(re.findall(r'href="/library/article/([^"]+)"', page))
        assert not led & hardest, key
        assert not (key in hardest and led), key


def test_the_index_lists_every_page_once_under_a_topic(here: AppHere) -> None:
    led = re.findall(r'href="/library/article/([^"]+)"', here.browser.get("/library").text)
    assert sorted(led) == sorted(load_catalog().library.articles)


def test_the_ledger_names_every_claim_and_each_has_its_address(here: AppHere) -> None:
    page = here.browser.get("/library/claims").text
    claims = [row for row in load_catalog().claims if row.usable]
    assert sorted(re.findall(r'<article id="([^"]+)"', page)) == sorted(row.id for row in claims)
    for row in claims:
        assert f'href="#{row.id}"' in page
        assert escape(row.claim) in page and escape(row.finding) in page
    assert "about studies, not about you" in page


def test_the_tables_say_how_sure_they_are(here: AppHere) -> None:
    page = here.browser.get("/library/sure").text
    rate = how_sure(load_catalog()).error_rate
    assert rate is not None
    assert f"{rate.wrong} of {rate.checkable} rows" in page
    assert f"between {rate.low_percent} and {rate.high_percent} %" in page
    assert "No clinician has reviewed any row" in page


def test_a_question_for_the_doctor_goes_from_a_page_to_the_report(here: AppHere) -> None:
    here.unlock()
    page = here.browser.get("/library/article/gut").text
    assert "Add to my request" in page
    shown = here.browser.get("/my-request?from=gut").text
    assert "My gut trouble began on … What should we rule out?" in shown
    words = "My gut trouble began on 3 March. What should we rule out?"
    back = "/library/article/gut"
    answer = here.browser.post("/my-request", data={"request": words, "back": back})
    assert answer.url.path == back and "Kept." in answer.text
    here.save(day_is="6")  # the report has a first day to stand on
    field = here.browser.get("/report").text.split('name="request"')[1].split(">")[0]
    assert f'value="{words}"' in field
    # emptied on the report's own page, this one page asks nothing and the kept words stay
    emptied = here.browser.post("/report", data={"request": "", "period": "84"}).text
    assert words not in emptied
    assert words in here.browser.get("/report").text
    # a second page adds its own question behind it; the first is not lost
    assert f"{words} I feel numb" in here.browser.get("/my-request?from=numbness-how-long").text
    assert "the rest would be cut" in here.browser.get("/my-request?from=numbness-how-long").text


def test_my_request_needs_the_open_diary_and_leads_nowhere_else(here: AppHere) -> None:
    assert "My gut trouble" not in here.browser.get("/my-request?from=gut").text
    here.unlock()
    answer = here.browser.post("/my-request", data={"request": "x", "back": "//elsewhere.example"})
    assert answer.url.path == "/report"


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The app over tables of which one has lost a column to another name."""
    folder = tmp_path / "tables"
    shutil.copytree(TABLES, folder)
    path = folder / "claims.csv"
    head, _, rest = path.read_text("utf-8").partition("\n")
    assert ",verdict," in head
    path.write_text(f"{head.replace(',verdict,', ',mood,')}\n{rest}", "utf-8")
    catalog = Catalog(folder)
    for module in (sections, articles, facts, help_now):
        monkeypatch.setattr(module, "load_catalog", lambda: catalog)
    with AppHere(tmp_path) as app:
        yield app


def test_a_renamed_column_is_told_by_its_tables_name_and_the_app_goes_on(broken: AppHere) -> None:
    page = broken.browser.get("/library/claims")
    assert "“claims” cannot be read" in page.text and "facts check" in page.text
    assert "“claims” cannot be read" in broken.browser.post("/library", data={"words": "x"}).text
    for path in ("/library", "/today", "/help", "/library/drug/clonazepam"):
        assert broken.browser.get(path).status_code == 200, path
    broken.unlock()
    assert "Saved" in broken.save(day_is="4").text


def test_a_crisis_line_past_its_date_says_so_on_the_page_that_opens_with_it(here: AppHere) -> None:
    later = dt.datetime(2028, 3, 10, 20, 30, tzinfo=dt.UTC)
    here.now = Moment(at=later, zone=here.now.zone)
    page = here.new_browser().get("/library/article/suicide").text
    assert "They may have changed" in page and 'href="tel:112"' in page


def test_what_stands_in_a_box_can_be_read_on_paper_whatever_the_theme() -> None:
    # a dark theme's box kept its background in print, with black words on it
    style = (files("landward.web") / "static" / "style.css").read_text("utf-8")
    printed = " ".join(part.split("@media", 1)[0] for part in style.split("@media print")[1:])
    assert ".card{background:none" in printed
