"""How a prescriber's plan is measured at home: drops, a tablet stirred into water, a weighed piece.

Typed in as it was written, never proposed. The amounts stay exact; what reading error leaves open
is worked out by `engines/tapering/home_methods.py` and said beside every line.
"""

from enum import StrEnum
from typing import Self

from pydantic import model_validator

from landward.model.amounts import Exact
from landward.model.base import Frozen
from landward.model.said import phrase


class HomeWay(StrEnum):
    """Which of the three."""

    DROPS = "drops"
    STIRRED = "stirred"
    WEIGHED = "weighed"


class HomeMade(Frozen):
    """One way of measuring with its numbers, in mg and mL; those of another way are None.

    Raises ValueError where a number of its way is missing or not above 0.
    """

    way: HomeWay
    mg_per_ml: Exact | None = None
    drops_per_ml: Exact | None = None
    tablet_mg: Exact | None = None
    water_ml: Exact | None = None
    mark_ml: Exact | None = None
    tablet_mass_mg: Exact | None = None
    scale_step_mg: Exact | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for name in NUMBERS[self.way]:
            value = getattr(self, name)
            if value is None or value <= 0:
                raise ValueError(
                    phrase("how it is measured: give {what}, above 0", what=NUMBER_WORDS[name])
                )
        return self


NUMBERS = {
    HomeWay.DROPS: ("mg_per_ml", "drops_per_ml"),
    HomeWay.STIRRED: ("tablet_mg", "water_ml", "mark_ml"),
    HomeWay.WEIGHED: ("tablet_mg", "tablet_mass_mg", "scale_step_mg"),
}
NUMBER_WORDS = {
    "mg_per_ml": phrase("the strength in mg per mL"),
    "drops_per_ml": phrase("how many drops make 1 mL"),
    "tablet_mg": phrase("how many mg one tablet holds"),
    "water_ml": phrase("how many mL of water one tablet is stirred into"),
    "mark_ml": phrase("the smallest mark of the syringe in mL"),
    "tablet_mass_mg": phrase("what a whole tablet weighs in mg"),
    "scale_step_mg": phrase("the steps the scale shows in mg"),
}
