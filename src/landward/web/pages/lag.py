"""What followed dose changes: read only when opened, by choice. After is not because."""

from concurrent.futures import Future
from dataclasses import dataclass

from starlette.responses import Response

from landward.app.diary.open_diary import PLANS
from landward.app.read.held_waves import READ_FROM
from landward.app.read.lag import DiaryLag, read_lag
from landward.app.share.report import report_context, words_for
from landward.model.base import BadInput
from landward.model.diary import Diary
from landward.model.lag import LagEstimate
from landward.report.blocks.before_after import ChangeRow
from landward.report.page import kept_span
from landward.report.pattern_words import lag_sentence, range_words
from landward.report.words import count_words, item_words
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page
from landward.web.pages.course import FEELINGS


def _drug(context: RequestContext) -> str | None:
    """The drug asked for, else the first by name; None where no dose was ever written."""
    drugs = context.reading.diary.drugs
    asked = context.asked("drug")
    return asked if asked in drugs else next(iter(drugs), None)


@dataclass(frozen=True, slots=True)
class After:
    """What followed the changes of one drug's dose, and the last changes before and after."""

    lag: DiaryLag | None
    changes: tuple[ChangeRow, ...]


def _read(diary: Diary, drug: str | None) -> After:
    try:
        lag = read_lag(diary, drug=drug)
    except BadInput:
        lag = None
    first, last = kept_span(diary)
    return After(lag, report_context(diary, first_day=first, last_day=last).changes)


def lag_first(context: RequestContext) -> Future[object] | None:
    """Ten years take seconds: they are read while other pages are answered."""
    diary = context.reading
    if diary.is_empty or diary.me["lag"] != "on":
        return None
    drug = _drug(context)
    diary.begin(
        ("lag", drug),
        lambda folded: _read(folded, drug),
        READ_FROM | PLANS,
        context.app_state.aside,
    )
    return diary.hurry(("lag", drug))


def show_after(context: RequestContext) -> Response:
    """The sentence of the lag reading, a line per symptom, and the last changes day by day."""
    diary = context.reading
    if diary.is_empty or diary.me["lag"] != "on":
        return context.go("/journey")
    drug, whole = _drug(context), diary.diary
    names = words_for(whole) | FEELINGS
    read = diary.keep(("lag", drug), lambda: _read(whole, drug), READ_FROM | PLANS)
    found = read.lag
    symptoms = [] if found is None else sorted(found.reading.symptoms, key=_order)
    return context.page(
        "after.html",
        drug=drug,
        drugs=whole.drugs,
        sentence=_sentence(found, names),
        found=[_line(one, names, found) for one in symptoms if found and one.claimed],
        not_yet=[
            _line(one, names, found)
            for one in symptoms
            if found and one.size is not None and not one.claimed
        ],
        changes=read.changes,
    )


def _sentence(found: DiaryLag | None, names: dict[str, str]) -> str:
    if found is None:
        return "Not enough days yet to say anything about symptoms after dose changes."
    return lag_sentence(found.reading, found.first_day, names, found.better_up)


def _order(one: LagEstimate) -> tuple[bool, float, str]:
    return (not one.claimed, 1.0 if one.p_value is None else one.p_value, one.symptom)


def _line(one: LagEstimate, names: dict[str, str], found: DiaryLag) -> tuple[str, str, str]:
    """Name, likely range of points, and when and of how many days."""
    near, far = one.lag_interval or (0.0, 0.0)
    name = names["day"] if one.symptom == "day" else item_words(one.symptom, names)
    return (
        name[0].upper() + name[1:],
        range_words(one.size_interval or (0.0, 0.0), better_up=one.symptom in found.better_up),
        f"Most so {round(near)} to {round(far)} days later; "
        f"{count_words(one.answered, 'day')} answered.",
    )


PAGES = (Page("/journey/after", show_after, needs="diary", first=lag_first),)
