"""The library's pages: every sentence rests on a row or is experience; short, kind and plain."""

import shutil
from pathlib import Path

import pytest
import textstat

from landward.catalog import Catalog, check_tables, load_catalog
from landward.catalog.articles import article_fields
from landward.catalog.read import TABLES

FACTS = load_catalog()
ARTICLES = FACTS.library.articles
GRADE = 8


@pytest.mark.parametrize("key", ARTICLES)
def test_a_page_reads_at_grade_eight_or_easier(key):
    text = ARTICLES[key].text
    # textstat's two grades that need no downloaded dictionary of syllables
    assert textstat.automated_readability_index(text) <= GRADE
    assert textstat.coleman_liau_index(text) <= GRADE


def test_no_page_is_left_out_because_it_cannot_be_read():
    assert {path.stem for path in (TABLES / "articles").glob("*.md")} == set(ARTICLES)
    assert len(ARTICLES) >= 30


@pytest.mark.parametrize("key", ARTICLES)
def test_every_sentence_rests_on_a_row_that_stands_or_is_experience(key):
    for sentence in ARTICLES[key].sentences:
        assert all(FACTS.rows_by_id[row].usable for row in sentence.rows), sentence
        if sentence.experience:
            part = next(p for p in ARTICLES[key].sections if sentence in p.sentences)
            assert part.heading in {"What people say", "What may help"}, sentence


def test_the_hard_pages_open_gently():
    for key in ("numbness-permanent", "dementia", "suicide", "protracted"):
        page = ARTICLES[key]
        assert page.sensitive
        assert page.related == ()
        assert not any("%" in line.text for line in page.sentences[:3]), key
    assert ARTICLES["suicide"].help_first
    assert "Call" in ARTICLES["suicide"].answer


def test_near_every_page_stands_that_a_sudden_stop_can_kill():
    rows = {row for page in ARTICLES.values() for line in page.sentences for row in line.rows}
    assert "fda2020.no-abrupt-stop" in rows
    for key in ("why-slowly", "pregnancy", "opioids", "for-family", "talking-with-a-doctor"):
        ties = {row for line in ARTICLES[key].sentences for row in line.rows}
        assert "fda2020.no-abrupt-stop" in ties, key


QUESTIONS = {
    "how long does numbness last": "numbness-how-long",
    "is it permanent": "numbness-permanent",
    "why joy too": "why-joy-too",
    "depression irritability": "low-mood",
    "drug or depression or trauma or burnout": "told-apart",
    "why guilt": "why-guilt",
    "what can I do while numb": "what-helps-while-numb",
    "which benzo lasts longest": "which-lasts-longest",
    "dopamine": "dopamine",
    "which is the safest": "safest",
    "PTSD": "ptsd",
    "dementia": "dementia",
    "suicide": "suicide",
    "alcohol": "alcohol",
    "opioids": "opioids",
    "pregnancy": "pregnancy",
    "breastfeeding": "breastfeeding",
    "is Prozac a benzo": "prozac",
    "falls": "falls",
    "driving": "driving",
    "REM sleep": "sleep",
    "jaw and eyes": "muscles-jaw-eyes",
    "gut": "gut",
    "weight and appetite": "weight",
    "light and sound": "light-and-sound",
    "windows and waves": "windows-and-waves",
    "kindling": "kindling",
    "central sensitisation": "sensitisation",
    "tolerance": "tolerance",
    "why slowly": "why-slowly",
    "changing an antidepressant": "changing-antidepressant",
    "CBT DBT somatic": "therapies",
    "finding a doctor": "finding-a-doctor",
    "being disbelieved": "being-disbelieved",
    "feelings coming back at once": "grief-at-once",
    "thirty seconds": "thirty-seconds",
    "work and relationships": "work-and-relationships",
    "for family": "for-family",
    "peer forums": "peer-forums",
    "how to read a study": "how-to-read-a-study",
    "grapefruit": "grapefruit",
    "protracted": "protracted",
}


@pytest.mark.parametrize("asked", QUESTIONS)
def test_a_question_finds_its_page_on_the_first_screen(asked):
    assert QUESTIONS[asked] in [hit.id for hit in FACTS.search(asked, 5)]


HEAD = """+++
question = "Does this page stand up?"
answer = "It does."
rows = "ix.alcohol"
topic = "beside"
about_body = false
status = "draft"
written_on = 2026-11-26
+++

"""
BODY = """## What is known

- Alcohol adds up. [ix.alcohol]

## What is not known

- The rest. [ix.alcohol]

## What people say

- Little. [experience]
"""
FAULTS = {
    "no such row": (BODY.replace("[ix.alcohol]", "[ix.nothing]", 1), "ix.nothing, which is no row"),
    "a withdrawn row": (
        BODY.replace("[ix.alcohol]", "[eq.quazepam.other]", 1), "which was withdrawn",
    ),
    "no row at all": (BODY.replace(" [ix.alcohol]", "", 1), "not marked as experience"),
    "experience as knowledge": (
        BODY.replace("[ix.alcohol]", "[experience]", 1), "experience stands under",
    ),
    "a part is missing": (BODY.replace("## What people say", "## What may help"), "it has no part"),
    "an unknown part": (BODY.replace("## What people say", "## Rumours"), "heading"),
    "a line that is nothing": (BODY + "\nhello\n", "neither a heading nor a sentence"),
    "an unkind word": (BODY.replace("Little.", "You failed."), "it says “failed”"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "tables"
    shutil.copytree(TABLES, copy)
    return copy


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_a_page_is_named_and_the_program_still_starts(name, folder):
    body, expected = FAULTS[name]
    (folder / "articles" / "new-page.md").write_text(HEAD + body, encoding="utf-8")
    errors = [e for e in check_tables(folder).errors if e.startswith("articles/new-page.md")]
    assert any(expected in error for error in errors), errors
    assert "alcohol" in Catalog(folder).library.articles


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (('answer = "It does."', f'answer = "{"word " * 26}"'), "26 words, 25 are enough"),
        (("about_body = false", "about_body = true"), "says when to see a doctor"),
        (("about_body = false", 'about_body = false\nrelated = "nowhere"'), "which is no page"),
        (("about_body = false", 'about_body = false\nrelated = "suicide"'), "nothing leads to"),
        (("about_body = false", "about_body = false\nmood = 3"), "mood"),
        (
            ('answer = "It does."', 'answer = "It does in 5 % of people."\nsensitive = true'),
            "no percentage",
        ),
    ],
)
def test_a_fault_in_the_head_of_a_page_is_named(change, expected, folder):
    text = HEAD.replace(*change) + BODY
    (folder / "articles" / "new-page.md").write_text(text, encoding="utf-8")
    errors = [e for e in check_tables(folder).errors if e.startswith("articles/new-page.md")]
    assert any(expected in error for error in errors), errors


def test_a_page_about_suicide_opens_with_help(folder):
    (folder / "articles" / "suicide-two.md").write_text(HEAD + BODY, encoding="utf-8")
    assert any("opens with Help now" in error for error in check_tables(folder).errors)


def test_a_file_without_a_head_is_told():
    with pytest.raises(ValueError, match="head"):
        article_fields(BODY, "x")
