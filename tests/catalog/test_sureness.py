"""How sure the tables are: counts, the last reading, the error rate and its interval."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from landward.catalog import load_catalog
from landward.catalog.sureness import how_sure, last_error_rate, wilson
from landward.model.facts import Status
from landward.model.row_readings import Sample

FACTS = load_catalog()


def a_sample(name: str, day: date, wrong: int, checkable: int, status: str = "draft") -> Sample:
    return Sample(
        id=name, taken_on=day, rows=100, checkable=checkable, wrong=wrong, source=("LANDWARD",),
        locator="here", licence="own", status=Status(status), note="x",
    )  # fmt: skip


@given(st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_is_the_one_of_a_library(case):
    found, of = case
    low, high = wilson(found, of)
    theirs = binomtest(found, of).proportion_ci(method="wilson")
    assert low == pytest.approx(theirs.low, abs=1e-6)
    assert high == pytest.approx(theirs.high, abs=1e-6)
    assert 0 <= low <= found / of + 1e-12
    assert found / of - 1e-12 <= high <= 1


def test_the_last_usable_sample_speaks():
    old = a_sample("sample.a", date(2026, 1, 1), 9, 10)
    new = a_sample("sample.b", date(2026, 2, 1), 0, 90)
    gone = a_sample("sample.c", date(2026, 3, 1), 5, 10, "withdrawn")
    rate = last_error_rate((old, gone, new))
    assert (rate.sample, rate.wrong, rate.percent) == ("sample.b", 0, 0)
    assert float(rate.high_percent) == pytest.approx(4.1, abs=0.05)
    assert last_error_rate(()) is None


def test_the_tables_say_how_sure_they_are():
    sure = how_sure(FACTS)
    assert sure.rows == sure.double_checked + sure.draft + sure.withdrawn
    assert sure.last_reading is not None
    assert sure.error_rate is not None
    assert f"{sure.error_rate.percent} %" in sure.plain
    assert "No clinician" in sure.plain


def test_every_reading_quotes_words_of_a_source_its_row_cites():
    for reading in FACTS.readings:
        assert set(reading.source) <= set(FACTS.rows_by_id[reading.row].source), reading.id
        assert reading.locator, reading.id
        assert all(FACTS.sources[key].opened for key in reading.source), reading.id


def test_no_row_is_double_checked_on_what_somebody_else_quoted_alone():
    for row in FACTS.rows_by_id.values():
        if row.status is Status.DOUBLE_CHECKED:
            assert any(FACTS.sources[key].opened for key in row.source), row.id


def test_a_row_whose_only_source_was_not_opened_is_a_draft():
    for row in FACTS.rows_by_id.values():
        if not any(FACTS.sources[key].opened for key in row.source):
            assert row.status in {Status.DRAFT, Status.WITHDRAWN}, row.id
