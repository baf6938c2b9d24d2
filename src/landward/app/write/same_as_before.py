"""“Same as yesterday”: the answers of the day before, marked as carried. Never a dose."""

import datetime as dt

from landward.app.diary.open_diary import OpenDiary
from landward.app.write.day_words import DayWords
from landward.model.bodies import CheckIn

SAME_AT_MOST = 3
"""Days in a row that may be carried; after that one real answer is asked for."""


def same_as_day_before(diary: OpenDiary, day: dt.date) -> DayWords | None:
    """What the day before said, to be saved for `day`; None where it cannot be carried.

    It cannot where the day before has no answers, or would be carried a fourth time in a row.
    """
    before = diary.bodies_on(day - dt.timedelta(days=1), CheckIn)
    if not before:
        return None
    run = 0
    while run < SAME_AT_MOST and _is_carried(diary, day - dt.timedelta(days=run + 1)):
        run += 1
    if run == SAME_AT_MOST:
        return None
    merged: dict[str, float] = {}
    asked: dict[str, None] = {}
    choices: dict[str, str] = {}
    no_occasion: dict[str, None] = {}
    too_much: dict[str, None] = {}
    wordings: dict[str, str] = {}
    for _, body in before:
        asked |= dict.fromkeys(body.asked)
        merged |= body.answers
        choices |= body.choices
        wordings |= body.wordings
        no_occasion |= dict.fromkeys(body.no_occasion)
        too_much |= dict.fromkeys(body.too_much)
    if not (merged or choices or no_occasion or too_much):
        return None
    return DayWords(
        asked=tuple(asked),
        answers=merged,
        choices=choices,
        wordings=wordings,
        no_occasion=tuple(item for item in no_occasion if item not in merged),
        too_much=tuple(item for item in too_much if item not in merged),
        carried=True,
    )


def _is_carried(diary: OpenDiary, day: dt.date) -> bool:
    check_ins = diary.bodies_on(day, CheckIn)
    return bool(check_ins) and all(body.carried for _, body in check_ins)
