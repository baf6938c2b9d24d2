"""Medicines named in a story, with the day's amount and how long, and the steps of a taper."""

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from landward.engines.narratives.words import Word
from landward.model.amounts import exact_text
from landward.model.stories import DrugMention, TaperStep

_UNITS = {
    "half": Fraction(1, 2),
    "quarter": Fraction(1, 4),
    **{
        word: Fraction(number)
        for number, word in enumerate(
            [
                "zero",
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
                "thirteen",
                "fourteen",
                "fifteen",
                "sixteen",
                "seventeen",
                "eighteen",
                "nineteen",
            ]
        )
    },
    **{
        word: Fraction(10 * number)
        for number, word in enumerate(
            ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
        )
    },
    "a": Fraction(1),
    "an": Fraction(1),
    "couple": Fraction(2),
    "hundred": Fraction(100),
}
_WORDED = "|".join(sorted(_UNITS, key=len, reverse=True))
_FIGURE = r"(?:\d{1,5}(?:[.,]\d{1,4})?|[.,]\d{1,4})"
_NUMBER = rf"(?:{_FIGURE}|(?:{_WORDED})(?:[ -](?:a |of a )?(?:{_WORDED}))?)"
_MG = re.compile(
    rf"(?<![\w.])(?P<n>{_NUMBER})\s*-?\s*"
    r"(?P<unit>mgs?|milligrams?|milligrammes?|mcg|µg|ug|micrograms?)\b"
)
_BARE = re.compile(
    rf"^[\s(]*(?:from |at |of )?(?P<n>{_FIGURE})"
    r"(?![\w%/]|\s*(?:years?|yrs?|months?|weeks?|days?|drops|times|y\b|x\b|:))"
)
_BARE_BEFORE = re.compile(rf"(?<![\w.])(?P<n>{_FIGURE})\s*(?:of )?$")
_TIMES = re.compile(
    r"\b(?:(?P<tid>tid|t\.i\.d|three times|3 times|3x|thrice)|(?P<qid>qid|four times|4 times|4x)"
    r"|(?P<bid>bid|b\.i\.d|twice|two times|2 times|2x))\b"
)
_PERIOD = re.compile(
    rf"(?<![\w.])(?P<n>{_NUMBER})\s*-?\s*(?P<unit>days?|weeks?|wks?|months?|mos?|years?|yrs?|y)\b"
    r"(?!\s*(?:old|ago|off|out|later|after|of age|before|every|free|since))"
)
_HALF_YEAR = re.compile(r"\bhalf (?:a )?year\b")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_STEP = re.compile(
    rf"(?<![\w.])(?P<a>{_FIGURE})\s*(?:mg)?\s*(?:→|->|>|to|down to)\s*"
    rf"(?P<b>{_FIGURE})\s*(?:mg|milligrams?)?\b"
)
_DOWN = re.compile(rf"\bdown to (?P<b>{_FIGURE})\s*(?:mg|milligrams?)?\b")
_SHORTEST_NAME = 4


def find_drugs(
    words: Sequence[Word], find_drug: Callable[[str], str | None]
) -> list[tuple[int, int, str]]:
    """Names in a sentence: (first word, past word, nonproprietary name). `find_drug` knows them."""
    found = []
    for at, word in enumerate(words):
        if len(word.text) >= _SHORTEST_NAME and word.text[0].isalpha():
            drug = find_drug(word.text)
            if drug is not None:
                found.append((at, at + 1, drug))
    return found


def number(text: str) -> Fraction | None:
    """“0,5”, “.25”, “ten”, “twenty five”, “half a” as a number; None if it is none."""
    tidy = text.strip().lower().replace(",", ".")
    if re.fullmatch(r"\d*\.?\d+", tidy):
        return Fraction(tidy if tidy[0] != "." else "0" + tidy)
    parts = [
        part
        for part in re.split(r"[ -]", tidy)
        if part not in {"a", "of", "an"} or tidy in {"a", "an"}
    ]
    values = [_UNITS[part] for part in parts if part in _UNITS]
    if len(values) != len(parts) or not values:
        return None
    if len(values) == 2 and values[0] >= 20 and values[1] < 10:
        return values[0] + values[1]
    product = Fraction(1)
    for value in values:
        product *= value
    return product


def describe_drug(
    text: str, place: tuple[int, int], drug: str, lower: int, upper: int
) -> DrugMention:
    """What the words of its own sentence (characters `lower` to `upper`) say of a named drug."""
    start, end = place
    low = text[lower:upper].lower()
    at, past = start - lower, end - lower
    return DrugMention(
        text=text[start:end],
        start=start,
        end=end,
        drug=drug,
        dose_mg=_dose(low, at, past),
        duration_days=_duration(low, at, past),
    )


def _dose(low: str, at: int, past: int) -> str | None:
    amounts = [
        (min(abs(one.start() - past), abs(at - one.end())), one) for one in _MG.finditer(low)
    ]
    value: Fraction | None = None
    end = past
    if amounts:
        _, nearest = min(amounts, key=lambda pair: (pair[0], pair[1].start()))
        value, end = number(nearest["n"]), nearest.end()
        if value is not None and nearest["unit"].startswith(("mc", "µ", "u", "micro")):
            value /= 1000
    else:
        bare = _BARE.match(low[past:])
        before = _BARE_BEFORE.search(low[:at])
        if bare:
            value, end = number(bare["n"]), past + bare.end()
        elif before:
            value = number(before["n"])
    if value is None or value == 0 or value > 5000:
        return None
    often = _TIMES.match(low[end : end + 24].lstrip(" ,(")) or _TIMES.search(low[end : end + 16])
    if often:
        value *= 3 if often["tid"] else 4 if often["qid"] else 2
    return exact_text(value)


def _duration(low: str, at: int, past: int) -> int | None:
    if _HALF_YEAR.search(low):
        return 180
    periods = [
        one
        for one in _PERIOD.finditer(low)
        if (one.start() >= past or one.end() <= at)
        and (one["n"] not in {"a", "an"} or low[: one.start()].endswith("for "))
        and not low[: one.start()].endswith(("every ", "in ", "each ", "after ", "within "))
    ]
    if not periods:
        return None
    one = min(periods, key=lambda found: min(abs(found.start() - past), abs(at - found.end())))
    value = number(one["n"])
    if value is None:
        return None
    return round(value * _DAYS[one["unit"][0]]) or None


def find_steps(text: str, lower: int, upper: int) -> list[TaperStep]:
    """Changes of dose told in a sentence: “from 3 to 2.5 mg”, “10→9”, “down to 4 mg”."""
    low = text[lower:upper].lower()
    steps: list[TaperStep] = []
    taken: list[tuple[int, int]] = []
    for one in _STEP.finditer(low):
        before, after = number(one["a"]), number(one["b"])
        around = low[max(0, one.start() - 30) : one.end() + 4]
        if before and after is not None and after < before and _is_dose(around):
            steps.append(_step(text, lower, one, before, after))
            taken.append(one.span())
    steps += [
        _step(text, lower, one, None, number(one["b"]))
        for one in _DOWN.finditer(low)
        if all(one.end() <= a or b <= one.start() for a, b in taken)
    ]
    return sorted(steps, key=lambda step: (step.start, step.end))


def _is_dose(around: str) -> bool:
    return re.search(r"mg|milli|cut|dose|taper|from|drop|down|→|->|reduc|went", around) is not None


def _step(
    text: str, lower: int, one: re.Match[str], before: Fraction | None, after: Fraction | None
) -> TaperStep:
    return TaperStep(
        text=text[lower + one.start() : lower + one.end()],
        start=lower + one.start(),
        end=lower + one.end(),
        from_mg=exact_text(before) if before is not None else None,
        to_mg=exact_text(after) if after is not None else None,
    )
