"""The pages behind the first: every day, every symptom, every lasting dose, every questionnaire."""

from datetime import date, timedelta
from statistics import median

from landward.model.base import Frozen
from landward.model.bodies import Feelings, ScaleAnswers
from landward.model.choices import choice_counts
from landward.model.questions import BY_ID
from landward.model.said import Words, begun, joined, phrase
from landward.model.series import Missing
from landward.model.waves import WaveReading
from landward.report.blocks.overview import spells_in
from landward.report.blocks.scope import Scope, days_between
from landward.report.blocks.tide import ends_of, tide_of
from landward.report.figure.tide import Tide
from landward.report.words import count_words, date_words, dose_words, number_words

SPAN_DAYS = 28

_WHY = {
    Missing.UNWELL: "u",
    Missing.RESTING: "r",
    Missing.DECLINED: "n",
    Missing.TOO_MUCH: "n",
    Missing.NO_OCCASION: "n",
}
"""Letters of the calendar for days without a number; days without an entry stay a dash."""

LEGEND = phrase(
    "u: too unwell to log; r: resting from the diary; n: asked, not answered; –: no "
    "entry. Framed: window. Hatched: wave. In brackets: same as the day before."
)


class CalendarDay(Frozen):
    """One day's cell: the answer or the letter of its absence, and the spell it lies in."""

    text: Words
    spell: Words = ""


class CalendarWeek(Frozen):
    """Seven cells from Monday on; empty cells lie outside the period."""

    monday: Words
    days: tuple[CalendarDay, ...]


class ItemRow(Frozen):
    """One item over the diary: its scale, and the middle of its first and last four weeks."""

    name: Words
    scale: Words
    first: Words
    last: Words
    answered: Words


class LevelRow(Frozen):
    """One lasting dose."""

    drug: Words
    amount: Words
    since: Words
    until: Words


class Appendix(Frozen):
    """Everything the pages behind the first one show."""

    what: Words
    tide: Tide
    tide_ends: tuple[Words, Words]
    """The words at the easy and the hard end of the calendar's ramp."""
    weeks: tuple[CalendarWeek, ...]
    legend: Words
    items: tuple[ItemRow, ...]
    levels: tuple[LevelRow, ...]
    questionnaires: tuple[Words, ...]
    in_words: tuple[Words, ...] = ()
    """Questions answered in words: how often each word was chosen in the period."""


def appendix(scope: Scope, reading: WaveReading | None, what: str) -> Appendix:
    """The pages behind the report; `what` names the answers in the calendar."""
    return Appendix(
        what=what,
        tide=tide_of(scope),
        tide_ends=ends_of(scope),
        weeks=_weeks(scope, reading),
        legend=LEGEND,
        items=_items(scope),
        levels=_levels(scope) if scope.doses_shown else (),
        questionnaires=_questionnaires(scope),
        in_words=_in_words(scope),
    )


def _asked(scope: Scope, item: str) -> str:
    """What a question is called; one that is asked no more goes by its stored name."""
    if item in BY_ID:
        return BY_ID[item].beside
    return begun(scope.names.get(item, item.replace("_", " ")))


def _in_words(scope: Scope) -> tuple[str, ...]:
    return tuple(
        phrase(
            "{asked}: {items} ({answered} of {days} answered)",
            asked=_asked(scope, one.item),
            items=joined(", ", ((phrase("{w} {n}", w=w, n=n) for w, n in one.counts.items()))),
            answered=one.answered,
            days=count_words(one.days, "day"),
        )
        for one in choice_counts(scope.diary, scope.first_day, scope.last_day)
    )


def _weeks(scope: Scope, reading: WaveReading | None) -> tuple[CalendarWeek, ...]:
    spell_of: dict[date, str] = {}
    for spell in spells_in(scope, reading):
        for place in range(spell.start, spell.end + 1):
            spell_of[scope.first_day + timedelta(days=place)] = spell.state
    monday = scope.first_day - timedelta(days=scope.first_day.weekday())
    weeks = []
    while monday <= scope.last_day:
        days = days_between(monday, monday + timedelta(days=6))
        cells = tuple(_cell(scope, day, spell_of.get(day, "")) for day in days)
        weeks.append(CalendarWeek(monday=date_words(monday), days=cells))
        monday += timedelta(days=7)
    return tuple(weeks)


def _cell(scope: Scope, day: date, spell: str) -> CalendarDay:
    if not scope.holds(day):
        return CalendarDay(text="")
    value = scope.main_on(day)
    if value is None:
        return CalendarDay(text=_WHY.get(scope.main_missing(day), "–"), spell=spell)
    text = number_words(value)
    return CalendarDay(
        text=phrase("({text})", text=text) if scope.main_carried(day) else text, spell=spell
    )


def _items(scope: Scope) -> tuple[ItemRow, ...]:
    """Every item of the daily check-in, by name, up to the end of the period."""
    feelings = {item for _, body in scope.diary.of(Feelings) for item in body.asked}
    rows = []
    for item in scope.diary.items:
        answers = scope.answers(item, date.min, scope.last_day)
        scales = scope.scales(item, date.min, scope.last_day)
        if item in feelings or not answers or len(scales) != 1:
            continue
        start = answers[0][0]
        first = [value for day, value in answers if day < start + timedelta(days=SPAN_DAYS)]
        cut = scope.last_day - timedelta(days=SPAN_DAYS)
        last = [value for day, value in answers if day > cut]
        scale = scales.pop()
        best, worst = (scale.low, scale.high) if scale.better == "down" else (scale.high, scale.low)
        rows.append(
            ItemRow(
                name=scope.name(item),
                scale=phrase(
                    "{best} to {worst}", best=number_words(best), worst=number_words(worst)
                ),
                first=number_words(median(first)),
                last=number_words(median(last)) if last else "–",
                answered=count_words(len(answers), "day"),
            )
        )
    return tuple(sorted(rows, key=lambda row: row.name))


def _levels(scope: Scope) -> tuple[LevelRow, ...]:
    return tuple(
        LevelRow(
            drug=drug,
            amount=phrase("{mg} mg", mg=dose_words(level.mg)),
            since=date_words(level.first_day),
            until=date_words(level.last_day),
        )
        for drug in scope.medicines.taken_drugs
        for level in scope.medicine(drug).levels(scope.last_day)
    )


def _questionnaires(scope: Scope) -> tuple[str, ...]:
    return tuple(
        phrase(
            "{get}: {total} on {date}",
            get=scope.names.get(body.instrument, body.instrument),
            total=number_words(body.total),
            date=date_words(entry.date),
        )
        for entry, body in scope.diary.of(ScaleAnswers)
        if body.total is not None and entry.date <= scope.last_day
    )
