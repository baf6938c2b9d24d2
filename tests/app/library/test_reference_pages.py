"""`docs/reference/data/` is what the tables say now. LANDWARD_SNAPSHOTS=refresh rewrites it."""

import os
import re
from pathlib import Path

import pytest

from landward.app.library.reference_pages import question_pages, reference_pages

DOCS = Path(__file__).parents[3] / "docs"
FOLDER, LIBRARY = DOCS / "reference" / "data", DOCS / "library"


@pytest.fixture(scope="module")
def pages():
    made = reference_pages()
    if os.environ.get("LANDWARD_SNAPSHOTS") == "refresh":
        for name, text in made.items():
            (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
            (FOLDER / name).write_text(text, encoding="utf-8")
    return made


def test_the_pages_on_disk_are_the_pages_of_the_tables(pages):
    on_disk = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.md")}
    assert on_disk == set(pages)
    stale = [name for name in pages if (FOLDER / name).read_text("utf-8") != pages[name]]
    assert stale == [], (
        "LANDWARD_SNAPSHOTS=refresh pytest tests/app/library/test_reference_pages.py"
    )


@pytest.fixture(scope="module")
def questions():
    made = question_pages()
    if os.environ.get("LANDWARD_SNAPSHOTS") == "refresh":
        LIBRARY.mkdir(exist_ok=True)
        for name, text in made.items():
            (LIBRARY / name).write_text(text, encoding="utf-8")
    return made


def test_the_librarys_pages_on_disk_are_the_articles_of_the_tables(questions):
    assert {path.name for path in LIBRARY.iterdir()} == set(questions)
    stale = [name for name in questions if (LIBRARY / name).read_text("utf-8") != questions[name]]
    assert stale == [], (
        "LANDWARD_SNAPSHOTS=refresh pytest tests/app/library/test_reference_pages.py"
    )


def test_every_number_behind_a_sentence_leads_to_a_row_and_its_source(pages, questions):
    sources = {line[3:].lower() for line in pages["sources.md"].splitlines() if line[:3] == "## "}
    claims = set(re.findall(r'<a id="([^"]+)"', pages["claims.md"]))
    for name, text in questions.items():
        asked = set(re.findall(r"\(#(rests-\d+)\)", text))
        assert asked == set(re.findall(r'<a id="(rests-\d+)"', text)), name
        assert set(re.findall(r"sources\.md#([^)]+)\)", text)) <= sources, name
        assert set(re.findall(r"claims\.md#([^)]+)\)", text)) <= claims, name
        assert "Do not stop suddenly" in text, name


def test_every_source_a_page_links_to_has_its_place(pages):
    places = {line[3:].lower() for line in pages["sources.md"].splitlines() if line[:3] == "## "}
    for name, text in pages.items():
        assert set(re.findall(r"sources\.md#([^)]+)\)", text)) <= places, name


def test_the_range_of_an_equivalence_is_told_with_who_says_so(pages):
    # Ashton 0.5 mg and NHS Scotland 0.5 mg against ClinCalc's 0.5-4 mg (equivalences.csv)
    text = pages["drugs/clonazepam.md"]
    assert "From 0.5 to 4 mg, depending on the table." in text
    assert "| clincalc | 0.75 (0.5–4) | 10 | BENZOREFORM |" in text


def test_how_long_it_stays_is_first_order_arithmetic(pages):
    # 38 h × log2(10) / 24 = 5.26 days
    assert "| clonazepam | 38 (18–60) | 5.26 (2.49–8.3) |" in pages["drugs/clonazepam.md"]


def test_every_page_that_could_worry_says_not_to_stop_suddenly(pages):
    for name, text in pages.items():
        if name.startswith("drugs/") or name in {"claims.md", "guidelines.md", "safety.md"}:
            assert "Do not stop suddenly" in text, name


def test_the_paper_that_contradicts_itself_stands_first(pages):
    rows = [line for line in pages["paper-values.md"].splitlines() if line.startswith("| [")]
    assert [row.rstrip().endswith("| NO |") for row in rows[:3]] == [True, True, False]
    assert "SCHIFANO2019" in rows[0]


def test_no_page_of_the_library_shows_a_place_that_was_left_unfilled(questions):
    unfilled = {name for name, text in questions.items() if re.search(r"\{[a-z_0-9]+\}", text)}
    assert unfilled == set()
