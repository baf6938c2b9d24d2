"""The tables against the notes they were brought over from, where those stand beside the checkout.

The notes are not part of the project: without them these tests skip and say so.
"""

import csv
import re
from pathlib import Path

import pytest

from landward.catalog import load_catalog

NOTES = Path(__file__).parents[3] / "shared" / "facts"
FACTS = load_catalog()
pytestmark = pytest.mark.skipif(
    not NOTES.exists(), reason=f"no notes beside the checkout ({NOTES.name})"
)
NOT_TO_BE_PASSED_ON = "UTD-69184"


def notes(name: str) -> list[dict[str, str]]:
    with (NOTES / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def numbers(text: str) -> set[float]:
    return {float(number) for number in re.findall(r"\d+(?:\.\d+)?", text.partition("(derived")[0])}


def test_every_claim_came_over_with_its_verdict():
    brought = {row.id: row.verdict for row in FACTS.claims}
    noted = {f"claim.{r['claim_id']}": r["verdict"].replace(" ", "_") for r in notes("claims")}
    # judged again by one rule in November 2026: each says in its note what it was before
    again = {
        row.id
        for row in FACTS.claims
        if noted.get(row.id) and f"verdict was {noted[row.id]}".replace("_", " ") in row.note
    }
    assert noted.keys() <= brought.keys()
    assert {key: brought[key] for key in noted if key not in again} == {
        key: noted[key] for key in noted if key not in again
    }
    assert len(again) == 15, sorted(again)


@pytest.mark.parametrize(
    ("column", "table"),
    [
        ("eq_ashton_mg", "ashton2002"),
        ("eq_vadod2021_mg", "vadod2021"),
        ("eq_clincalc_mg", "clincalc"),
        ("eq_nhs_scotland_mg", "nhs_scotland2024"),
        ("eq_nsw_mg", "nsw"),
        ("eq_medscape_mg_vs_diazepam_5_10", "medscape"),
    ],
)
def test_every_equivalent_came_over_unchanged(column, table):
    for row in notes("drugs"):
        noted = row[column].partition(" per 5")[0]
        found = [eq for eq in FACTS.equivalences(row["drug"]) if eq.table == table]
        assert len(found) == bool(noted), (row["drug"], table)
        if noted:
            said = {
                float(n) for n in (found[0].low, found[0].value, found[0].high) if n is not None
            }
            main = (
                noted if "per 5" not in noted and table == "clincalc" else noted.partition("(")[0]
            )
            assert said == numbers(main), (row["drug"], table)


@pytest.mark.parametrize("end", ["low", "typ", "high"])
def test_every_half_life_that_may_be_passed_on_came_over(end):
    missing = []
    for row in notes("drugs"):
        number, source = row[f"h_{end}"], row[f"h_{end}_src"].partition(" ")[0]
        if not number or source == NOT_TO_BE_PASSED_ON:
            continue
        claims = FACTS.kinetics(row["drug"], None, "half_life_h")
        said = {n for c in claims for n in (c.low, c.value, c.high) if n is not None}
        if float(number) not in said:
            missing.append((row["drug"], number, source))
    # bromazepam 8 h and flurazepam 2-4 h are UpToDate's alone and stay out
    assert missing == []


def test_every_crosswalk_term_is_a_symptom():
    terms = {
        re.sub(r"[^a-z0-9]+", "_", row["term"]).strip("_") for row in notes("symptom_crosswalk")
    }
    assert terms <= set(FACTS.symptoms)
    assert len(terms) >= 78


def test_every_verified_identifier_of_our_drugs_came_over():
    ours = {(row.subject, row.code) for row in FACTS.code_rows if row.usable}
    for row in notes("codes"):
        if row["kind"] == "drug product" and row["item"] in FACTS.drugs:
            assert (row["item"], row["code"]) in ours


def test_every_printed_number_came_over():
    noted = {(r["source_key"], r["value"]) for r in notes("paper_values") if r["value"]}
    ours = set()
    for row in FACTS.paper_values:
        ours.add((row.source[0], row.value_text))
        if row.value is not None:
            ours.add((row.source[0], row.value))
    for key, value in noted:
        number = float(value) if re.fullmatch(r"-?[\d.]+", value) else value
        assert (key, number) in ours, (key, value)
