"""The course of every symptom, as JSON."""

from typing import Any

from landward.model.readings import DiaryCourse
from landward.report.readings.course import sentence


def as_json(found: DiaryCourse) -> dict[str, Any]:
    """The shape of `course --json`. Trends: above zero is harder."""

    def iso(position: int | None) -> str | None:
        day = found.date_of(position)
        return None if day is None else day.isoformat()

    return {
        "coverage": {"days": found.days, "answered": found.answered},
        "symptoms": [
            {
                "symptom": one.symptom,
                "scale": list(one.scale),
                "better": "up" if one.symptom in found.better_up else "down",
                "answered": one.answered,
                "onset": iso(one.onset),
                "from_start": one.from_start,
                "peak": iso(one.peak),
                "easing": iso(one.easing),
                "severe_days": one.severe_days,
                "trend": one.trend,
                "trend_per_month": one.trend_per_month,
                "trend_interval": None if one.trend_interval is None else list(one.trend_interval),
            }
            for one in found.symptoms
        ],
        "sentence": sentence(found),
    }
