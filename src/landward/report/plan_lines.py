"""The lines of a plan as sheet and screen both show them: when, how much, made from what.

A line that was confirmed has its day; every later one stands as “from 12 Jan, if you go on”.
`confirmed` is how many lines were, None for a plan of before that was asked: then all have days.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from landward.model.amounts import rounded_text
from landward.model.base import BadInput
from landward.model.said import Said, counted, phrase
from landward.model.taper import TaperPlan, TaperStep, TimedDose
from landward.report.figure.marks import Figure
from landward.report.figure.pieces import piece_figures
from landward.report.taper_spoken import largest_first, spoken_dose
from landward.report.taper_words import ONE_TIME, broken, day_words, merged, mg_words
from landward.report.words import SHORT_WEEKDAYS, date_words


@dataclass(frozen=True, slots=True)
class DoseLine:
    """One dose time of a line."""

    at: str
    """Empty where the day has one dose."""
    mg: str
    words: Said
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of a plan. `first_step` and `last_step` are the steps of the plan it holds."""

    number: int
    first_step: int
    last_step: int
    start: date
    days: int
    confirmed: bool
    since: Said
    until: Said
    mg: str
    change: Said
    doses: tuple[DoseLine, ...]
    unkept: tuple[str, ...]
    words: str = ""
    """What was written beside it, word for word."""

    @property
    def lasts(self) -> Said:
        """How long it lasts at least."""
        return counted(self.days, "{count} day", "{count} days")


MOST_ON_PAPER = 400


def printable_lines(plan: TaperPlan, confirmed: int | None = None) -> tuple[PlanLine, ...]:
    """The lines of a plan for a sheet. Raises BadInput where there are none, or too many."""
    lines = plan_lines(plan, confirmed)
    if not lines:
        raise BadInput(phrase("this plan has no steps to print"))
    if len(lines) > MOST_ON_PAPER:
        raise BadInput(
            phrase("{count} lines are too many for paper; hold each longer", count=len(lines))
        )
    return lines


def plan_lines(plan: TaperPlan, confirmed: int | None = None) -> tuple[PlanLine, ...]:
    """Every line of a plan, steps with the same doses as one."""
    lines, before, steps_before = [], plan.from_mg, 0
    for number, step in enumerate(merged(plan), start=1):
        first = steps_before + 1
        steps_before = first
        while steps_before < len(plan.steps) and plan.steps[steps_before].start < step.end:
            steps_before += 1
        stands = confirmed is None or first <= confirmed
        lines.append(
            PlanLine(
                number=number,
                first_step=first,
                last_step=steps_before,
                start=step.start,
                days=step.days,
                confirmed=stands,
                since=since_words(step.start, stands=stands),
                until=phrase("to {day}", day=weekday_words(step.end - timedelta(days=1))),
                mg=day_words(step.doses, step.made_mg),
                change=change_words(before, step.made_mg),
                doses=tuple(_dose(dose) for dose in step.doses if dose.made_mg or dose.pieces),
                unkept=tuple(broken(step)),
                words=step.words,
            )
        )
        before = step.made_mg
    return tuple(lines)


def weekday_words(day: date) -> Said:
    """“Mon 12 Jan 2026”."""
    return phrase("{weekday} {date}", weekday=SHORT_WEEKDAYS[day.weekday()], date=date_words(day))


def since_words(day: date, *, stands: bool) -> Said:
    """“from Mon 12 Jan 2026”, and “if you go on” where nobody has said so yet."""
    if stands:
        return phrase("from {day}", day=weekday_words(day))
    return phrase("from {day}, if you go on", day=weekday_words(day))


def change_words(before: Fraction, now: Fraction) -> Said:
    """The true percent of what was taken before: “−10.0 %”, “the same”, “+5.0 %”."""
    if before == now or not before:
        return phrase("the same")
    percent = (before - now) / before * 100
    sign = "−" if percent > 0 else "+"
    return phrase("{percent} %", percent=f"{sign}{rounded_text(abs(percent), 1)}")


def line_on(lines: tuple[PlanLine, ...], step: int) -> PlanLine | None:
    """The line that holds a step, counted from 1; None before the first."""
    return next((line for line in lines if line.first_step <= step <= line.last_step), None)


def dose_lines(step: TaperStep) -> tuple[DoseLine, ...]:
    """What a step takes at each time, drawn."""
    return tuple(_dose(dose) for dose in step.doses if dose.made_mg)


def _dose(dose: TimedDose) -> DoseLine:
    return DoseLine(
        at="" if dose.at == ONE_TIME else dose.at,
        mg=mg_words(dose.made_mg),
        words=spoken_dose(dose),
        figures=tuple(
            figure for piece in largest_first(dose.pieces) for figure in piece_figures(piece)
        ),
    )
