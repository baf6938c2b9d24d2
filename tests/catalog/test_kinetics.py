"""From rows to parameters: what is found, what is said to be missing, what the rows promise."""

import math

import numpy as np
import pytest
from tests.engines.pharmacology.steady_state import steady_state

from landward.catalog.catalog import load_catalog
from landward.catalog.kinetics import OCCUPANCIES, VARIANTS, LabShelf
from landward.catalog.scenarios import read_scenario, scenario_names
from landward.engines.pharmacology.concentration import concentration
from landward.engines.pharmacology.people import typical_traits
from landward.engines.pharmacology.rates import Rates
from landward.model.base import BadInput
from landward.model.dosing_text import parse_dosing
from landward.model.kinetics import absorption_rate_from_peak

SHELF = LabShelf(load_catalog())


def test_the_drugs_whose_level_can_be_computed() -> None:
    assert {"alprazolam", "clonazepam", "clorazepate", "diazepam", "lorazepam", "temazepam",
            "zolpidem", "zopiclone"} <= set(SHELF.drugs())  # fmt: skip


@pytest.mark.parametrize("drug", SHELF.drugs())
def test_every_computable_drug_rises_and_leaves(drug: str) -> None:
    kinetics = SHELF.kinetics(drug)
    dosing = parse_dosing(drug, "1 mg once").from_first_dose()
    levels = concentration(kinetics, dosing, np.arange(0, 3600 * 24 * 365, 1800))
    assert np.isfinite(levels).all()
    assert (levels >= 0).all()
    assert levels[0].max() > 0
    assert levels[:, -1].max() < 1e-6 * levels.max()
    assert kinetics.sources


def test_a_drug_without_parameters_says_which_are_missing() -> None:
    with pytest.raises(BadInput, match=r"etizolam.*no clearance, no volume, no absorption"):
        SHELF.kinetics("etizolam")


def test_an_unknown_drug_is_an_input_error() -> None:
    with pytest.raises(BadInput):
        SHELF.kinetics("unobtainium")


def test_a_prodrug_is_followed_as_what_it_becomes() -> None:
    made = SHELF.kinetics("clorazepate")
    assert made.substance == "nordazepam"
    assert made.mass_ratio == pytest.approx(270.7 / 408.9, abs=1e-3)


def test_diazepam_rows_give_back_the_four_means_they_were_derived_from() -> None:
    """PMID 2512694, 10 mg in 48 men: 406 ng/ml at the peak, 44.2 h, 83 L, 26.6 ml/min."""
    kinetics = SHELF.kinetics("diazepam")
    dosing = parse_dosing("diazepam", "10 mg once").from_first_dose()
    peak = concentration(kinetics, dosing, np.arange(0, 6 * 3600, 60))[0].max()
    assert peak == pytest.approx(406, rel=0.01)
    assert Rates.of(kinetics).terminal_half_life_h()[0] == pytest.approx(44.2, rel=0.01)
    assert kinetics.volume_l + kinetics.peripheral_volume_l == pytest.approx(83, rel=0.01)
    assert kinetics.clearance_l_per_h * 1000 / 60 == pytest.approx(26.6, rel=0.01)


def test_lorazepam_rows_come_from_the_injection_study() -> None:
    """PMID 6133404: 0.31 h and 14.1 h, 62.17 ml/h/kg, central volume 0.59 L/kg; F 0.93, 70 kg."""
    fast, slow = math.log(2) / 0.31, math.log(2) / 14.1
    k10 = 0.06217 / 0.59
    k21 = fast * slow / k10
    k12 = fast + slow - k10 - k21
    kinetics = SHELF.kinetics("lorazepam")
    central = 0.59 * 70 / 0.93
    assert kinetics.volume_l == pytest.approx(central, rel=0.01)
    assert kinetics.exchange_l_per_h == pytest.approx(k12 * central, rel=0.01)
    assert kinetics.peripheral_volume_l == pytest.approx(k12 * central / k21, rel=0.01)


def test_ec50_rows_follow_from_alprazolam_by_dose_equivalents() -> None:
    """125 ng/ml of alprazolam, carried over at steady state: 0.5 mg equals 10 mg of diazepam."""

    def settled(drug: str, mg: float) -> float:
        return float(steady_state(SHELF.kinetics(drug), mg, 24.0).average.sum())

    derived = 125.0 * settled("diazepam", 10.0) / settled("alprazolam", 0.5)
    assert SHELF.kinetics("diazepam").ec50_ng_per_ml == pytest.approx(derived, rel=0.02)


def test_the_high_hypothesis_is_half_occupancy_at_one_mg_of_diazepam() -> None:
    high = SHELF.adaptation(occupancy="high")
    level = steady_state(SHELF.kinetics("diazepam"), 1.0, 24.0).average.sum()
    ec50 = (SHELF.kinetics("diazepam").ec50_ng_per_ml or 0) * high.ec50_scale
    assert level / ec50 == pytest.approx(1.0, rel=0.02)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("occupancy", OCCUPANCIES)
def test_every_structure_and_hypothesis_is_complete(variant: str, occupancy: str) -> None:
    found = SHELF.adaptation(variant, occupancy)
    assert np.isfinite(typical_traits(found, 1)).all()
    assert "a1" in found.assumed


def test_feedback_settles_where_the_default_does() -> None:
    plain, loop = SHELF.adaptation(), SHELF.adaptation("feedback")
    left = 1 - plain.gain_1 - plain.gain_2
    assert 1 / (1 + loop.gain_1 + loop.gain_2) == pytest.approx(left, rel=0.01)


@pytest.mark.parametrize(("variant", "occupancy"), [("sideways", "imaging"), ("feedback", "most")])
def test_unknown_structures_and_hypotheses(variant: str, occupancy: str) -> None:
    with pytest.raises(BadInput, match="there are"):
        SHELF.adaptation(variant, occupancy)


@pytest.mark.parametrize("name", scenario_names())
def test_every_scenario_can_be_read_and_dosed(name: str) -> None:
    scenario = read_scenario(name)
    assert "made up" in scenario.person
    for arm in scenario.arms:
        for use in arm.use:
            assert parse_dosing(use.drug, use.dose).days <= scenario.days
            assert SHELF.kinetics(use.drug).ec50_ng_per_ml
    for behaviour in scenario.shows:
        if behaviour.measured:
            assert behaviour.basis in load_catalog().sources


def test_an_unknown_scenario_names_the_nearest() -> None:
    with pytest.raises(BadInput, match="abrupt-stop-diazepam"):
        read_scenario("abrupt-stop-diazepan")


@pytest.mark.parametrize("peak_h", [0.3, 1.0, 2.5, 6.0])
def test_absorption_from_peak_puts_the_peak_there(peak_h: float) -> None:
    k = 0.07
    ka = absorption_rate_from_peak(peak_h, k)
    assert math.log(ka / k) / (ka - k) == pytest.approx(peak_h, rel=1e-9)


def test_a_peak_later_than_any_absorption_allows() -> None:
    assert absorption_rate_from_peak(50.0, 0.07) == 0.07
