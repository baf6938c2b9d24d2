"""Every scenario shows what it must, for the people it is shipped with."""

import pytest

from landward.app.library.lab import list_scenarios, run_lab
from landward.app.library.level import show_level
from landward.model.base import BadInput


@pytest.mark.parametrize("name", list_scenarios())
def test_every_scenario_shows_its_behaviours(name: str) -> None:
    course = run_lab(name, people=100)
    for check in course.checks:
        assert check.shown or check.known_miss, f"{check.behaviour}: {check.found}"


def test_the_unmeasured_behaviours_are_named_on_every_course() -> None:
    course = run_lab("stop-and-start", people=5)
    assert len(course.unmeasured) == 3
    assert any("kon" in symbol for symbol in course.assumed)


def test_a_course_is_the_same_every_time_and_another_with_another_seed() -> None:
    first, again = (run_lab("missed-doses", people=20) for _ in range(2))
    other = run_lab("missed-doses", people=20, seed=1)
    assert first == again
    assert first.arms[0].curves != other.arms[0].curves


def test_bands_are_ordered() -> None:
    arm = run_lab("updose", people=30).first
    for bands in arm.curves.values():
        assert all(low <= middle <= high for low, middle, high in bands)


def test_level_of_a_course() -> None:
    reading = show_level("Valium", "10 mg nightly x 28")
    assert reading.drug == "diazepam"
    assert [one.name for one in reading.substances] == ["diazepam", "nordazepam"]
    low, usual, high = reading.half_life_h
    assert low < usual < high
    assert reading.gone_10pct_h < reading.gone_1pct_h
    assert reading.substances[0].times_h[0] == 0
    assert {27 * 24.0, 28 * 24.0} <= set(reading.substances[0].times_h)


def test_level_refuses_what_it_cannot_compute() -> None:
    with pytest.raises(BadInput, match="no clearance"):
        show_level("etizolam", "1 mg nightly x 3")
