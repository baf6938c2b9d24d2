"""The slow side's parameters: how a fictional nervous system pushes back, for the typical person.

None of these constants has been measured in people with the precision a forecast would need; each
row of `model_parameters.csv` says whether it is measured, derived or assumed.
"""

from typing import Self

from pydantic import Field, model_validator

from landward.model.base import Frozen
from landward.model.said import phrase


class AdaptationSpread(Frozen):
    """How much people differ on the slow side: log-normal coefficients of variation."""

    ec50_cv: float = Field(default=0.0, ge=0, le=3)
    tau_1_cv: float = Field(default=0.0, ge=0, le=3)
    tau_2_cv: float = Field(default=0.0, ge=0, le=3)
    protracted_share: float = Field(default=0.0, ge=0, le=1)
    protracted_tau_2_d: tuple[float, float] = (180.0, 540.0)
    """The slow process of the protracted minority: evenly spread between these, in days."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        low, high = self.protracted_tau_2_d
        if not 0 < low <= high:
            raise ValueError(phrase("protracted_tau_2_d runs from a low to a high number of days"))
        return self


class Adaptation(Frozen):
    """One structure of the adaptation model with its numbers.

    Times end in `_d` (days) or `_per_d`; the rest has no unit. `feedback` 0 lets the opponents
    follow the drug's effect, 1 the net tone. `blunt_withdrawal` ties feelings to symptoms.
    """

    variant: str
    occupancy: str
    emax: float = Field(gt=0, le=10)
    gain_1: float = Field(ge=0, le=50)
    gain_2: float = Field(ge=0, le=50)
    tau_1_d: float = Field(ge=0.5)
    tau_2_d: float = Field(ge=0.5)
    feedback: float = Field(ge=0, le=1)
    kappa: float = Field(ge=0)
    kindle_per_d: float = Field(ge=0)
    kindle_threshold: float = Field(ge=0)
    kindle_tau_d: float = Field(ge=0.5)
    w0: float = Field(gt=0)
    sensitise_per_d: float = Field(ge=0)
    sensitise_tau_d: float = Field(ge=0.5)
    eta: float = Field(ge=0)
    blunt_occupancy: float = Field(ge=0)
    blunt_opponent: float = Field(ge=0)
    blunt_withdrawal: float = Field(ge=0)
    blunt_rise_d: float = Field(ge=0.5)
    blunt_fall_d: float = Field(ge=0.5)
    ec50_scale: float = Field(default=1.0, gt=0)
    """Multiplies every EC50: 1 for the imaging-anchored hypothesis, small for the high one."""
    spread: AdaptationSpread = AdaptationSpread()
    assumed: tuple[str, ...] = ()
    """Symbols without a measurement behind them."""
