"""The ways a dose comes down, in words, and what guidelines say beside them. None comes first."""

from landward.catalog import Catalog
from landward.model.base import Frozen
from landward.model.drugs import Drug
from landward.model.said import Words, phrase
from landward.model.taper_request import Method


class MethodWords(Frozen):
    """One way to choose: its id, its words, what its number means, an example of one."""

    id: Method
    words: Words
    means: Words
    rate: Words
    """What is asked for with it; empty where it has its own sizes."""
    unit: str = ""


METHODS = (
    MethodWords(
        id=Method.FIXED, words=phrase("The same amount each time"),
        means=phrase("For example 1 mg less each time: the same tablets, a larger share each time "
                     "as the dose gets small."),
        rate=phrase("How much less each time, in mg"), unit="mg",
    ),
    MethodWords(
        id=Method.PERCENT_CURRENT, words=phrase("A share of the dose at that time"),
        means=phrase("For example 5 % of whatever is taken then: the steps get smaller with the "
                     "dose."),
        rate=phrase("How many percent each time"), unit="%",
    ),
    MethodWords(
        id=Method.PERCENT_ORIGINAL, words=phrase("A share of the dose I begin with"),
        means=phrase("For example 5 % of the first dose each time: the same amount in mg each "
                     "time."),
        rate=phrase("How many percent of the first dose"), unit="%",
    ),
    MethodWords(
        id=Method.BANDS, words=phrase("The published steps for this medicine"),
        means=phrase("A guideline's own sizes, smaller at lower doses. Not every medicine has "
                     "them."),
        rate="", unit="",
    ),
    MethodWords(
        id=Method.DAILY, words=phrase("A very little every day"),
        means=phrase("For example 5 % in 14 days, spread over the days. It needs a liquid or very "
                     "small pieces."),
        rate=phrase("How many percent over the days below"), unit="%",
    ),
    MethodWords(
        id=Method.HYPERBOLIC, words=phrase("Equal steps of effect, by a model"),
        means=phrase("Cuts get much smaller towards the end. The model is an assumption: nobody "
                     "measured it in you."),
        rate=phrase("How many percent of the effect each time"), unit="%",
    ),
)  # fmt: skip


class Guided(Frozen):
    """What one guideline says of a pace, with where it says so."""

    plain: Words
    source: str


def guidance(catalog: Catalog, drug: Drug) -> tuple[Guided, ...]:
    """What guidelines say of steps and paces for a drug, in the tables' order."""
    from landward.app.plan.tables import step_rules

    return tuple(
        Guided(plain=rule.plain, source=", ".join(rule.source))
        for rule in step_rules(catalog, drug)
        if rule.kind in ("max_cut_percent", "cut_percent", "mg_band", "pace_days")
    )
