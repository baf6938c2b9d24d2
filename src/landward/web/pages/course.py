"""Two quiet pages behind Journey, read only when opened: how symptoms went, what came before."""

from concurrent.futures import Future

from starlette.responses import Response

from landward.app.read.told import COURSE, HELPED, item_names
from landward.report.readings import course, helped
from landward.report.words import count_words
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page

NOT_YET = "Not enough days yet to say anything."


def course_first(context: RequestContext) -> Future[object] | None:
    """Begin the reading where no other page waits for it."""
    return COURSE.begin(context.reading, context.app_state.aside)


def helped_first(context: RequestContext) -> Future[object] | None:
    """Begin the reading where no other page waits for it."""
    return HELPED.begin(context.reading, context.app_state.aside)


def show_course(context: RequestContext) -> Response:
    """When each symptom came, was hardest and eased, and which way it went so far."""
    diary = context.reading
    if diary.is_empty:
        return context.go("/journey")
    names = item_names(diary.diary)
    found = COURSE.held(diary)
    told = () if found is None else course.lines(found, names)
    return context.page(
        "course.html",
        sentence=NOT_YET if found is None else course.sentence(found, names),
        lines=[_course_line(one) for one in told if not one.too_few],
        few=[_course_line(one) for one in told if one.too_few],
    )


def _course_line(one: course.CourseLine) -> tuple[str, str, str]:
    """Name, which way it went, and when it was what."""
    began = "there from the first week on" if one.began == "at the start" else one.began
    when = (
        f"began {began}" if began and began == one.began else began,
        f"hardest around {one.hardest}" if one.hardest else "",
        f"eased from {one.eased}" if one.eased else "",
    )
    told = "; ".join(part for part in when if part)
    word = "low" if one.better_up else "hard"
    hard = f"{one.severe_days} {word} of {count_words(one.answered, 'day')} answered"
    return one.name, _upper(one.way), f"{_upper(told or hard)}" + (f"; {hard}." if told else ".")


def show_helped(context: RequestContext) -> Response:
    """The day after a tag or event, next to the day after days just as hard without it."""
    diary = context.reading
    if diary.is_empty:
        return context.go("/journey")
    found = HELPED.held(diary)
    lines = [] if found is None else [_helped_line(one) for one in helped.lines(found)]
    return context.page(
        "helped.html",
        sentence=NOT_YET if found is None else helped.sentence(found, item_names(diary.diary)),
        compared=[line for line in lines if line[1]],
        few=[line for line in lines if not line[1]],
        own_words=() if found is None else found.own_words[::-1],
    )


def _helped_line(one: helped.HelpedLine) -> tuple[str, str, str]:
    """Tag, how it stands, and the numbers behind it."""
    times = count_words(one.times, "time")
    if not one.beside:
        return one.tag, "", times
    beside = "the same as" if one.beside == "the same" else f"{one.beside} than"
    return (
        one.tag,
        "Stands out" if one.stands_out else "Does not stand out",
        f"{_upper(times)}: {one.day} that day, {one.day_after} the day after; "
        f"{beside} after like days.",
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


PAGES = (
    Page("/journey/course", show_course, needs="diary", first=course_first),
    Page("/journey/helped", show_helped, needs="diary", first=helped_first),
)
