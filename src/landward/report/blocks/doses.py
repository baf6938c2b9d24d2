"""Doses on the page, in words: planned, taken and prescribed stand apart; nothing is filled in."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from landward.model.base import Frozen
from landward.model.medicines import DayDose, DayState, Medicine, Supply
from landward.model.medicines.levels import NOW_DAYS
from landward.model.said import Words, joined, phrase
from landward.report.blocks.scope import Scope
from landward.report.words import (
    count_words,
    date_words,
    dose_words,
    list_words,
    month_words,
    percent_words,
    shortened,
)

NAME_LETTERS = 48


class DoseRow(Frozen):
    """One drug's line on the page, in words."""

    drug: Words
    taken_now: Words
    planned: Words
    prescribed: Words
    at_start: Words
    first_recorded: Words
    last_change: Words
    supply: Words
    supply_note: Words
    """Which days were counted as planned rather than as taken; empty where none was."""
    last_days: Words
    """The last seven days as written."""
    as_needed: Words
    """What was taken as needed in these days; empty where nothing was."""


def main_drug(scope: Scope) -> str | None:
    """The drug drawn in the chart: the one with the most known days, then by name."""
    days = {d: len(scope.medicine(d).known(scope.last_day)) for d in scope.medicines.taken_drugs}
    return min((d for d in days if days[d]), key=lambda d: (-days[d], d), default=None)


def drugs_shown(scope: Scope) -> tuple[str, ...]:
    """Every drug that was taken, prescribed or planned, the one in the chart first."""
    first, last = main_drug(scope), scope.last_day
    found = (
        drug
        for drug, medicine in scope.medicines.medicines.items()
        if any(day <= last for day in medicine.days)
        or medicine.planned_mg(last)
        or any(ordered.written <= last for ordered in medicine.ordered)
    )
    return tuple(sorted(found, key=lambda drug: (drug != first, drug)))


def dose_rows(scope: Scope) -> tuple[DoseRow, ...]:
    """One line per drug that was taken, prescribed or planned, the one in the chart first."""
    return tuple(
        dose_row(scope.medicine(drug), scope.first_day, scope.last_day)
        for drug in drugs_shown(scope)
    )


def stop_lines(scope: Scope) -> tuple[str, ...]:
    """“diazepam on 3, 4 and 5 Mar”: drugs of which more than one planned day was not taken."""
    found = ((drug, scope.medicine(drug).stopped_days(scope.last_day))
             for drug in scope.medicines.drugs)  # fmt: skip
    return tuple(stop_words(drug, days) for drug, days in found if days)


def day_list(days: Sequence[date]) -> Words:
    """“3, 4 and 5 Mar”."""
    months = groupby(days, key=lambda day: (day.year, day.month))
    parts = []
    for _, group in months:
        inside = list(group)
        numbers = list_words([str(day.day) for day in inside])
        month = month_words(inside[0])
        parts.append(phrase("{numbers} {month}", numbers=numbers, month=month))
    return list_words(parts)


def stop_words(drug: str, days: Sequence[date]) -> Words:
    """“diazepam on 3, 4 and 5 Mar”."""
    return phrase(
        "{drug} on {parts}", drug=shortened(drug, NAME_LETTERS, word=16), parts=day_list(days)
    )


def dose_row(medicine: Medicine, first: date, last: date) -> DoseRow:
    """One drug in words, as it is known on `last`, looking back to `first`."""
    prescription = medicine.prescription(last)
    form = phrase(", {form}", form=prescription.form) if prescription and prescription.form else ""
    planned = medicine.planned_mg(last)
    seven, supply = medicine.last_days(last), medicine.supply(last)
    return DoseRow(
        drug=shortened(
            phrase("{drug}{form}", drug=medicine.drug, form=form), NAME_LETTERS, word=16
        ),
        taken_now=taken_now_words(medicine, last),
        planned=phrase("no plan kept")
        if planned is None
        else phrase("{planned} mg", planned=dose_words(planned)),
        prescribed=phrase(
            "{dose_mg_per_day} mg", dose_mg_per_day=dose_words(prescription.dose_mg_per_day)
        )
        if prescription
        else phrase("not recorded"),
        at_start=_at(medicine, first, last),
        first_recorded=_first(medicine, last),
        last_change=_last_change(medicine, last),
        supply=supply_words(supply),
        supply_note=supply_note(supply),
        last_days=days_words(seven) if any(day.lines for day in seven) else "",
        as_needed=as_needed_words(seven),
    )


def taken_now_words(medicine: Medicine, day: date) -> str:
    """The settled dose; why there is none, where there is none."""
    way, known = medicine.way(day), medicine.last_known(day)
    if way.settled_mg is not None:
        return phrase("{settled_mg} mg", settled_mg=dose_words(way.settled_mg))
    written = medicine.last_written(day)
    if written is None:
        return phrase("not recorded")
    if known is None:
        lines = (line for when, dose in medicine.days.items() if when <= day for line in dose.lines)
        return (
            phrase("only as needed")
            if all(b.as_needed for _, b in lines)
            else phrase("amount not recorded")
        )
    if (day - known).days > NOW_DAYS:
        since = (
            phrase("not recorded")
            if (day - written).days > NOW_DAYS
            else phrase("amount not recorded")
        )
        return phrase("{since} since {known}", since=since, known=date_words(known))
    return phrase("different amounts") if way.levels else phrase("no lasting dose yet")


def day_words(dose: DayDose) -> str:
    """A day as written: “0.75”, “not taken”, “?” for an amount nobody wrote, “–” for nothing."""
    if dose.state is DayState.NOT_KNOWN:
        return "?" if any(not body.as_needed for _, body in dose.lines) else "–"
    if dose.state is DayState.NOT_TAKEN:
        return phrase("not taken")
    amount = dose_words(dose.taken_mg or Decimal(0))
    return phrase("{amount} (partly)", amount=amount) if dose.state is DayState.PARTLY else amount


def days_words(days: Sequence[DayDose]) -> str:
    """The days as written, the latest last, equal neighbours drawn together: “1 ×5, 0.75, 1”."""
    runs = [(words, len(list(group))) for words, group in groupby(map(day_words, days))]
    return joined(
        ", ",
        (
            words if times == 1 else phrase("{words} ×{times}", words=words, times=times)
            for words, times in runs
        ),
    )


def as_needed_words(days: Sequence[DayDose]) -> str:
    """“2 mg on 3 Mar, 1 mg on 5 Mar”: what was taken as needed, apart from the settled dose."""
    found = [
        phrase(
            "{as_needed_mg} mg on {day}",
            as_needed_mg="?" if d.as_needed_mg is None else dose_words(d.as_needed_mg),
            day=date_words(d.day, year=False),
        )
        for d in days
        if d.lines and (d.as_needed_mg is None or d.as_needed_mg)
    ]
    return joined(", ", found)


def supply_words(supply: Supply | None) -> str:
    """“about 6 days”, at the planned dose, from the end of the day asked about."""
    return (
        phrase("not recorded")
        if supply is None
        else phrase("about {days}", days=count_words(supply.days, "day"))
    )


def supply_note(supply: Supply | None) -> str:
    """What it was counted from, where that is not only what was taken."""
    if supply is None or not supply.unknown_days:
        return ""
    nothing = supply.unknown_days - supply.only_needed_days - supply.half_known_days
    kinds = (
        (nothing, phrase("without a written dose")),
        (supply.only_needed_days, phrase("with only as-needed doses written")),
        (supply.half_known_days, phrase("with an amount not written")),
    )
    parts = [(number, words) for number, words in kinds if number]
    said = [
        phrase("{number} {words}", number=count_words(number, "day"), words=words)
        for number, words in parts
    ]
    return phrase(
        "{said} {words} as planned",
        said=list_words(said),
        words=phrase("counts") if supply.unknown_days == 1 else phrase("count"),
    )


def _last_change(medicine: Medicine, day: date) -> str:
    way = medicine.way(day)
    if not way.changes and way.begun is not None:
        began = way.begun
        return phrase(
            "{from_mg} to {to_mg} mg in small steps from {day}, where the record begins",
            from_mg=dose_words(began.from_mg),
            to_mg=dose_words(began.to_mg),
            day=date_words(began.day),
        )
    if not way.changes:
        return phrase("none recorded")
    last = way.changes[-1]
    if not last.from_mg:
        return phrase("none to {to_mg} mg on {day}", to_mg=dose_words(last.to_mg),
                      day=date_words(last.day))  # fmt: skip
    share = percent_words(last.to_mg, last.from_mg)
    return phrase(
        "{from_mg} to {to_mg} mg on {day} ({share})",
        from_mg=dose_words(last.from_mg),
        to_mg=dose_words(last.to_mg),
        day=date_words(last.day),
        share=share,
    )


def _at(medicine: Medicine, day: date, last: date) -> str:
    doses = medicine.known(last)
    before = [d for d in doses if day - timedelta(days=NOW_DAYS) <= d <= day]
    after = [d for d in doses if day < d <= day + timedelta(days=NOW_DAYS)]
    nearest = before[-1:] or after[:1]
    return (
        phrase("{doses} mg", doses=dose_words(doses[nearest[0]]))
        if nearest
        else phrase("not known")
    )


def _first(medicine: Medicine, last: date) -> str:
    doses = medicine.known(last)
    if not doses:
        return phrase("not recorded")
    day = next(iter(doses))
    return phrase("{doses} mg on {day}", doses=dose_words(doses[day]), day=date_words(day))
