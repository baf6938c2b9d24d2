"""Errors planted in a copy of the real tables, one at a time; each is found and named."""

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from landward.catalog import check_tables
from landward.catalog.read import TABLES

TODAY = date(2026, 11, 30)


def cell(table: str, row: str, column: str, value: str):
    """Put a value into one cell."""

    def plant(folder: Path) -> None:
        path = folder / f"{table}.csv"
        with path.open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            rows, header = list(reader), reader.fieldnames
        hit = [cells for cells in rows if cells["id"] == row]
        assert len(hit) == 1, f"{table} has {len(hit)} rows {row}"
        assert hit[0][column] != value
        hit[0][column] = value
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    return plant


def text(name: str, old: str, new: str):
    """Change the first occurrence of some text in a file."""

    def plant(folder: Path) -> None:
        path = folder / name
        before = path.read_text(encoding="utf-8")
        assert old in before
        path.write_text(before.replace(old, new, 1), encoding="utf-8")

    return plant


def copy_row(table: str, row: str, **changes: str):
    """Add a copy of a row with some cells changed."""

    def plant(folder: Path) -> None:
        path = folder / f"{table}.csv"
        with path.open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            rows, header = list(reader), reader.fieldnames
        again = next(cells for cells in rows if cells["id"] == row) | changes
        with path.open("a", newline="", encoding="utf-8") as file:
            csv.DictWriter(file, header, lineterminator="\n").writerow(again)

    return plant


def no_row(table: str, row: str):
    """Take a row away."""

    def plant(folder: Path) -> None:
        path = folder / f"{table}.csv"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(f"{row},")]
        assert len(kept) == len(lines) - 1
        path.write_text("".join(kept), encoding="utf-8")

    return plant


def no_file(name: str):
    """Take a file away."""
    return lambda folder: (folder / name).unlink()


def new_file(name: str):
    """Leave a file nobody knows."""
    return lambda folder: (folder / name).write_text("id\n", encoding="utf-8")


HALF_LIFE = "pk.diazepam.half_life_h.1"
PLANTED = {
    # the files
    "a table is gone": (no_file("drugs.csv"), "drugs.csv is missing"),
    "a file nobody knows": (new_file("dosages.csv"), "no such table is known"),
    "an unknown column": (text("products.csv", "parts,", "pieces,"), "unknown column “pieces”"),
    "a column is gone": (text("products.csv", "parts,", "pieces,"), "column “parts” is missing"),
    "a row with too many cells": (
        text("dose_bands.csv", "band.alprazolam,", "band.alprazolam,x,"), "cells for",
    ),
    "a space at the edge of a cell": (
        cell("drugs", "diazepam", "note", "often "), "begins or ends with a space",
    ),
    "broken TOML": (text("guidelines/asam2025.toml", "[[rule]]", "[[rule"), "asam2025.toml"),
    # ids, standing, licence
    "an id used twice": (copy_row("drugs", "diazepam"), "diazepam: this id is used twice"),
    "an id with a space": (cell("claims", "claim.000-01", "id", "claim 1"), "line 2 (claim 1): id"),
    "an unknown status": (cell("drugs", "diazepam", "status", "final"), "diazepam): status"),
    "a name that means a drug of either list": (
        cell("drug_names", "name.lendormin", "drug", "nothing"), "“nothing” is not a drug of",
    ),
    "a combination that names nothing beside the drug": (
        cell("drug_names", "name.librax", "beside", ""), "a combination says what is beside",
    ),
    "a look-alike that is one of our names": (
        cell("look_alikes", "alike.paxil", "name", "Paxal"), "“Paxal” already means alprazolam",
    ),
    "a verdict that rests on nothing": (
        cell("claims", "claim.000-19", "verdict", "partly"), "rests on something that was found",
    ),
    "a reading of no row": (
        cell("readings", "read.ix.clozapine.1", "row", "ix.nothing"), "no row is called",
    ),
    "a reading of a source the row does not cite": (
        cell("readings", "read.ix.clozapine.1", "source", "LANDWARD"), "does not cite LANDWARD",
    ),
    "a reading that disagrees with a double-checked row": (
        cell("readings", "read.ix.clozapine.1", "agrees", "no"), "is not double-checked",
    ),
    "a sample that does not add up": (
        cell("samples", "sample.2026-11", "wrong", "54"), "do not fit together",
    ),
    "double-checked on a source that was not opened": (
        cell("interactions", "ix.gabapentinoids", "status", "double-checked"), "it names one",
    ),
    "double-checked on two sources, one not opened": (
        cell("metabolites", "met.estazolam.1_oxoestazolam", "status", "double-checked"),
        "two sources that were opened",
    ),
    "a review nobody made": (
        cell("drugs", "diazepam", "status", "clinician-reviewed"), "no clinician has reviewed",
    ),
    "withdrawn without a reason": (
        cell("claims", "claim.000-03", "status", "withdrawn"), "says in its note why",
    ),
    "an unclear licence": (cell("drugs", "diazepam", "licence", "NC"), "not a licence"),
    "double-checked with one source": (
        cell("drugs", "lorazepam", "status", "double-checked"), "two sources that agree",
    ),
    # sources
    "no source": (cell(*("pharmacokinetics", HALF_LIFE, "source", "")), "source: Field required"),
    "no place in the source": (
        cell(*("pharmacokinetics", HALF_LIFE, "locator", "")), "locator: Field required",
    ),
    "a source that is not there": (
        cell(*("pharmacokinetics", HALF_LIFE, "source", "NOBODY1999")), "“NOBODY1999” is not in",
    ),
    "a guideline's source that is not there": (
        text("guidelines/lothian.toml", 'source = "LOTHIAN"', 'source = "LOTHIEN"'), "LOTHIEN",
    ),
    "a source nothing cites": (
        text("guidelines/etg.toml", 'source = "ETG"', 'source = "TAPERMD"'),
        "nothing cites ETG",
    ),
    "a source listed twice": (
        text("references.bib", "@misc{LOTHIAN", "@misc{TAPERMD"), "TAPERMD is there 2 times",
    ),
    "a source without what was read": (
        text("references.bib", "  note = {abstract read}\n", "  note = {}\n"),
        "what was read of it",
    ),
    # numbers
    "low above value": (cell("pharmacokinetics", HALF_LIFE, "low", "90"), "is above its value"),
    "value above high": (cell("pharmacokinetics", HALF_LIFE, "high", "2"), "is above high"),
    "low above high": (
        cell("pharmacokinetics", "pk.diazepam.half_life_h.2", "low", "101"), "is above high",
    ),
    "a decimal comma": (
        cell("pharmacokinetics", HALF_LIFE, "value", "42,5"), "value: Input should",
    ),
    "no number at all": (cell("pharmacokinetics", HALF_LIFE, "value", ""), "needs a value"),
    "a negative half-life": (cell("pharmacokinetics", HALF_LIFE, "value", "-42"), "negative"),
    "more than all of it": (
        cell("pharmacokinetics", "pk.zolpidem.bioavailability_percent.1", "value", "170"),
        "more than 100 %",
    ),
    "minutes for hours": (cell("pharmacokinetics", HALF_LIFE, "unit", "min"), "is in h, not min"),
    "a parameter nobody knows": (
        cell("pharmacokinetics", HALF_LIFE, "parameter", "halflife"), "not a parameter we know",
    ),
    "two defaults": (
        cell("pharmacokinetics", "pk.diazepam.half_life_h.3", "is_default", "yes"), "2 defaults",
    ),
    "an equivalence of nothing": (
        cell("equivalences", "eq.alprazolam.ashton2002", "value", "0"), "more than 0 mg",
    ),
    "a table with a drug twice": (
        copy_row("equivalences", "eq.alprazolam.nsw", id="eq.alprazolam.nsw2"), "alprazolam twice",
    ),
    # drugs and products
    "a drug nobody knows": (
        cell("products", "prod.gb.diazepam.tablet.5", "drug", "diazepan"),
        "not a drug of drugs.csv",
    ),
    "a brand that means two drugs": (
        cell("drug_names", "name.ativan", "name", "Valium"), "already means",
    ),
    "a brand that means two drugs in one country": (
        cell("drug_names", "name.relium", "country", "CA"), "already means",
    ),
    "a country written out": (
        cell("products", "prod.gb.diazepam.tablet.5", "country", "Britain"), "two capital letters",
    ),
    "a liquid in mg": (
        cell("products", "prod.gb.diazepam.oral_solution.0_4", "unit", "mg"), "not measured in mg",
    ),
    "an extended-release tablet split": (
        cell("products", "prod.us.alprazolam.tablet.1.xr", "may_be_split", "yes"), "plain tablet",
    ),
    "a capsule split": (
        cell("products", "prod.us.temazepam.capsule.15", "may_be_split", "yes"), "plain tablet",
    ),
    "a strength of nothing": (
        cell("products", "prod.gb.diazepam.tablet.5", "strength", "0"), "strength: Input should",
    ),
    # symptoms and codes
    "another word for another word": (
        cell("symptoms", "photophobia", "same_as", "hyperacusis"), "no main symptom",
    ),
    "a phrase that means two things": (
        copy_row("symptom_phrases", "phrase.brain_zaps", id="phrase.zap", symptom="tremor"),
        "already means electric_shock_sensations",
    ),
    "two SNOMED digits swapped": (
        text("codes.csv", ",21522001,", ",21520201,"), "the check digit of SNOMED CT 21520201",
    ),
    "a LOINC digit changed": (
        text("codes.csv", ",44261-6,", ",44262-6,"), "LOINC 44262-6 is wrong",
    ),
    "a UNII letter changed": (
        text("codes.csv", ",Q3JTX2Q7TU,", ",Q3JTX2Q7TV,"), "check digit of UNII Q3JTX2Q7TV",
    ),
    "an HPO code too short": (text("codes.csv", ",HP:0000739,", ",HP:739,"), "does not look like"),
    "a code known to be wrong": (
        text("codes.csv", ",RxNorm,596,", ",RxNorm,10689,"), "withdrawn as wrong for alprazolam",
    ),
    # claims, papers, questionnaires
    "a verdict without looking": (
        cell("claims", "claim.000-01", "looked_up", "no"), "without looking anything up",
    ),
    "a verdict nobody knows": (cell("claims", "claim.000-01", "verdict", "true"), "): verdict"),
    "a wrong percentage": (
        text("paper_values.csv", "percent(136, 1207) = 11.3", "percent(136, 1207) = 11.8"),
        "recomputing gives 11.27",
    ),
    "a wrong odds ratio": (
        text("paper_values.csv", "odds_ratio(65, 154, 43, 154) = 1.89",
             "odds_ratio(65, 154, 43, 154) = 1.98"),
        "recomputing gives 1.885",
    ),
    "a check nobody can do": (
        text("paper_values.csv", "percent(136, 1207)", "share(136, 1207)"), "not a check",
    ),
    "an answer too few": (
        text("instruments/phq9.toml", '"Several days", ', ""), "3 answers for 0 to 3",
    ),
    "a gap between bands": (text("instruments/phq9.toml", "from = 10", "from = 11"), "leave a gap"),
    # safety
    "a cut above everything": (
        text("guidelines/asam2025.toml", "value = 25", "value = 250"), "more than 100 %",
    ),
    "a ceiling without days": (
        text("guidelines/asam2025.toml", "window_days = 14\n", ""), "over a number of days",
    ),
    "a rule of another guideline": (
        text("guidelines/lothian.toml", 'id = "lothian.', 'id = "asam2025.'),
        "begin with “lothian.”",
    ),
    "a band upside down": (
        text("guidelines/nice_cks2018.toml", "band_from_mg = 40", "band_from_mg = 4"),
        "from a higher to a lower dose",
    ),
    "a country without its emergency number": (
        no_row("crisis_lines", "crisis.gb.emergency_services"), "first line of GB",
    ),
    "a line nobody can call": (
        cell("crisis_lines", "crisis.gb.samaritans", "phone", ""), "neither a number to call",
    ),
    "letters in a number": (
        cell("crisis_lines", "crisis.gb.samaritans", "phone", "116 I23"), "not a number to dial",
    ),
    "checked in days to come": (
        cell("crisis_lines", "crisis.gb.samaritans", "checked_on", "2026-12-23"), "still to come",
    ),
    "an emergency without a number": (
        cell("red_flags", "flag.seizure", "action", "Rest."), "names the emergency number",
    ),
    "a gap nothing fills": (
        text("incidents.csv", "{emergency}", "{doctor}"), "nothing fills in “doctor”",
    ),
    "a step is missing": (no_row("incidents", "inc.ran_out.2"), "the steps of ran_out are"),
    "a hole in the dependence table": (
        cell("dependence_risk", "dep.long", "months_from", "4"), "has 0 rows",
    ),
    "an overlap in the dependence table": (
        cell("dependence_risk", "dep.rare", "days_high", "4"), "has 2 rows",
    ),
    "a word for nothing": (
        cell("interaction_words", "word.alcohol.beer", "partner", "ale"), "no interaction is with",
    ),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(TABLES, tmp_path / "tables")
    return tmp_path / "tables"


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_error_is_found_and_named(name: str, folder: Path):
    plant, expected = PLANTED[name]
    plant(folder)
    errors = check_tables(folder, today=TODAY).errors
    assert any(expected in error for error in errors), errors[:5]


def test_the_untouched_copy_is_sound(folder: Path):
    assert check_tables(folder, today=TODAY).errors == ()


def test_old_crisis_lines_warn_by_day_and_stop_a_release(folder: Path):
    # every line was read on 2026-11-21; 180 days later is 2027-05-20
    last_good, first_old = date(2027, 5, 20), date(2027, 5, 21)
    assert check_tables(folder, today=last_good, release=True).errors == ()
    by_day = check_tables(folder, today=first_old)
    assert by_day.errors == () and len(by_day.warnings) > 60
    release = check_tables(folder, today=first_old, release=True)
    assert any("more than 180 days" in error for error in release.errors)
