"""What a plan says on Today: what to take, drawn, and the one question of the day before a step."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from landward.app.diary.open_diary import OpenDiary
from landward.app.plan.standing import StepQuestion, standing_here
from landward.app.read.medicines import StopSeen
from landward.report.plan_lines import DoseLine, dose_lines


@dataclass(frozen=True, slots=True)
class Pieces:
    """What one plan takes on a day, at each time, and of which medicine."""

    drug: str
    doses: tuple[DoseLine, ...]
    words: str = ""
    """What was written beside this line, word for word."""


@dataclass(frozen=True, slots=True)
class PlanToday:
    """Everything plans say on one day."""

    pieces: tuple[Pieces, ...] = ()
    questions: tuple[StepQuestion, ...] = ()
    rules: tuple[str, ...] = ()
    """What person and prescriber wrote down, shown on the day a line is asked about."""


def plan_today(diary: OpenDiary, today: dt.date, stops: Iterable[StopSeen]) -> PlanToday:
    """The pieces and questions of a day. After more than one planned day not taken there are none
    of that medicine: taking it again is for a prescriber to say.
    """
    stopped = {stop.drug for stop in stops}
    plans = [one for one in standing_here(diary, today) if one.plan.drug not in stopped]
    steps = [(one.plan.drug, one.taken_on(today)) for one in plans]
    asked = [one.asked_on(today) for one in plans]
    return PlanToday(
        pieces=tuple(
            Pieces(drug, dose_lines(step), step.words) for drug, step in steps if step is not None
        ),
        questions=tuple(question for question in asked if question is not None),
        rules=tuple(
            one.plan.own_rule
            for one, question in zip(plans, asked, strict=True)
            if question is not None and one.plan.own_rule
        ),
    )
