"""The library's tasks: a drug's page, a citation, a search, the check."""

from datetime import date

import pytest

from landward.app.library.facts import (
    check_facts,
    cite_fact,
    facts_coverage,
    find_facts,
    show_drug,
)
from landward.catalog import load_catalog
from landward.catalog.kinetics import LabShelf
from landward.model.base import BadInput
from landward.report.as_json.facts import check_json


def test_a_page_keeps_every_source_behind_it():
    page = show_drug("clonazapam")
    assert page.drug.id == "clonazepam"
    keys = {source.key for source in page.sources}
    for row in (*page.kinetics, *page.products, *page.interactions, *page.span.rows):
        assert set(row.source) <= keys


def test_older_people_do_not_stretch_the_span_of_a_half_life():
    # nitrazepam: 29 h in young adults, 40 h in older ones (KANGAS-NITRA), 15-38 h in the tables
    (stay,) = show_drug("nitrazepam").stays
    assert (stay.low_h, stay.typical_h, stay.high_h) == (15, 29, 38)


SHELF = LabShelf(load_catalog())


@pytest.mark.parametrize("drug", SHELF.drugs())
def test_a_drugs_page_and_its_level_state_the_same_half_life(drug: str) -> None:
    # oxazepam: 3-21 h in adults; 25-90 h with kidney failure (RDH-KDC) is said beside it
    kinetics = SHELF.kinetics(drug)
    stays = {stay.substance: stay for stay in show_drug(drug).stays}
    stay = stays[load_catalog().find_drug(drug).acts_as or drug]
    assert kinetics.half_life_h == (stay.low_h, stay.typical_h, stay.high_h)


def test_what_acts_for_a_prodrug_has_its_own_stay():
    # clorazepate works as nordazepam: 65 h, 36-200 h
    stays = {stay.substance: stay for stay in show_drug("Tranxene").stays}
    assert (stays["nordazepam"].low_h, stays["nordazepam"].high_h) == (36, 200)


def test_inactive_metabolites_have_no_stay():
    # N-desmethylzopiclone is inactive, zopiclone-N-oxide is active (FI-ZOPI-CH)
    substances = [stay.substance for stay in show_drug("zopiclone").stays]
    assert substances == ["zopiclone", "zopiclone-N-oxide"]


def test_days_until_a_tenth_is_left():
    # diazepam, 42 h: 42 × log2(10) / 24 = 5.81 days
    stay = show_drug("diazepam").stays[0]
    assert stay.days_until(0.1)[1] == pytest.approx(5.8134, abs=1e-4)
    assert stay.days_until(0.5) == pytest.approx((20 / 24, 42 / 24, 100 / 24))


@pytest.mark.parametrize(
    ("words", "kind", "found"),
    [
        ("brain zaps", "symptom", "electric_shock_sensations"),
        ("watching life through glass", "symptom", "derealization"),
        ("can’t feel anything", "symptom", "emotional_numbness"),
        ("Xanax", "drug", "alprazolam"),
        ("ringng in my ears", "symptom", "tinnitus"),
        ("fat barrier neuroadaptation", "claim", "claim.001-03"),
        ("PHQ-9", "instrument", "phq9"),
    ],
)
def test_plain_words_find_it_first(words, kind, found):
    best = find_facts(words)[0]
    assert (best.kind, best.id) == (kind, found)


def test_search_gives_each_thing_once_in_a_total_order():
    hits = find_facts("withdrawal symptoms", 50)
    assert len({(hit.kind, hit.id) for hit in hits}) == len(hits)
    assert [(-h.fit, h.kind, h.id) for h in hits] == sorted((-h.fit, h.kind, h.id) for h in hits)
    assert find_facts("") == () and find_facts("qqqqqq zzzzzz") == ()


def test_a_row_and_a_key_can_both_be_cited():
    row, sources = cite_fact("asam2025.ceiling")
    assert row.plain.startswith("A cut is usually not more than 25 %")
    assert [source.key for source in sources] == ["ASAM-2025"]
    assert cite_fact("asam-2025")[0] is None
    with pytest.raises(BadInput, match="nearest: ASAM-2025"):
        cite_fact("ASAM-2052")


def test_the_check_has_the_shape_scripts_rely_on():
    report = check_facts(date(2026, 11, 30))
    shape = check_json(report, facts_coverage(report))
    assert shape["errors"] == [] and shape["warnings"] == []
    assert {"rows", "reviewed", "draft"} <= shape["tables"]["drugs"].keys()
    assert shape["tables"]["drugs"]["rows"] == 29
    assert shape["coverage"]["lorazepam"]["half_life"] == "filled"
