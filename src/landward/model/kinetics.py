"""How one drug moves through one adult: the parameters the pharmacology lab computes with.

Volumes and clearances are apparent oral values where `bioavailability` is 1, else absolute ones.
"""

import math
from typing import Any, Self

from pydantic import Field, ValidationError, model_validator

from landward.model.base import BadInput, Frozen
from landward.model.said import phrase


class Metabolite(Frozen):
    """An active substance made from the parent as the parent is cleared.

    `fraction_formed` is the share of the cleared parent (moles) that becomes this substance,
    `mass_ratio` its molar mass over the parent's. A metabolite may leave faster than its parent.
    """

    name: str
    fraction_formed: float = Field(gt=0, le=1)
    mass_ratio: float = Field(gt=0, le=5)
    clearance_l_per_h: float = Field(gt=0)
    volume_l: float = Field(gt=0)
    ec50_ng_per_ml: float | None = Field(default=None, gt=0)


class Spread(Frozen):
    """How much people differ: coefficients of variation of log-normal parameters, and one tie.

    `clearance_volume_correlation` is between the logarithms of clearance and volume.
    """

    absorption_cv: float = Field(default=0.0, ge=0, le=3)
    clearance_cv: float = Field(default=0.0, ge=0, le=3)
    volume_cv: float = Field(default=0.0, ge=0, le=3)
    metabolite_clearance_cv: float = Field(default=0.0, ge=0, le=3)
    clearance_volume_correlation: float = Field(default=0.0, gt=-1, lt=1)


class OralKinetics(Frozen):
    """First-order absorption after a lag, one or two compartments, at most one active metabolite.

    One compartment is `exchange_l_per_h` = 0. `substance` is what is measured in plasma (for a
    prodrug not the drug itself; then `mass_ratio` turns mg swallowed into mg of substance).
    `half_life_h` is (low, typical, high) as published; the curves use the rates, not these.
    """

    drug: str
    substance: str
    absorption_rate_per_h: float = Field(gt=0)
    lag_h: float = Field(default=0.0, ge=0, le=24)
    bioavailability: float = Field(default=1.0, gt=0, le=1)
    mass_ratio: float = Field(default=1.0, gt=0, le=5)
    clearance_l_per_h: float = Field(gt=0)
    volume_l: float = Field(gt=0)
    exchange_l_per_h: float = Field(default=0.0, ge=0)
    peripheral_volume_l: float = Field(default=0.0, ge=0)
    metabolite: Metabolite | None = None
    ec50_ng_per_ml: float | None = Field(default=None, gt=0)
    spread: Spread = Spread()
    half_life_h: tuple[float, float, float] | None = None
    sources: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    """Parameters without a source: shown wherever the curve is shown."""

    @model_validator(mode="after")
    def _two_compartments_or_one(self) -> Self:
        if (self.exchange_l_per_h > 0) != (self.peripheral_volume_l > 0):
            raise ValueError(
                phrase(
                    "{drug}: a second compartment needs both exchange_l_per_h and "
                    "peripheral_volume_l above zero",
                    drug=self.drug,
                )
            )
        return self

    @classmethod
    def checked(cls, fields: dict[str, Any]) -> Self:
        """The same as validating, with BadInput naming the drug and the first impossible number."""
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or phrase("the two compartments")
            raise BadInput(
                f"{fields.get('drug', 'a drug')}: {where}: {first['msg'].lower()}"
            ) from error

    @property
    def substances(self) -> tuple[str, ...]:
        """The active substances in plasma, parent first."""
        made = (self.metabolite.name,) if self.metabolite else ()
        return (self.substance, *made)


def absorption_rate_from_peak(peak_h: float, elimination_per_h: float) -> float:
    """The first-order absorption rate (per hour) that puts one compartment's peak at `peak_h`.

    Solves peak = ln(ka / k) / (ka - k). A peak at or after 1 / k cannot come from ka above k; then
    absorption as slow as elimination, whose peak is at 1 / k, is the nearest.
    """
    low, high = elimination_per_h, 1e4
    if peak_h >= 1.0 / elimination_per_h:
        return elimination_per_h
    for _ in range(200):
        middle = math.sqrt(low * high)
        gap = middle - elimination_per_h
        found = math.log1p(gap / elimination_per_h) / gap if gap > 0 else 1.0 / elimination_per_h
        low, high = (middle, high) if found > peak_h else (low, middle)
    return middle
