"""Times of day as programs write them in any language: 21:35, 9.35 PM, 9:35 p. m., 下午9:35."""

import datetime as dt
import re
import unicodedata
from functools import cache

_NUMBERS = re.compile(
    r"(\d{1,2})(?:\s?[:.hH時时시點点]\s?(\d{1,2}))?(?:\s?[:.]\s?(\d{1,2})(?:[.,]\d{1,9})?)?"
)
_TRAILING = re.compile(r"^(?:uhr|h|分|분|น\.?)$")
LANGUAGES = (
    "en", "de", "nl", "fr", "es", "it", "pt", "pl", "cs", "sk", "ru", "uk", "tr", "sv", "nb", "da",
    "fi", "hu", "ro", "hr", "bg", "el", "he", "ar", "hi", "id", "vi", "th", "ko", "ja", "zh",
    "zh_Hant", "sr", "sl", "ca", "lt", "lv", "et", "fa", "ms",
)  # fmt: skip
"""The languages whose words for morning, afternoon and months are known."""


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
    if half is None and found[2] is None:
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
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        for sign in text
        if unicodedata.category(sign) != "Cf"
    )


def _half(around: str) -> str | None:
    return _halves().get(_bare(around)) if around else None


def _bare(words: str) -> str:
    return "".join(
        sign for sign in words.casefold() if sign.isalpha() or unicodedata.combining(sign)
    )


@cache
def _halves() -> dict[str, str]:
    """Words for before and after noon -> am or pm, of every language; no word means both."""
    from babel import Locale

    found: dict[str, set[str]] = {"am": {"am"}, "a": {"am"}, "p": {"pm"}, "pm": {"pm"}}
    for language in LANGUAGES:
        for forms in Locale.parse(language).day_periods.values():
            for names in forms.values():
                for half in ("am", "pm"):
                    if word := _bare(names.get(half, "")):
                        found.setdefault(word, set()).add(half)
    for word, half in (("上午", "am"), ("下午", "pm"), ("오전", "am"), ("오후", "pm"),
                       ("午前", "am"), ("午後", "pm")):  # fmt: skip
        found.setdefault(word, set()).add(half)
    return {word: next(iter(halves)) for word, halves in found.items() if len(halves) == 1}


@cache
def months() -> dict[str, int]:
    """Names of months, short and long, of every language; a name that means two is left out."""
    from babel import Locale

    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for forms in Locale.parse(language).months.values():
            for width, names in forms.items():
                if width != "narrow":
                    for number, name in names.items():
                        if word := _bare(name):
                            found.setdefault(word, set()).add(number)
    english = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    found |= {word: {number} for number, word in enumerate(english, start=1)}
    found |= {"sept": {9}, "mrt": {3}, "mär": {3}, "maerz": {3}}
    return {word: next(iter(ones)) for word, ones in found.items() if len(ones) == 1}


def month_of(word: str) -> int | None:
    """The month a word names, in any language."""
    return months().get(_bare(word))
