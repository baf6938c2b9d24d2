"""Report: the one page for a prescriber and the letter, previewed here, taken as a PDF."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Literal

from starlette.responses import Response

from landward.app.read.held_waves import waves_until
from landward.app.share.letter import make_letter
from landward.app.share.locked_pdf import locked_report
from landward.app.share.report import for_reader, make_report, report_context, shared_entry
from landward.app.share.sealed_file import new_passcode, sealed_report, typed_passcode
from landward.app.share.seen_by import OFFERED
from landward.app.write.safety_facts import offered
from landward.model.base import BadInput
from landward.model.bodies import Shared
from landward.model.questions import BY_ID, WEEKLY
from landward.model.questions import FEELINGS as DAILY
from landward.model.readers import (
    Reader,
    forgotten_body,
    hidden_parts,
    kept_reader,
    kept_readers,
    reader_body,
)
from landward.model.said import phrase
from landward.model.visit import AGREED, last_visit
from landward.report.appendices.all_parts import PARTS
from landward.report.blocks.all_blocks import CHOSEN, FEELING
from landward.report.blocks.asking import kept_request
from landward.report.blocks.emotional_range import feelings_asked
from landward.report.context import ReportContext
from landward.report.letter_kinds import KINDS, TAPER
from landward.report.page import kept_span
from landward.report.report_pdf import report_pictures
from landward.report.six_lines import six_lines
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page
from landward.web.pages.journey import is_day

PERIODS = (
    ("84", phrase("12 weeks")),
    ("28", phrase("4 weeks")),
    ("182", phrase("Half a year")),
    ("", phrase("Everything")),
)
MOST_GIVEN = 30
SEEN_LAST = (("", phrase("all of them")), *PERIODS[1:2], *PERIODS[:1], *PERIODS[2:3])
"""How many of the last days a reader may see."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person chose for the page."""

    first: dt.date | None
    last: dt.date
    reader: str = ""
    request: str | None = None
    paper: Literal["a4", "letter"] = "a4"
    without: tuple[str, ...] = ()
    appendices: tuple[str, ...] = ()
    share_suicidal_thoughts: bool = False
    own_words: bool = True


def wanted_of(context: RequestContext) -> Wanted:
    """What the form says. Raises BadInput for a day that is none."""
    first, last = kept_span(context.standing.diary)
    if not context.form:
        return Wanted(None, last, reader=context.asked("for"))
    period = context.said("period")
    last = _day(context.said("until")) or last
    if not is_day(last):
        raise BadInput(phrase("{last} is no day of a diary: check the year", last=last.isoformat()))
    if period in ("28", "84", "182"):
        first = last - dt.timedelta(days=int(period) - 1)
    return Wanted(
        first=first,
        last=last,
        reader=context.said("reader"),
        request=context.said("request", 400) if "request" in context.form else None,
        paper="letter" if context.said("paper") == "letter" else "a4",
        without=_without(context),
        appendices=tuple(name for name in PARTS if name in context.said_all("add")),
        share_suicidal_thoughts=context.said("share") == "yes",
        own_words=context.said("own") != "no",
    )


def _without(context: RequestContext) -> tuple[str, ...]:
    """The parts whose boxes were on the page and not ticked."""
    offered, ticked = set(context.said_all("offered")), set(context.said_all("part"))
    single = (FEELING + item for item in (*DAILY, *WEEKLY))
    names = (*(block.name for block in CHOSEN), *single)
    return tuple(name for name in names if name in offered - ticked)


def show_report(context: RequestContext) -> Response:
    """The choices, and under them what the page will say."""
    return _page(context)


def _page(context: RequestContext) -> Response:
    if context.standing.is_empty:
        return context.page("report.html", empty=True)
    wanted = wanted_of(context)
    made = page_of(context, wanted)
    typed = {name: values[-1] for name, values in context.form.items() if values}
    typed.setdefault("request", kept_request(context.standing.diary))
    return context.page(
        "report.html",
        empty=False,
        context=made,
        blocks=tuple(made.shown()),
        typed=typed,
        periods=PERIODS,
        parts=CHOSEN,
        appendices=PARTS.values(),
        added=wanted.appendices,
        letters=[(one.name, one.words) for one in KINDS.values()],
        without=(*made.hidden, *_single_away(context, wanted)),
        single=[
            (FEELING + item, BY_ID[item].beside)
            for item in feelings_asked(context.standing.diary)
            if item in BY_ID
        ],
        readers=kept_readers(context.standing.diary.lines),
        part_words={block.name: block.words for block in CHOSEN},
        seen_last=SEEN_LAST,
        given=[(e.date, body.what, body.reader) for e, body in context.standing.diary.of(Shared)][
            ::-1
        ][:MOST_GIVEN],
        visit=last_visit(context.standing.diary.lines, context.today),
        agreed=AGREED,
        reader_name=wanted.reader,
        chosen=bool(made.hidden)
        or bool(made.feelings_away)
        or wanted.appendices
        or wanted.share_suicidal_thoughts
        or not wanted.own_words,
        today=context.today,
        first=wanted.first,
        sheets=_sheets(context, wanted),
        token=_token(wanted),
        lines=six_lines(made),
        ask_safety=offered(context.standing.diary, context.today),
    )


def _single_away(context: RequestContext, wanted: Wanted) -> tuple[str, ...]:
    """Single feelings that are left out now, or that the reader may not see."""
    kept = kept_reader(context.standing.diary.lines, wanted.reader) if wanted.reader else None
    hidden = hidden_parts(kept, OFFERED) if kept is not None else ()
    return tuple(name for name in (*wanted.without, *hidden) if name.startswith(FEELING))


def _token(wanted: Wanted) -> str:
    """What the pictures of these choices are called in an address: none of their words."""
    return hashlib.sha256(repr(wanted).encode()).hexdigest()[:24]


def _sheets(context: RequestContext, wanted: Wanted) -> tuple[bytes, ...]:
    """The pages as they print, one picture each, kept while the diary stays as it is."""
    return context.standing.keep(
        ("report sheets", _token(wanted), context.catalogue.language),
        lambda: report_pictures(
            page_of(context, wanted),
            today=context.today,
            paper=wanted.paper,
            catalogue=context.catalogue,
        ),
    )


def show_sheet(context: RequestContext) -> Response:
    """One page as it prints. Raises BadInput for choices nobody made here, or no such page."""

    def gone() -> tuple[bytes, ...]:
        raise BadInput(phrase("that page is no longer here; open Report again"))

    key = ("report sheets", context.asked("of"), context.catalogue.language)
    sheets = context.standing.keep(key, gone)
    number = context.asked("n") or "1"
    if not number.isdecimal() or not 1 <= int(number) <= len(sheets):
        gone()
    return Response(sheets[int(number) - 1], media_type="image/png")


def page_of(context: RequestContext, wanted: Wanted) -> ReportContext:
    """The page of these choices, kept while the diary stays as it is."""
    diary = context.standing
    return diary.keep(
        ("report", wanted),
        lambda: report_context(
            diary.diary,
            first_day=wanted.first,
            last_day=wanted.last,
            reader=wanted.reader,
            request=wanted.request,
            share_suicidal_thoughts=wanted.share_suicidal_thoughts,
            own_words=wanted.own_words,
            without=wanted.without,
            appendices=wanted.appendices,
            waves=waves_until(diary, wanted.last),
        ),
    )


def send_report(context: RequestContext) -> Response:
    """Preview again, or hand over the PDF; for a named reader the diary notes that it was made."""
    if context.said("do") == "preview":
        return _page(context)
    wanted, today, diary = wanted_of(context), context.today, context.standing
    if context.said("do") == "letter":
        kind = context.said("letter") or TAPER.name
        seen = for_reader(diary.diary, wanted.reader, None)
        pdf = make_letter(
            diary.diary, today=today, prescriber=wanted.reader, paper=wanted.paper, kind=kind,
            seen=seen, catalogue=context.catalogue,
        )  # fmt: skip
        return _handed_over(context, pdf, f"letter-{kind}", wanted.reader)
    pdf = make_report(
        page_of(context, wanted), today=today, paper=wanted.paper, catalogue=context.catalogue
    )
    return _handed_over(context, pdf, "report", wanted.reader)


def show_passcode(context: RequestContext) -> Response:
    """A passcode drawn for this page, once; the choices of the page wait beside it."""
    wanted_of(context)  # for what it refuses
    carried = [
        (name, value) for name, values in context.form.items() for value in values
        if name not in ("do", "once", "passcode")
    ]  # fmt: skip
    return context.page("report_passcode.html", passcode=new_passcode().text, carried=carried)


def save_locked(context: RequestContext) -> Response:
    """Hand over what the passcode opens; for a named reader the diary notes it."""
    passcode, wanted = typed_passcode(context.said("passcode")), wanted_of(context)
    made = page_of(context, wanted)
    as_pdf = context.said("do") == "pdf"
    if as_pdf:
        data = locked_report(made, passcode, today=context.today, paper=wanted.paper)
    else:
        data = sealed_report(
            tuple(context.reading.vault.entries()), made, context.moment, passcode,
            paper=wanted.paper, share_suicidal_thoughts=wanted.share_suicidal_thoughts,
            own_words=wanted.own_words,
        )  # fmt: skip
    if wanted.reader:
        what = "locked report" if as_pdf else "sealed report"
        entry = shared_entry(context.reading.vault, what, wanted.reader, context.moment)
        context.writer.append([entry], context.moment)
    name = "report.pdf" if as_pdf else "report.html"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type="application/octet-stream", headers=headers)


def keep_reader(context: RequestContext) -> Response:
    """Keep what the reader who is named may see, or forget them; then the page as it is now."""
    name = context.said("reader", 200)
    if context.said("do") == "forget":
        body = forgotten_body(name)
    else:
        days = context.said("seen_last")
        added = context.said_all("add")
        body = reader_body(
            Reader(
                name=name,
                hidden=(*_without(context), *(name for name in PARTS if name not in added)),
                since=_day(context.said("seen_from")),
                until=_day(context.said("seen_until")),
                own_words=context.said("own") != "no",
                days=int(days) if days in ("28", "84", "182") else None,
            )
        )
    context.save(context.today, [("profile", body)], kind=None)
    done = phrase("Forgotten.") if context.said("do") == "forget" else phrase("Kept for them.")
    return context.go("/report", done)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput(
            phrase("“{until}” is not a date; write it like 2026-03-01", until=text[:40])
        ) from None


def _handed_over(context: RequestContext, pdf: bytes, what: str, reader: str) -> Response:
    def note() -> None:
        entry = shared_entry(context.reading.vault, what, reader, context.moment)
        context.writer.append([entry], context.moment)

    context.afterwards = note if reader else None
    headers = {"content-disposition": phrase('attachment; filename="{what}.pdf"', what=what)}
    return Response(pdf, media_type="application/pdf", headers=headers)


PAGES = (
    Page("/report", show_report, needs="diary", lane="aside"),
    Page("/report/page.png", show_sheet, needs="diary", lane="aside"),
    Page("/report", send_report, "POST", needs="diary", lane="aside"),
    Page("/report/passcode", show_passcode, "POST", needs="diary", keep=False),
    Page("/report/locked", save_locked, "POST", needs="diary", keep=False),
    Page("/report/reader", keep_reader, "POST", needs="diary"),
)
