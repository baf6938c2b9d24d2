"""Report: the one page for a prescriber and the letter, previewed here, taken as a PDF."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from starlette.responses import Response

from landward.app.make_letter import make_letter
from landward.app.make_report import make_report, note_shared, report_context
from landward.model.base import BadInput
from landward.web.ask import Ask
from landward.web.routing import Page
from landward.web.today import today_of

PERIODS = (("84", "12 weeks"), ("28", "4 weeks"), ("182", "Half a year"), ("", "Everything"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person chose for the page."""

    first: dt.date | None
    last: dt.date | None
    reader: str
    request: str | None
    paper: Literal["a4", "letter"]
    share_suicidal_thoughts: bool


def _wanted(ask: Ask) -> Wanted:
    until, period = ask.said("until"), ask.said("period")
    try:
        last = dt.date.fromisoformat(until) if until else ask.reading.diary.last_day
    except ValueError:
        raise BadInput(f"“{until[:40]}” is not a date; write it like 2026-03-01") from None
    first = ask.reading.diary.first_day
    if last and period in ("28", "84", "182"):
        first = last - dt.timedelta(days=int(period) - 1)
    return Wanted(
        first=first,
        last=last,
        reader=ask.said("reader"),
        request=ask.said("request", 400) or None,
        paper="letter" if ask.said("paper") == "letter" else "a4",
        share_suicidal_thoughts=ask.said("share") == "yes",
    )


def show_report(ask: Ask) -> Response:
    """The choices, and under them what the page will say."""
    return _page(ask)


def _page(ask: Ask) -> Response:
    diary = ask.reading
    if diary.is_empty:
        return ask.page("report.html", empty=True)
    wanted = _wanted(ask) if ask.form else None
    context = report_context(
        diary.diary,
        first_day=wanted.first if wanted else None,
        last_day=wanted.last if wanted else None,
        reader=wanted.reader if wanted else "",
        request=wanted.request if wanted else None,
        share_suicidal_thoughts=wanted.share_suicidal_thoughts if wanted else False,
    )
    typed = {name: values[-1] for name, values in ask.form.items() if values}
    return ask.page(
        "report.html",
        empty=False,
        context=context,
        typed=typed,
        periods=PERIODS,
        today=today_of(ask),
        last=diary.diary.last_day,
    )


def send_report(ask: Ask) -> Response:
    """Preview again, or hand over the PDF; for a named reader the diary notes that it was made."""
    if ask.said("do") == "preview":
        return _page(ask)
    wanted, today = _wanted(ask), today_of(ask)
    if ask.said("do") == "letter":
        pdf = make_letter(
            ask.reading.diary, today=today, prescriber=wanted.reader, paper=wanted.paper
        )
        return _handed_over(ask, pdf, "letter", wanted.reader)
    pdf = make_report(
        ask.reading.diary,
        today=today,
        first_day=wanted.first,
        last_day=wanted.last,
        reader=wanted.reader,
        request=wanted.request,
        paper=wanted.paper,
        share_suicidal_thoughts=wanted.share_suicidal_thoughts,
    )
    return _handed_over(ask, pdf, "report", wanted.reader)


def _handed_over(ask: Ask, pdf: bytes, what: str, reader: str) -> Response:
    if reader:
        note_shared(ask.reading.vault, what, reader, ask.moment)
        ask.reading.refresh()
    headers = {"content-disposition": f'attachment; filename="{what}.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


PAGES = (
    Page("/report", show_report, needs="diary"),
    Page("/report", send_report, "POST", needs="diary"),
)
