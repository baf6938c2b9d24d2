"""What is taken now, as a prescriber reads it: the dose, how settled, the change, the label."""

from collections.abc import Iterator
from datetime import date, timedelta

from landward.model.bodies import PlanAdopted, Profile
from landward.model.medicines import DayDose, DayState, DoseChange, Medicine, Way
from landward.model.medicines.planned import plan_steps
from landward.model.said import Words, begun, counted, joined, phrase
from landward.model.visit import AGREED, last_visit
from landward.report.blocks.block import Block
from landward.report.blocks.doses import DoseRow, day_list, days_words, dose_row, drugs_shown
from landward.report.blocks.scope import Scope
from landward.report.blocks.shape import DoseLine, Takes
from landward.report.blocks.taken_how import how_taken, label_words
from landward.report.words import (
    date_words,
    dose_words,
    list_words,
    month_words,
    percent_words,
    shortened,
)

NEEDED_DAYS = 28
"""What was taken as needed is counted over so many days."""

WHY_LETTERS, ATTEMPTS_LETTERS = 60, 110
SHOWN = 3
SELDOM = 0.6
"""Under this share of days with a written dose, “a day” would claim too much."""


class PageDose(DoseRow):
    """One drug's line with everything page one says of it."""

    now: Words
    """The dose, said largest."""
    settled: Words
    week: Words
    seldom: Words
    """How seldom a dose was written, where it was."""
    how: Words
    """At which times and of which tablets; empty where nothing settled is taken."""
    plan: Words
    label: Words
    needed: Words
    behind: Words
    """What it is for, since when, what was tried before."""
    change: Words
    """The percent of the last lasting change; empty where there was none."""
    change_said: tuple[Words, ...]


def page_doses(scope: Scope) -> tuple[PageDose, ...]:
    """One line per drug, the charted one first."""
    return tuple(
        _page_dose(scope, drug, first=not place) for place, drug in enumerate(drugs_shown(scope))
    )


def _page_dose(scope: Scope, drug: str, *, first: bool) -> PageDose:
    medicine, last = scope.medicine(drug), scope.last_day
    way = medicine.way(last)
    row = dose_row(medicine, scope.first_day, last)
    change, said = _change(way, last)
    return PageDose(
        **row.model_dump(),
        now=_now(medicine, way, row, last),
        settled=_settled(medicine, way, last),
        week=_week(medicine, way, last),
        seldom=_seldom(medicine, last),
        plan=_plan(scope, medicine) + (_agreed(scope) if first else ""),
        how=how_taken(scope, medicine, None if medicine.stopped_days(last) else way.settled_mg),
        label=label_words(medicine, way.settled_mg, last),
        needed=_needed(medicine, last),
        behind=_behind(scope, medicine, with_attempts=first),
        change=change,
        change_said=said,
    )


def _now(medicine: Medicine, way: Way, row: DoseRow, last: date) -> Words:
    """“clonazepam 0.68 mg a day”; why no such dose can be said, where none can."""
    name = shortened(medicine.drug, 32, word=24)
    if way.settled_mg is not None:
        missed = len(medicine.stopped_days(last))
        if missed and way.settled_mg:
            return phrase("{drug} {dose} mg, not taken on {many} of 7 days",
                          drug=name, dose=dose_words(way.settled_mg), many=missed)  # fmt: skip
        if missed:
            return phrase("{drug}: not taken now", drug=name)
        if not way.settled_mg:
            return phrase("{drug}: none now (0 mg)", drug=name)
        dose = dose_words(way.settled_mg)
        written, many = _written(medicine, last)
        if written < SELDOM * many:
            return phrase("{drug} {dose} mg on the days written", drug=name, dose=dose)
        return phrase("{drug} {dose} mg a day", drug=name, dose=dose)
    known = medicine.last_known(last)
    if known is not None and _is_ended(medicine, last):
        return phrase("{drug}: none now, ended", drug=name)
    if known is not None and row.taken_now == "no lasting dose yet":
        amount = dose_words(medicine.known(last)[known])
        return phrase("{drug} {dose} mg on {day}", drug=name, dose=amount, day=date_words(known))
    return phrase("{drug}: {why}", drug=name, why=row.taken_now)


def _written(medicine: Medicine, last: date) -> tuple[int, int]:
    """Of the last four weeks, or of the days since the first dose: days with a known dose."""
    begins = min(medicine.known(last), default=last)
    many = min(NEEDED_DAYS, (last - begins).days + 1)
    return len(medicine.known(last, last - timedelta(days=many - 1))), many


def _is_ended(medicine: Medicine, last: date) -> bool:
    """Whether the last word on it is 0: the dose written last, the label, or the plan."""
    known, held = medicine.known(last), medicine.prescription(last)
    label = held is not None and not held.dose_mg_per_day
    return not known[max(known)] or label or medicine.planned_mg(last) == 0


def _settled(medicine: Medicine, way: Way, last: date) -> Words:
    settled, known = way.settled_mg, medicine.known(last)
    if settled is None:
        if not known:
            return ""
        if len(known) < 3:
            return phrase("Too few written days to call a dose settled")
        day = max(known)
        return phrase("Last written {dose} mg, on {day}", dose=dose_words(known[day]),
                      day=date_words(day))  # fmt: skip
    if stopped := medicine.stopped_days(last):
        return phrase("Not settled: not taken on {days}", days=day_list(stopped))
    level = next((one for one in reversed(way.levels) if one.mg == settled), None)
    if level is not None and (gap := _gap(way)) is not None and way.levels[-1].mg == settled:
        return phrase("Taken again since {day}, after none from {gap}",
                      day=date_words(level.first_day), gap=date_words(gap.day))  # fmt: skip
    glide = way.changes[-1] if way.changes else way.begun
    if level is None or way.levels[-1].mg != settled:
        began = date_words(glide.day) if glide else ""
        return phrase("In small steps since {day}, on this amount at {last}", day=began,
                      last=date_words(max(known)))  # fmt: skip
    day = level.first_day
    if day == min(known) and not way.changes:
        return phrase("The same since the record begins, {day}", day=date_words(day))
    return phrase("Settled since {day}", day=date_words(day))


def _week(medicine: Medicine, way: Way, last: date) -> Words:
    """The last seven days: in words where they are all alike, else as they were written."""
    begins = min(medicine.days, default=None)
    if begins is None:
        return phrase("No dose was written down")
    days = [day for day in medicine.last_days(last) if day.day >= begins]
    if not any(day.lines for day in days):
        return counted(
            (last - max(medicine.days)).days,
            "nothing written for {count} day",
            "nothing written for {count} days",
        )
    same = {day.taken_mg for day in days if day.state is DayState.TAKEN}
    if all(body.as_needed for day in days for _, body in day.lines):
        return ""  # said with what was taken as needed
    whole = len(same) == 1 and all(day.state is DayState.TAKEN for day in days)
    if whole and len(days) == 7 and way.settled_mg in same:
        if all(medicine.planned_mg(day.day) == day.taken_mg for day in days):
            return phrase("each of the last seven days as planned")
        return phrase("the same on each of the last seven days")
    return _as_written(days)


def _seldom(medicine: Medicine, last: date) -> Words:
    written, many = _written(medicine, last)
    if written >= SELDOM * many or many < 2:
        return ""
    return phrase("a dose is written on {written} of the last {many} days", written=written,
                  many=many)  # fmt: skip


def _as_written(days: list[DayDose]) -> Words:
    words = days_words(days)
    gaps = sum(not day.lines for day in days)
    note = phrase("; – is a day without a written dose") if gaps else ""
    many = len(days)
    if many == 1:
        return phrase("the only written day: {words} mg{note}", words=words, note=note)
    return phrase("last {many} days, in mg: {words}{note}", many=many, words=words, note=note)


def _plan(scope: Scope, medicine: Medicine) -> Words:
    planned = medicine.planned_mg(scope.last_day)
    if planned is None:
        return phrase("No plan kept")
    dose = dose_words(planned)
    found = [
        (entry.date, body)
        for entry, body in scope.diary.of(PlanAdopted)
        if entry.date <= scope.last_day and medicine.drug in plan_steps(body.plan)
    ]
    if not found:
        return phrase("Plan {dose} mg", dose=dose)
    day, body = found[-1]
    if body.prescriber:
        return phrase(
            "Plan {dose} mg, agreed with {who}, {day}",
            dose=dose, who=shortened(body.prescriber, 32), day=date_words(day),
        )  # fmt: skip
    return phrase("Plan {dose} mg, kept since {day}", dose=dose, day=date_words(day))


def _agreed(scope: Scope) -> Words:
    """“; agreed with Dr Lind, 3 Nov 2026: hold until 1 Jan 2027”, as it was written down."""
    visit = last_visit(scope.diary.lines, scope.last_day)
    if visit is None:
        return ""
    what, day = AGREED[visit.what], date_words(visit.day)
    said = phrase("; agreed, {day}: {what}", day=day, what=what)
    if visit.who:
        said = phrase("; agreed with {who}, {day}: {what}", who=shortened(visit.who, 32), day=day,
                      what=what)  # fmt: skip
    if visit.until is None:
        return said
    return phrase("{said} until {until}", said=said, until=date_words(visit.until))


def _needed(medicine: Medicine, last: date) -> Words:
    """What was taken as needed in the last four weeks, apart from the settled dose."""
    days = [d for d in medicine.last_days(last, NEEDED_DAYS) if d.lines]
    found = [d for d in days if d.as_needed_mg is None or d.as_needed_mg]
    begun_on = min(medicine.days, default=last)
    many = min(NEEDED_DAYS, (last - begun_on).days + 1)
    if not days:
        return ""
    if not found and len(days) < many:
        return counted(len(days), "As needed: none on the {count} written day",
                       "As needed: none on the {count} written days")  # fmt: skip
    if not found:
        return counted(many, "As needed: none in {count} day", "As needed: none in {count} days")
    amounts = sorted({d.as_needed_mg for d in found if d.as_needed_mg is not None})
    said: Words = phrase("amount not written")
    if amounts:
        span = dict.fromkeys((dose_words(amounts[0]), dose_words(amounts[-1])))
        said = phrase("{span} mg in the day", span="–".join(span))
    return counted(
        len(found),
        "As needed: {said} on {count} of the last {many} days, on {day}",
        "As needed: {said} on {count} of the last {many} days, last on {day}",
        said=said, many=many, day=date_words(found[-1].day),
    )  # fmt: skip


def _behind(scope: Scope, medicine: Medicine, *, with_attempts: bool) -> Words:
    """What it is for, since when, what was tried; what of that nobody wrote, in one sentence."""
    parts, unsaid = [], []
    why = next((one.body.why for one in reversed(medicine.ordered) if one.body.why), "")
    since = min((one.body.started_on for one in medicine.ordered if one.body.started_on),
                default=None)  # fmt: skip
    when = month_words(since, year=True) if since else ""
    if why and since:
        parts.append(phrase("For {why}, since {when}", why=shortened(why, WHY_LETTERS), when=when))
    elif why:
        parts.append(phrase("For {why}", why=shortened(why, WHY_LETTERS)))
        unsaid.append(phrase("since when"))
    elif since:
        parts.append(phrase("Taken since {when}", when=when))
        unsaid.append(phrase("what for"))
    else:
        unsaid += [phrase("what for"), phrase("since when")]
    if with_attempts:
        said = _attempts(scope)
        if not said:
            unsaid.append(phrase("earlier attempts"))
        elif scope.own_words:
            words = shortened(said, ATTEMPTS_LETTERS).rstrip(".")
            parts.append(phrase("Earlier attempts: {words}", words=words))
    if unsaid:
        parts.append(phrase("Not written: {what}", what=list_words(unsaid)))
    return joined(". ", parts)


def _attempts(scope: Scope) -> str:
    said = ""
    for entry, body in scope.diary.of(Profile):
        if entry.date <= scope.last_day:
            said = body.fields.get("attempts", said)
    return " ".join(said.split())


def _change(way: Way, last: date) -> tuple[Words, tuple[Words, ...]]:
    """The percent, and below it from what to what and when."""
    change = way.changes[-1] if way.changes else way.begun
    if change is None:
        return "", (phrase("none recorded"),)
    amounts = _amounts(change)
    ago = (last - change.day).days
    when = date_words(change.day)
    level = next((one for one in way.levels if one.mg == change.to_mg
                  and one.first_day >= change.day), None)  # fmt: skip
    glide = not way.changes or level is None or level.first_day > change.day
    if not change.from_mg:
        return _from_none(way, change, when, ago)
    share = percent_words(change.to_mg, change.from_mg)
    if glide:
        return share, (amounts, phrase("in small steps from {day}", day=when))
    return share, (amounts, phrase("{day} ({ago})", day=when, ago=_ago(ago)))


def _amounts(change: DoseChange) -> Words:
    """“1 down to 0.875 mg”: the way is in the words, since a sign is small and skimmed over."""
    old, new = dose_words(change.from_mg), dose_words(change.to_mg)
    if not change.to_mg:
        return phrase("{old} mg down to none", old=old)
    if change.to_mg < change.from_mg:
        return phrase("{old} down to {new} mg", old=old, new=new)
    return phrase("{old} up to {new} mg", old=old, new=new)


def _gap(way: Way) -> DoseChange | None:
    """The change to none that the last change ended; None where it ended no such time."""
    if len(way.changes) < 2 or way.changes[-1].from_mg or way.changes[-2].to_mg:
        return None
    return way.changes[-2]


def _from_none(
    way: Way, change: DoseChange, when: Words, ago: int
) -> tuple[Words, tuple[Words, ...]]:
    """After a time without, or for the first time: no percent of nothing, and no “from 0”."""
    dose, gap = dose_words(change.to_mg), _gap(way)
    if gap is None:
        return phrase("begun"), (phrase("{dose} mg", dose=dose),
                                 phrase("{day} ({ago})", day=when, ago=_ago(ago)))  # fmt: skip
    return phrase("taken again"), (
        phrase("none from {day}", day=date_words(gap.day)),
        phrase("{dose} mg from {day}", dose=dose, day=when),
    )


def _ago(days: int) -> Words:
    if not days:
        return phrase("that day")
    return counted(days, "{count} day before", "{count} days before")


def _lines(row: PageDose) -> Iterator[Words]:
    """First how settled it is; then the plan, what was taken as needed, and the supply."""
    settled = begun(joined("; ", filter(None, (row.settled, row.seldom, row.week))))
    supply = ""
    if row.supply != "not recorded":
        supply = phrase("Supply left: {days}", days=row.supply)
    yield joined(". ", filter(None, (settled, row.how, row.plan, row.needed, supply)))


def _shown(rows: tuple[PageDose, ...], most: int) -> Takes:
    shown, rest = rows[:SHOWN], rows[SHOWN:]
    return Takes(
        rows=tuple(
            DoseLine(
                now=row.now,
                said=tuple(phrase("{line}.", line=line) for line in _lines(row) if line),
                soft=phrase("{behind}. {label}.", behind=row.behind, label=row.label),
                change=row.change,
                change_said=row.change_said,
            )
            for row in shown
        ),
        note=phrase("Also in the diary: {rows}.", rows=list_words([row.now for row in rest]))
        if rest
        else "",
    )


DOSES = Block[tuple[PageDose, ...]](
    name="doses",
    title=phrase("Takes now"),
    words=phrase("dose now"),
    build=page_doses,
    show=_shown,
    nothing=(),
    empty=phrase("No medicine is written down."),
    also=("taper", "changes"),
)
