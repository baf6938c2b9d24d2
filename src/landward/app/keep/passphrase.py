"""A new passphrase: typed twice, how hard it is to guess, and words to make one from."""

import math
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from landward.catalog.passphrase_words import LANGUAGES, passphrase_words
from landward.model.base import BadInput
from landward.model.said import Said, phrase

SHORTEST = 8
LOOKED_AT = 72
"""The estimate reads no further; more only makes it harder to guess."""
REFUSED, EASY, VERY_HARD = 6.0, 10.0, 14.0
"""Powers of ten of guesses. Ours: a million is an afternoon even at the cost of argon2id here, ten
thousand million is out of reach of one person's machines."""
BITS = 64
LANGUAGE_NAMES = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}


class TooEasy(BadInput):
    """It would be taken, if the person says that they know it is easy to guess."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Words drawn by chance for one language."""

    language: str
    name: str
    words: str


def guesses_power(passphrase: str) -> float:
    """About how many guesses it takes, as a power of ten, by zxcvbn's lists of what people choose.

    Its lists are English: words of other languages look harder to it than they are.
    """
    from zxcvbn import zxcvbn

    return float(zxcvbn(passphrase[:LOOKED_AT])["guesses_log10"])


def how_hard(passphrase: str) -> Said:
    """One line about a passphrase that was taken."""
    power = guesses_power(passphrase)
    if power < EASY:
        return phrase("Your passphrase is easy to guess for someone who tries for long.")
    if power < VERY_HARD:
        return phrase("Your passphrase is hard to guess.")
    return phrase("Your passphrase is very hard to guess.")


def new_passphrase(first: str, again: str, *, sure: bool = False) -> str:
    """The passphrase that was typed twice. Raises BadInput where the two differ or it protects
    nothing, TooEasy where it protects little and the person is not `sure`.
    """
    refuse_weak(first, sure=sure)
    if first != again:
        raise BadInput(phrase("the two passphrases were not the same; type it twice"))
    return first


def refuse_weak(passphrase: str, *, sure: bool = False) -> None:
    """Raises BadInput for a passphrase that would not protect anything, TooEasy for one that is
    easy to guess and not meant.
    """
    if len(passphrase.strip()) < SHORTEST:
        raise BadInput(
            phrase(
                "the passphrase needs at least {shortest} characters; four or five words that only "
                "you would put together work well",
                shortest=SHORTEST,
            )
        )
    power = guesses_power(passphrase)
    if power < REFUSED:
        raise BadInput(
            phrase(
                "that passphrase is among the first that anyone would try; four or five words that "
                "only you would put together work well"
            )
        )
    if power < EASY and not sure:
        raise TooEasy(
            phrase(
                "that passphrase is easy to guess; add a word or two, or say that you want it "
                "all the same"
            )
        )


def offers(choose: Callable[[Sequence[str]], str] = secrets.choice) -> tuple[Offer, ...]:
    """Words drawn by chance, a line a language: each one of at least 2**64 as likely ones."""
    return tuple(
        Offer(language, LANGUAGE_NAMES[language], _drawn(passphrase_words(language), choose))
        for language in LANGUAGES
    )


def _drawn(words: Sequence[str], choose: Callable[[Sequence[str]], str]) -> str:
    count = math.ceil(BITS / math.log2(len(words)))
    return " ".join(choose(words) for _ in range(count))
