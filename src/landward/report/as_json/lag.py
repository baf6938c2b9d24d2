"""Symptoms after dose changes, as JSON."""

import datetime as dt
from typing import Any

from landward.model.readings import DiaryLag
from landward.report.readings.lag import sentence


def as_json(found: DiaryLag) -> dict[str, Any]:
    """The shape of `lag --json`. Sizes: above zero is harder, for every item."""
    reading = found.reading
    return {
        "drug": found.drug,
        "half_life_h": reading.half_life_h,
        "coverage": {
            "days": found.days,
            "answered": max((one.answered for one in reading.symptoms), default=0),
            "dose_changes": len(reading.changes),
        },
        "dose_changes": [
            (found.first_day + dt.timedelta(days=position)).isoformat()
            for position in reading.changes
        ],
        "prior_lag_days": list(reading.prior_lag_interval),
        "symptoms": [
            {
                "symptom": one.symptom,
                "scale": list(one.scale),
                "better": "up" if one.symptom in found.better_up else "down",
                "answered": one.answered,
                "size": one.size,
                "size_interval": None if one.size_interval is None else list(one.size_interval),
                "lag_days": one.lag_days,
                "lag_interval": None if one.lag_interval is None else list(one.lag_interval),
                "p_value": one.p_value,
                "claimed": one.claimed,
                "standing": one.standing,
            }
            for one in reading.symptoms
        ],
        "sentence": sentence(found),
    }
