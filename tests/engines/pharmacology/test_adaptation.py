"""The slow side: against LSODA, the compiled kernel against numpy, structures, the grid."""

import numpy as np
import pytest

from landward.engines.pharmacology.adaptation import COLUMNS, CURVES, TRAITS
from landward.engines.pharmacology.grid import OFFSETS_S, Stimulus, plan_steps
from landward.engines.pharmacology.people import draw_people, typical_person
from landward.engines.pharmacology.simulate import run_people
from landward.model.adaptation import Adaptation
from landward.model.base import BadInput
from landward.model.dosing import DAY_S
from landward.model.dosing_text import parse_dosing
from landward.model.kinetics import OralKinetics
from tests.engines.pharmacology.made import ADAPTATION, ONE_BOX, TWO_BOXES, lsoda_states

STATES = COLUMNS.index("x1")


@pytest.mark.parametrize(
    ("kinetics", "text", "days", "bound"),
    [
        (TWO_BOXES, "20 mg nightly x 20", 30, 1e-3),
        (ONE_BOX, "0.5 mg three times a day x 15", 22, 1e-3),
        # Withdrawal starts and ends every day here; its corners cost the most.
        (ONE_BOX, "4 mg in the morning x 20", 26, 1e-3),
    ],
)
def test_every_state_agrees_with_lsoda(
    kinetics: OralKinetics, text: str, days: int, bound: float
) -> None:
    dosing, lag = parse_dosing("d", text), round(kinetics.lag_h * 3600)
    people = draw_people([kinetics], ADAPTATION, 6, seed=4, block=0)
    found = run_people(plan_steps([dosing], [lag], days), people, compiled=False)
    for person in (0, 5):
        exact = lsoda_states(people, person, dosing, lag, days)
        scale = np.maximum(np.abs(exact).max(axis=0), 1e-3)
        error = np.abs(found[person, :, STATES:] - exact).max(axis=0) / scale
        assert error.max() < bound, dict(zip(COLUMNS[STATES:], error, strict=True))


def test_the_compiled_kernel_is_the_numpy_reference() -> None:
    program = plan_steps(
        [
            parse_dosing("a", "1 mg three times a day x 10 then nothing x 5"),
            parse_dosing("b", "nothing x 5 then 10 mg nightly x 10"),
        ],
        [0, 720],
        20,
        [Stimulus(12 * DAY_S + 3600, 0.1)],
    )
    people = draw_people([ONE_BOX, TWO_BOXES], ADAPTATION, 37, seed=1, block=0)
    plain = run_people(program, people, compiled=False)
    quick = run_people(program, people, compiled=True)
    scale = np.abs(plain).max(axis=(0, 1))
    assert (np.abs(quick - plain).max(axis=(0, 1)) <= 1e-11 * scale).all()


@pytest.mark.parametrize(
    "change",
    [
        {"feedback": 1.0, "gain_1": 6.5, "gain_2": 2.5, "tau_1_d": 22.5, "tau_2_d": 60.0},
        {"blunt_opponent": 0.0, "blunt_withdrawal": 3.0, "blunt_fall_d": 3.0},
        {"kindle_per_d": 0.0},
    ],
)
def test_structures_run_compiled_and_plain_alike(change: dict[str, float]) -> None:
    other = ADAPTATION.model_copy(update=change)
    program = plan_steps([parse_dosing("d", "3 mg in the morning x 20")], [0], 30)
    people = draw_people([ONE_BOX], other, 5, seed=2, block=0)
    plain = run_people(program, people, compiled=False)
    quick = run_people(program, people, compiled=True)
    assert quick == pytest.approx(plain, rel=1e-9, abs=1e-13)


def medians(change: dict[str, float], text: str = "1 mg three times a day x 90") -> np.ndarray:
    other: Adaptation = ADAPTATION.model_copy(update=change)
    program = plan_steps([parse_dosing("d", text)], [0], 200)
    return run_people(program, typical_person([ONE_BOX], other), compiled=False)[0]


def test_feelings_lag_in_the_default_and_do_not_in_the_other_structure() -> None:
    together = {"blunt_opponent": 0.0, "blunt_withdrawal": 3.0, "blunt_rise_d": 3.0,
                "blunt_fall_d": 3.0}  # fmt: skip
    half_days = []
    for change in ({}, together):
        days = medians(change)[90:]
        numb = days[:, CURVES.index("blunting")]
        top = int(numb.argmax())
        half_days.append(top + int(np.flatnonzero(numb[top:] < numb[top] / 2)[0]))
    assert half_days[0] > 60
    assert half_days[1] < 25


def test_without_kindling_each_stop_is_no_harder() -> None:
    text = "2 mg twice a day x 40 then nothing x 30 then 2 mg twice a day x 40 then nothing x 30"
    peaks = {}
    for name, change in (("kindling", {}), ("none", {"kindle_per_d": 0.0})):
        w = medians(change, text)[:, CURVES.index("withdrawal")]
        peaks[name] = (w[40:70].max(), w[110:140].max())
    growth = {name: second / first for name, (first, second) in peaks.items()}
    assert growth["kindling"] > 1.05 * growth["none"]


def test_residual_stimuli_add_up_and_fade() -> None:
    program = plan_steps(
        [parse_dosing("d", "0 mg once")], [0], 20,
        [Stimulus(DAY_S, 0.1), Stimulus(2 * DAY_S, 0.1)],
    )  # fmt: skip
    days = run_people(program, typical_person([ONE_BOX], ADAPTATION), compiled=False)[0]
    s = days[:, COLUMNS.index("s")]
    once = 0.1 * np.exp(-1 / 3)
    assert s[1] == pytest.approx(once, rel=1e-5)
    assert s[2] == pytest.approx((once + 0.1) * np.exp(-1 / 3), rel=1e-5)
    assert s[19] < 0.001


def test_no_drug_no_change() -> None:
    program = plan_steps([parse_dosing("d", "0 mg once")], [0], 30)
    days = run_people(program, typical_person([ONE_BOX], ADAPTATION), compiled=False)
    assert (days == 0).all()


def test_the_grid_holds_every_dose_and_ends_every_day() -> None:
    dosing = parse_dosing("d", "1 mg at 07:13 and 22:41 x 9")
    program = plan_steps([dosing], [733], 12)
    assert program.doses.sum() == 18
    assert program.closes_day.sum() == 12
    assert program.steps_h[program.kind].sum() == pytest.approx(12 * 24)
    assert program.steps_h.max() * 3600 <= 4 * 3600
    assert OFFSETS_S[-1] == DAY_S


@pytest.mark.parametrize("days", [0, -3, 40_000])
def test_a_run_has_a_length(days: int) -> None:
    with pytest.raises(BadInput, match="days"):
        plan_steps([parse_dosing("d", "1 mg once")], [0], days)


def test_traits_are_fields_of_the_model() -> None:
    assert set(TRAITS) <= set(Adaptation.model_fields)
