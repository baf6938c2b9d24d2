"""How much feeling reached the person, as a sentence, lines and JSON. Nothing is added up."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from landward.model.base import Frozen
from landward.model.readings import DiaryFeelings
from landward.report.pattern_words import feelings_sentence
from landward.report.readings.names import item_named
from landward.report.words import number_words


class FeelingLine(Frozen):
    """One feeling: on how many days, how strong in the middle, how far it moved."""

    name: str
    days: int
    mean: str
    scale: tuple[float, float]
    moved: str


def sentence(found: DiaryFeelings, names: Mapping[str, str] | None = None) -> str:
    """What the reading comes to, in one sentence."""
    return feelings_sentence(found.reading, found.first_day, names)


def lines(found: DiaryFeelings, names: Mapping[str, str] | None = None) -> tuple[FeelingLine, ...]:
    """One line per feeling, in the order they were read."""
    spans = {one.item: one.scale for one in found.reading.items}
    return tuple(
        FeelingLine(
            name=item_named(one.item, names),
            days=one.n,
            mean="" if one.mean is None else number_words(one.mean),
            scale=spans[one.item],
            moved=f"{round(one.relative_sd * 100)} % of what this mean allows"
            if one.relative_sd is not None
            else "not enough days yet"
            if one.n
            else "",
        )
        for one in found.reading.range
    )


def as_json(found: DiaryFeelings) -> dict[str, Any]:
    """The shape of `feelings --json` (DESIGN.md §5)."""
    reading = found.reading
    lag = reading.lag_behind_symptoms_days

    def iso(position: int) -> str:
        return (found.first_day + dt.timedelta(days=position)).isoformat()

    return {
        "coverage": {"days": reading.days, "answered": reading.answered},
        "items": [
            {
                "item": one.item,
                "scale": list(one.scale),
                "series": [
                    {
                        "date": iso(point.position),
                        "value": point.value,
                        "occasion": point.occasion,
                        "too_much": point.too_much,
                    }
                    for point in one.points
                ],
            }
            for one in reading.items
        ],
        "both_low_days": reading.both_low.model_dump(mode="json"),
        "too_much_days": reading.too_much.model_dump(mode="json"),
        "range": [one.model_dump(mode="json") for one in reading.range],
        "reactivity": [one.model_dump(mode="json") for one in reading.reactivity],
        "events": reading.events,
        "lag_behind_symptoms_days": None if lag is None else list(lag),
        "sentence": sentence(found),
    }
