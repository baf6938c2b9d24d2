"""Amounts of a drug as exact fractions of a milligram: read, written, never a binary float."""

import re
from decimal import ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, PlainSerializer

from landward.model.base import BadInput

PLACES = 12
"""Decimals kept when a fraction never ends (a third of a milligram): cut off downward."""

MOST_MG = 10_000
"""Above this an amount is a slip of the pen for every drug there is."""

_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,9})?", re.ASCII)
_AMOUNT = re.compile(
    r"(\S*?)\s*(mg|milligrams?|micrograms?|mcg|µg|μg|ug|g|grams?|ml)?", re.IGNORECASE
)
_MICRO = {"microgram", "micrograms", "mcg", "µg", "μg", "ug"}


def read_number(text: str, what: str) -> Fraction:
    """A plain decimal number above zero. Raises BadInput that names `what` was being read."""
    tidy = text.strip()
    if tidy.startswith("-"):
        raise BadInput(f"{what}: “{tidy}” is below zero")
    if re.fullmatch(r"\d+,\d+", tidy):
        raise BadInput(f"{what}: write “{tidy.replace(',', '.')}” with a point, not a comma")
    if _NUMBER.fullmatch(tidy) is None:
        raise BadInput(f"{what}: “{tidy}” is not a number; write it like 2.5")
    value = Fraction(tidy)
    if value == 0:
        raise BadInput(f"{what} is 0; give an amount above 0")
    return value


def read_mg(text: str, what: str = "the dose", *, unit_needed: bool = False) -> Fraction:
    """Milligrams from “20 mg”, “500 micrograms” or, unless `unit_needed`, a bare “20”.

    Raises BadInput for zero, negatives, other units, numbers without a unit where one is needed
    and amounts above `MOST_MG`.
    """
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise BadInput(f"{what}: “{text.strip()}” is not an amount; write it like 2.5 mg")
    number, unit = found.group(1), (found.group(2) or "").lower()
    if not unit and unit_needed:
        raise BadInput(f"{what}: “{text.strip()}” has no unit; write “{number} mg”")
    if unit == "ml":
        raise BadInput(f"{what}: “{text.strip()}” is a volume; give the amount of drug in mg")
    if unit in {"g", "gram", "grams"}:
        raise BadInput(f"{what}: “{text.strip()}” is in grams; give milligrams (mg) or micrograms")
    value = read_number(number, what)
    if unit in _MICRO:
        value /= 1000
    if value > MOST_MG:
        raise BadInput(f"{what}: {text.strip()} is more than any dose of any drug; check the unit")
    return value


def exact_text(value: Fraction, places: int = PLACES) -> str:
    """The decimal without trailing zeros; what is longer than `places` is cut off downward."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    with localcontext() as context:
        context.prec = 400
        decimal = Decimal(value.numerator) / Decimal(value.denominator)
        exponent = decimal.as_tuple().exponent
        if rest != 1 or not isinstance(exponent, int) or -exponent > places:
            decimal = decimal.quantize(Decimal(1).scaleb(-places), rounding=ROUND_FLOOR)
        text = format(decimal, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded_text(value: Fraction, places: int) -> str:
    """A figure to look at: rounded half to even, always `places` decimals."""
    scaled = round(value * 10**places)
    if places == 0:
        return str(scaled)
    sign = "-" if scaled < 0 else ""
    whole, part = divmod(abs(scaled), 10**places)
    return f"{sign}{whole}.{part:0{places}d}"


_EXACT = re.compile(r"-?\d{1,40}(?:\.\d{1,60}|/[1-9]\d{0,60})?")


def exact(text: str) -> Fraction:
    """A stored decimal or ratio. Raises ValueError for anything else, such as a power of ten."""
    if _EXACT.fullmatch(text) is None:
        raise ValueError("this is not an exact amount")
    return Fraction(text)


def _as_fraction(value: object) -> object:
    if isinstance(value, bool | float):
        raise ValueError("amounts are exact: write them as text or whole numbers")
    if isinstance(value, str):
        return exact(value)
    if isinstance(value, int | Decimal):
        return exact(format(value, "f") if isinstance(value, Decimal) else str(value))
    return value


def _not_below_zero(value: Fraction) -> Fraction:
    if value < 0:
        raise ValueError("an amount below 0")
    return value


def _written(value: Fraction) -> str:
    return exact_text(value)


Exact = Annotated[
    Fraction,
    BeforeValidator(_as_fraction),
    PlainSerializer(_written, return_type=str),
]
"""An exact amount inside a model: read from text or whole numbers, written as a decimal."""

Amount = Annotated[Exact, AfterValidator(_not_below_zero)]
"""An exact amount that is not below 0."""
