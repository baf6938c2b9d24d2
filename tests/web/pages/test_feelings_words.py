"""What is said about feelings is read by a tired twelve-year-old: a school grade of 8 at most."""

import re
from pathlib import Path

import pytest
import textstat

from landward.catalog import load_catalog
from landward.model.questions import OPTIONAL, SPECIALS_MEAN, WEEKLY
from landward.report.numb_papers import ALWAYS, CARD
from landward.report.readings.numbing import CAUTION

HARDEST_GRADE = 8.0
TEMPLATES = Path(__file__).parents[3] / "src" / "landward" / "web" / "templates"
PAGES = ("feelings.html", "feelings_choose.html", "glimmer.html", "feelings_seen.html",
         "numbing.html", "family_card.html")  # fmt: skip


def grade(said: str) -> float:
    """The higher of textstat's two grades that need no downloaded dictionary of syllables."""
    return max(textstat.automated_readability_index(said), textstat.coleman_liau_index(said))


def words_of(page: str) -> str:
    """The sentences of a template, without what is filled in."""
    text = (TEMPLATES / page).read_text("utf-8")
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", " ", text, flags=re.S)
    parts = re.split(r"<[^>]+>", text)
    return " ".join(part.strip() for part in parts if len(part.split()) >= 4)


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_feelings_are_easy_to_read(page: str) -> None:
    said = words_of(page)
    if said:
        assert grade(said) <= HARDEST_GRADE, (page, said)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("weekly statements", " ".join(WEEKLY.values())),
        ("special answers", SPECIALS_MEAN),
        ("chosen questions", " ".join(f"{one.words}. {one.why}" for one in OPTIONAL)),
        ("card", " ".join(CARD + ALWAYS)),
        ("caution", CAUTION),
        ("questions of a clinician", " ".join(
            f"{one.question} {one.why}" for one in load_catalog().numbness_questions)),
        ("living while numb", load_catalog().library.article("living-while-numb").text),
    ],
)  # fmt: skip
def test_words_of_feelings_are_easy_to_read(what: str, said: str) -> None:
    assert grade(said) <= HARDEST_GRADE, (what, said)
