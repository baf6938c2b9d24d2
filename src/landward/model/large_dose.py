"""An amount well above what is planned is asked about once: a point is easily lost (1.25, 125)."""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from landward.model.amounts import exact_text
from landward.model.base import Frozen
from landward.model.said import phrase

ASK_ABOVE = 2
"""Times the usual dose of a day: an amount above it is asked about. Ours, not a rule."""


class LargeDose(Frozen):
    """An amount, and what it is well above."""

    amount: Decimal
    usual: Decimal
    whose: Literal["planned", "prescribed"]

    @property
    def question(self) -> str:
        """“125 mg? Planned is 1.25 mg a day.”"""
        amount, usual = (exact_text(Fraction(mg)) for mg in (self.amount, self.usual))
        return phrase(
            "{amount} mg? {capitalize} is {usual} mg a day",
            amount=amount,
            capitalize=self.whose.capitalize(),
            usual=usual,
        )


def looks_too_much(
    amount: Decimal, planned: Decimal | None, prescribed: Decimal | None
) -> LargeDose | None:
    """Whether to ask about `amount`: above twice what is planned for the day, else prescribed.

    Amounts are mg. Nothing planned and nothing prescribed, or 0 of both, gives nothing to compare
    with. Asking is all: the person's answer stands.
    """
    for usual, whose in ((planned, "planned"), (prescribed, "prescribed")):
        if usual:
            large = amount > ASK_ABOVE * usual
            return (
                LargeDose.model_validate({"amount": amount, "usual": usual, "whose": whose})
                if large
                else None
            )
    return None
