"""Numbers, dates and lists, as printed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landward.report.words import (
    count_words,
    date_words,
    dose_words,
    item_words,
    list_words,
    number_words,
    percent_words,
    quantile,
)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (3, "3"),
        (2.5, "2.5"),
        (2.25, "2.3"),
        (-0.04, "0"),
        (-1.25, "−1.3"),
        (0.05, "0.1"),
        (10, "10"),
    ],
)
def test_number(value: float, printed: str) -> None:
    assert number_words(value) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("7.50", "7.5"),
        ("10", "10"),
        ("0.125", "0.125"),
        ("1E+2", "100"),
        ("0.0", "0"),
        ("100", "100"),
    ],
)
def test_dose_is_exact_and_plain(value: str, printed: str) -> None:
    assert dose_words(Decimal(value)) == printed


def test_percent_date_list_count_item() -> None:
    assert percent_words(Decimal("7"), Decimal("7.5")) == "−7 %"
    assert percent_words(Decimal("11"), Decimal("10")) == "+10 %"
    assert date_words(date(2026, 2, 3)) == "3 Feb 2026"
    assert date_words(date(2026, 2, 3), year=False) == "3 Feb"
    assert [list_words(t) for t in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert [count_words(1, "day"), count_words(2, "day")] == ["1 day", "2 days"]
    assert item_words("symptom:light_sensitivity") == "light sensitivity"
    assert item_words("x", {"x": "tingling"}) == "tingling"


@given(st.lists(st.floats(-100, 100), min_size=1), st.floats(0, 1))
def test_a_quantile_lies_within_the_values(values: list[float], share: float) -> None:
    assert min(values) - 1e-9 <= quantile(values, share) <= max(values) + 1e-9


def test_quantiles_agree_with_numpy() -> None:
    import numpy as np

    values = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0]
    for share in (0, 0.25, 0.5, 0.9, 1):
        assert quantile(values, share) == pytest.approx(np.quantile(values, share))
