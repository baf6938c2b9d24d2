"""Typed look-ups: withdrawn rows stay out, spans hold every source, broken tables say so."""

import shutil
from datetime import date
from decimal import Decimal

import pytest

from landward.catalog import Catalog, load_catalog
from landward.catalog.read import TABLES
from landward.model.base import BadInput, LandwardError

FACTS = load_catalog()


def test_the_catalog_is_read_once():
    assert load_catalog() is load_catalog()
    assert FACTS.drugs is FACTS.drugs


def test_doses_are_exact():
    (row,) = [row for row in FACTS.equivalences("bromazepam") if row.table == "ashton2002"]
    assert row.span_mg == (Decimal(5), Decimal(6))
    assert isinstance(FACTS.products("diazepam", "GB")[0].strength, Decimal)


def test_the_span_of_equivalents_leaves_out_tables_with_another_base():
    # Medscape prints 0.25-0.5 mg of clonazepam against 5-10 mg of diazepam
    span = FACTS.dose_span("clonazepam")
    assert (span.low_mg, span.high_mg) == (Decimal("0.5"), Decimal(4))
    assert "medscape" in {row.table for row in span.rows}


def test_a_drug_no_table_has_is_none():
    assert FACTS.dose_span("nothing") is None
    assert FACTS.default_claim("estazolam", "estazolam", "volume_l") is None


def test_products_of_a_country_leave_out_those_of_nowhere_known():
    gb = FACTS.products("diazepam", "GB")
    assert {(row.form, str(row.strength)) for row in gb} >= {
        ("tablet", "2"),
        ("oral solution", "0.4"),
    }
    assert {row.country for row in gb} == {"GB"}
    assert "" in {row.country for row in FACTS.products("diazepam")}


def test_withdrawn_rows_are_kept_and_never_looked_up(tmp_path):
    shutil.copytree(TABLES, tmp_path / "tables")
    path = tmp_path / "tables" / "products.csv"
    text = path.read_text("utf-8")
    line = next(row for row in text.splitlines() if row.startswith("prod.gb.diazepam.tablet.5,"))
    path.write_text(text.replace(line, line.replace(",double-checked,", ",withdrawn,")), "utf-8")
    facts = Catalog(tmp_path / "tables")
    assert len(facts.product_rows) == len(FACTS.product_rows)
    assert len(facts.products("diazepam")) == len(FACTS.products("diazepam")) - 1


def test_a_broken_table_says_which_and_how_to_look(tmp_path):
    shutil.copytree(TABLES, tmp_path / "tables")
    (tmp_path / "tables" / "drugs.csv").write_text("id,name\nx,y\n", "utf-8")
    with pytest.raises(LandwardError, match="“drugs” cannot be read; `landward facts check`"):
        _ = Catalog(tmp_path / "tables").drugs


def test_guideline_rules_are_found_by_kind_and_id():
    assert FACTS.rule("asam2025.ceiling").value == 25
    assert {rule.unit for rule in FACTS.guideline_rules("max_cut_percent")} == {"%"}
    with pytest.raises(BadInput):
        FACTS.rule("asam2025.celing")


def test_a_rule_may_speak_from_its_own_source():
    assert FACTS.rule("nhs_scotland2024.pace").source == ("NHSSCOT-2024",)
    assert FACTS.rule("nhs_scotland2024.epilepsy").source == ("NHSSCOT-EQ", "RIGHTDEC")


def test_the_cks_bands_give_the_totals_the_leaflet_states():
    # stated: 30-60 weeks from 40 mg, 20-40 weeks from 20 mg (DOCSLIB-CKS); decrements 2/1/1/1
    bands = FACTS.guideline_rules("mg_band")
    steps = {40: 0, 20: 0}
    for rule in bands:
        cut = Decimal({40: 2}.get(int(rule.band_from_mg), 1))
        count = int((rule.band_from_mg - rule.band_to_mg) / cut)
        assert (rule.low or rule.value) <= cut <= (rule.high or rule.value)
        for top in steps:
            steps[top] += count if rule.band_from_mg <= top else 0
    assert steps == {40: 30, 20: 20}
    assert {(rule.pace_low_days, rule.pace_high_days) for rule in bands} == {(7, 14)}


def test_crisis_lines_warn_with_their_date_once_they_are_old():
    assert FACTS.crisis("gb", date(2027, 5, 20)).warning == ""
    assert "2026-11-21" in FACTS.crisis("GB", date(2027, 5, 21)).warning
    assert FACTS.crisis("GB").lines[0].kind == "emergency"


@pytest.mark.parametrize("country", FACTS.countries)
def test_every_country_leads_with_an_emergency_number(country):
    info = FACTS.crisis(country)
    assert info.lines[0].kind == "emergency" and info.lines[0].phone in info.first_words


def test_driving_and_codes_and_parameters():
    assert {fact.country for fact in FACTS.driving("gb", "diazepam")} == {"", "GB"}
    assert FACTS.codes("diazepam", "ATC")[0].code == "N05BA01"
    assert FACTS.parameters("kindling")["tK"].standing == "assumed"
    assert FACTS.instrument("gad7").scale.width == 3
    with pytest.raises(BadInput, match="feelings, gad7, pcl5, phq9"):
        FACTS.instrument("isi")


def test_the_body_and_pathway_shelves():
    assert {row.metabolite for row in FACTS.metabolites("quazepam")} == {
        "2-oxoquazepam", "N-desalkylflurazepam",
    }  # fmt: skip
    assert {row.pathway for row in FACTS.pathways_of("diazepam")} == {"CYP2C19", "CYP3A4"}
    assert FACTS.find_drug("Valium").id == "diazepam"
