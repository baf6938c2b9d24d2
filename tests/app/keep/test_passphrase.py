"""A new passphrase is typed twice and judged; words to make one from are drawn by chance."""

import math

import pytest

from landward.app.keep.passphrase import (
    BITS,
    TooEasy,
    guesses_power,
    how_hard,
    new_passphrase,
    offers,
    refuse_weak,
)
from landward.catalog.passphrase_words import LANGUAGES, passphrase_words
from landward.model.base import BadInput

GOOD = "six grey geese over water"


def test_it_is_taken_when_both_are_the_same() -> None:
    assert new_passphrase(GOOD, GOOD) == GOOD
    with pytest.raises(BadInput, match="not the same"):
        new_passphrase(GOOD, GOOD + " ")


@pytest.mark.parametrize("weak", ["", "short", "        ", "password1", "a" * 500, "qwertyuiop"])
def test_what_protects_nothing_is_refused_whoever_is_sure(weak: str) -> None:
    with pytest.raises(BadInput):
        refuse_weak(weak, sure=True)


@pytest.mark.parametrize("easy", ["sommer2024", "lorazepam1", "Rotkehlchen"])
def test_what_protects_little_is_asked_about(easy: str) -> None:
    with pytest.raises(TooEasy):
        new_passphrase(easy, easy)
    assert new_passphrase(easy, easy, sure=True) == easy
    assert "easy to guess" in how_hard(easy)


@pytest.mark.parametrize("long", [GOOD, "日本語のパスワードは長い方がよい", "correct horse " * 400])
def test_long_ones_are_hard_to_guess_in_any_script_and_at_any_length(long: str) -> None:
    assert "hard to guess" in how_hard(long) and guesses_power(long) >= 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_is_typed_on_any_keyboard(language: str) -> None:
    words = passphrase_words(language)
    assert len(words) == len(set(words)) > 1500
    assert all(word.isascii() and word.islower() for word in words)


def test_each_offer_is_one_of_many_and_drawn_anew() -> None:
    for offer in offers():
        words = offer.words.split()
        known = passphrase_words(offer.language)
        assert set(words) <= set(known)
        assert len(words) * math.log2(len(known)) >= BITS
        refuse_weak(offer.words)
    assert len({offers() for _ in range(20)}) == 20


def test_the_draw_uses_what_it_is_given() -> None:
    first = offers(lambda words: words[0])
    assert first[0].words == " ".join(["abacus"] * 5)
