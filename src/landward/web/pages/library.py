"""The library: pages by question, one search over everything, the claims ledger, facts one by one.

It is readable while the diary is locked. What a person searches for is posted, so that no address
holds it.
"""

from typing import Any

from starlette.responses import Response

from landward.app.library.articles import (
    claims_ledger,
    index_of_questions,
    read_page,
    sureness,
    table_statuses,
    unread_pages,
)
from landward.app.library.help_now import crisis_for
from landward.app.library.sections import drug_sections, find, leaf, shelf
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page

SHELVES = {
    "claims": (
        phrase("Claims that circulate"),
        phrase("What was said, what studies say, the verdict and why."),
    ),
    "medicines": (
        phrase("Medicines"),
        phrase("How long each stays, what a pharmacy can give, what not to mix."),
    ),
    "symptoms": (phrase("Symptoms"), phrase("What people say, and the word a clinician uses.")),
    "guidelines": (phrase("Guidelines"), phrase("What each says, in our own words.")),
    "sure": (
        phrase("How sure are these tables?"),
        phrase("Rows by status, the last reading, how many were wrong in a sample."),
    ),
}
KINDS = {
    "now": phrase("What to do now"),
    "article": phrase("Page"),
    "drug": phrase("Medicine"),
    "name": phrase("A name on a box"),
    "symptom": phrase("Symptom"),
    "interaction": phrase("Taken together"),
    "claim": phrase("A claim that circulates"),
    "rule": phrase("From a guideline"),
    "question": phrase("Asked before a plan"),
    "instrument": phrase("Questionnaire"),
    "source": phrase("Source"),
    "row": phrase("A row of the tables"),
}
LINKED = ("source", "key")
"""Columns of a medicine's tables that hold keys of sources."""
FOUND = 24


def show_library(context: RequestContext) -> Response:
    """The questions by topic, the shelves, and a field to search them all."""
    return _front(context)


def search_library(context: RequestContext) -> Response:
    """What fits some words, pages first where they fit alike."""
    words = context.said("words")
    return _front(context, words=words, found=find(words, FOUND) if words else ())


def _front(context: RequestContext, status: int = 200, **said: Any) -> Response:
    shown: dict[str, Any] = {"words": "", "found": (), **said}
    return context.page(
        "library.html",
        status=status,
        topics=index_of_questions(),
        unread=unread_pages(),
        shelves=SHELVES,
        kinds=KINDS,
        **shown,
    )


def show_article(context: RequestContext) -> Response:
    """One page: the question, a short answer, what is known and what is not."""
    try:
        page = read_page(_part(context, "key"))
    except BadInput:
        return _absent(context)
    country = context.settings.country
    info = crisis_for(country, context.moment.today()) if page.help_first else None
    return context.page("article.html", page=page, info=info)


def show_ledger(context: RequestContext) -> Response:
    """Every claim with its verdict and why; each can be cited by the id in its address."""
    title, words = SHELVES["claims"]
    return context.page("ledger.html", title=title, words=words, parts=claims_ledger())


def show_sureness(context: RequestContext) -> Response:
    """How sure the tables are."""
    return context.page("sure.html", sure=sureness(), tables=table_statuses())


def show_shelf(context: RequestContext) -> Response:
    """Everything of one kind."""
    name = _part(context, "shelf")
    try:
        rows = shelf(name)
    except BadInput:
        return _absent(context)
    title, words = SHELVES[name]
    return context.page(
        "shelf.html", title=title, words=words, rows=rows, folded=name != "medicines"
    )


def show_leaf(context: RequestContext) -> Response:
    """One fact, with its sources and how far it was checked."""
    kind, name = _part(context, "kind"), _part(context, "name")
    try:
        if kind == "drug":
            first, *sections = drug_sections(name)
            return context.page("medicine.html", first=first, sections=sections, linked=LINKED)
        found, sources = leaf(kind, name)
    except BadInput:
        return _absent(context)
    return context.page("leaf.html", kind=KINDS[kind], leaf=found, sources=sources)


def _absent(context: RequestContext) -> Response:
    return _front(context, status=404, found=None)


def _part(context: RequestContext, name: str) -> str:
    return (context.params or {}).get(name, "")[:120]


PAGES = (
    Page("/library", show_library, needs="session"),
    Page("/library", search_library, "POST", needs="session", keep=False),
    Page("/library/claims", show_ledger, needs="session"),
    Page("/library/sure", show_sureness, needs="session"),
    Page("/library/article/{key}", show_article, needs="session"),
    Page("/library/{shelf}", show_shelf, needs="session"),
    Page("/library/{kind}/{name}", show_leaf, needs="session"),
)
