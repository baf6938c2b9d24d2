"""The tables that ship: sound, counted, and honest about how far they were checked."""

from datetime import date

import pytest

from landward.catalog import check_tables, load_catalog
from landward.catalog.coverage import coverage
from landward.catalog.read import TABLES, read_cells
from landward.catalog.tables import CSV_TABLES

TODAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def report():
    return check_tables(today=TODAY)


def test_the_tables_have_no_errors(report):
    assert report.errors == ()


@pytest.mark.parametrize(
    ("table", "at_least"),
    [
        ("drugs", 27),
        ("pharmacokinetics", 150),
        ("equivalences", 60),
        ("products", 80),
        ("symptoms", 78),
        ("claims", 80),
        ("codes", 250),
        ("crisis_lines", 18),
        ("supervision_questions", 12),
        ("red_flags", 15),
        ("symptom_phrases", 250),
    ],
)
def test_each_table_is_as_full_as_was_promised(report, table, at_least):
    assert report.tables[table].rows - report.tables[table].withdrawn >= at_least


def test_eighteen_countries_have_crisis_lines():
    assert len(load_catalog().countries) >= 18


def test_nothing_claims_a_clinician_looked_at_it(report):
    assert {name for name, count in report.tables.items() if count.reviewed} == set()


def test_every_row_has_a_source_a_place_in_it_and_a_licence():
    for name in CSV_TABLES:
        header, rows = read_cells(TABLES / f"{name}.csv")
        for row in rows:
            cells = dict(zip(header, row, strict=True))
            assert cells["source"] and cells["locator"] and cells["licence"], (name, cells["id"])


def test_no_row_rests_on_a_table_that_may_not_be_passed_on():
    # UpToDate's table and Ashton's own schedules: read for comparison only, never redistributed.
    keys = {key for row in load_catalog().rows_by_id.values() for key in row.source}
    assert keys.isdisjoint({"UTD-69184", "ASHTON2002"})


def test_the_published_table_that_contradicts_itself_is_marked_so():
    marked = {row.id for row in load_catalog().paper_values if row.check_result == "contradicts"}
    assert {row.source for row in load_catalog().paper_values if row.id in marked} == {
        ("SCHIFANO2019",)
    }
    assert len(marked) == 2  # zaleplon and zopiclone


def test_codes_known_to_be_wrong_are_kept_as_a_warning_and_never_handed_out():
    facts = load_catalog()
    wrong = {(row.subject, row.code) for row in facts.code_rows if not row.usable}
    assert ("alprazolam", "10689") in wrong  # that number is tramadol
    for subject, code in wrong:
        assert code not in {row.code for row in facts.codes(subject, "RxNorm")}


def test_all_seventy_eight_crosswalk_terms_are_there_with_their_main_word():
    symptoms = load_catalog().symptoms
    assert symptoms["diplopia"].same_as == "double_vision"
    assert symptoms["emotional_numbness"].same_as == ""
    assert all(not s.same_as or not symptoms[s.same_as].same_as for s in symptoms.values())


def test_coverage_says_empty_and_conflicting_where_it_is():
    # lormetazepam: 4.9 h in one compilation, 11 h in another (pharmacokinetics.csv)
    found = coverage(load_catalog())
    assert len(found) == 29
    assert found["lormetazepam"]["half_life"] == "conflicting"
    assert found["medazepam"]["peak"] == "empty"
    assert found["alprazolam"]["half_life"] == "filled"
    # Ashton says 0.5 mg of alprazolam, VA/DoD 1 mg: no dose suits both
    assert found["alprazolam"]["equivalence"] == "conflicting"


def test_questionnaires_carry_their_notice_and_only_those_that_may_ship():
    instruments = load_catalog().instruments
    assert set(instruments) == {"feelings", "gad7", "pcl5", "phq9"}
    assert "No permission required" in instruments["phq9"].notice
    assert [len(instruments[k].items) for k in ("feelings", "gad7", "pcl5", "phq9")] == [
        8,
        7,
        20,
        9,
    ]
    assert instruments["phq9"].highest_total == 27
    assert instruments["phq9"].band(10).words == "moderate"
    assert instruments["feelings"].highest_total is None
