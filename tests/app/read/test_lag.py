"""What is likely beforehand about a lag: what stays longer in the body is felt longer."""

import pytest

from landward.app.read.lag import _half_life
from landward.engines.patterns.lag_prior import lag_prior, lag_quantiles


def test_the_half_life_of_the_active_metabolite_counts_where_it_is_longer() -> None:
    # Diazepam's own is 33 to 43 h (Greenblatt 1980 and the tables), nordazepam's 50 to 99 h.
    diazepam = _half_life("diazepam")
    assert diazepam is not None and 50 <= diazepam <= 99
    alprazolam = _half_life("alprazolam")
    assert alprazolam is not None and alprazolam < 20
    assert lag_quantiles(lag_prior(diazepam))[0] > 2 * lag_quantiles(lag_prior(alprazolam))[0]


@pytest.mark.parametrize("drug", [None, "no such drug"])
def test_of_an_unknown_drug_no_half_life_is_guessed(drug: str | None) -> None:
    assert _half_life(drug) is None
