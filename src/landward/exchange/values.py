"""What a cell says: a number, hours of sleep, an amount. A comma may be a decimal comma."""

import math
import re
from collections.abc import Mapping
from decimal import Decimal

from landward.exchange.clocks import digits
from landward.model.amounts import as_decimal, read_mg
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.model.scale import Scale

_HOUR_WORDS = (
    r"(?:h|hr|hrs|hours?|std|stunden?|heures?|horas?|ora|ore|uur|u|uren|godz|godzin[ay]?|hod|hodin[ay]?"
    r"|tim|timmar|timer|t|saat|sa|ч|час|часа|часов|год|годин[аи]?|小时|小時|時間|시간|ώρες|ώρα|ש|ساعات|ساعة)\.?"
)
_MINUTE_WORDS = (
    r"(?:m|min|mins|minutes?|minuten|minuut|minuti|minutos?|minut[ay]?|minuter|minutter|dk|dakika"
    r"|м|мин|минут[аы]?|хв|хвилин[аи]?|分|分钟|分鐘|분|λεπτά|דק|دقائق|دقيقة)?\.?"
)
_AND = r"(?:, ?(?:and )?| (?:and|und|et|y|e|en|i|og|och|и|та|ve) | )?"
_PERIOD = re.compile(r"PT(?=\d)(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:\d{1,2}(?:\.\d+)?S)?")
_HOURS = re.compile(
    rf"(?:(\d{{1,3}}(?:[.,]\d+)?) ?{_HOUR_WORDS})?{_AND}(?:(\d{{1,4}}) ?{_MINUTE_WORDS})?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")
_UNIT = re.compile(r"(.*\d) ?([^\W\d_]+\.?)", re.DOTALL)
_UNITS = {
    word: unit
    for unit, words in (
        ("mg", "mg mgs milligram milligrams milligramm milligramme milligrammes miligramo "
               "miligramos milligrammi milligrammo miligrama miligramas miligram miligramy "
               "miligramów мг миллиграмм міліграм ملغ ملجم مجم מ״ג 毫克 ミリグラム 밀리그램"),
        ("µg", "µg μg ug mcg mcgs microgramme microgrammes mikrogramm microgramos microgrammi "
               "microgramas mikrogram mikrogramów мкг микрограмм мкг 微克 マイクログラム"),
    )
    for word in words.split()
}  # fmt: skip
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d{1,2})?|[+-]?\.\d+")
_COMMA = re.compile(r"([+-]?\d+),(\d+)")
_OF = re.compile(r"([+-]?\d+(?:[.,]\d+)?) ?(?:/|of|von|sur|de|di) ?(\d+)", re.IGNORECASE)


def read_number(text: str, column: str, decimal: str = "") -> float:
    """A number: “4,5” is 4½, “4,500” is not guessed unless `decimal` says. Raises ValueError."""
    plain = digits(text).replace("−", "-").replace("\xa0", "").strip().removeprefix("'")
    if found := _COMMA.fullmatch(plain):
        if len(found[2]) == 3 and not decimal and found[1].lstrip("+-").strip("0"):
            raise ValueError(
                phrase(
                    "{column}: “{text}” could be a decimal or a thousand; say decimal = "
                    '"," in the map, or write it with a point',
                    column=column,
                    text=text[:40],
                )
            )
        if decimal == ".":
            raise ValueError(
                phrase(
                    "{column}: “{text}” has a comma, and the map says a point",
                    column=column,
                    text=text[:40],
                )
            )
        plain = f"{found[1]}.{found[2]}"
    elif decimal == "," and re.fullmatch(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+", plain):
        plain = plain.replace(".", "").replace(",", ".")
    if _NUMBER.fullmatch(plain) is None:
        raise ValueError(
            phrase("{column}: “{text}” is not a number", column=column, text=text[:40])
        )
    value = float(plain)
    if not math.isfinite(value):
        raise ValueError(
            phrase("{column}: “{text}” is not a number", column=column, text=text[:40])
        )
    return value


def read_level(
    text: str, column: str, scale: Scale, words: Mapping[str, float], decimal: str = ""
) -> float:
    """An answer on its scale: a number, a word of the map, “7/10”. Raises ValueError."""
    if (level := words.get(text.casefold())) is not None:
        value = level
    elif (
        (found := _OF.fullmatch(text.strip())) and scale.low == 0 and float(found[2]) == scale.high
    ):
        value = read_number(found[1], column, decimal)
    else:
        try:
            value = read_number(text, column, decimal)
        except ValueError:
            if not any(sign.isdecimal() for sign in text):
                raise ValueError(
                    phrase(
                        "{column}: “{text}” is a word, not a number; say what it stands for: "
                        'words = {{ "{text}" = … }}',
                        column=column,
                        text=text[:40],
                    )
                ) from None
            raise
    if not scale.holds(value):
        raise ValueError(
            phrase(
                "{column}: {text} is off its scale {low}–{high}",
                column=column,
                text=text,
                low=format(scale.low, "g"),
                high=format(scale.high, "g"),
            )
        )
    return value


def read_hours(text: str, column: str, unit: str = "", decimal: str = "") -> float:
    """Hours of sleep: “7.5”, “7:30”, “7h 30m”, “450 min”. Raises ValueError."""
    plain = " ".join(digits(text).replace("\xa0", " ").split())
    if found := _CLOCK.fullmatch(plain):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        if minutes > 59 or seconds > 59:
            raise ValueError(
                phrase("{column}: “{text}” is not hours and minutes", column=column, text=text[:40])
            )
        value = hours + minutes / 60 + seconds / 3600
    elif (found := _PERIOD.fullmatch(plain)) and any(found.groups()):
        value = int(found[1] or 0) + int(found[2] or 0) / 60
    elif (
        (found := _HOURS.fullmatch(plain))
        and any(found.groups())
        and not plain.replace(".", "").replace(",", "").isdecimal()
    ):
        value = float((found[1] or "0").replace(",", ".")) + int(found[2] or 0) / 60
    else:
        value = read_number(text, column, decimal)
        if unit == "min":
            value /= 60
    if not 0 <= value <= 24:
        hint = phrase('; if these are minutes, say unit = "min"') if 24 < value <= 1440 else ""
        raise ValueError(
            phrase(
                "{column}: {text} is not hours of one night{hint}",
                column=column,
                text=text,
                hint=hint,
            )
        )
    return round(value, 2)


def read_milligrams(text: str, column: str) -> Decimal:
    """An amount with or without its unit, exact. Raises ValueError."""
    try:
        return as_decimal(
            read_mg(_in_our_units(text), phrase("{column}: not a dose", column=column), zero=True)
        )
    except BadInput as error:
        raise ValueError(str(error)) from None


def _in_our_units(text: str) -> str:
    """The same amount with the unit's sign where its name is of another language."""
    plain = digits(text).strip().removeprefix("'")
    found = _UNIT.fullmatch(plain)
    unit = _UNITS.get(found[2].casefold().rstrip(".")) if found else None
    return f"{found[1]} {unit}" if found and unit else plain
