"""Read every symptom of a diary: when it came, was hardest, eased, and which way it goes."""

import datetime as dt

import numpy as np

from landward.app.read.lag import most_answered
from landward.app.write.day import FEELINGS
from landward.app.write.weekly import STATEMENTS
from landward.engines.patterns import symptom_courses
from landward.model.base import BadInput, Frozen
from landward.model.diary import Diary
from landward.model.series import day_series
from landward.model.symptom_course import SymptomCourse


class DiaryCourse(Frozen):
    """Courses tied to their calendar, the one with most answers first."""

    symptoms: tuple[SymptomCourse, ...]
    better_up: frozenset[str]
    """Items of which more is better. Their courses are read turned over: harder is less of it."""
    first_day: dt.date
    days: int
    answered: int
    """Days on which at least one of the symptoms was answered."""

    def date_of(self, position: int | None) -> dt.date | None:
        """The calendar day at a position of a course."""
        return None if position is None else self.first_day + dt.timedelta(days=position)


def read_course(diary: Diary, items: tuple[str, ...] = ()) -> DiaryCourse:
    """The course of every symptom, or of the items named. Feelings have a reading of their own.

    Days filled by "same as yesterday" are left out, so that a held answer is no trend. Raises
    BadInput for an empty diary or an item that was never answered.
    """
    series = most_answered(diary, items, apart=(*STATEMENTS, *FEELINGS))
    if not series:
        raise BadInput("the diary has no answers yet; `landward log --day 5` writes the first")
    first = min(one.first_day for one in series)
    last = max(one.last_day for one in series)
    turned = [day_series(diary, one.item, first, last).worse_up() for one in series]
    values = {one.item: np.where(one.carried, np.nan, one.values) for one in turned}
    courses = symptom_courses(
        values, scales={one.item: (one.scale.low, one.scale.high) for one in turned}
    )
    answered = np.any([np.isfinite(one) for one in values.values()], axis=0)
    return DiaryCourse(
        symptoms=tuple(sorted(courses, key=lambda one: (-one.answered, one.symptom))),
        better_up=frozenset(one.item for one in series if one.scale.better == "up"),
        first_day=first,
        days=(last - first).days + 1,
        answered=int(answered.sum()),
    )
