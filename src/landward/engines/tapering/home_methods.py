"""Weighing pieces and mixing suspensions at home: how wrong they can be. Never recommended.

These are plain bounds of reading error. They leave out what nobody at home can see: how evenly the
drug sits in a tablet or in a mixture, which can be more than all of this.
"""

from fractions import Fraction
from typing import Annotated

from pydantic import Field

from landward.model.amounts import Exact
from landward.model.base import BadInput, Frozen
from landward.model.said import phrase

NOT_RECOMMENDED = phrase(
    "Shown so that it can be talked about, not recommended: ask the "
    "pharmacist for a liquid or a smaller strength instead."
)


class HomeError(Frozen):
    """A dose aimed at and the range that reading error alone leaves open, in mg."""

    aimed_mg: Exact
    low_mg: Exact
    high_mg: Exact
    percent: Exact
    """Half the width of the range, as a percentage of the dose aimed at."""
    steps: Annotated[int, Field(ge=0)]
    """How many marks of the scale or syringe the dose is: few marks, large error."""
    advice: str = NOT_RECOMMENDED


def weighing_error(
    dose_mg: Fraction, tablet_mg: Fraction, tablet_mass_mg: Fraction, scale_step_mg: Fraction
) -> HomeError:
    """The range when a piece of a tablet is weighed on a scale that shows steps of so many mg.

    The shown mass may be off by one whole step (half a step of rounding, twice: with and without
    the piece). Raises BadInput for amounts that make no sense.
    """
    _above_zero(dose_mg, tablet_mg, tablet_mass_mg, scale_step_mg)
    if dose_mg > tablet_mg:
        raise BadInput(phrase("a piece holds no more than its tablet"))
    mg_per_mass = tablet_mg / tablet_mass_mg
    off = scale_step_mg * mg_per_mass
    mass = dose_mg / mg_per_mass
    return _range(dose_mg, off, int(mass / scale_step_mg))


def suspension_error(
    dose_mg: Fraction, tablet_mg: Fraction, water_ml: Fraction, mark_ml: Fraction
) -> HomeError:
    """The range when a tablet is stirred into water and part is drawn with a marked syringe.

    Both volumes may be off by half a mark. Raises BadInput for amounts that make no sense.
    """
    _above_zero(dose_mg, tablet_mg, water_ml, mark_ml)
    if dose_mg > tablet_mg:
        raise BadInput(phrase("a part of the mixture holds no more than its tablet"))
    drawn_ml = dose_mg / tablet_mg * water_ml
    half = mark_ml / 2
    if drawn_ml <= half or water_ml <= half:
        raise BadInput(phrase("that volume is less than a mark of the syringe"))
    low = (drawn_ml - half) / (water_ml + half) * tablet_mg
    high = (drawn_ml + half) / (water_ml - half) * tablet_mg
    return HomeError(
        aimed_mg=dose_mg,
        low_mg=low,
        high_mg=high,
        percent=(high - low) / 2 / dose_mg * 100,
        steps=int(drawn_ml / mark_ml),
    )


def _range(dose_mg: Fraction, off_mg: Fraction, steps: int) -> HomeError:
    return HomeError(
        aimed_mg=dose_mg,
        low_mg=max(dose_mg - off_mg, Fraction(0)),
        high_mg=dose_mg + off_mg,
        percent=off_mg / dose_mg * 100,
        steps=steps,
    )


def _above_zero(*amounts: Fraction) -> None:
    if min(amounts) <= 0:
        raise BadInput(phrase("every amount must be above 0"))
