"""Other ways to give it: the FHIR bundle, a SMART Health Link, a short history for peers."""

import base64
import datetime as dt
import secrets

from starlette.responses import Response

from landward.app.read.names import table_words
from landward.app.share.fhir import make_fhir
from landward.app.share.health_link import health_link
from landward.app.share.report import shared_entry
from landward.app.share.seen_by import reader_of
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.report.peers import PARTS, peers_history
from landward.web.http.request_context import LONG, RequestContext
from landward.web.http.routing import Page
from landward.web.pages.report import Wanted, page_of, wanted_of

KEY_BYTES = 32
TEXT = "text/plain; charset=utf-8"


def give_bundle(context: RequestContext) -> Response:
    """The bundle of the page's choices: its days, its parts, no free words."""
    wanted = wanted_of(context)
    return _file(context, _bundle(context, wanted), "diary.fhir.json", "FHIR bundle", wanted.reader)


def _bundle(context: RequestContext, wanted: Wanted) -> bytes:
    page = page_of(context, wanted)
    return make_fhir(
        tuple(context.reading.vault.entries()), context.moment,
        first_day=page.first_day, last_day=page.last_day,
        share_suicidal_thoughts=wanted.share_suicidal_thoughts,
        seen=reader_of(page, own_words=wanted.own_words),
    )  # fmt: skip


def show_link(context: RequestContext) -> Response:
    """The link for a host somebody names, shown once; the choices of the page wait beside it."""
    wanted = wanted_of(context)
    key = secrets.token_bytes(KEY_BYTES)
    made = health_link(_bundle(context, wanted), context.said("host", 300), key=key)
    carried = [
        (name, value) for name, values in context.form.items() for value in values
        if name not in ("do", "once", "key")
    ]  # fmt: skip
    return context.page(
        "report_link.html", link=made.link, host=context.said("host", 300), carried=carried,
        key=base64.urlsafe_b64encode(key).decode(),
    )  # fmt: skip


def save_link_file(context: RequestContext) -> Response:
    """The sealed file to put at the address the link names."""
    wanted = wanted_of(context)
    try:
        key = base64.urlsafe_b64decode(context.said("key"))
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise BadInput(phrase("this is no key that was drawn here; begin again on Report"))
    made = health_link(_bundle(context, wanted), context.said("host", 300), key=key)
    return _file(context, made.sealed, "diary.jwe", "SMART Health Link", wanted.reader)


def show_history(context: RequestContext) -> Response:
    """What peers would read, exactly; nothing is chosen beforehand."""
    parts = context.said_all("part") or context.asked_all("part")
    text, why = "", ""
    if parts:
        try:
            text = _history(context, parts)
        except BadInput as error:
            why = str(error)
    return context.page("peers_history.html", parts=PARTS, chosen=parts, text=text, why=why)


def save_history(context: RequestContext) -> Response:
    """The same text as a file, or looked at again."""
    if context.said("do") != "save":
        return show_history(context)
    text = _history(context, context.said_all("part", LONG))
    return _file(context, text.encode(), "history.txt", "history for peers", "", always=True)


def _history(context: RequestContext, parts: tuple[str, ...]) -> str:
    last: dt.date = context.today
    return peers_history(context.reading.diary, parts, last=last, names=table_words())


def _file(  # noqa: PLR0917 - one thing said of a file each
    context: RequestContext, data: bytes, name: str, what: str, reader: str, always: bool = False
) -> Response:
    """A file to save; the diary notes what was made for whom."""
    if reader or always:
        entry = shared_entry(context.reading.vault, what, reader, context.moment)
        context.writer.append([entry], context.moment)
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    kind = TEXT if name.endswith(".txt") else "application/octet-stream"
    return Response(data, media_type=kind, headers=headers)


PAGES = (
    Page("/report/fhir", give_bundle, "POST", needs="diary", keep=False),
    Page("/report/link", show_link, "POST", needs="diary", keep=False),
    Page("/report/link/file", save_link_file, "POST", needs="diary", keep=False),
    Page("/report/history", show_history, needs="diary"),
    Page("/report/history", save_history, "POST", needs="diary", keep=False),
)
