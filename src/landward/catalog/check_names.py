"""Checks of names: one meaning in a country, combinations named, no slip that makes a drug."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from landward.catalog.names import fold
from landward.model.said import phrase


def name_faults(rows: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    """What is wrong in the tables of names."""
    drugs = {drug.id for drug in rows["drugs"]}
    others = {row.id for row in rows["other_drugs"]}
    meaning = {fold(drug.name): drug.id for drug in (*rows["drugs"], *rows["other_drugs"])}
    countries = dict.fromkeys(meaning, "")
    for drug in rows["drugs"]:
        if drug.plan != "yes" and not drug.plan_reason:
            yield phrase("{id}: a drug that is not planned for freely needs its reason", id=drug.id)
    for both in sorted(drugs & others):
        yield phrase("{both}: it is in drugs.csv and in other_drugs.csv", both=both)
    for row in rows["drug_names"]:
        if row.drug not in drugs | others:
            yield phrase(
                "{id}: “{drug}” is not a drug of drugs.csv or other_drugs.csv",
                id=row.id,
                drug=row.drug,
            )
        yield from country_faults(row.id, row.country)
        if (row.kind == "combination") != bool(row.beside):
            yield phrase(
                "{id}: a combination says what is beside the drug, and nothing else does", id=row.id
            )
        if not row.usable:
            continue
        means = (
            phrase("{drug} with {beside}", drug=row.drug, beside=row.beside)
            if row.beside
            else row.drug
        )
        known = meaning.setdefault(fold(row.name), means)
        elsewhere = row.note and row.country and countries.setdefault(fold(row.name), row.country)
        if known != means and elsewhere in {"", row.country}:
            yield phrase(
                "{id}: “{name}” already means {known}", id=row.id, name=row.name, known=known
            )
    for alike in rows["look_alikes"]:
        if fold(alike.name) in meaning:
            yield phrase(
                "{id}: “{name}” already means {meaning}",
                id=alike.id,
                name=alike.name,
                meaning=meaning[fold(alike.name)],
            )
        if fold(alike.near) not in meaning:
            yield phrase("{id}: “{near}” is no name of ours", id=alike.id, near=alike.near)


def country_faults(row_id: str, country: str) -> Iterator[str]:
    """A country is two capital letters, or empty."""
    if country and not (len(country) == 2 and country.isascii() and country.isupper()):
        yield phrase(
            "{row_id}: “{country}” is not a country in two capital letters",
            row_id=row_id,
            country=country,
        )
