"""Many people: who they are, and that bands do not depend on blocks, cores or luck."""

import numpy as np
import pytest

from landward.engines.pharmacology.grid import plan_steps
from landward.engines.pharmacology.people import draw_factors, draw_people, typical_person
from landward.engines.pharmacology.quantiles import (
    FLOOR,
    count,
    empty_counts,
    exact_bands,
    quantile_bands,
)
from landward.engines.pharmacology.rates import Rates
from landward.engines.pharmacology.simulate import BLOCK, simulate_population
from landward.model.base import BadInput
from landward.model.dosing_text import parse_dosing
from tests.engines.pharmacology.made import ADAPTATION, ONE_BOX, SPREAD

PROGRAM = plan_steps([parse_dosing("d", "1 mg nightly x 5")], [0], 8)


def test_the_draw_has_the_stated_medians_spread_and_correlation() -> None:
    drawn = draw_factors(SPREAD, 200_000, np.random.default_rng(3))
    clearance, volume = drawn["clearance"], drawn["volume"]
    assert np.median(clearance) == pytest.approx(1.0, rel=0.01)
    assert clearance.std() / clearance.mean() == pytest.approx(0.4, rel=0.02)
    assert np.corrcoef(np.log(clearance), np.log(volume))[0, 1] == pytest.approx(0.3, abs=0.01)


def test_the_same_seed_gives_the_same_people_and_another_seed_others() -> None:
    first = draw_people([ONE_BOX], ADAPTATION, 10, seed=7, block=2)
    again = draw_people([ONE_BOX], ADAPTATION, 10, seed=7, block=2)
    other = draw_people([ONE_BOX], ADAPTATION, 10, seed=8, block=2)
    assert (first.traits == again.traits).all()
    assert (first.rates[0].elimination != other.rates[0].elimination).all()


def test_one_person_is_the_typical_one() -> None:
    person = typical_person([ONE_BOX], ADAPTATION)
    assert person.rates[0].elimination[0] == pytest.approx(3.5 / 49.0)
    assert person.reference_ec50[0] == 125.0


@pytest.mark.parametrize("compiled", [True, False])
def test_bands_do_not_depend_on_the_number_of_cores(compiled: bool) -> None:
    people = BLOCK + 300
    runs = [
        simulate_population(
            PROGRAM, [ONE_BOX], ADAPTATION, people=people, seed=1, since_day=5,
            compiled=compiled, workers=workers,
        )
        for workers in (1, 2)
    ]  # fmt: skip
    assert (runs[0].bands == runs[1].bands).all()
    assert runs[0].peak_day == runs[1].peak_day


def test_compiled_and_plain_runs_agree_on_the_bands() -> None:
    plain, quick = (
        simulate_population(
            PROGRAM, [ONE_BOX], ADAPTATION, people=BLOCK + 50, seed=1, compiled=compiled
        ).bands
        for compiled in (False, True)
    )
    assert quick == pytest.approx(plain, rel=1e-9, abs=1e-12)


def test_counted_quantiles_are_within_their_promise() -> None:
    rng = np.random.default_rng(5)
    values = np.exp(rng.normal(-3, 2, (9000, 2, 3)))
    values[:, 1] -= 0.2
    values[:3000, 0, 0] = 0.0
    counts = empty_counts(2, 3)
    count(counts, values)
    exact = exact_bands(values)
    assert np.abs(quantile_bands(counts) - exact).max() <= (0.008 * np.abs(exact) + FLOOR).max()
    assert counts.sum() == values.size


def test_progress_tells_every_person_once() -> None:
    seen: list[int] = []
    simulate_population(
        PROGRAM, [ONE_BOX], ADAPTATION, people=2 * BLOCK + 1, seed=1,
        progress=lambda done, _: seen.append(done),
    )  # fmt: skip
    assert sum(seen) == 2 * BLOCK + 1


@pytest.mark.parametrize("people", [0, -5, 10**12])
def test_impossible_numbers_of_people(people: int) -> None:
    with pytest.raises(BadInput, match="people"):
        simulate_population(PROGRAM, [ONE_BOX], ADAPTATION, people=people, seed=1)


def test_a_person_cannot_have_a_negative_clearance() -> None:
    with pytest.raises(BadInput, match="clearance"):
        Rates.of(ONE_BOX, {"clearance": np.array([1.0, -0.5])})


def test_a_drug_without_ec50_has_levels_but_no_effect() -> None:
    silent = ONE_BOX.model_copy(update={"ec50_ng_per_ml": None})
    with pytest.raises(BadInput, match="EC50"):
        draw_people([silent], ADAPTATION, 3, seed=1, block=0)
