"""When each symptom came, was hardest and eased, as a sentence and lines."""

from collections.abc import Mapping
from datetime import date

from landward.model.base import Frozen
from landward.model.readings import DiaryCourse
from landward.model.said import Words, phrase
from landward.model.symptom_course import SymptomCourse
from landward.report.blocks.shape import Column, Lines, Row, Table, row
from landward.report.course_words import course_sentence, trend_words
from landward.report.readings.names import item_named
from landward.report.readings.telling import Part, Telling
from landward.report.words import count_words, date_words, number_words

LONG_DAYS = 300
"""A diary longer than this needs the year beside a date."""


HEADS = (
    Column(head=phrase("symptom"), share=1),
    Column(head=phrase("days"), right=True),
    Column(head=phrase("hard"), short=phrase("hard days"), right=True),
    Column(head=phrase("began")),
    Column(head=phrase("hardest")),
    Column(head=phrase("eased")),
    Column(head=phrase("a month")),
)


class CourseLine(Frozen):
    """One symptom's course in words; a day is empty where the diary does not show it."""

    name: Words
    way: Words
    """“0.4 points a month easier”, “no clear trend”, “too few days”."""
    began: Words
    hardest: Words
    eased: Words
    answered: int
    severe_days: int
    better_up: bool
    too_few: bool


def sentence(found: DiaryCourse, names: Mapping[str, str] | None = None) -> str:
    """Which way the symptoms went, in one sentence."""
    return course_sentence(
        found.symptoms,
        answered=found.answered,
        days=found.days,
        first_day=found.first_day,
        better_up=found.better_up,
        names=names,
    )


def lines(found: DiaryCourse, names: Mapping[str, str] | None = None) -> tuple[CourseLine, ...]:
    """Every symptom, the one with most answers first."""
    return tuple(_line(one, found, names) for one in found.symptoms)


def _line(one: SymptomCourse, found: DiaryCourse, names: Mapping[str, str] | None) -> CourseLine:
    def day(position: int | None) -> str:
        when: date | None = found.date_of(position)
        return "" if when is None else date_words(when, year=found.days > LONG_DAYS)

    return CourseLine(
        name=item_named(one.symptom, names),
        way=_way(one, better_up=one.symptom in found.better_up),
        began=phrase("at the start") if one.from_start else day(one.onset),
        hardest=day(one.peak),
        eased=day(one.easing),
        answered=one.answered,
        severe_days=one.severe_days,
        better_up=one.symptom in found.better_up,
        too_few=one.trend == "too few days",
    )


def _way(one: SymptomCourse, *, better_up: bool) -> str:
    if (
        one.trend in (phrase("no clear trend"), phrase("too few days"))
        or one.trend_per_month is None
    ):
        return one.trend
    size = abs(one.trend_per_month)
    way = trend_words(one.trend == "harder", better_up)
    return phrase(
        "{value} points a month {way}",
        value=number_words(size) if size >= 0.05 else phrase("under 0.1"),
        way=way,
    )


def tell(found: DiaryCourse, names: Mapping[str, str]) -> Telling:
    """The sentence; every symptom with a way; those with too few days for one."""
    told = lines(found, names)
    enough = tuple(_row(one) for one in told if not one.too_few)
    few = tuple(
        phrase("{name}: {answered}", name=one.name, answered=count_words(one.answered, "day"))
        for one in told
        if one.too_few
    )
    parts = (
        Part(shape=Table(columns=HEADS, rows=enough)) if enough else None,
        Part(title=phrase("Too few days to say which way"), shape=Lines(said=few), folded=True)
        if few
        else None,
    )
    return Telling(
        title=phrase("How each symptom went"),
        sentence=sentence(found, names),
        caution=phrase(
            "How things went, not how they will go. A way is only named where the weeks "
            "differ more than such weeks do by themselves."
        ),
        parts=tuple(part for part in parts if part),
        note=phrase(
            "hard: days in the hardest quarter of the scale, or the lowest where more is better."
        ),
    )


def _row(one: CourseLine) -> Row:
    return row(
        one.name,
        str(one.answered),
        str(one.severe_days),
        phrase("at start") if one.began == "at the start" else one.began or "–",
        one.hardest or "–",
        one.eased or "–",
        one.way.replace(" points a month", "").replace("under ", "<"),
    )
