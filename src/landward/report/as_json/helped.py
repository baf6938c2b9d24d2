"""The day after a tag, next to like days, as JSON."""

from typing import Any

from landward.model.readings import DiaryHelped
from landward.report.readings.helped import sentence


def as_json(found: DiaryHelped) -> dict[str, Any]:
    """The shape of `helped --json`. Severities and differences: higher is harder."""
    return {
        "coverage": {"days": found.days, "answered": found.reading.answered},
        "items": list(found.items),
        "scale": list(found.scale),
        "better": "up" if found.better_up else "down",
        "tags": [one.model_dump(mode="json") for one in found.reading.tags],
        "false_discoveries": found.reading.false_discoveries,
        "own_words": [one.model_dump(mode="json") for one in found.own_words],
        "sentence": sentence(found),
    }
