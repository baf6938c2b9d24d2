"""One name, one id, in every script; and the ids that 0.1.0 gave are known again."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from landward.model.bodies import CheckIn
from landward.model.item_ids import earlier_ids, item_named, item_of, names_something
from landward.model.questions import BY_ID


@pytest.mark.parametrize(
    ("words", "item"),
    [
        ("Insomnia", "insomnia"),
        ("Hörsturz", "horsturz"),
        ("Ho\u0308rsturz", "horsturz"),  # the same letters, typed in two parts
        ("  burning   SKIN ", "burning_skin"),
        ("can’t sleep", "can_t_sleep"),
        ("Fußschmerz", "fussschmerz"),
        ("ból głowy", "bol_glowy"),
        ("İnsomnia", "insomnia"),
        ("ｔｉｎｎｉｔｕｓ", "tinnitus"),
        ("self-harm", "self_harm"),
    ],
)
def test_a_name_in_latin_letters_gives_a_readable_id(words: str, item: str) -> None:
    assert item_of(words) == item


@pytest.mark.parametrize("words", ["دوخة", "головная боль", "不眠", "🤕", "boль", "α", "٣", "-"])
def test_other_scripts_and_single_signs_get_a_stable_id(words: str) -> None:
    assert item_of(words).startswith("own:") and item_of(words) == item_of(f" {words.upper()} ")


@pytest.mark.parametrize(
    ("one", "other"),
    [("боль back", "back"), ("headache", "headache 🤕"), ("دوخة", "دوخه"), ("pain 🦶", "pain 🖐")],
)
def test_two_names_never_share_an_id(one: str, other: str) -> None:
    assert item_of(one) != item_of(other)


def test_a_long_name_keeps_its_own_id_past_the_cut() -> None:
    long = "a feeling " * 12
    assert item_of(long) != item_of(long + "more") and len(item_of(long)) <= 60


@given(st.text(min_size=1, max_size=200))
def test_every_name_gives_an_id_that_the_journal_takes(words: str) -> None:
    item = item_of(words)
    CheckIn(asked=(item,))  # raises for what is no id
    assert item_of(unicodedata.normalize("NFD", words)) == item_of(
        unicodedata.normalize("NFC", words)
    )
    for earlier in earlier_ids(words):
        CheckIn(asked=(earlier,))
        assert earlier != item


@given(st.from_regex(r"[a-z0-9]{2,8}(_[a-z0-9]{1,8}){0,3}", fullmatch=True))
def test_an_id_read_as_a_name_is_itself(item: str) -> None:
    assume(item not in BY_ID)  # a question is no symptom: see test_questions
    assert item_of(item) == item == item_named(item)


def test_an_id_at_a_door_is_an_id_and_words_are_words() -> None:
    assert item_named("own:1f0c0d3a9b2e") == "own:1f0c0d3a9b2e"
    assert item_named("daylio.mood") == "daylio.mood"
    assert item_named("Hörsturz: links") == "horsturz_links"


def test_the_ids_of_0_1_0() -> None:
    # app, phone page and terminal of 0.1.0, in that order
    assert earlier_ids("Hörsturz") >= {"h_rsturz"}
    assert earlier_ids("Fußschmerz") >= {"fuschmerz", "fu_schmerz"}
    assert earlier_ids("self-harm") >= {"self-harm"}


@pytest.mark.parametrize(
    ("words", "is_name"), [("دوخة", True), ("🤕", True), ("7", True), ("…", False), (" ", False)]
)
def test_what_counts_as_a_name(words: str, is_name: bool) -> None:
    assert names_something(words) is is_name
