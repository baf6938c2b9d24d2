"""The words people search by: drugs and symptoms the tables know. Own words are always welcome."""

from functools import cache, lru_cache

from landward.catalog import load_catalog
from landward.model.identity import DrugWord, Names, as_written


@cache
def drug_names() -> tuple[str, ...]:
    """Nonproprietary names, in order of the alphabet."""
    return tuple(sorted(drug.name for drug in load_catalog().drugs.values()))


@lru_cache(maxsize=512)
def drug_of(word: str) -> str:
    """The nonproprietary name that a name, brand or synonym stands for, in small letters; the word
    itself where the tables do not know it. A look-alike is never taken for it.
    """
    found = load_catalog().drug_called(word)
    return word if found is None else found.name.casefold()


@lru_cache(maxsize=512)
def drug_meant(word: str) -> DrugWord:
    """What a word typed for a drug means, to be kept with the person's own word."""
    found = load_catalog().drug_called(word)
    if found is None:
        near = tuple(name.casefold() for name in load_catalog().near(word))
        return DrugWord(drug=as_written(word), near=near, known=False)
    drug = found.name.casefold()
    return DrugWord(drug=drug, own_word="" if as_written(word) == drug else word.strip())


KNOWN = Names(drug_of)
"""What the words of any journal mean, by the tables: hand it to whoever reads one."""


@cache
def symptom_names() -> tuple[str, ...]:
    """Plain names of symptoms, in order of the alphabet."""
    return tuple(sorted(row.label for row in load_catalog().symptoms.values() if row.usable))
