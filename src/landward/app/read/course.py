"""Read every symptom of a diary: when it came, was hardest, eased, and which way it goes."""

import numpy as np

from landward.app.diary.open_diary import ANSWERS
from landward.app.read.lag import most_answered
from landward.app.read.reading import Reading
from landward.engines.patterns import symptom_courses
from landward.model.diary import Diary
from landward.model.panel import day_panel
from landward.model.questions import FEELINGS, WEEKLY
from landward.model.readings import DiaryCourse
from landward.model.said import phrase
from landward.report.as_json import course as json_of
from landward.report.readings import course as words


def read_course(diary: Diary, items: tuple[str, ...] = ()) -> DiaryCourse:
    """The course of every symptom, or of the items named. Feelings have a reading of their own.

    Days filled by "same as yesterday" are left out, so that a held answer is no trend. Raises
    BadInput for an empty diary or an item that was never answered.
    """
    panel = day_panel(diary, most_answered(diary, items, apart=(*WEEKLY, *FEELINGS)))
    values = panel.severity(carried=False)
    courses = symptom_courses(values, scales=panel.scales)
    answered = np.any([np.isfinite(one) for one in values.values()], axis=0)
    return DiaryCourse(
        symptoms=tuple(sorted(courses, key=lambda one: (-one.answered, one.symptom))),
        better_up=panel.better_up,
        first_day=panel.first_day,
        days=panel.days,
        answered=int(answered.sum()),
    )


COURSE = Reading(
    name="course",
    of=ANSWERS,
    read=read_course,
    tell=words.tell,
    as_json=json_of.as_json,
    takes="items",
    help=phrase(
        "When each symptom came, when it was hardest, when it eased, and which "
        "way it is going.\n\n    A trend is only named where the weeks differ "
        "more than such weeks do by themselves. It says\n    how things went, "
        "not how they will go.\n\n    Examples:\n\n      landward course --vault "
        "my.vault\n      landward course --vault my.vault --item insomnia --item "
        "anxiety --json\n    "
    ),
)
