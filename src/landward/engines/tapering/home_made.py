"""A prescriber's dose as it is measured at home, and the tablets or mL that takes.

Nothing is rounded: a dose that falls between two marks, or is no whole number of drops, is refused
by name, since which of the two is meant is for whoever wrote the plan.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from landward.engines.tapering.home_methods import suspension_error, weighing_error
from landward.model.amounts import exact_text, rounded_text
from landward.model.base import BadInput
from landward.model.home_made import HomeMade, HomeWay
from landward.model.said import Said, counted, phrase
from landward.model.taper import SupplyLine, TaperStep
from landward.model.taper_given import GivenDose

TO_CRUSH = phrase("to crush, as the prescriber wrote")
TO_WEIGH = phrase("to weigh out, as the prescriber wrote")
DROPWISE = phrase("counted in drops")


def measured_words(home: HomeMade, doses: Iterable[GivenDose]) -> str:
    """How each dose of a line is measured: “night: 8 drops”. Raises BadInput
    for one that cannot be.
    """
    said = [(dose.at, _one(home, dose.mg)) for dose in doses if dose.mg]
    if len(said) == 1:
        return said[0][1]
    return "; ".join(phrase("{at}: {words}", at=at, words=words) for at, words in said)


def _one(home: HomeMade, mg: Fraction) -> Said:
    match home.way:
        case HomeWay.DROPS:
            count = drops(home, mg)
            return counted(int(count), "{count} drop", "{count} drops")
        case HomeWay.STIRRED:
            return _stirred(home, mg)
        case HomeWay.WEIGHED:
            return _weighed(home, mg)


def drops(home: HomeMade, mg: Fraction) -> Fraction:
    """How many drops hold so many mg. Raises BadInput where that is no whole number."""
    assert home.mg_per_ml is not None and home.drops_per_ml is not None
    count = mg / home.mg_per_ml * home.drops_per_ml
    if count.denominator != 1:
        raise BadInput(
            phrase(
                "{mg} mg is {count} drops: only whole drops can be counted. Ask which of the two "
                "is meant",
                mg=exact_text(mg),
                count=rounded_text(count, 2),
            )
        )
    return count


def crushed(home: HomeMade, mg: Fraction) -> int:
    """How many tablets one dose is made from."""
    assert home.tablet_mg is not None
    return ceil(mg / home.tablet_mg)


def _stirred(home: HomeMade, mg: Fraction) -> Said:
    assert home.tablet_mg and home.water_ml and home.mark_ml
    tablets = crushed(home, mg)
    whole, water = tablets * home.tablet_mg, tablets * home.water_ml
    ml = mg / whole * water
    if (ml / home.mark_ml).denominator != 1:
        raise BadInput(
            phrase(
                "{mg} mg is {ml} mL, between two marks of {mark} mL. Ask which of the two is "
                "meant, or for another amount of water",
                mg=exact_text(mg),
                ml=rounded_text(ml, 3),
                mark=exact_text(home.mark_ml),
            )
        )
    error = suspension_error(mg, whole, water, home.mark_ml)
    return phrase(
        "{tablets} of {strength} mg crushed, stirred into {water} mL, of that {ml} mL at once "
        "(reading error alone: {low} to {high} mg)",
        tablets=counted(tablets, "{count} tablet", "{count} tablets"),
        strength=exact_text(home.tablet_mg), water=exact_text(water), ml=exact_text(ml),
        low=rounded_text(error.low_mg, 2), high=rounded_text(error.high_mg, 2),
    )  # fmt: skip


def _weighed(home: HomeMade, mg: Fraction) -> Said:
    assert home.tablet_mg and home.tablet_mass_mg and home.scale_step_mg
    whole, part = divmod(mg, home.tablet_mg)
    if not part:
        return counted(int(whole), "{count} whole tablet", "{count} whole tablets")
    error = weighing_error(part, home.tablet_mg, home.tablet_mass_mg, home.scale_step_mg)
    mass = part / home.tablet_mg * home.tablet_mass_mg
    piece = phrase(
        "a piece that weighs {mass} mg (reading error alone: {low} to {high} mg)",
        mass=rounded_text(mass, 1), low=rounded_text(whole * home.tablet_mg + error.low_mg, 2),
        high=rounded_text(whole * home.tablet_mg + error.high_mg, 2),
    )  # fmt: skip
    if not whole:
        return piece
    tablets = counted(int(whole), "{count} whole tablet", "{count} whole tablets")
    return phrase("{tablets} and {piece}", tablets=tablets, piece=piece)


def home_supply(
    home: HomeMade, steps: Iterable[TaperStep], since: date, until: date
) -> SupplyLine | None:
    """What the days from `since` up to `until` take. A mixture is made new for each dose; what is
    left of a weighed tablet is used on the next days.
    """
    mg, tablets = Fraction(0), 0
    for step in steps:
        days = (min(step.end, until) - max(step.start, since)).days
        for dose in step.doses if days > 0 else ():
            mg += days * dose.made_mg
            tablets += days * crushed(home, dose.made_mg) if home.tablet_mg else 0
    if not mg:
        return None
    last = until - timedelta(days=1)
    if home.way is HomeWay.DROPS:
        assert home.mg_per_ml is not None
        ml = Fraction(ceil(mg / home.mg_per_ml))
        return SupplyLine(
            since=since, to=last, product=f"liquid {exact_text(home.mg_per_ml)} mg/mL", count=ml,
            unit="mL", mg=ml * home.mg_per_ml, marks=(DROPWISE,),
        )  # fmt: skip
    assert home.tablet_mg is not None
    count = tablets if home.way is HomeWay.STIRRED else ceil(mg / home.tablet_mg)
    return SupplyLine(
        since=since, to=last, product=f"tab {exact_text(home.tablet_mg)}", count=Fraction(count),
        unit="tab", mg=count * home.tablet_mg,
        marks=(TO_CRUSH if home.way is HomeWay.STIRRED else TO_WEIGH,),
    )  # fmt: skip
