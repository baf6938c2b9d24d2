"""Where a symptom stands against the time before the medicine, in the person's own answers."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from landward.model.base import Frozen
from landward.model.safety import Answer


class Onset(StrEnum):
    """When a symptom began, against the medicine."""

    BEFORE = "before"
    ON = "on"
    COMING_DOWN = "coming_down"
    AFTER = "after"
    NOT_KNOWN = "not_known"


class Origin(StrEnum):
    """The four ways a symptom can stand, and “as before”. Never a diagnosis."""

    NEW = "new"
    STRONGER = "stronger"
    SET_OFF = "set_off"
    AS_BEFORE = "as_before"
    UNSURE = "unsure"


Trigger = Literal["light", "sound", "touch"]


class SymptomHistory(Frozen):
    """What a person said of one symptom. Silence stays silence: `UNANSWERED`, None.

    `level_before` and `level_now` are 0 to 4 in words (none … extreme). `triggers` are what sets
    it off now, counted only when `set_off` is yes.
    """

    symptom: str
    there_before: Answer = Answer.UNANSWERED
    level_before: float | None = Field(default=None, ge=0, le=4)
    level_now: float | None = Field(default=None, ge=0, le=4)
    set_off: Answer = Answer.UNANSWERED
    set_off_before: Answer = Answer.UNANSWERED
    triggers: tuple[Trigger, ...] = ()
    onset: Onset = Onset.NOT_KNOWN
    began_on: date | None = None


class DrugDates(Frozen):
    """When the medicine began, when its dose was cut, and when the last dose was."""

    started_on: date | None = None
    cuts: tuple[date, ...] = ()
    last_dose_on: date | None = None


class SymptomOrigin(Frozen):
    """How a symptom stands, by which rule of the table, and what would settle a doubt.

    `days_after_cut` is counted from the last cut on or before the day it began; after is not
    because.
    """

    symptom: str
    origin: Origin
    onset: Onset
    rule: str
    plain: str
    would_settle: str = ""
    triggers: tuple[Trigger, ...] = ()
    days_after_cut: int | None = None
