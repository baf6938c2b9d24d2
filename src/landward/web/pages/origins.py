"""“Was it so before the medicine?”: a list of symptoms, then a few questions about one of them."""

from starlette.responses import Response

from landward.app.diary.change_profile import changed
from landward.app.diary.origin_answers import (
    QUESTIONS,
    origin_fields,
    origin_said,
    symptoms_asked,
)
from landward.app.read.symptom_origins import symptom_origins
from landward.app.read.told import item_names
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page


def show_origins(context: RequestContext) -> Response:
    """Every symptom with where it stands so far; with `item`, the questions about one."""
    diary, me = context.reading.diary, context.reading.me
    names = item_names(diary)
    if item := context.asked("item"):
        _refuse_unknown(context, item)
        return context.page(
            "origins.html",
            item=item,
            name=names.get(item) or me.label(item),
            questions=tuple(QUESTIONS.values()),
            stands=origin_said(me, item),
        )
    found = symptom_origins(diary)
    symptoms = [
        (
            item,
            _capital(names.get(item) or me.label(item)),
            found[item].plain if item in found else "",
            found[item].would_settle if item in found else "",
        )
        for item in symptoms_asked(diary, me)
    ]
    return context.page("origins.html", item="", symptoms=symptoms)


def save_origins(context: RequestContext) -> Response:
    """Keep the answers about one symptom; what was left open is taken back."""
    me, item = context.reading.me, context.said("item")
    _refuse_unknown(context, item)
    form = context.form
    said = {name: one.from_form(form.get(name)) for name, one in QUESTIONS.items()}
    body = changed(me, origin_fields(me, item, said))
    if body is not None:
        context.save(context.today, [("profile", body)], kind=None)
    return context.go("/origins", "Saved.")


def _refuse_unknown(context: RequestContext, item: str) -> None:
    if item not in symptoms_asked(context.reading.diary, context.reading.me):
        raise BadInput(phrase("that symptom is not in the diary; choose one from the list"))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


PAGES = (
    Page("/origins", show_origins, needs="diary"),
    Page("/origins", save_origins, "POST", needs="diary"),
)
