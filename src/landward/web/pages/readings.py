"""Quiet pages behind Journey, one a declared reading, read only when opened."""

from starlette.responses import Response

from landward.app.read.cards import DECLARED, Card, reading_of
from landward.app.read.told import item_names
from landward.model.said import phrase
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page

NOT_YET = phrase("Not enough days yet to say anything.")


def page_of(card: Card) -> Page:
    """The page of one reading: made where no other page waits for it, told in words."""
    reading = reading_of(card)

    def show(context: RequestContext) -> Response:
        diary = context.standing
        if diary.is_empty:
            return context.go("/journey")
        found = reading.held(diary)
        telling = None if found is None else reading.tell(found, item_names(diary.diary))
        return context.page("reading.html", title=card.link, telling=telling, not_yet=NOT_YET)

    return Page(f"/journey/{card.name}", show, needs="diary", lane="aside")


PAGES = tuple(page_of(card) for card in DECLARED if not card.own_page)
