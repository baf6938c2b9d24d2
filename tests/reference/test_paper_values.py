"""Numbers printed in papers, recomputed from the counts printed beside them.

Sources: `references.bib` (RITVO2023, GOODWIN2017, CATO2019, SCHIFANO2019, …), rows of
`paper_values.csv`.
"""

import pytest

from landward.catalog import load_catalog, recompute
from landward.model.knowledge import PaperValue

CHECKED = [row for row in load_catalog().paper_values if row.check]


def value(check: str, result: str = "agrees") -> PaperValue:
    return PaperValue(
        id="pv.x.1", measure="m", check=check, check_result=result, source=("X",),
        locator="abstract", licence="facts-only", status="draft",
    )  # fmt: skip


@pytest.mark.parametrize("row", CHECKED, ids=lambda row: row.id)
def test_what_a_row_says_of_its_arithmetic_is_so(row):
    assert recompute(row).agrees == (row.check_result == "agrees")


def test_there_is_enough_to_recompute():
    kinds = {row.check.partition("(")[0] for row in CHECKED}
    assert kinds == {
        "percent", "sum", "shares", "weighted_mean", "odds_ratio", "odds_ratio_ci", "ci_middle",
    }  # fmt: skip
    assert len(CHECKED) >= 18


def test_the_zaleplon_shares_contradict_their_own_counts():
    # Schifano 2019, table 2: counts 367, 5, 89, 76, 3733 of 4270; printed .089 .001 .023 .019 .868
    row = next(row for row in CHECKED if row.id == "pv.schifano2019.1b")
    result = recompute(row)
    assert not result.agrees
    assert result.recomputed[0] == pytest.approx(367 / 4270)  # .086, not .089
    assert result.printed[0] == 0.089


@pytest.mark.parametrize(
    ("check", "recomputed", "agrees"),
    [
        ("percent(1, 8) = 12.5", 12.5, True),
        ("percent(1, 8) = 12.6", 12.5, False),
        ("percent(1, 8) = 13", 12.5, True),  # rounded up at the half
        ("percent(1, 8) = 12", 12.5, True),  # rounded down at the half
        ("sum(1, 2, 3) = 6", 6, True),
        ("sum(1, 2, 3) = 7", 6, False),
        ("weighted_mean(10*1, 20*3) = 17.5", 17.5, True),
        ("odds_ratio(20, 100, 10, 100) = 2.25", 2.25, True),  # (20·90)/(80·10)
        ("odds_ratio(20, 100, 10, 100) = 2.24", 2.25, False),
        ("ci_middle(1.0, 4.0) = 2.0", 2.0, True),
    ],
)
def test_arithmetic_to_the_digits_printed(check, recomputed, agrees):
    result = recompute(value(check))
    assert result.recomputed[0] == pytest.approx(recomputed)
    assert result.agrees is agrees


@pytest.mark.parametrize(
    "check",
    ["percent 1 of 8 = 12.5", "power(1, 2) = 3", "shares(1, 2, 3) = 0.3", "percent(1, 8) = half"],
)
def test_a_check_that_cannot_be_read_is_refused(check):
    with pytest.raises(ValueError):
        recompute(value(check))


def test_a_row_without_a_check_has_no_result():
    assert recompute(value("")) is None
