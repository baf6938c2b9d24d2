"""A drug in the blood over time, as JSON."""

from typing import Any

from landward.model.course import LevelReading


def as_json(reading: LevelReading) -> dict[str, Any]:
    """The shape of `level --json` (DESIGN.md §5)."""
    return {
        "drug": reading.drug,
        "dose": reading.dose,
        "substances": [
            {
                "name": one.name,
                "times_h": list(one.times_h),
                "concentration_ng_ml": list(one.concentration_ng_ml),
            }
            for one in reading.substances
        ],
        "half_life_h": list(reading.half_life_h),
        "gone_10pct_h": list(reading.gone_10pct_h),
        "gone_1pct_h": list(reading.gone_1pct_h),
        "people": reading.people,
        "sources": list(reading.sources),
        "assumed": list(reading.assumed),
    }
