"""Fictional people: each differs from the typical one by log-normal factors, drawn from a seed.

A block of people depends on the seed and its own number only, so a run gives the same people
whatever the number of cores, and the first thousand stay the same when more are asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from landward.engines.pharmacology.adaptation import TRAITS
from landward.engines.pharmacology.rates import Rates
from landward.model.adaptation import Adaptation
from landward.model.base import BadInput
from landward.model.kinetics import OralKinetics, Spread
from landward.model.said import phrase

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class People:
    """n people: kinetics per drug, potencies per drug (2, n) in ml/ng, traits (19, n)."""

    rates: tuple[Rates, ...]
    potencies: tuple[Floats, ...]
    reference_ec50: Floats
    traits: Floats

    @property
    def count(self) -> int:
        """How many people."""
        return int(self.traits.shape[1])


def draw_factors(spread: Spread, count: int, rng: np.random.Generator) -> dict[str, Floats]:
    """Log-normal factors with median 1 for one drug's kinetics, arrays of length `count`.

    Clearance and volume share the stated correlation; the covariance matrix is factorised, so
    richer covariances need only a bigger matrix.
    """
    names = ("absorption", "clearance", "volume", "metabolite_clearance")
    cvs = (spread.absorption_cv, spread.clearance_cv, spread.volume_cv,
           spread.metabolite_clearance_cv)  # fmt: skip
    omega = np.sqrt(np.log1p(np.square(cvs)))
    correlation = np.eye(4)
    correlation[1, 2] = correlation[2, 1] = spread.clearance_volume_correlation
    root = np.linalg.cholesky(correlation)
    logs = omega[:, None] * (root @ rng.standard_normal((4, count)))
    return dict(zip(names, np.exp(logs), strict=True))


def draw_people(
    kinetics: Sequence[OralKinetics], adaptation: Adaptation, count: int, seed: int, block: int
) -> People:
    """Block number `block` of the people of `seed`. Raises BadInput if a drug has no EC50."""
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(block,)))
    spread = adaptation.spread
    factors = [draw_factors(one.spread, count, rng) for one in kinetics]
    normal = rng.standard_normal((3, count))
    omega = np.sqrt(np.log1p(np.square([spread.ec50_cv, spread.tau_1_cv, spread.tau_2_cv])))
    ec50_factor, tau_1, tau_2 = np.exp(omega[:, None] * normal)
    slow = rng.random(count) < spread.protracted_share
    protracted = rng.uniform(*spread.protracted_tau_2_d, count)
    traits = typical_traits(adaptation, count)
    traits[TRAITS.index("tau_1_d")] *= tau_1
    row = TRAITS.index("tau_2_d")
    traits[row] = np.where(slow, protracted, traits[row] * tau_2)
    return people_of(kinetics, adaptation, factors, ec50_factor, traits)


def typical_person(kinetics: Sequence[OralKinetics], adaptation: Adaptation) -> People:
    """The one person at every median. Raises BadInput if a drug has no EC50."""
    return people_of(
        kinetics, adaptation, [{} for _ in kinetics], np.ones(1), typical_traits(adaptation, 1)
    )


def typical_traits(adaptation: Adaptation, count: int) -> Floats:
    """The adaptation parameters as rows of `TRAITS`, (19, count)."""
    values = np.array([float(getattr(adaptation, name)) for name in TRAITS])
    return np.repeat(values[:, None], count, axis=1)


def people_of(
    kinetics: Sequence[OralKinetics],
    adaptation: Adaptation,
    factors: Sequence[dict[str, Floats]],
    ec50_factor: Floats,
    traits: Floats,
) -> People:
    """People from each drug's factors, EC50 factors (n,) and traits (19, n).

    Raises BadInput if a drug has no EC50.
    """
    scale = adaptation.ec50_scale * ec50_factor
    potencies = []
    for one in kinetics:
        if one.ec50_ng_per_ml is None:
            raise BadInput(
                phrase(
                    "{drug} has no EC50, so its effect cannot be simulated, only levels",
                    drug=one.drug,
                )
            )
        made = one.metabolite.ec50_ng_per_ml if one.metabolite else None
        potencies.append(
            np.stack([
                1.0 / (one.ec50_ng_per_ml * scale),
                1.0 / (made * scale) if made else 0.0 * scale,
            ])
        )  # fmt: skip
    return People(
        rates=tuple(Rates.of(one, drawn) for one, drawn in zip(kinetics, factors, strict=True)),
        potencies=tuple(potencies),
        reference_ec50=(kinetics[0].ec50_ng_per_ml or 1.0) * scale,
        traits=traits,
    )
