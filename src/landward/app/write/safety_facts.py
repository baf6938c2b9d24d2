"""The nine safety questions: when they are offered, what a yes opens, how answers are kept."""

import datetime as dt
from collections.abc import Mapping

from landward.app.write.serious import Statement, statements
from landward.model.bodies import Profile
from landward.model.diary import Diary
from landward.model.safety_questions import SAFETY_QUESTIONS, YES, is_due, last_asked, safety_body


def offered(diary: Diary, today: dt.date) -> bool:
    """Whether to offer them now: a month since the last time. An offer, never a condition."""
    return is_due(diary.lines, today)


def last_answered(diary: Diary) -> dt.date | None:
    """The day they were answered last."""
    return last_asked(diary.lines)


def kept_as(answers: Mapping[str, str]) -> Profile:
    """What a page of answers is kept as; the same answers count for safe planning."""
    return safety_body(answers)


def what_to_do(answers: Mapping[str, str]) -> tuple[Statement, ...]:
    """The pages of next steps that the answers with yes open, most urgent first."""
    wanted = {one.statement for one in SAFETY_QUESTIONS if answers.get(one.id) == YES}
    found = [statement for statement in statements() if statement.id in wanted]
    return tuple(sorted(found, key=lambda statement: not statement.emergency))
