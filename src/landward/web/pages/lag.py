"""What followed dose changes: read only when opened, by choice. After is not because."""

from dataclasses import dataclass

from starlette.responses import Response

from landward.app.read.lag import read_lag
from landward.app.read.told import CHANGES_FROM, item_names
from landward.app.share.report import changes_told
from landward.model.base import BadInput
from landward.model.diary import Diary
from landward.model.readings import DiaryLag
from landward.model.said import phrase
from landward.report.blocks.before_after import ChangeRow
from landward.report.readings.lag import LagLine, lines, sentence
from landward.report.words import count_words
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page


def _drug(context: RequestContext) -> str | None:
    """The drug asked for, else the first by name; None where no dose was ever written."""
    drugs = context.standing.diary.drugs
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
    return After(lag, changes_told(diary))


def show_after(context: RequestContext) -> Response:
    """The sentence of the lag reading, a line per symptom, and the last changes day by day."""
    diary = context.standing
    if diary.is_empty or diary.me.settings.lag != "on":
        return context.go("/journey")
    drug, whole = _drug(context), diary.diary
    names = item_names(whole)
    read = diary.keep(("lag", drug), lambda: _read(whole, drug), CHANGES_FROM)
    told = () if read.lag is None else lines(read.lag, names)
    return context.page(
        "after.html",
        drug=drug,
        drugs=whole.drugs,
        sentence=NOT_YET if read.lag is None else sentence(read.lag, names),
        found=[_line(one) for one in told if one.claimed],
        not_yet=[_line(one) for one in told if one.size and not one.claimed],
        changes=read.changes,
    )


NOT_YET = phrase("Not enough days yet to say anything about symptoms after dose changes.")


def _line(one: LagLine) -> tuple[str, str, str]:
    """Name, likely range of points, and when and of how many days."""
    near, far = one.lag_days or (0, 0)
    answered = count_words(one.answered, "day")
    return (
        one.name,
        one.size,
        phrase(
            "Most so {near} to {far} days later; {answered} answered.",
            near=near,
            far=far,
            answered=answered,
        ),
    )


PAGES = (Page("/journey/after", show_after, needs="diary", lane="aside"),)
