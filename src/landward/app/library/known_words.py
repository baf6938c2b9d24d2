"""The words people search by: drugs and symptoms the tables know. Own words are always welcome."""

from functools import cache

from landward.catalog import load_catalog
from landward.model.base import BadInput


@cache
def drug_names() -> tuple[str, ...]:
    """Nonproprietary names, in order of the alphabet."""
    return tuple(sorted(drug.name for drug in load_catalog().drugs.values()))


def known_drug(words: str) -> str:
    """The nonproprietary name meant, or the person's own word where the tables do not know it."""
    try:
        return load_catalog().find_drug(words).name.casefold()
    except BadInput:
        return words.strip().casefold()


@cache
def symptom_names() -> tuple[str, ...]:
    """Plain names of symptoms, in order of the alphabet."""
    return tuple(sorted(row.label for row in load_catalog().symptoms.values() if row.usable))
