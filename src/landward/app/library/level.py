"""A drug in plasma over time, for fictional adults. Reads tables only, never a diary."""

import numpy as np

from landward.catalog.catalog import load_catalog
from landward.catalog.kinetics import LabShelf
from landward.engines.pharmacology.concentration import concentration
from landward.engines.pharmacology.people import draw_factors
from landward.engines.pharmacology.rates import Rates
from landward.engines.pharmacology.washout import hours_until
from landward.model.course import Band, LevelReading, SubstanceLevel
from landward.model.dosing import DAY_S, HOUR_S, Dosing
from landward.model.dosing_text import parse_dosing

PEOPLE, SEED = 500, 20_261_121
_QUANTILES = (0.1, 0.5, 0.9)
_STEPS_S = (900, 1800, 3600, 7200, 10_800, 14_400, 21_600, 43_200, DAY_S, 7 * DAY_S)
_MOST_POINTS = 4000


def show_level(drug: str, dose: str) -> LevelReading:
    """Levels after the doses in `dose` (like “10 mg nightly x 28”), time 0 at the first one.

    Raises BadInput for an unknown drug, one without parameters (says which are missing) or a text
    that is no course of doses.
    """
    kinetics = LabShelf(load_catalog()).kinetics(drug)
    dosing = parse_dosing(kinetics.drug, dose).from_first_dose()
    rng = np.random.default_rng(SEED)
    rates = Rates.of(kinetics, draw_factors(kinetics.spread, PEOPLE, rng))
    gone = np.quantile(hours_until(rates, dosing, (0.10, 0.01)), _QUANTILES, axis=1)
    times = _times(dosing, hours=float(gone[1, 1]))
    levels = concentration(kinetics, dosing, times)
    hours = tuple((times / HOUR_S).tolist())
    return LevelReading(
        drug=kinetics.drug,
        dose=dose,
        substances=tuple(
            SubstanceLevel(name=name, times_h=hours, concentration_ng_ml=tuple(row.tolist()))
            for name, row in zip(kinetics.substances, levels, strict=True)
        ),
        half_life_h=kinetics.half_life_h or _band(rates.terminal_half_life_h()),
        gone_10pct_h=_rounded(gone[:, 0]),
        gone_1pct_h=_rounded(gone[:, 1]),
        people=PEOPLE,
        sources=kinetics.sources,
        assumed=kinetics.assumed,
    )


def _times(dosing: Dosing, hours: float) -> "np.typing.NDArray[np.int64]":
    """Evenly spaced moments that hit every hour of dosing, until about 1 % is left."""
    end = dosing.last_dose_s + int(hours * HOUR_S)
    step = next((s for s in _STEPS_S if end / s <= _MOST_POINTS), _STEPS_S[-1])
    return np.arange(0, end + step, step, dtype=np.int64)


def _band(values: "np.typing.NDArray[np.float64]") -> Band:
    return _rounded(np.quantile(values, _QUANTILES))


def _rounded(values: "np.typing.NDArray[np.float64]") -> Band:
    low, middle, high = (round(float(value), 1) for value in values)
    return low, middle, high
