"""The tide calendar of the appendix: the days of the period, the dose beside them, one picture."""

from datetime import date, timedelta

from landward.model.bodies import UserLabel
from landward.model.said import joined, phrase
from landward.model.series import Missing
from landward.report.blocks.overview import end_words, spells_in
from landward.report.blocks.scope import Scope, days_between
from landward.report.figure.tide import Kind, Tide, TideDay, TideDose, shade_of
from landward.report.words import count_words, date_words, dose_words, number_words, shortened

MOST_DRUGS = 2
NAME_LETTERS = 18


def tide_of(scope: Scope) -> Tide:
    """Every day of the period as a cell; the person's own name for a day stands first."""
    states = _states(scope)
    days = tuple(_day(scope, day, states) for day in days_between(scope.first_day, scope.last_day))
    return Tide(days, _doses(scope), _words(scope, days))


def ends_of(scope: Scope) -> tuple[str, str]:
    """The words at the easy and the hard end of the ramp."""
    return end_words(scope.main.item)


def _states(scope: Scope) -> dict[date, tuple[str, bool]]:
    """What each day is called, and whether by the person."""
    found: dict[date, tuple[str, bool]] = {}
    for spell in spells_in(scope, scope.reading):
        for place in range(spell.start, spell.end + 1):
            found[scope.first_day + timedelta(days=place)] = (spell.state, False)
    for entry, body in scope.diary.of(UserLabel):
        first, last = max(entry.date, scope.first_day), min(body.until, scope.last_day)
        for day in days_between(first, last):
            found[day] = ("" if body.label == "usual" else body.label, True)
    return found


def _day(scope: Scope, day: date, states: dict[date, tuple[str, bool]]) -> TideDay:
    value, scale = scope.main_on(day), scope.main.scale
    state, own = states.get(day, ("", False))
    kind: Kind = "answered" if value is not None else "none"
    if value is None and scope.main_missing(day) == Missing.UNWELL:
        kind = "unwell"
    return TideDay(
        day,
        kind,
        None
        if value is None
        else shade_of(value, scale.low, scale.high, better_up=scale.better == "up"),
        state,
        own and bool(state),
        "" if value is None else number_words(value),
    )


def _doses(scope: Scope) -> tuple[TideDose, ...]:
    found: list[TideDose] = []
    if not scope.doses_shown:
        return ()
    for drug in scope.medicines.taken_drugs:
        medicine = scope.medicine(drug)
        known = medicine.known(scope.last_day, scope.first_day)
        if not known or len(found) == MOST_DRUGS:
            continue
        days = days_between(scope.first_day, scope.last_day)
        row = tuple(float(known[day]) if day in known else None for day in days)
        settled = medicine.settled_mg(scope.last_day)
        found.append(
            TideDose(
                shortened(drug, NAME_LETTERS),
                row,
                phrase("{values} mg", values=dose_words(max(known.values()))),
                "" if settled is None else phrase("now {settled} mg", settled=dose_words(settled)),
            )
        )
    return tuple(found)


def _words(scope: Scope, days: tuple[TideDay, ...]) -> str:
    answered = sum(one.kind == "answered" for one in days)
    parts = [
        phrase(
            "{answered} of {count} answered", answered=answered, count=count_words(len(days), "day")
        )
    ]
    for state in ("window", "wave"):
        many = sum(one.state == state for one in days)
        if many:
            parts.append(phrase("{many} in a {state}", many=count_words(many, "day"), state=state))
    return phrase(
        "{first_day} to {last_day}: {parts}.",
        first_day=date_words(scope.first_day),
        last_day=date_words(scope.last_day),
        parts=joined(", ", parts),
    )
