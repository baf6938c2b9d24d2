"""Symptom origin: new, stronger than before, set off by light, sound or touch, or not known.

A decision table over a person's own answers and the dates of the medicine, read from the top;
the first row that fits speaks. Nothing here explains a symptom or says what causes it.
"""

from datetime import date

from landward.model.base import BadInput, Frozen
from landward.model.origins import DrugDates, Onset, Origin, SymptomHistory, SymptomOrigin
from landward.model.safety import Answer
from landward.model.said import phrase

STRONGER_BY = 1.0
"""Points on the 0–4 scale by which “now” must lie above “before”: one worded step."""

YES, NO, OPEN = Answer.YES, Answer.NO, Answer.UNANSWERED


class Row(Frozen):
    """One row of the table. None fits every answer."""

    rule: str
    origin: Origin
    before: Answer | None = None
    onset: Onset | None = None
    set_off: Answer | None = None
    set_off_before: Answer | None = None
    stronger: Answer | None = None
    plain: str
    would_settle: str = ""

    def fits(self, history: SymptomHistory, onset: Onset, stronger: Answer) -> bool:
        """Whether every answer the row asks for is the one given."""
        asked = (
            (self.before, history.there_before),
            (self.onset, onset),
            (self.set_off, history.set_off),
            (self.set_off_before, history.set_off_before),
            (self.stronger, stronger),
        )
        return all(wanted is None or wanted is given for wanted, given in asked)


TABLE = (
    Row(
        rule="origin.contradiction",
        origin=Origin.UNSURE,
        before=NO,
        onset=Onset.BEFORE,
        plain=phrase(
            "The answers do not fit together: not there before, yet begun before the medicine."
        ),
        would_settle=phrase("Was it there before the medicine, or did it begin later?"),
    ),
    Row(
        rule="origin.set-off-only-now",
        origin=Origin.SET_OFF,
        set_off=YES,
        set_off_before=NO,
        plain=phrase("Set off now by what did not set it off before."),
    ),
    Row(
        rule="origin.set-off-and-new",
        origin=Origin.SET_OFF,
        before=NO,
        set_off=YES,
        plain=phrase("Not there before the medicine, and set off now by light, sound or touch."),
    ),
    Row(
        rule="origin.new",
        origin=Origin.NEW,
        before=NO,
        plain=phrase("Not there before the medicine."),
    ),
    Row(
        rule="origin.stronger",
        origin=Origin.STRONGER,
        before=YES,
        stronger=YES,
        plain=phrase("There before the medicine, and stronger now."),
    ),
    Row(
        rule="origin.trigger-before-not-known",
        origin=Origin.UNSURE,
        before=YES,
        set_off=YES,
        set_off_before=OPEN,
        plain=phrase(
            "There before the medicine; whether it was set off like this before is not known."
        ),
        would_settle=phrase("Did light, sound or touch set it off before the medicine too?"),
    ),
    Row(
        rule="origin.as-before",
        origin=Origin.AS_BEFORE,
        before=YES,
        stronger=NO,
        plain=phrase("There before the medicine, and not stronger now."),
    ),
    Row(
        rule="origin.level-not-known",
        origin=Origin.UNSURE,
        before=YES,
        plain=phrase(
            "There before the medicine; how strong it was then and is now is not both known."
        ),
        would_settle=phrase("How strong was it before the medicine, from none to extreme?"),
    ),
    Row(
        rule="origin.before-not-known",
        origin=Origin.UNSURE,
        plain=phrase("Whether it was there before the medicine is not known."),
        would_settle=phrase("Was it there before the medicine?"),
    ),
)
"""The decision table. Its last row fits everything, so there is always an answer."""


def read_origin(
    history: SymptomHistory, dates: DrugDates, *, stronger_by: float = STRONGER_BY
) -> SymptomOrigin:
    """How a symptom stands against the time before the medicine.

    A stated onset is used as it is; only without one is it read from `began_on` and the dates of
    the medicine. Raises BadInput when `stronger_by` is not above 0.
    """
    if not stronger_by > 0:
        raise BadInput(phrase("“stronger” needs a step above 0 on the scale"))
    onset = history.onset
    if onset is Onset.NOT_KNOWN and history.began_on is not None:
        onset = onset_from_dates(history.began_on, dates)
    stronger = _stronger(history, stronger_by)
    row = next(row for row in TABLE if row.fits(history, onset, stronger))
    return SymptomOrigin(
        symptom=history.symptom,
        origin=row.origin,
        onset=onset,
        rule=row.rule,
        plain=row.plain,
        would_settle=row.would_settle,
        triggers=tuple(dict.fromkeys(history.triggers)) if history.set_off is YES else (),
        days_after_cut=_days_after_cut(history.began_on, dates),
    )


def onset_from_dates(began_on: date, dates: DrugDates) -> Onset:
    """Where a first day lies: before the medicine, on it, while coming down, after the last dose.

    The day of a change belongs to what follows it. Not known while the start is not known.
    """
    if dates.last_dose_on is not None and began_on > dates.last_dose_on:
        return Onset.AFTER
    if any(cut <= began_on for cut in dates.cuts):
        return Onset.COMING_DOWN
    if dates.started_on is None:
        return Onset.NOT_KNOWN
    return Onset.BEFORE if began_on < dates.started_on else Onset.ON


def _stronger(history: SymptomHistory, stronger_by: float) -> Answer:
    if history.level_before is None or history.level_now is None:
        return OPEN
    return YES if history.level_now - history.level_before >= stronger_by else NO


def _days_after_cut(began_on: date | None, dates: DrugDates) -> int | None:
    if began_on is None:
        return None
    earlier = [cut for cut in dates.cuts if cut <= began_on]
    return (began_on - max(earlier)).days if earlier else None
