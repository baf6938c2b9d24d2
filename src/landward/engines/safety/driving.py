"""Driving: what is to know in general, then in one country, then for one drug there."""

from collections.abc import Sequence

from landward.model.safety import DrivingFact, Finding


def driving_notes(
    facts: Sequence[DrivingFact], *, country: str = "", drug: str = ""
) -> tuple[Finding, ...]:
    """The facts that fit, general ones first, otherwise in the order of the table.

    A limit is told with its number and unit. Whether somebody is fit to drive is never judged.
    """
    fitting = [
        fact for fact in facts if fact.country in {"", country.upper()} and fact.drug in {"", drug}
    ]
    fitting.sort(key=lambda fact: (bool(fact.country), bool(fact.drug)))
    return tuple(Finding.of(fact, _words(fact)) for fact in fitting)


def _words(fact: DrivingFact) -> str:
    if fact.value is None:
        return fact.plain
    return f"{fact.plain.rstrip('.')}: {fact.drug} {fact.value:g} {fact.unit}."
