"""Parameters of a drug are checked at birth: impossible ones never reach the engine."""

from typing import Any

import pytest
from pydantic import ValidationError

from landward.model.adaptation import Adaptation, AdaptationSpread
from landward.model.base import BadInput
from landward.model.kinetics import Metabolite, OralKinetics

GOOD: dict[str, Any] = {
    "drug": "somnia",
    "substance": "somnia",
    "absorption_rate_per_h": 1.0,
    "clearance_l_per_h": 3.0,
    "volume_l": 50.0,
}


@pytest.mark.parametrize(
    "change",
    [
        {"absorption_rate_per_h": -1.0},
        {"absorption_rate_per_h": 0.0},
        {"volume_l": 0.0},
        {"clearance_l_per_h": -2.0},
        {"clearance_l_per_h": float("nan")},
        {"volume_l": float("inf")},
        {"bioavailability": 1.2},
        {"lag_h": -0.1},
        {"exchange_l_per_h": 5.0},
        {"peripheral_volume_l": 5.0},
        {"ec50_ng_per_ml": 0.0},
        {"half_live_h": 3.0},
    ],
)
def test_impossible_parameters_are_refused_by_name(change: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match="somnia: ") as caught:
        OralKinetics.checked(GOOD | change)
    assert "\n" not in str(caught.value)
    with pytest.raises(ValidationError):
        OralKinetics.model_validate(GOOD | change)


def test_possible_parameters_are_kept() -> None:
    two = OralKinetics.checked(GOOD | {"exchange_l_per_h": 5.0, "peripheral_volume_l": 60.0})
    assert two.substances == ("somnia",)


@pytest.mark.parametrize("change", [{"fraction_formed": 0.0}, {"volume_l": 0.0}])
def test_impossible_metabolites(change: dict[str, float]) -> None:
    good = {"name": "m", "fraction_formed": 0.5, "mass_ratio": 1.0, "clearance_l_per_h": 1.0,
            "volume_l": 9.0}  # fmt: skip
    with pytest.raises(ValidationError):
        Metabolite.model_validate(good | change)


def test_a_protracted_range_runs_upward() -> None:
    with pytest.raises(ValidationError, match="low to a high"):
        AdaptationSpread(protracted_tau_2_d=(500.0, 100.0))


def test_time_constants_are_never_zero() -> None:
    with pytest.raises(ValidationError):
        Adaptation.model_validate({"variant": "x", "occupancy": "y", "tau_1_d": 0.0})
