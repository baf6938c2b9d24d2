"""Two quiet pages behind Journey, read only when opened: how symptoms went, what came before."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from starlette.responses import Response

from landward.app.diary.open_diary import ANSWERS, LABELS
from landward.app.read.course import DiaryCourse, read_course
from landward.app.read.helped import DiaryHelped, read_helped
from landward.app.share.report import words_for
from landward.model.base import BadInput
from landward.model.diary import Diary
from landward.model.symptom_course import BeforeAfter, SymptomCourse
from landward.report.course_words import course_sentence, helped_sentence, trend_words
from landward.report.pattern_words import direction_words
from landward.report.words import count_words, date_words, item_words, number_words
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page

ReadingT = TypeVar("ReadingT")
TAGGED = ANSWERS | LABELS | {"event"}
FEELINGS = {"pleasant": "pleasant feelings", "painful": "painful feelings"}
NOT_YET = "Not enough days yet to say anything."


def _or_none(read: Callable[[Diary], ReadingT]) -> Callable[[Diary], ReadingT | None]:
    def reading(diary: Diary) -> ReadingT | None:
        try:
            return read(diary)
        except BadInput:
            return None

    return reading


_course, _helped = _or_none(read_course), _or_none(read_helped)


def course_first(context: RequestContext) -> Future[object] | None:
    """Begin the reading where no other page waits for it."""
    context.reading.begin("course", _course, ANSWERS, context.app_state.aside)
    return context.reading.hurry("course")


def helped_first(context: RequestContext) -> Future[object] | None:
    """Begin the reading where no other page waits for it."""
    context.reading.begin("helped", _helped, TAGGED, context.app_state.aside)
    return context.reading.hurry("helped")


def show_course(context: RequestContext) -> Response:
    """When each symptom came, was hardest and eased, and which way it went so far."""
    diary = context.reading
    if diary.is_empty:
        return context.go("/journey")
    names = words_for(diary.diary) | FEELINGS
    found = diary.keep("course", lambda: _course(diary.diary), ANSWERS)
    symptoms = () if found is None else found.symptoms
    lines = [
        (_course_line(one, found, names), one.trend == "too few days")
        for one in symptoms
        if found is not None
    ]
    return context.page(
        "course.html",
        sentence=NOT_YET
        if found is None
        else course_sentence(
            found.symptoms,
            answered=found.answered,
            days=found.days,
            first_day=found.first_day,
            better_up=found.better_up,
            names=names,
        ),
        lines=[line for line, short in lines if not short],
        few=[line for line, short in lines if short],
    )


def _course_line(
    one: SymptomCourse, found: DiaryCourse, names: dict[str, str]
) -> tuple[str, str, str]:
    """Name, which way it went, and when it was what."""

    def day(position: int | None, word: str) -> str:
        when = found.date_of(position)
        return "" if when is None else f"{word} {date_words(when, year=found.days > 300)}"

    began = "there from the first week on" if one.from_start else day(one.onset, "began")
    when = (began, day(one.peak, "hardest around"), day(one.easing, "eased from"))
    told = "; ".join(part for part in when if part)
    word = "low" if one.symptom in found.better_up else "hard"
    hard = f"{one.severe_days} {word} of {count_words(one.answered, 'day')} answered"
    return (
        _named(one.symptom, names),
        _way(one, found),
        f"{_upper(told or hard)}" + (f"; {hard}." if told else "."),
    )


def _way(one: SymptomCourse, found: DiaryCourse) -> str:
    if one.trend in ("no clear trend", "too few days"):
        return _upper(one.trend)
    size = abs(one.trend_per_month or 0.0)
    way = trend_words(one.trend == "harder", one.symptom in found.better_up)
    return f"{number_words(size) if size >= 0.05 else 'Under 0.1'} points a month {way}"


def show_helped(context: RequestContext) -> Response:
    """The day after a tag or event, next to the day after days just as hard without it."""
    diary = context.reading
    if diary.is_empty:
        return context.go("/journey")
    names = words_for(diary.diary) | FEELINGS
    found = diary.keep("helped", lambda: _helped(diary.diary), TAGGED)
    tags = [] if found is None else sorted(found.reading.tags, key=_rank)
    lines = [] if found is None else [_helped_line(one, found) for one in tags]
    return context.page(
        "helped.html",
        sentence=NOT_YET
        if found is None
        else helped_sentence(
            found.reading,
            days=found.days,
            first_day=found.first_day,
            item=found.items[0] if len(found.items) == 1 else "day",
            better_up=found.better_up,
            names=names,
        ),
        compared=[line for line in lines if line[1]],
        few=[line for line in lines if not line[1]],
        own_words=() if found is None else found.own_words[::-1],
    )


def _rank(one: BeforeAfter) -> tuple[bool, bool, int, str]:
    return (not one.stands_out, one.difference is None, -one.times, one.tag)


def _helped_line(one: BeforeAfter, found: DiaryHelped) -> tuple[str, str, str]:
    """Tag, how it stands, and the numbers behind it."""
    times = count_words(one.times, "time")
    if one.difference is None or one.before is None or one.after is None:
        return one.tag, "", times
    low, high = found.scale
    ends = (one.before, one.after)
    if found.better_up:
        ends = (low + high - one.before, low + high - one.after)
    size = number_words(abs(one.difference))
    way = direction_words(one.difference > 0, found.better_up)
    beside = "the same as" if size == "0" else f"{size} {way} than"
    return (
        one.tag,
        "Stands out" if one.stands_out else "Does not stand out",
        f"{_upper(times)}: {number_words(ends[0])} that day, {number_words(ends[1])} the day "
        f"after; {beside} after like days.",
    )


def _named(item: str, names: dict[str, str]) -> str:
    return _upper(names["day"] if item == "day" else item_words(item, names))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


PAGES = (
    Page("/journey/course", show_course, needs="diary", first=course_first),
    Page("/journey/helped", show_helped, needs="diary", first=helped_first),
)
