"""Words that people use when they ask, and what they stand for."""

import csv
from pathlib import Path

import pytest

from landward.catalog import load_catalog
from landward.catalog.search import Entry, Index
from landward.catalog.search_words import SearchWords
from landward.model.search_words import SearchWord

FACTS = load_catalog()
BENCH = Path(__file__).parents[2] / "benchmarks" / "facts"


def row(kind: str, said: str, means: str = "") -> SearchWord:
    return SearchWord.model_validate(
        {
            "id": f"said.{kind}.{said.replace(' ', '_')}", "kind": kind, "said": said,
            "means": means, "source": ("LANDWARD",), "locator": "this row", "licence": "own",
            "status": "draft",
        }
    )  # fmt: skip


WORDS = SearchWords(
    (
        row("same", "pills", "tablet"),
        row("also", "drained", "fatigue"),
        row("asked", "when will it end", "protracted years"),
        row("help", "cant go on like this"),
    )
)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("my pills", [("tablet",)]),
        ("When will it end?", [("protract", "year")]),
        ("when will it end with these pills", [("protract", "year"), ("tablet",)]),
        ("so drained", [("drain",)]),
    ],
)
def test_a_question_is_taken_apart_into_what_it_means(asked, words):
    assert WORDS.asked(asked) == words
    assert WORDS.also("drain") == ("fatigu",)


def test_a_turn_of_phrase_finds_what_none_of_its_words_names():
    index = Index([Entry(kind="article", id="long", line="?", text="protracted")], WORDS)
    assert [hit.id for hit in index.search("when will it end")] == ["long"]
    assert not Index([Entry(kind="article", id="long", line="?", text="protracted")]).search(
        "when will it end"
    )


@pytest.mark.parametrize(
    "asked",
    [
        "I cant go on like this", "I can’t go on like this any longer", "i cannot go on",
        "there is no point in living", "I don't want to wake up tomorrow",
        "everyone is better off without me", "death feels like a welcome escape",
    ],
)  # fmt: skip
def test_words_of_despair_bring_help_first(asked):
    first = FACTS.search(asked, 3)[0]
    assert (first.kind, first.id) == ("article", "suicide"), first
    assert FACTS.library.articles["suicide"].help_first


@pytest.mark.parametrize(
    "asked", ["can I go on holiday", "the end of my taper", "life after this", "living with noise"]
)
def test_everyday_words_do_not(asked):
    assert "suicide" not in {hit.id for hit in FACTS.search(asked, 3)}


def test_what_strangers_wrote_is_mostly_found():
    """Three lists of strangers' wordings, each asked once before the words were added to."""
    found, asked = 0, 0
    for name in ("unseen", "unseen-after", "unseen-last"):
        for line in csv.DictReader((BENCH / f"{name}.csv").read_text("utf-8").splitlines()):
            hits = {f"{hit.kind} {hit.id}" for hit in FACTS.search(line["asked"], 3)}
            found += bool(hits & set(line["wanted"].split(";")))
            asked += 1
    assert asked == 100
    assert found >= 88


@pytest.mark.parametrize(
    ("kind", "said", "means"),
    [("help", "cant go on", "numb"), ("asked", "when does it", ""), ("same", "two words", "one")],
)
def test_a_row_that_says_nothing_or_too_much_is_refused(kind, said, means):
    with pytest.raises(ValueError, match=r"said|stand"):
        row(kind, said, means)
