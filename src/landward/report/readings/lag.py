"""Symptoms after dose changes, as a sentence and lines. After is not because."""

from collections.abc import Mapping

from landward.model.base import Frozen
from landward.model.lag import LagEstimate
from landward.model.readings import DiaryLag
from landward.model.said import Words
from landward.report.pattern_words import lag_sentence, range_words
from landward.report.readings.names import item_named


class LagLine(Frozen):
    """One symptom after a usual cut, in words."""

    name: Words
    size: Words
    """The likely range in points; empty where nothing can be said."""
    lag_days: tuple[int, int] | None
    """The days after a cut between which it probably peaks."""
    answered: int
    claimed: bool
    standing: Words


def sentence(found: DiaryLag, names: Mapping[str, str] | None = None) -> str:
    """What the reading comes to, in one sentence."""
    return lag_sentence(found.reading, found.first_day, names, found.better_up)


def lines(found: DiaryLag, names: Mapping[str, str] | None = None) -> tuple[LagLine, ...]:
    """Every symptom, what may be said first, then by how unlikely chance is, then by name."""
    return tuple(_line(one, found, names) for one in sorted(found.reading.symptoms, key=_order))


def _order(one: LagEstimate) -> tuple[bool, float, str]:
    return (not one.claimed, 1.0 if one.p_value is None else one.p_value, one.symptom)


def _line(one: LagEstimate, found: DiaryLag, names: Mapping[str, str] | None) -> LagLine:
    known = one.size_interval is not None and one.lag_interval is not None
    return LagLine(
        name=item_named(one.symptom, names),
        size=range_words(one.size_interval, better_up=one.symptom in found.better_up)
        if known and one.size_interval is not None
        else "",
        lag_days=(round(one.lag_interval[0]), round(one.lag_interval[1]))
        if known and one.lag_interval is not None
        else None,
        answered=one.answered,
        claimed=one.claimed,
        standing=one.standing,
    )
