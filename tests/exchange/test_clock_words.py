"""`clock_words.json` is what CLDR says, by Babel, which is 36 MB and stays with the tests.

`LANDWARD_SNAPSHOTS=refresh` writes it anew.
"""

import json
import os
from pathlib import Path

from babel import Locale

from landward.exchange import clocks
from landward.exchange.clocks import bare_word

FILE = Path(clocks.__file__).with_name("clock_words.json")
LANGUAGES = (
    "en", "de", "nl", "fr", "es", "it", "pt", "pl", "cs", "sk", "ru", "uk", "tr", "sv", "nb", "da",
    "fi", "hu", "ro", "hr", "bg", "el", "he", "ar", "hi", "id", "vi", "th", "ko", "ja", "zh",
    "zh_Hant", "sr", "sl", "ca", "lt", "lv", "et", "fa", "ms",
)  # fmt: skip
"""The languages whose words for morning, afternoon and months are known."""


def halves() -> dict[str, str]:
    """Words for before and after noon -> am or pm, of every language; no word means both."""
    found: dict[str, set[str]] = {"am": {"am"}, "a": {"am"}, "p": {"pm"}, "pm": {"pm"}}
    for language in LANGUAGES:
        for forms in Locale.parse(language).day_periods.values():
            for names in forms.values():
                for half in ("am", "pm"):
                    if word := bare_word(names.get(half, "")):
                        found.setdefault(word, set()).add(half)
    for word, half in (("上午", "am"), ("下午", "pm"), ("오전", "am"), ("오후", "pm"),
                       ("午前", "am"), ("午後", "pm"), ("vorm", "am"),
                       ("nachm", "pm")):  # fmt: skip
        found.setdefault(word, set()).add(half)
    return {word: next(iter(halves)) for word, halves in found.items() if len(halves) == 1}


def months() -> dict[str, int]:
    """Names of months, short and long, of every language; a name that means two is left out."""
    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for forms in Locale.parse(language).months.values():
            for width, names in forms.items():
                if width != "narrow":
                    for number, name in names.items():
                        if word := bare_word(name):
                            found.setdefault(word, set()).add(number)
    english = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    found |= {word: {number} for number, word in enumerate(english, start=1)}
    found |= {"sept": {9}, "mrt": {3}, "mär": {3}, "maerz": {3}}
    return {word: next(iter(ones)) for word, ones in found.items() if len(ones) == 1}


def weekdays() -> list[str]:
    """Names of the days of the week, short and long, of every language."""
    found = {"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"}
    for language in LANGUAGES:
        for forms in Locale.parse(language).days.values():
            for width, names in forms.items():
                if width != "narrow":
                    found |= {bare_word(name) for name in names.values()}
    return sorted(found - {""})


def test_the_words_are_those_of_cldr():
    made = {
        "source": "Unicode CLDR (Unicode-3.0), by Babel: tests/exchange/test_clock_words.py",
        "halves": dict(sorted(halves().items())),
        "months": dict(sorted(months().items())),
        "weekdays": weekdays(),
    }
    text = json.dumps(made, ensure_ascii=False, indent=0) + "\n"
    if os.environ.get("LANDWARD_SNAPSHOTS") == "refresh":
        FILE.write_text(text, encoding="utf-8")
    assert json.loads(FILE.read_text(encoding="utf-8")) == made
