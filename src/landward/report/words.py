"""Numbers, dates and lists as people read them."""

import math
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from landward.model.said import Said, counted, joined, phrase

MONTHS = (
    phrase("Jan"), phrase("Feb"), phrase("Mar"), phrase("Apr"), phrase("May"), phrase("Jun"),
    phrase("Jul"), phrase("Aug"), phrase("Sep"), phrase("Oct"), phrase("Nov"), phrase("Dec"),
)  # fmt: skip
LONG_MONTHS = (
    phrase("January"), phrase("February"), phrase("March"), phrase("April"), phrase("May"),
    phrase("June"), phrase("July"), phrase("August"), phrase("September"), phrase("October"),
    phrase("November"), phrase("December"),
)  # fmt: skip
WEEKDAYS = (
    phrase("Monday"), phrase("Tuesday"), phrase("Wednesday"), phrase("Thursday"), phrase("Friday"),
    phrase("Saturday"), phrase("Sunday"),
)  # fmt: skip
SHORT_WEEKDAYS = (
    phrase("Mon"), phrase("Tue"), phrase("Wed"), phrase("Thu"), phrase("Fri"), phrase("Sat"),
    phrase("Sun"),
)  # fmt: skip


def date_words(day: date, *, year: bool = True) -> Said:
    """“3 Feb 2026”, or “3 Feb” where the year is plain from its surroundings."""
    month = MONTHS[day.month - 1]
    if year:
        return phrase("{day} {month} {year}", day=day.day, month=month, year=day.year)
    return phrase("{day} {month}", day=day.day, month=month)


def month_words(day: date, *, year: bool = False) -> Said:
    """“Feb”, or “Feb 2026”."""
    month = MONTHS[day.month - 1]
    return phrase("{month} {year}", month=month, year=day.year) if year else month


def weekday_words(day: date) -> Said:
    """“Sat”, to stand above or before a date."""
    return SHORT_WEEKDAYS[day.weekday()]


def number_words(value: float) -> str:
    """At most one decimal, no trailing zero, halves rounded away from zero, a true minus sign."""
    tenths = math.floor(abs(value) * 10 + 0.5 + 1e-9) / 10
    sign = "−" if value < 0 and tenths else ""
    return f"{sign}{tenths:.1f}".removesuffix(".0")


def dose_words(dose_mg: Decimal) -> str:
    """An exact amount of milligrams without trailing zeros, never in exponent form."""
    text = format(dose_mg, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent_words(part: Decimal, whole: Decimal) -> str:
    """How much smaller or larger, as a share of `whole`: whole percents, a tenth where exact."""
    exact = (part - whole) / whole * 100
    tenths = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    near = tenths if tenths == exact else exact.quantize(Decimal(1), ROUND_HALF_UP)
    share = number_words(float(near))
    return f"{share} %" if share.startswith("−") else f"+{share} %"


def list_words(things: Sequence[str]) -> str:
    """“a”, “a and b”, “a, b and c”."""
    if len(things) <= 1:
        return things[0] if things else ""
    first = things[0] if len(things) == 2 else joined(", ", things[:-1])
    return phrase("{things} and {last}", things=first, last=things[-1])


def shortened(text: str, most: int, word: int = 24) -> str:
    """A name that fits its place: at most `most` characters, no word longer than `word`.

    What is cut ends in “…”. Ordinary names are far shorter and stay whole.
    """
    if len(text) <= min(most, word) and " ".join(text.split()) == text:
        return text  # as it was said
    whole = " ".join(part if len(part) <= word else f"{part[: word - 1]}…" for part in text.split())
    return whole if len(whole) <= most else f"{whole[: most - 1].rstrip()}…"


def count_words(number: int, one: str, many: str | None = None) -> str:
    """“1 day”, “2 days”."""
    return counted(number, f"{{count}} {one}", f"{{count}} {many or one + 's'}")


def points_words(size: float) -> str:
    """“1 point”, “0.8 points”."""
    text = number_words(size)
    return phrase("{size} point", size=text) if text == "1" else phrase("{size} points", size=text)


def item_words(item: str, names: dict[str, str] | None = None) -> str:
    """The name of an item: the one given for it, else its id made readable."""
    if names and item in names:
        return names[item]
    return item.rsplit(":", 1)[-1].replace("_", " ").replace(".", " ")


def quantile(values: Sequence[float], share: float) -> float:
    """The quantile by linear interpolation between order statistics (Hyndman and Fan, type 7)."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
