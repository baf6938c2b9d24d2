"""Words for numb days: the card for family, and “Living while numb” to print."""

from starlette.responses import Response

from landward.app.diary.change_profile import changed
from landward.app.share.numb_papers import card_pdf, living_pdf
from landward.model.said import phrase
from landward.report.numb_papers import ALWAYS, CARD
from landward.web.http.request_context import LONG, RequestContext
from landward.web.http.routing import Page


def show_card(context: RequestContext) -> Response:
    """The card's words, to be changed, kept and printed."""
    own = context.reading.me.settings.family_card
    words = context.catalogue
    usual = "\n".join(words.words(line) for line in CARD)
    return context.page("family_card.html", text=own or usual, own=bool(own), always=ALWAYS)


def keep_card(context: RequestContext) -> Response:
    """Keep the words; with `print`, hand the card over as a PDF as well."""
    text = context.said("text", LONG)
    usual = "\n".join(context.catalogue.words(line) for line in CARD)
    same = " ".join(text.split()) == " ".join(usual.split())
    body = changed(context.reading.me, {"family_card": "" if same else text})
    if body is not None:
        context.save(context.today, [("profile", body)], kind=None)
    if context.said("print") == "yes":
        return _pdf(card_pdf("" if same else text, context.today, catalogue=context.catalogue),
                    "card for family")  # fmt: skip
    return context.go("/journey/card", phrase("Saved."))


def print_living(context: RequestContext) -> Response:
    """The library's page as a PDF; no diary is needed."""
    pdf = living_pdf(context.moment.today(), catalogue=context.catalogue)
    return _pdf(pdf, "living while numb")


def _pdf(pdf: bytes, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


PAGES = (
    Page("/journey/card", show_card, needs="diary"),
    Page("/journey/card", keep_card, "POST", needs="diary"),
    Page("/print/living-while-numb.pdf", print_living, needs="session", lane="aside"),
)
