"""What a field of a body may hold: names of items, texts, words, exact amounts, answers."""

import re
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainSerializer, StringConstraints

_ITEM_ID = r"^[a-z0-9][a-z0-9_:.\-]{0,79}$"
ItemId = Annotated[str, StringConstraints(pattern=_ITEM_ID)]
is_item_id = re.compile(_ITEM_ID.replace("$", r"\Z")).match
MAX_TEXT = 20_000
Text = Annotated[str, StringConstraints(max_length=MAX_TEXT)]
Short = Annotated[str, StringConstraints(max_length=200)]
ChoiceWord = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Wording = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,3}\.[A-Za-z][A-Za-z\-]{0,34}$")]
_PLAIN_DECIMAL = re.compile(r"\d{1,9}(?:\.\d{1,30})?", re.ASCII)


def _plain_decimal(value: object) -> object:
    """Digits and a point only: “0e-999999999” is a number too, and takes minutes to write out."""
    if isinstance(value, str) and _PLAIN_DECIMAL.fullmatch(value) is None:
        raise ValueError("an amount is written in plain digits, like 2.5")
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int) or abs(exponent) > _MOST_PLACES:
            raise ValueError("an amount is written in plain digits, like 2.5")
    return value


_MOST_PLACES = 30

DoseMg = Annotated[
    Decimal,
    BeforeValidator(_plain_decimal),
    Field(ge=0, le=100_000),
    PlainSerializer(lambda d: format(d, "f"), return_type=str),
]
"""Milligrams as an exact decimal, stored as text: a dose never passes through a binary float."""


Number = Annotated[
    float, PlainSerializer(lambda v: int(v) if v.is_integer() else v, return_type=int | float)
]
"""An answer; whole numbers are written without a decimal point."""
