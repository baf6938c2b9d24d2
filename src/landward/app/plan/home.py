"""Weighing pieces or mixing at home: how wrong it can be, from what a person typed."""

from landward.engines.tapering.home_methods import HomeError, suspension_error, weighing_error
from landward.model.amounts import read_mg, read_number
from landward.model.base import BadInput, Frozen
from landward.model.said import phrase


class HomeForm(Frozen):
    """Either `mass` and `scale` (weighing) or `water` and `mark` (a mixture), as text."""

    dose: str
    tablet: str
    mass: str = ""
    scale: str = ""
    water: str = ""
    mark: str = ""


def home_error(form: HomeForm) -> HomeError:
    """The range that reading error leaves open. Raises BadInput for what cannot be used."""
    aimed, whole = read_mg(form.dose), read_mg(form.tablet, phrase("the tablet"))
    if form.mass and form.scale and not (form.water or form.mark):
        mass = read_mg(form.mass, phrase("the mass"), unit_needed=True)
        step = read_mg(form.scale, phrase("the scale"), unit_needed=True)
        return weighing_error(aimed, whole, mass, step)
    if form.water and form.mark and not (form.mass or form.scale):
        water, mark = (
            read_number(text.strip().removesuffix("mL"), what)
            for text, what in ((form.water, phrase("the water")), (form.mark, phrase("the mark")))
        )
        return suspension_error(aimed, whole, water, mark)
    raise BadInput(phrase("give --mass and --scale (weighing), or --water and --mark (a mixture)"))
