"""What followed dose changes: read only when opened, by choice. After is not because."""

from concurrent.futures import Future

from starlette.responses import Response

from landward.app.journey import waves_until
from landward.app.make_report import report_context, words_for
from landward.app.open_diary import ANSWERS, DOSES
from landward.app.read_lag import DiaryLag, read_lag
from landward.model.base import BadInput
from landward.model.diary import Diary
from landward.model.lag import LagEstimate
from landward.report.page import kept_span
from landward.report.pattern_words import lag_sentence
from landward.report.words import item_words, number_words
from landward.web.ask import Ask
from landward.web.routing import Page

STANDING = {
    "found": "stands out",
    "not enough evidence yet": "not enough evidence yet",
    "too few days": "too few days",
    "too few dose changes": "too few dose changes",
}


def _drug(ask: Ask) -> str | None:
    """The drug asked for, else the first by name; None where no dose was ever written."""
    drugs = ask.reading.diary.drugs
    asked = ask.asked("drug")
    return asked if asked in drugs else next(iter(drugs), None)


def _read(diary: Diary, drug: str | None) -> DiaryLag | None:
    try:
        return read_lag(diary, drug=drug)
    except BadInput:
        return None


def lag_first(ask: Ask) -> Future[object] | None:
    """Ten years take seconds: they are read while other pages are answered."""
    diary = ask.reading
    if diary.is_empty or diary.me["lag"] != "on":
        return None
    drug = _drug(ask)
    diary.begin(("lag", drug), lambda folded: _read(folded, drug), ANSWERS | DOSES, ask.house.ahead)
    return diary.hurry(("lag", drug))


def show_after(ask: Ask) -> Response:
    """The sentence of the lag reading, a line per symptom, and the last changes day by day."""
    diary = ask.reading
    if diary.is_empty or diary.me["lag"] != "on":
        return ask.go("/journey")
    drug, whole = _drug(ask), diary.diary
    names = words_for(whole)
    found = diary.keep(("lag", drug), lambda: _read(whole, drug), ANSWERS | DOSES)
    first, last = kept_span(whole)
    context = diary.keep(
        "changes",
        lambda: report_context(
            whole, first_day=first, last_day=last, waves=waves_until(diary, last)
        ),
    )
    told = [] if found is None else [one for one in found.reading.symptoms if one.size is not None]
    return ask.page(
        "after.html",
        drug=drug,
        drugs=whole.drugs,
        sentence=_sentence(found, names),
        rows=[_row(one, names) for one in sorted(told, key=_order)],
        untold=0 if found is None else len(found.reading.symptoms) - len(told),
        changes=context.changes,
    )


def _sentence(found: DiaryLag | None, names: dict[str, str]) -> str:
    if found is None:
        return "Not enough days yet to say anything about symptoms after dose changes."
    return lag_sentence(found.reading, found.first_day, names)


def _order(one: LagEstimate) -> tuple[bool, float, str]:
    return (not one.claimed, 1.0 if one.p_value is None else one.p_value, one.symptom)


def _row(one: LagEstimate, names: dict[str, str]) -> tuple[str, str, str, str, str]:
    """Name, days answered, points harder, days later, how it stands."""
    low, high = one.size_interval or (0.0, 0.0)
    near, far = one.lag_interval or (0.0, 0.0)
    name = names["day"] if one.symptom == "day" else item_words(one.symptom, names)
    return (
        name[0].upper() + name[1:],
        str(one.answered),
        f"{number_words(low)} to {number_words(high)}",
        f"{round(near)} to {round(far)}",
        STANDING[one.standing],
    )


PAGES = (Page("/journey/after", show_after, needs="diary", first=lag_first),)
