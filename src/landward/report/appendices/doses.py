"""Doses that lasted, and the plan beside what was taken: counted days, no verdict."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from landward.model.medicines import DayState, Medicine
from landward.model.medicines.planned import PlannedStep
from landward.model.said import Words, phrase
from landward.report.appendices.part import Leaf, Part
from landward.report.blocks.scope import Scope, days_between
from landward.report.blocks.shape import Column, Row, Table, row
from landward.report.words import date_words, dose_words

MOST_STEPS = 40
"""More planned lines than this are told month by month."""

_Span = tuple[date, date, str]


def lasting_doses(scope: Scope) -> tuple[Leaf, ...]:
    """Every amount that was held, then plan against taken where a plan speaks of these days."""
    found = []
    if rows := _levels(scope):
        table = Table(
            columns=(
                Column(head=phrase("drug")), Column(head=phrase("a day"), right=True),
                Column(head=phrase("from")), Column(head=phrase("last noted"), share=1),
            ),
            rows=rows,
            note=phrase("An amount taken on three known days in a row or more."),
        )  # fmt: skip
        found.append((phrase("Doses that lasted"), table))
    if rows := plan_rows(scope):
        table = Table(
            columns=(
                Column(head=phrase("drug")), Column(head=phrase("from")), Column(head=phrase("to")),
                Column(head=phrase("planned a day"), right=True),
                Column(head=phrase("as planned"), right=True),
                Column(head=phrase("other"), right=True),
                Column(head=phrase("not taken"), right=True),
                Column(head=phrase("not written"), right=True),
            ),
            rows=rows,
            note=phrase("Days, counted; as needed is not among them. “Not written” says neither "
                        "taken nor not taken."),
        )  # fmt: skip
        found.append((phrase("The plan and what was taken"), table))
    return tuple(Leaf(part=DOSES.name, title=title, shape=table) for title, table in found)


def _levels(scope: Scope) -> tuple[Row, ...]:
    return tuple(
        row(
            drug, phrase("{mg} mg", mg=dose_words(level.mg)),
            date_words(level.first_day), date_words(level.last_day),
        )
        for drug in scope.medicines.taken_drugs
        for level in scope.medicine(drug).levels(scope.last_day)
    )  # fmt: skip


def plan_rows(scope: Scope) -> tuple[Row, ...]:
    """Per planned line: days as planned, another amount, not taken, not written."""
    rows = []
    for drug, medicine in scope.medicines.medicines.items():
        for first, last, mg in _spans(scope, medicine):
            counts = Counter(_how(medicine, day) for day in days_between(first, last)
                             if medicine.planned_mg(day) is not None)  # fmt: skip
            kinds = ("as planned", "other", "not taken", "not written")
            numbers = (str(counts[kind]) for kind in kinds)
            rows.append(row(drug, date_words(first), date_words(last), mg, *numbers))
    return tuple(rows)


def _spans(scope: Scope, medicine: Medicine) -> list[_Span]:
    """The planned lines that touch the period, neighbours of one amount together."""
    steps = medicine.planned.steps
    joined_steps: list[PlannedStep] = []
    for step in steps:
        if not joined_steps or joined_steps[-1].mg != step.mg:
            joined_steps.append(step)
    if not joined_steps:
        return []
    ends = [one.start - timedelta(days=1) for one in joined_steps[1:]] + [scope.last_day]
    spans: list[_Span] = [
        (max(one.start, scope.first_day), min(end, scope.last_day),
         phrase("{mg} mg", mg=dose_words(one.mg)))
        for one, end in zip(joined_steps, ends, strict=True)
    ]  # fmt: skip
    spans = [span for span in spans if span[0] <= span[1]]
    return spans if len(spans) <= MOST_STEPS else _by_month(medicine, spans[0][0], scope.last_day)


def _by_month(medicine: Medicine, first: date, last: date) -> list[_Span]:
    spans: list[_Span] = []
    while first <= last:
        end = min(last, (first.replace(day=1) + timedelta(days=32)).replace(day=1)
                  - timedelta(days=1))  # fmt: skip
        spans.append((first, end, _range(medicine, first, end)))
        first = end + timedelta(days=1)
    return spans


def _range(medicine: Medicine, first: date, last: date) -> Words:
    found = [
        mg for day in days_between(first, last) if (mg := medicine.planned_mg(day)) is not None
    ]
    high, low = (dose_words(mg) for mg in (max(found), min(found)))
    return phrase("{mg} mg", mg=high) if high == low else phrase("{a} to {b} mg", a=high, b=low)


def _how(medicine: Medicine, day: date) -> str:
    dose, planned = medicine.on(day), medicine.planned_mg(day)
    if dose.taken_mg is None:
        return "not written"
    if dose.taken_mg == planned:
        return "as planned"
    return "not taken" if dose.state is DayState.NOT_TAKEN or dose.taken_mg == ZERO else "other"


ZERO = Decimal(0)
DOSES = Part("plan-and-taken", phrase("the plan and what was taken"), lasting_doses,
             tells=("doses", "taper"))  # fmt: skip
