"""Everything one page says about a drug: rows as they stand, and what follows from them."""

import math

from landward.model.base import Frozen
from landward.model.drugs import (
    DoseSpan,
    Drug,
    KineticClaim,
    MetabolicPathway,
    MetaboliteClaim,
    Product,
)
from landward.model.facts import Source
from landward.model.knowledge import Code
from landward.model.safety import Interaction


class Stay(Frozen):
    """How long a substance stays after the last dose, from its half-lives in hours.

    `typical_h` is the default claim's value, None where only ranges are known; `low_h` and
    `high_h` span every source about adults. Arithmetic of first-order loss: half is gone after
    one half-life, so a fraction f is left after log2(1/f) half-lives.
    """

    substance: str
    low_h: float
    typical_h: float | None
    high_h: float

    def days_until(self, fraction: float) -> tuple[float, float | None, float]:
        """Days until `fraction` (0 to 1) is left: low, typical, high."""
        lives = math.log2(1 / fraction)
        typical = None if self.typical_h is None else self.typical_h * lives / 24
        return self.low_h * lives / 24, typical, self.high_h * lives / 24


class DrugPage(Frozen):
    """One drug: its names, substances, kinetics, equivalents, products, interactions, sources."""

    drug: Drug
    names: tuple[str, ...]
    metabolites: tuple[MetaboliteClaim, ...]
    pathways: tuple[MetabolicPathway, ...]
    kinetics: tuple[KineticClaim, ...]
    stays: tuple[Stay, ...]
    span: DoseSpan | None
    products: tuple[Product, ...]
    interactions: tuple[Interaction, ...]
    codes: tuple[Code, ...]
    sources: tuple[Source, ...]
