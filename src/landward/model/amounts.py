"""Amounts of a drug as people write them, read in one place as exact fractions of a milligram.

    amount   = weight | volume | tablets | drops
    weight   = "20", "20 mg", "0,5 mg", "500 micrograms", "500 µg"
    volume   = "2.5 mL of 0.4 mg/mL", "5 mL of 2 mg/5 mL"
    tablets  = "½ tablet of 5 mg", "1½ x 2 mg", "half a 5 mg tablet", "2 tablets of 5 mg"
    drops    = "10 drops of 0.25 mg", "10 drops, 20 drops = 1 mL of 10 mg/mL"

A comma is a decimal comma; “1,000” could be either and is refused. Anything else is refused with an
example: “twice a day 5 mg” is a habit, not an amount.
"""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

from landward.model.base import BadInput
from landward.model.exact import (
    PLACES,
    Amount,
    Exact,
    exact,
    exact_text,
    rounded_text,
    short_text,
)
from landward.model.said import phrase

__all__ = [
    "EXAMPLES", "MOST_MG", "PLACES", "Amount", "Exact", "as_decimal", "exact", "exact_text",
    "grammar", "read_mg", "read_number", "rounded_text", "short_text",
]  # fmt: skip

MOST_MG = 10_000
"""Above this an amount is a slip of the pen for every drug there is."""

EXAMPLES = phrase(
    "2.5 mg, 500 micrograms, ½ tablet of 5 mg, 2.5 mL of 0.4 mg/mL, 10 drops of 0.25 mg"
)
LONGEST = 120

_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,9})?|\.\d{1,9}", re.ASCII)
_N = r"\d{1,15}(?:\.\d{1,9})?"
_MG = r"mg|milligrams?|micrograms?|mcg|µg|ug"
_TABLET = r"tablets?|tabs?|pills?|capsules?|caps?"
_COUNT = rf"(?:{_N}(?:/\d{{1,2}})?|\d{{1,3}} \d/\d{{1,2}}|[a-z][a-z -]*?[a-z]|a)"
_STRENGTH = rf"(?P<strength>{_N}) ?(?P<unit>{_MG}) ?/ ?(?P<per>{_N} ?)?ml"

_PLAIN = re.compile(
    rf"(?P<n>(?:\d{{1,3}} (?=\d/))?\S+?) ?(?P<unit>{_MG}|g|grams?|ml|millilit(?:er|re)s?)?"
)
_VOLUME = re.compile(rf"(?P<n>{_N}) ?ml(?: of|,| at|:)? ?\(?{_STRENGTH}\)?")
_TABLETS = (
    re.compile(rf"(?P<count>{_COUNT}) ?(?:{_TABLET}),? (?:of|at|à) (?P<n>{_N}) ?(?P<unit>{_MG})"),
    re.compile(rf"(?P<count>{_COUNT}) ?(?:{_TABLET}) ?\((?P<n>{_N}) ?(?P<unit>{_MG})\)"),
    re.compile(rf"(?P<count>{_COUNT}) ?[x×*] ?(?P<n>{_N}) ?(?P<unit>{_MG})(?: (?:{_TABLET}))?"),
    re.compile(
        rf"(?P<count>[a-z][a-z -]*?|\d{{1,3}}/\d{{1,2}}) (?P<n>{_N}) ?(?P<unit>{_MG}) "
        rf"(?:{_TABLET})"
    ),
)
_DROPS = (
    re.compile(rf"(?P<n>{_N}) ?drops? of (?P<each>{_N}) ?(?P<unit>{_MG})(?: each)?"),
    re.compile(rf"(?P<n>{_N}) ?drops? ?[,(] ?1 ?drop ?= ?(?P<each>{_N}) ?(?P<unit>{_MG})\)?"),
    re.compile(
        rf"(?P<n>{_N}) ?drops? ?[,(] ?(?P<drops>{_N}) ?drops? ?= ?(?P<ml>{_N}) ?ml of "
        rf"{_STRENGTH}\)?"
    ),
    re.compile(
        rf"(?P<n>{_N}) ?drops? of {_STRENGTH} ?[,(] ?(?P<drops>{_N}) ?drops? ?= ?"
        rf"(?P<ml>{_N}) ?ml\)?"
    ),
)
_MICRO = {"microgram", "micrograms", "mcg", "µg", "ug"}
_WORDS = {
    word: Fraction(count)
    for words, count in (
        ("a/an/one", "1"), ("two", "2"), ("three", "3"), ("four", "4"), ("five", "5"),
        ("six", "6"), ("seven", "7"), ("eight", "8"), ("nine", "9"), ("ten", "10"),
        ("half/half a/half an/half of a/a half/one half", "1/2"),
        ("quarter/a quarter/one quarter/quarter of a/a quarter of a", "1/4"),
        ("three quarters/three quarters of a", "3/4"),
    )
    for word in words.split("/")
}  # fmt: skip


def grammar() -> dict[str, object]:
    """The grammar as data, for a page that reads amounts where no Python is: patterns in the form
    JavaScript knows, words as (top, bottom), limits.
    """

    def plain(pattern: re.Pattern[str]) -> str:
        return pattern.pattern.replace("(?P<", "(?<")

    return {
        "number": plain(_NUMBER),
        "plain": plain(_PLAIN),
        "volume": plain(_VOLUME),
        "tablets": [plain(form) for form in _TABLETS],
        "drops": [plain(form) for form in _DROPS],
        "tablet": _TABLET,
        "mg": _MG,
        "micro": sorted(_MICRO),
        "words": {word: [n.numerator, n.denominator] for word, n in _WORDS.items()},
        "examples": EXAMPLES,
        "longest": LONGEST,
        "most": MOST_MG,
        "places": PLACES,
    }


def read_number(text: str, what: str) -> Fraction:
    """A plain decimal number above zero. Raises BadInput that names `what` was being read."""
    tidy = _tidy(text)
    if tidy.startswith("-"):
        raise BadInput(phrase("{what}: “{short}” is below zero", what=what, short=_short(text)))
    if re.search(r"\d,\d", tidy):
        raise BadInput(
            phrase(
                "{what}: “{short}” could be a decimal or a thousand; write it with a point",
                what=what,
                short=_short(text),
            )
        )
    if _NUMBER.fullmatch(tidy) is None:
        raise BadInput(
            phrase(
                "{what}: “{short}” is not a number; write it like 2.5",
                what=what,
                short=_short(text),
            )
        )
    value = Fraction(tidy)
    if value == 0:
        raise BadInput(phrase("{what} is 0; give an amount above 0", what=what))
    return value


def read_mg(
    text: str,
    what: str = phrase("the dose"),
    *,
    unit_needed: bool = False,
    zero: bool = False,
    most: int = MOST_MG,
) -> Fraction:
    """Milligrams from any amount of the grammar above; a bare number is mg unless `unit_needed`.

    `zero` lets 0 be an amount. Raises BadInput, with an example, for everything else: grams,
    volumes and tablets of no stated strength, habits, and amounts above `most` mg.
    """
    tidy = _tidy(text)
    if len(tidy) > LONGEST:
        raise BadInput(
            phrase(
                "{what}: “{short}” is not an amount; write it like {examples}",
                what=what,
                short=_short(text),
                examples=EXAMPLES,
            )
        )
    if zero and re.fullmatch(rf"0(?:\.0*)?(?: ?(?:{_MG}))?", tidy):
        if unit_needed and tidy.replace(".", "").isdecimal():
            raise BadInput(
                phrase("{what}: “{short}” has no unit; write “0 mg”", what=what, short=_short(text))
            )
        return Fraction(0)
    made = (part for reader in (_volume, _tablets, _drops) if (part := reader(tidy)) is not None)
    value = next(made, None)
    if value is None:
        value = _weight(tidy, text, what, unit_needed=unit_needed)
    if value <= 0:
        raise BadInput(phrase("{what} is 0; give an amount above 0", what=what))
    if value > most:
        raise BadInput(
            phrase(
                "{what}: {short} is more than any dose of any drug; check the unit",
                what=what,
                short=_short(text),
            )
        )
    return value


def as_decimal(value: Fraction, what: str = phrase("the dose")) -> Decimal:
    """An amount as the exact decimal the journal keeps. Raises BadInput where it never ends."""
    text = exact_text(value)
    if Fraction(text) != value:
        raise BadInput(
            phrase(
                "{what} comes to {text}… mg without an end; write it in mg",
                what=what,
                text=text[:8],
            )
        )
    return Decimal(text)


def _weight(tidy: str, text: str, what: str, *, unit_needed: bool) -> Fraction:
    found = _PLAIN.fullmatch(tidy)
    number, unit = (found["n"], found["unit"] or "") if found else ("", "")
    if re.search(rf"\b(?:{_TABLET})\b", tidy):
        raise BadInput(
            phrase(
                "{what}: “{short}”: of what strength? write it like ½ tablet of 5 mg, or in mg",
                what=what,
                short=_short(text),
            )
        )
    if "drop" in tidy:
        raise BadInput(
            phrase(
                "{what}: “{short}”: how much is in a drop? write it like 10 drops of "
                "0.25 mg, or 10 drops, 20 drops = 1 mL of 10 mg/mL",
                what=what,
                short=_short(text),
            )
        )
    if unit.startswith("millil"):
        unit = "ml"
    if unit == "ml" and _is_number(number):
        raise BadInput(
            phrase(
                "{what}: “{short}” is a volume; say its strength, like 2.5 mL of 0.4 "
                "mg/mL, or give the amount of drug in mg",
                what=what,
                short=_short(text),
            )
        )
    if unit in {"g", "gram", "grams"} and _is_number(number):
        raise BadInput(
            phrase(
                "{what}: “{short}” is in grams; give milligrams (mg) or micrograms",
                what=what,
                short=_short(text),
            )
        )
    if found is None or not (unit or any(c.isdecimal() for c in number)):
        raise BadInput(
            phrase(
                "{what}: “{short}” is not an amount; write it like {examples}",
                what=what,
                short=_short(text),
                examples=EXAMPLES,
            )
        )
    if not unit and unit_needed:
        raise BadInput(
            phrase(
                "{what}: “{short}” has no unit; write “{number} mg”",
                what=what,
                short=_short(text),
                number=number,
            )
        )
    part = _count(number) if unit and "/" in number else None
    value = part if part is not None else read_number(number, what)
    return value / 1000 if unit in _MICRO else value


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None or ("/" in text and _count(text) is not None)


def _volume(tidy: str) -> Fraction | None:
    found = _VOLUME.fullmatch(tidy)
    return None if found is None else Fraction(found["n"]) * _mg_per_ml(found)


def _tablets(tidy: str) -> Fraction | None:
    for form in _TABLETS:
        found = form.fullmatch(tidy)
        count = None if found is None else _count(found["count"])
        if found is not None and count is not None:
            return count * _in_mg(found["n"], found["unit"])
    return None


def _drops(tidy: str) -> Fraction | None:
    for form in _DROPS:
        found = form.fullmatch(tidy)
        if found is None:
            continue
        parts = found.groupdict()
        if "each" in parts:
            return Fraction(found["n"]) * _in_mg(found["each"], found["unit"])
        drops = Fraction(found["drops"])
        if drops:
            return Fraction(found["n"]) / drops * Fraction(found["ml"]) * _mg_per_ml(found)
    return None


def _mg_per_ml(found: re.Match[str]) -> Fraction:
    per = Fraction((found["per"] or "1").strip())
    return _in_mg(found["strength"], found["unit"]) / per if per else Fraction(0)


def _in_mg(number: str, unit: str) -> Fraction:
    return Fraction(number) / 1000 if unit in _MICRO else Fraction(number)


def _count(text: str) -> Fraction | None:
    """How many tablets: “2”, “1.5”, “1/2”, “1 1/2”, “half a”, “one and a half”."""
    if (whole := re.fullmatch(r"(?:(\d{1,3}) )?(\d)/([1-9]\d?)", text)) is not None:
        part = Fraction(int(whole[2]), int(whole[3]))
        return int(whole[1] or 0) + part if part < 1 else None
    if _NUMBER.fullmatch(text):
        return Fraction(text)
    words = text.replace("-", " ").strip()
    if words in _WORDS:
        return _WORDS[words]
    left, sign, right = words.partition(" and ")
    if sign and left in _WORDS and right in _WORDS and _WORDS[right] < 1 <= _WORDS[left]:
        return _WORDS[left] + _WORDS[right]
    return None


def _tidy(text: str) -> str:
    """Small letters, single blanks, “½” as “1/2”, digits of one script as 0 to 9, a decimal point.

    A comma with exactly three digits after it stays, unless a 0 stands before it: “1,000” could be
    a thousand.
    """
    out = []
    scripts = {ord(sign) - unicodedata.decimal(sign) for sign in text if sign.isdecimal()}
    for sign in text:
        if unicodedata.category(sign) == "No" and "⁄" in (
            shown := unicodedata.normalize("NFKC", sign)
        ):
            out.append(f" {shown.replace('⁄', '/')} ")
        elif sign.isdecimal() and len(scripts) == 1:
            out.append(str(unicodedata.decimal(sign)))
        else:
            out.append({"٫": ".", "⁄": "/", "μ": "µ"}.get(sign, sign))
    plain = " ".join("".join(out).casefold().replace("μ", "µ").split())
    return re.sub(
        r"(?<![\d.,])(\d+),(\d+)(?![\d.,]*\d)",
        lambda m: m[0] if len(m[2]) == 3 and m[1].strip("0") else f"{m[1]}.{m[2]}",
        plain,
    )


def _short(text: str) -> str:
    return " ".join(text.split())[:40]
