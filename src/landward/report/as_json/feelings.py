"""How much feeling reached the person, as JSON."""

import datetime as dt
from typing import Any

from landward.model.readings import DiaryFeelings
from landward.report.readings.feelings import sentence


def as_json(found: DiaryFeelings) -> dict[str, Any]:
    """The shape of `feelings --json`"""
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
        "phases": [
            {
                "phase": one.stretch.name,
                "first_day": iso(one.stretch.first),
                "last_day": iso(one.stretch.last),
                "events": one.events,
                "range": [each.model_dump(mode="json") for each in one.range],
                "reactivity": [each.model_dump(mode="json") for each in one.reactivity],
            }
            for one in reading.phases
        ],
        "lag_behind_symptoms_days": None if lag is None else list(lag),
        "asked_in": [
            {
                "item": one.item,
                "wording": one.wording or None,
                "first_day": one.first_day.isoformat(),
                "last_day": one.last_day.isoformat(),
                "days": one.days,
            }
            for one in found.asked_in
        ],
        "own_word_days": dict(found.own_word),
        "glimmers": [
            {"date": day.isoformat(), "feeling": one.feeling, "strength": one.strength}
            for day, one in found.glimmers
        ],
        "did_anyway": [day.isoformat() for day, _ in found.anyway],
        "sentence": sentence(found),
    }
