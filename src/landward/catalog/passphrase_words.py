"""Lists of everyday words in four languages, to make passphrases from."""

from functools import cache

from mnemonic import Mnemonic

from landward.catalog.read import TABLES

LANGUAGES = ("en", "de", "fr", "es")
_BIP39 = {"fr": "french", "es": "spanish"}


@cache
def passphrase_words(language: str) -> tuple[str, ...]:
    """The words of one language that any keyboard can type; sources in THIRD_PARTY_NOTICES.md.

    Letters with accents are left out: two keyboards may write them as different bytes.
    """
    if language in _BIP39:
        found = Mnemonic(_BIP39[language]).wordlist
    else:
        text = (TABLES / "passphrases" / f"{language}.txt").read_text(encoding="utf-8")
        found = text.split()
    return tuple(word for word in dict.fromkeys(found) if word.isascii() and word.isalpha())
