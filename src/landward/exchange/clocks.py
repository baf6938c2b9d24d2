"""Times of day as programs write them in any language: 21:35, 9.35 PM, 9:35 p. m., 下午9:35."""

import datetime as dt
import json
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

_NUMBERS = re.compile(
    r"(\d{1,2})(?:\s?[:.hH時时시點点]\s?(\d{1,2}))?(?:\s?[:.]\s?(\d{1,2})(?:[.,]\d{1,9})?)?"
)
_TRAILING = re.compile(r"^(?:uhr|h|分|분|น\.?)$")


def read_clock(text: str) -> dt.time | None:
    """A time of day, or None where this is none, or could be morning as well as evening."""
    plain = digits(text).replace("\u202f", " ").replace("\xa0", " ").strip().casefold()
    found = _NUMBERS.search(plain)
    if found is None or len(plain) > 40:
        return None
    around = f"{plain[: found.start()]} {plain[found.end() :]}".strip()
    hour, minute, second = (int(part or 0) for part in found.groups())
    half = _half(around)
    if half is None and around and not _TRAILING.match(around):
        return None
    if half is None and found[2] is None and around != "uhr":
        return None
    if half is not None:
        if not 1 <= hour <= 12:
            # “21:35 PM” is what some programs write; “0:20 AM” too.
            if not (half == "pm" and 12 < hour < 24) and not (half == "am" and hour == 0):
                return None
        else:
            hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return dt.time(hour, minute, second)
    except ValueError:
        return None


def digits(text: str) -> str:
    """Digits of any script as 0 to 9; signs that set the direction of writing go."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else _narrow(sign)
        for sign in text
        if unicodedata.category(sign) != "Cf"
    )


def _narrow(sign: str) -> str:
    """The Arabic decimal sign as a point, the wide letters of East Asia as plain ones."""
    if sign == "٫":
        return "."
    return chr(ord(sign) - 0xFEE0) if "！" <= sign <= "～" else sign


def _half(around: str) -> str | None:
    return _halves().get(bare_word(around)) if around else None


def bare_word(words: str) -> str:
    """Small letters only, no dots or blanks: how words are kept in `clock_words.json`."""
    return "".join(
        sign for sign in words.casefold() if sign.isalpha() or unicodedata.combining(sign)
    )


@cache
def _words() -> dict[str, dict[str, Any]]:
    """The words of CLDR for halves of the day and for months: `clock_words.json`, beside this."""
    text = files("landward.exchange").joinpath("clock_words.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = json.loads(text)
    return found


def _halves() -> dict[str, str]:
    """Words for before and after noon -> am or pm, of every language; no word means both."""
    return _words()["halves"]


def months() -> dict[str, int]:
    """Names of months, short and long, of every language; a name that means two is left out."""
    return _words()["months"]


def is_weekday(word: str) -> bool:
    """Whether a word names a day of the week, in any language."""
    return bare_word(word) in _words()["weekdays"]


def month_of(word: str) -> int | None:
    """The month a word names, in any language."""
    return months().get(bare_word(word))
