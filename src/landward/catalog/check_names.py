"""Checks of names: one meaning each, combinations named, nothing that a slip turns into a drug."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from landward.catalog.names import fold


def name_faults(rows: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    """What is wrong in the tables of names."""
    drugs = {drug.id for drug in rows["drugs"]}
    others = {row.id for row in rows["other_drugs"]}
    meaning = {fold(drug.name): drug.id for drug in (*rows["drugs"], *rows["other_drugs"])}
    for drug in rows["drugs"]:
        if drug.plan != "yes" and not drug.plan_reason:
            yield f"{drug.id}: a drug that is not planned for freely needs its reason"
    for both in sorted(drugs & others):
        yield f"{both}: it is in drugs.csv and in other_drugs.csv"
    for row in rows["drug_names"]:
        if row.drug not in drugs | others:
            yield f"{row.id}: “{row.drug}” is not a drug of drugs.csv or other_drugs.csv"
        yield from country_faults(row.id, row.country)
        if (row.kind == "combination") != bool(row.beside):
            yield f"{row.id}: a combination says what is beside the drug, and nothing else does"
        if not row.usable:
            continue
        means = f"{row.drug} with {row.beside}" if row.beside else row.drug
        known = meaning.setdefault(fold(row.name), means)
        if known != means:
            yield f"{row.id}: “{row.name}” already means {known}"
    for alike in rows["look_alikes"]:
        if fold(alike.name) in meaning:
            yield f"{alike.id}: “{alike.name}” already means {meaning[fold(alike.name)]}"
        if fold(alike.near) not in meaning:
            yield f"{alike.id}: “{alike.near}” is no name of ours"


def country_faults(row_id: str, country: str) -> Iterator[str]:
    """A country is two capital letters, or empty."""
    if country and not (len(country) == 2 and country.isascii() and country.isupper()):
        yield f"{row_id}: “{country}” is not a country in two capital letters"
