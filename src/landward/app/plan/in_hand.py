"""Tablets in hand: the day they last to at the dose that was said yes to, and when to ask for more.

It never makes a plan faster or thinner: the lines stay as they are, only days are counted.
"""

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

from landward.app.plan.standing import Standing
from landward.model.amounts import read_number
from landward.model.base import BadInput, Frozen
from landward.model.said import Words, phrase
from landward.report.taper_words import product_words, two_drugs
from landward.report.words import date_words

MOST_DAYS = 366
ASK_BEFORE_DAYS = 7
"""Our convention: a week is left for the prescriber and the pharmacy."""
MOST = 100_000


class Lasts(Frozen):
    """One product in hand. `last_day` is None where it lasts for longer than a year."""

    product: str
    words: Words
    last_day: dt.date | None
    ask_by: dt.date | None


def products_now(one: Standing, today: dt.date) -> tuple[str, ...]:
    """What the dose of today and of the lines said yes to is made from."""
    taken = [step for step in one.plan.steps[: one.begun] if step.end > today]
    here = one.taken_on(today)
    steps = [here, *taken] if here is not None else taken
    if two_drugs(one.plan) or one.plan.cycle_days:
        return ()  # boxes of two drugs may have one name; days by turns have no one dose
    return tuple(
        dict.fromkeys(p.product for step in steps for dose in step.doses for p in dose.pieces)
    )


def read_counts(typed: Mapping[str, str]) -> dict[str, Fraction]:
    """How many of each product, as typed; those left empty are left out. Raises BadInput."""
    found: dict[str, Fraction] = {}
    for product, text in typed.items():
        if text.strip():
            number = read_number(text.strip(), f"“{text.strip()}”")
            if not 0 <= number <= MOST:
                raise BadInput(phrase("count what is in the box: 0 or more"))
            found[product] = number
    if not found:
        raise BadInput(phrase("count at least one box or bottle"))
    return found


def in_hand(one: Standing, counts: Mapping[str, Fraction], today: dt.date) -> tuple[Lasts, ...]:
    """How long each counted product lasts from tomorrow on; today's doses count as taken.

    Lines nobody said yes to are not counted: without a word the dose of now goes on.
    """
    return tuple(_lasts(one, product, count, today) for product, count in counts.items())


def _lasts(one: Standing, product: str, count: Fraction, today: dt.date) -> Lasts:
    left, last = count, today
    for ahead in range(1, MOST_DAYS + 1):
        day = today + dt.timedelta(days=ahead)
        left -= _used(one, product, day)
        if left < 0:
            by = max(today, last - dt.timedelta(days=ASK_BEFORE_DAYS))
            words = phrase(
                "{product}: lasts to {day}. Ask for more by {by}.",
                product=product_words(product), day=date_words(last), by=date_words(by),
            )  # fmt: skip
            return Lasts(product=product, words=words, last_day=last, ask_by=by)
        last = day
    words = phrase("{product}: lasts for longer than a year.", product=product_words(product))
    return Lasts(product=product, words=words, last_day=None, ask_by=None)


def _used(one: Standing, product: str, day: dt.date) -> Fraction:
    step = one.taken_on(day)
    doses = () if step is None else step.doses
    return sum(
        (piece.count for dose in doses for piece in dose.pieces if piece.product == product),
        Fraction(0),
    )
