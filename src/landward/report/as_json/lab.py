"""What a lab scenario showed, as JSON."""

from typing import Any

from landward.model.course import ArmCourse, Course
from landward.report.lab_words import CAUTION


def as_json(course: Course) -> dict[str, Any]:
    """The shape of `lab --json` (DESIGN.md §5): the first arm at the top, all of them below."""
    first = course.first
    return {
        "scenario": course.scenario,
        "title": course.title,
        "person": course.person,
        "people": course.people,
        "seed": course.seed,
        "structure": course.variant,
        "occupancy": course.occupancy,
        "days": list(course.days),
        "stop_day": first.stop_day,
        "curves": _curves(first),
        "arms": [
            {
                "name": arm.name,
                "doses": list(arm.doses),
                "stop_day": arm.stop_day,
                "peak_day": list(arm.peak_day),
                "curves": _curves(arm),
            }
            for arm in course.arms
        ],
        "shows": [check.model_dump() for check in course.checks],
        "assumed": list(course.assumed),
        "unmeasured": list(course.unmeasured),
        "sources": list(course.sources),
        "caution": CAUTION,
    }


def _curves(arm: ArmCourse) -> dict[str, list[list[float]]]:
    return {name: [list(band) for band in bands] for name, bands in arm.curves.items()}
