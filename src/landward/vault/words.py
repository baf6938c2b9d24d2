"""The recovery key as twelve words, or as three lists of words of which any two open the vault.

The words are BIP-39's (a 128-bit number with a checksum, from a list in which four letters tell
words apart); the shares are SLIP-39's. Both by the libraries their authors keep.
"""

import difflib
import secrets

from landward.model.base import BadInput
from landward.model.said import phrase

ENTROPY_BYTES = 16
WORDS = 12
SHARES, THRESHOLD = 3, 2


def new_secret() -> bytes:
    """128 random bits: beyond guessing without any stretching."""
    return secrets.token_bytes(ENTROPY_BYTES)


def to_words(secret: bytes) -> tuple[str, ...]:
    """The twelve words of a 16-byte secret."""
    from mnemonic import Mnemonic

    return tuple(Mnemonic("english").to_mnemonic(secret).split())


def from_words(typed: str) -> bytes:
    """The secret in twelve typed words; case, commas, numbers and line ends do not matter.

    Raises BadInput that names the first word not in the list and the nearest that is.
    """
    from mnemonic import Mnemonic

    book = Mnemonic("english")
    words = _clean(typed)
    _refuse_unknown(words, book.wordlist)
    if len(words) != WORDS:
        raise BadInput(
            phrase(
                "a recovery key has {words} words; here are {count}", words=WORDS, count=len(words)
            )
        )
    try:
        return bytes(book.to_entropy(" ".join(words)))
    except ValueError as error:
        raise BadInput(
            phrase("these are real words, but not a recovery key: one is wrong or two are swapped")
        ) from error


def to_shares(secret: bytes) -> tuple[str, ...]:
    """Three lists of twenty words; any two give `secret` back, one alone says nothing about it."""
    from shamir_mnemonic import generate_mnemonics

    return tuple(generate_mnemonics(1, [(THRESHOLD, SHARES)], secret)[0])


def from_shares(typed: list[str]) -> bytes:
    """The secret from two typed lists of words. Raises BadInput."""
    from shamir_mnemonic import MnemonicError, combine_mnemonics
    from shamir_mnemonic.wordlist import WORDLIST

    lists = [_clean(text) for text in typed]
    for words in lists:
        _refuse_unknown(words, list(WORDLIST))
    try:
        return bytes(combine_mnemonics([" ".join(words) for words in lists]))
    except (MnemonicError, ValueError, IndexError) as error:
        raise BadInput(
            phrase(
                "these parts do not fit together: give two different parts of one key, "
                "each of twenty words"
            )
        ) from error


def _clean(typed: str) -> list[str]:
    """The words in what was typed, copied or scanned: no case, no numbering, no punctuation."""
    letters = "".join(c if c.isalpha() else " " for c in typed.lower())
    return letters.split()


def _refuse_unknown(words: list[str], known: list[str]) -> None:
    listed = set(known)
    for place, word in enumerate(words, start=1):
        if word not in listed:
            near = difflib.get_close_matches(word, known, n=1)
            hint = phrase("; did you mean “{near}”?", near=near[0]) if near else ""
            raise BadInput(
                phrase(
                    "word {place}, “{word}”, is not in the list of recovery words{hint}",
                    place=place,
                    word=word,
                    hint=hint,
                )
            )
