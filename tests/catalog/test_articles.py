"""The library's pages: every sentence rests on a row or is experience; short, kind and plain."""

import csv
import shutil
from pathlib import Path

import pytest
import textstat

from landward.app.library.articles import read_page
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


FIRST_SCREEN = 3
"""Hits that a phone shows above the fold."""
LIST = Path(__file__).parents[2] / "benchmarks" / "facts" / "questions.csv"
ASKED = [tuple(row) for row in csv.reader(LIST.read_text("utf-8").splitlines()[1:])]
"""What people ask, in their words and misspelt, with what must be found."""


@pytest.mark.parametrize(
    ("asked", "kind", "found"),
    ASKED,
)
def test_one_search_finds_brands_words_claims_interactions_misspelt_too(asked, kind, found):
    hits = FACTS.search(asked, FIRST_SCREEN)
    assert (kind, found) in [(hit.kind, hit.id) for hit in hits], hits


def test_which_tablet_may_be_split_is_said_where_it_was_asked():
    # products.csv: Xanax 2 mg (US) has score lines; the slow-release ones must stay whole
    line = FACTS.search("half a tablet of Xanax", 1)[0].line
    assert "tablet 2 mg (US) may be split" in line
    assert "slow-release tablet 0.5, 1, 2, 3 mg (US) stays whole" in line
    assert line.endswith("ask your pharmacist")


def test_a_word_in_passing_does_not_lead_to_a_hard_page():
    hard = {key for key, page in ARTICLES.items() if page.sensitive}
    for asked in ("how to read a study", "seizures", "tablets", "many people say", "doctor"):
        assert not hard & {hit.id for hit in FACTS.search(asked, 24) if hit.kind == "article"}


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


def test_a_page_that_cannot_be_read_is_named_and_left_out(folder):
    (folder / "articles" / "broken-page.md").write_text("nothing\n", encoding="utf-8")
    library = Catalog(folder).library
    assert library.unread == ("broken-page.md",)
    assert set(library.articles) == set(ARTICLES)


def test_a_sentence_that_rests_on_a_withdrawn_row_is_not_shown(folder):
    body = BODY.replace(
        "- Alcohol adds up. [ix.alcohol]", "- Up. [ix.alcohol]\n- Q. [eq.quazepam.other]"
    )
    (folder / "articles" / "new-page.md").write_text(HEAD + body, encoding="utf-8")
    page = read_page("new-page", Catalog(folder))
    assert [line.text for line in page.parts[0].lines] == ["Up."]
    assert "eq.quazepam.other" not in [row.id for row in page.rests]
    head = HEAD.replace('rows = "ix.alcohol"', 'rows = "eq.quazepam.other"')
    (folder / "articles" / "new-page.md").write_text(head + BODY, encoding="utf-8")
    assert "withdrawn" in read_page("new-page", Catalog(folder)).answer.text


@pytest.mark.parametrize(
    ("asked", "first"),
    [("i want to die", "suicide"), ("dont want to be here anymore", "suicide"),
     ("had a fit", "flag.seizure"), ("my husband wont wake up", "flag.slow_breathing"),
     ("ran out of pills what now", "inc.ran_out.1")],
)  # fmt: skip
def test_what_cannot_wait_comes_first(asked, first):
    assert FACTS.search(asked, 3)[0].id == first


@pytest.mark.parametrize(
    "asked", ["why does doctor want me off", "crying for no reason", "i want to sleep", "go on"]
)
def test_a_word_in_passing_does_not_bring_help_to_the_front(asked):
    assert "suicide" not in {hit.id for hit in FACTS.search(asked, 5)}


def test_words_to_spare_do_not_hide_what_was_asked():
    # “qqzz” is no word here: it counts against a page, but less than a word that means something
    assert FACTS.search("qqzz qqzzy grapefruit xxyyzz", 3)[0].id == "grapefruit"
