"""Many people's kinetics as arrays: one rate constant per person and pathway."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from landward.model.base import BadInput
from landward.model.kinetics import OralKinetics
from landward.model.said import phrase

Floats = npt.NDArray[np.float64]

MG_PER_L_TO_NG_PER_ML = 1000.0


@dataclass(frozen=True, slots=True)
class Rates:
    """First-order rates per hour and scales, each of shape (people,).

    `absorption` gut to blood, `elimination` out of the central compartment, `out` and `back`
    between it and the peripheral one, `formation` into the metabolite (mg of metabolite per mg of
    parent and hour), `metabolite_elimination`. `taken_up` is mg of substance absorbed per mg
    swallowed; `parent_scale`, `metabolite_scale` turn mg in the body into ng/ml of plasma.
    """

    absorption: Floats
    elimination: Floats
    out: Floats
    back: Floats
    formation: Floats
    metabolite_elimination: Floats
    taken_up: Floats
    parent_scale: Floats
    metabolite_scale: Floats
    lag_s: int

    @classmethod
    def of(cls, kinetics: OralKinetics, factors: dict[str, Floats] | None = None) -> Self:
        """The rates of people who differ from the typical one by `factors` (see `people.py`).

        `factors` holds arrays of one length for any of absorption, clearance, volume and
        metabolite_clearance. Raises BadInput where a factor is not a positive number.
        """
        given = factors or {}
        ones = np.ones(next((len(f) for f in given.values()), 1))
        for name, factor in given.items():
            if not (np.isfinite(factor).all() and (factor > 0).all()):
                raise BadInput(
                    phrase(
                        "{drug}: a person's {name} must be a number above zero",
                        drug=kinetics.drug,
                        name=name,
                    )
                )
        volume = kinetics.volume_l * given.get("volume", ones)
        clearance = kinetics.clearance_l_per_h * given.get("clearance", ones)
        elimination = clearance / volume
        # The exchange clearance is perfusion, shared by all; volumes differ between people.
        out = kinetics.exchange_l_per_h / volume
        peripheral = kinetics.peripheral_volume_l * given.get("volume", ones)
        has_two = kinetics.exchange_l_per_h > 0
        back = kinetics.exchange_l_per_h / peripheral if has_two else 0.0 * ones
        made = kinetics.metabolite
        if made is None:
            formation, leaving, made_scale = 0.0 * ones, 1.0 * ones, 0.0 * ones
        else:
            formation = made.fraction_formed * made.mass_ratio * elimination
            made_volume = made.volume_l * given.get("volume", ones)
            leaving = made.clearance_l_per_h * given.get("metabolite_clearance", ones) / made_volume
            made_scale = MG_PER_L_TO_NG_PER_ML / made_volume
        return cls(
            absorption=kinetics.absorption_rate_per_h * given.get("absorption", ones),
            elimination=elimination,
            out=out,
            back=back,
            formation=formation,
            metabolite_elimination=leaving,
            taken_up=kinetics.bioavailability * kinetics.mass_ratio * ones,
            parent_scale=MG_PER_L_TO_NG_PER_ML / volume,
            metabolite_scale=made_scale,
            lag_s=round(kinetics.lag_h * 3600),
        )

    @property
    def people(self) -> int:
        """How many people the arrays hold."""
        return len(self.absorption)

    def macro_rates(self) -> tuple[Floats, Floats]:
        """The fast and slow rate (alpha, beta) of the central and peripheral pair, per hour.

        With one compartment they are the elimination rate and 0 (an empty box that never drains).
        """
        total = self.elimination + self.out + self.back
        # (total² − 4 k10 k21) written as a sum of squares: never negative, no cancellation.
        gap = np.hypot(self.elimination + self.out - self.back, 2.0 * np.sqrt(self.out * self.back))
        fast = (total + gap) / 2.0
        return fast, self.elimination * self.back / fast

    def terminal_half_life_h(self) -> Floats:
        """The half-life of the parent's last phase in plasma, hours."""
        fast, slow = self.macro_rates()
        return np.asarray(np.log(2.0) / np.where(self.back > 0, slow, fast))

    def slowest_half_life_h(self) -> Floats:
        """The half-life of whatever leaves last: gut, parent or metabolite, hours."""
        fast, slow = self.macro_rates()
        parent = np.where(self.back > 0, slow, fast)
        made = np.where(self.formation > 0, self.metabolite_elimination, parent)
        return np.asarray(np.log(2.0) / np.minimum(np.minimum(parent, made), self.absorption))
