"""Exact amounts: fractions of a milligram, written and stored as decimals, never a binary float."""

import re
from decimal import ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, PlainSerializer

from landward.model.said import phrase

PLACES = 12
"""Decimals kept when a fraction never ends (a third of a milligram): cut off downward."""


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
        raise ValueError(phrase("this is not an exact amount"))
    return Fraction(text)


def _as_fraction(value: object) -> object:
    if isinstance(value, bool | float):
        raise ValueError(phrase("amounts are exact: write them as text or whole numbers"))
    if isinstance(value, str):
        return exact(value)
    if isinstance(value, int | Decimal):
        return exact(format(value, "f") if isinstance(value, Decimal) else str(value))
    return value


def _not_below_zero(value: Fraction) -> Fraction:
    if value < 0:
        raise ValueError(phrase("an amount below 0"))
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


def short_text(value: Fraction, places: int = 3) -> str:
    """At most `places` decimals and no zeros behind them: “10”, “2.5”, “0.667”."""
    text = rounded_text(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text
