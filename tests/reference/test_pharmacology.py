"""What was measured in people, with its citation: hits, and the misses we know.

A miss is tested as a miss: if the model ever reaches it, the test asks for the page to be changed.
"""

import numpy as np
import pytest
from tests.engines.pharmacology.steady_state import steady_state

from landward.app.library.lab import run_lab
from landward.catalog.catalog import load_catalog
from landward.catalog.kinetics import LabShelf
from landward.engines.pharmacology.concentration import concentration
from landward.engines.pharmacology.grid import plan_steps
from landward.engines.pharmacology.people import draw_factors, typical_person
from landward.engines.pharmacology.rates import Rates
from landward.engines.pharmacology.simulate import run_people
from landward.model.dosing_text import parse_dosing

SHELF = LabShelf(load_catalog())
HOUR = 3600


def hours_above_half_of_peak(drug: str, dose: str) -> float:
    times = np.arange(0, 72 * HOUR, 300)
    found = concentration(SHELF.kinetics(drug), parse_dosing(drug, dose).from_first_dose(), times)[
        0
    ]
    return float((found > found.max() / 2).sum() * 300 / HOUR)


def test_diazepam_lasts_longer_but_acts_shorter_than_lorazepam_after_one_dose() -> None:
    """Greenblatt & Divoll 1983: half-life 51.2 against 15.7 h, yet a shorter single-dose action,
    because diazepam spreads into the body first."""
    diazepam, lorazepam = SHELF.kinetics("diazepam"), SHELF.kinetics("lorazepam")
    slow = Rates.of(diazepam).terminal_half_life_h()[0]
    quick = Rates.of(lorazepam).terminal_half_life_h()[0]
    assert slow > 2.5 * quick
    after_diazepam = hours_above_half_of_peak("diazepam", "10 mg once")
    after_lorazepam = hours_above_half_of_peak("lorazepam", "2 mg once")
    assert after_diazepam < 0.5 * after_lorazepam


def test_t6_alprazolam_settles_at_ten_to_twelve_ng_per_ml_for_each_mg_a_day() -> None:
    """T6, scilit a37a7ed1 and 60eacb5e: 10 to 11.7 ng/ml per mg a day. Ours is 2 % above."""
    settled = steady_state(SHELF.kinetics("alprazolam"), 1 / 3, 8.0).average[0]
    assert settled == pytest.approx(11.7, rel=0.05)


def test_t7_clonazepam_trough_of_6_mg_a_day() -> None:
    """T7, Swiss label 69418: mean steady-state trough 55 ng/ml on 6 mg a day."""
    trough = steady_state(SHELF.kinetics("clonazepam"), 2.0, 8.0).trough[0]
    assert trough == pytest.approx(55, rel=0.05)


MEASURED_TROUGHS = np.array([33, 43, 55, 47, 53, 51])


def test_t9_temazepam_nightly_troughs() -> None:
    """T9, PMID 6142905: 20 mg nightly in ten people, mean level 24 h after doses 1 to 6.

    The mean over 4,000 made-up people stays within a third of every one, a fifth on average.
    """
    kinetics = SHELF.kinetics("temazepam")
    factors = draw_factors(kinetics.spread, 4000, np.random.default_rng(9))
    rates = Rates.of(kinetics, factors)
    from landward.engines.pharmacology.propagator import advance, propagator

    boxes, day, troughs = np.zeros((4, 4000)), propagator(rates, 24.0), []
    for _ in MEASURED_TROUGHS:
        boxes[0] += 20.0 * rates.taken_up
        boxes = advance(day, boxes)
        troughs.append((boxes[1] * rates.parent_scale).mean())
    ratio = np.array(troughs) / MEASURED_TROUGHS
    assert np.abs(ratio - 1).max() < 1 / 3
    assert np.abs(ratio - 1).mean() < 0.2


def test_t5_alprazolam_sedation_on_day_four() -> None:
    """T5, PMID 3114808: 4 mg a day; on day 4 sedation 16 to 36 % below day 1 although the level
    was 1.4 to 2.76 times as high. Reached with two doses a day, in the typical person."""
    change, level = day_four("2 mg every 12 hours x 6")
    assert 1.4 <= level <= 2.76
    assert 0.16 <= -change <= 0.36


@pytest.mark.parametrize("text", ["1 mg every 6 hours x 6", "0.25 mg hourly x 6"])
def test_t5_known_miss_with_more_frequent_doses(text: str) -> None:
    """The same trial found the fall with four and with hourly doses too; the model does not."""
    change, level = day_four(text)
    assert 1.4 <= level <= 2.76
    assert -change < 0.16, "T5 is reached now: update docs/methods/pharmacology.md"


@pytest.mark.parametrize(
    "text", ["2 mg every 12 hours x 6", "1 mg every 6 hours x 6", "0.25 mg hourly x 6"]
)
def test_t5_is_met_with_every_rhythm_where_four_times_as_many_are_taken_up(text: str) -> None:
    """The claim of docs/methods/pharmacology.md about the hypothesis `between`, hourly included."""
    change, level = day_four(text, "between")
    assert 1.4 <= level <= 2.76
    assert 0.16 <= -change <= 0.36


def day_four(text: str, occupancy: str = "imaging") -> tuple[float, float]:
    """The change of mean tone and the ratio of mean levels, day 4 over day 1."""
    program = plan_steps([parse_dosing("alprazolam", text)], [0], 6)
    person = typical_person([SHELF.kinetics("alprazolam")], SHELF.adaptation(occupancy=occupancy))
    days = run_people(program, person, compiled=False)[0]
    return days[3, 1] / days[0, 1] - 1, days[3, 0] / days[0, 0]


def test_t8_known_miss_lorazepam() -> None:
    """T8, PMID 19509: 88 ng/ml on 6 mg a day for 26 weeks; single-dose clearance predicts 56."""
    settled = steady_state(SHELF.kinetics("lorazepam"), 2.0, 8.0).average[0]
    assert settled < 0.7 * 88, "T8 is reached now: update docs/methods/pharmacology.md"


def test_t10_known_miss_clorazepate() -> None:
    """T10, doi 10.1007/BF00426477: nordazepam 884 ± 73 ng/ml on 20 mg a day of clorazepate."""
    settled = steady_state(SHELF.kinetics("clorazepate"), 20.0, 24.0).average[0]
    assert settled < 884 - 2 * 73, "T10 is reached now: update docs/methods/pharmacology.md"


@pytest.mark.parametrize(
    ("drug", "low", "high"),
    [("alprazolam", 1, 3), ("lorazepam", 1, 3), ("clonazepam", 4, 7), ("diazepam", 4, 7)],
)
def test_t1_worst_day_after_an_abrupt_stop(drug: str, low: int, high: int) -> None:
    """T1, Rickels 1990 (PMID 2222129): day 2 with short, days 4 to 7 with long half-lives."""
    course = run_lab(f"abrupt-stop-{drug}", people=200)
    arm = course.first
    after = [band[1] for band in arm.curves["withdrawal"]][arm.stop_day :]
    assert low <= after.index(max(after)) <= high


def test_t1_shorter_half_lives_are_worse_and_so_are_higher_doses() -> None:
    """T1 and T11 (Rickels 1990; doi 10.1176/ajp.148.4.517): alprazolam earlier and more intense."""
    peaks = {
        drug: max(band[1] for band in run_lab(f"abrupt-stop-{drug}").first.curves["withdrawal"])
        for drug in ("alprazolam", "diazepam")
    }
    assert peaks["alprazolam"] > peaks["diazepam"]


@pytest.mark.parametrize(
    ("structure", "occupancy", "late"),
    [("feed-forward", "high", True), ("feedback", "imaging", False)],
)
def test_the_occupancy_hypothesis_moves_the_worst_day(
    structure: str, occupancy: str, late: bool
) -> None:
    """With high occupancy (second-hand figure) the long drugs' worst day comes after day 10,
    against T1; with feedback instead of feed-forward it stays within T1."""
    course = run_lab("abrupt-stop-diazepam", variant=structure, occupancy=occupancy)
    after = [b[1] for b in course.first.curves["withdrawal"]][course.first.stop_day :]
    worst = after.index(max(after))
    assert worst > 10 if late else 4 <= worst <= 7


@pytest.mark.parametrize("text", ["2 mg every 12 hours x 6", "1 mg every 6 hours x 6"])
def test_t5_under_the_guess_between(text: str) -> None:
    """With a quarter of the half-effect level and a1 .70 the fall is as measured (PMID 3114808)."""
    program = plan_steps([parse_dosing("alprazolam", text)], [0], 6)
    adaptation = SHELF.adaptation(occupancy="between")
    person = typical_person([SHELF.kinetics("alprazolam")], adaptation)
    days = run_people(program, person, compiled=False)[0]
    fall = 1 - days[3, 1] / days[0, 1]
    assert 0.16 <= fall <= 0.36, fall
