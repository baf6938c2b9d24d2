"""How a daily dose is taken: at which times, of which tablets, and the label it stands beside.

Said only where somebody wrote it: the doses of the last seven days, a plan whose dose is the one
taken, a label whose dose is. A label never stands for a dose that was not taken.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from landward.model.base import BadInput
from landward.model.bodies import PlanAdopted
from landward.model.medicines import DayDose, DayState, Medicine
from landward.model.plan_pack import plan_from_text
from landward.model.said import Words, counted, joined, phrase
from landward.model.taper import TimedDose
from landward.report.blocks.scope import Scope
from landward.report.taper_spoken import spoken_dose
from landward.report.taper_words import ONE_TIME
from landward.report.words import dose_words, list_words, month_words, shortened

MOST_TIMES = 6
"""More doses a day than this are counted, not listed."""


def how_taken(scope: Scope, medicine: Medicine, settled: Decimal | None) -> Words:
    """“Twice a day: 0.5 + 0.25 mg”, or that it is not written; empty for no daily dose."""
    if not settled:
        return ""
    planned = medicine.planned_mg(scope.last_day) == settled
    doses = _planned_doses(scope, medicine, settled) if planned else ()
    if doses:
        said = joined("; ", (_timed(dose) for dose in doses))
        return phrase("By the plan: {doses}", doses=said)
    times = _written_times(medicine, settled, scope.last_day)
    tablets = _tablets(medicine, settled, scope.last_day)
    if not times and planned:
        times = _planned_times(medicine, scope.last_day)
    if not times:
        times = _label_times(medicine, settled, scope.last_day)
    if times and tablets:
        return phrase("{times}; {tablets}", times=times, tablets=tablets)
    if times:
        return phrase("{times}; tablets not written", times=times)
    if tablets:
        return phrase("Times a day not written; {tablets}", tablets=tablets)
    return phrase("Times a day and tablets not written")


def _timed(dose: TimedDose) -> Words:
    pieces = spoken_dose(dose)
    if dose.at == ONE_TIME:
        return phrase("once a day, {pieces}", pieces=pieces)
    return phrase("{at}, {pieces}", at=dose.at, pieces=pieces)


def _planned_doses(scope: Scope, medicine: Medicine, settled: Decimal) -> tuple[TimedDose, ...]:
    """The pieces of the newest planned step that makes this amount; none where it cannot be read.

    A plan of an older or a foreign shape has amounts and no pieces: then others speak.
    """
    for entry, body in reversed(list(scope.diary.of(PlanAdopted))):
        if entry.date > scope.last_day:
            continue
        try:
            plan = plan_from_text(body.plan)
        except BadInput:
            continue
        own = plan.drug == medicine.drug
        for step in reversed(plan.steps):
            mine = tuple(
                dose for dose in step.doses
                if dose.made_mg and (dose.drug == medicine.drug or (own and not dose.drug))
            )  # fmt: skip
            made = sum((dose.made_mg for dose in mine), Fraction(0))
            if made == Fraction(settled) and all(dose.pieces for dose in mine):
                return tuple(dose.model_copy(update={"drug": ""}) for dose in mine)
    return ()


def _written_times(medicine: Medicine, settled: Decimal, last: date) -> Words:
    """How often a day, where every day of the last seven on this dose was written alike."""
    found = {_shares(day) for day in medicine.last_days(last) if day.taken_mg == settled}
    if len(found) != 1:
        return ""
    (shares,) = found
    if len(shares) < 2:
        return ""  # one amount a day may be one dose or a day's sum
    if len(shares) > MOST_TIMES:
        return phrase("In {count} doses a day, as written", count=len(shares))
    amounts = joined(" + ", (dose_words(mg) for mg in shares))
    return counted(len(shares), "Once a day, as written", "{count} times a day, as written: "
                   "{amounts} mg", amounts=amounts)  # fmt: skip


def _shares(day: DayDose) -> tuple[Decimal, ...]:
    """The single doses of a day in their order; empty where only its sum is known."""
    if day.state is not DayState.TAKEN:
        return ()
    bodies = [body for _, body in day.lines if not body.as_needed]
    if any(body.day_total or body.dose_mg is None for body in bodies):
        return ()
    return tuple(body.dose_mg for body in bodies if body.dose_mg)


def _planned_times(medicine: Medicine, last: date) -> Words:
    step = next((one for one in reversed(medicine.planned.steps) if one.start <= last), None)
    if step is None or not step.doses:
        return ""
    said = [
        phrase("once a day") if at == ONE_TIME
        else phrase("{at} {dose} mg", at=at, dose=dose_words(mg))
        for at, mg in step.doses if mg
    ]  # fmt: skip
    return phrase("By the plan: {doses}", doses=joined(", ", said)) if said else ""


def _label_times(medicine: Medicine, settled: Decimal, last: date) -> Words:
    label = medicine.prescription(last)
    if label is None or not label.times or label.dose_mg_per_day != settled:
        return ""
    return phrase("By the label: {times}", times=shortened(list_words(label.times), 48))


def _tablets(medicine: Medicine, settled: Decimal, last: date) -> Words:
    """What the last seven days name, else the form on the label."""
    named = dict.fromkeys(
        body.product
        for day in medicine.last_days(last)
        for _, body in day.lines
        if body.product and not body.as_needed and body.status != "not_taken"
    )
    if named:
        return phrase("of: {tablets}", tablets=shortened(list_words(list(named)), 60))
    label = medicine.prescription(last)
    if label is not None and label.form and label.dose_mg_per_day:
        if label.dose_mg_per_day == settled:
            return phrase("of: {tablets}", tablets=shortened(label.form, 48))
        return phrase("on the label: {tablets}", tablets=shortened(label.form, 48))
    return ""


def label_words(medicine: Medicine, settled: Decimal | None, last: date) -> Words:
    """“Label copied Oct 2025: 1 mg, where the taper began; not taken now”.

    It stands last and away from the dose: nobody shall prescribe what is no longer taken.
    """
    held = [one for one in medicine.ordered if one.since <= last]
    if not held:
        return phrase("No label copied")
    mg, when = held[-1].body.dose_mg_per_day, month_words(held[-1].written, year=True)
    dose, known = dose_words(mg), medicine.known(last)
    if not mg:
        return phrase("Label copied {when}: ended", when=when)
    if settled is None or settled == mg:
        return phrase("Label copied {when}: {dose} mg", when=when, dose=dose)
    if settled < mg and known and known[min(known)] == mg:
        return phrase("Label copied {when}: {dose} mg, where the taper began; not taken now",
                      when=when, dose=dose)  # fmt: skip
    return phrase("Label copied {when}: {dose} mg; not taken now", when=when, dose=dose)
