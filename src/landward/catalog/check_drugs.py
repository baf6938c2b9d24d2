"""Checks of the drug tables: names that mean one drug, numbers that can be, one default."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from landward.catalog.check_names import country_faults, name_faults
from landward.catalog.tables import UNITS_OF_PARAMETERS
from landward.model.drugs import Equivalence, KineticClaim, Product
from landward.model.said import phrase

_ABOUT_A_DRUG = (
    "metabolites",
    "metabolism",
    "pharmacokinetics",
    "equivalences",
    "products",
    "dose_bands",
    "schedules",
)


def drug_faults(rows: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    """What is wrong in the tables about drugs."""
    drugs = {drug.id for drug in rows["drugs"]}
    for table in _ABOUT_A_DRUG:
        for row in rows[table]:
            if row.drug not in drugs:
                yield phrase("{id}: “{drug}” is not a drug of drugs.csv", id=row.id, drug=row.drug)
    for table in ("interactions", "driving"):
        for row in rows[table]:
            if row.drug and row.drug not in drugs:
                yield phrase("{id}: “{drug}” is not a drug of drugs.csv", id=row.id, drug=row.drug)
    yield from name_faults(rows)
    yield from _kinetic_faults(rows["pharmacokinetics"])
    yield from _equivalence_faults(rows["equivalences"])
    for product in rows["products"]:
        yield from _product_faults(product)


def _kinetic_faults(claims: Sequence[KineticClaim]) -> Iterator[str]:
    defaults: Counter[tuple[str, str, str]] = Counter()
    for row in claims:
        unit = UNITS_OF_PARAMETERS.get(row.parameter)
        if unit is None:
            yield phrase(
                "{id}: “{parameter}” is not a parameter we know", id=row.id, parameter=row.parameter
            )
        elif row.unit != unit:
            yield phrase(
                "{id}: {parameter} is in {unit}, not {unit_2}",
                id=row.id,
                parameter=row.parameter,
                unit=unit,
                unit_2=row.unit,
            )
        numbers = [n for n in (row.low, row.value, row.high) if n is not None]
        if not numbers:
            yield phrase("{id}: a claim needs a value, a low or a high", id=row.id)
        if any(number < 0 for number in numbers):
            yield phrase("{id}: {parameter} cannot be negative", id=row.id, parameter=row.parameter)
        if row.unit == "%" and any(number > 100 for number in numbers):
            yield phrase("{id}: more than 100 %", id=row.id)
        if row.is_default:
            defaults[row.drug, row.substance, row.parameter] += 1
            if not row.usable:
                yield phrase("{id}: a withdrawn row cannot be the default", id=row.id)
    for (drug, substance, parameter), times in sorted(defaults.items()):
        if times > 1:
            yield phrase(
                "pharmacokinetics.csv: {drug}, {substance}, {parameter} has {times} defaults",
                drug=drug,
                substance=substance,
                parameter=parameter,
                times=times,
            )


def _equivalence_faults(rows: Sequence[Equivalence]) -> Iterator[str]:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        given = [dose for dose in (row.low, row.value, row.high) if dose is not None]
        if not given:
            yield phrase("{id}: an equivalence needs a dose", id=row.id)
        if any(dose <= 0 for dose in given) or row.diazepam_low_mg <= 0:
            yield phrase("{id}: a dose is more than 0 mg", id=row.id)
        if row.diazepam_low_mg > row.diazepam_high_mg:
            yield phrase("{id}: its diazepam doses are the wrong way round", id=row.id)
        if (row.drug, row.table) in seen and row.table != "other":
            yield phrase(
                "{id}: the table {table} has {drug} twice",
                id=row.id,
                table=row.table,
                drug=row.drug,
            )
        seen.add((row.drug, row.table))


def _product_faults(row: Product) -> Iterator[str]:
    yield from country_faults(row.id, row.country)
    liquid = row.form.endswith(("solution", "suspension"))
    if liquid != (row.unit == "mg/mL"):
        yield phrase(
            "{id}: a {form} is not measured in {unit}", id=row.id, form=row.form, unit=row.unit
        )
    if liquid != (row.may_be_split == "not_applicable"):
        yield phrase("{id}: splitting is for what is solid, and only for that", id=row.id)
    if row.may_be_split == "yes" and (row.extended_release == "yes" or row.form != "tablet"):
        yield phrase("{id}: only a plain tablet may be split", id=row.id)
    if row.parts is not None and row.scored != "yes":
        yield phrase("{id}: it has parts but no score line", id=row.id)
    if row.parts is not None and row.parts not in {2, 3, 4}:
        yield phrase(
            "{id}: score lines give 2, 3 or 4 parts, not {parts}", id=row.id, parts=row.parts
        )
