"""The library of facts: searchable, readable while the diary is locked, each with who says so.

What a person searches for is posted, so that no address holds it.
"""

from starlette.responses import Response

from landward.app.library.sections import drug_sections, find, leaf, shelf
from landward.model.base import BadInput
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page

SHELF_WORDS = {
    "medicines": ("Medicines", "How long each stays, what a pharmacy can give, what not to mix."),
    "symptoms": ("Symptoms", "What people say, and the word a clinician uses."),
    "claims": ("Claims that circulate", "What was found about each, and where sources disagree."),
    "guidelines": ("Guidelines", "What each says, in our own words."),
}
KIND_WORDS = {
    "drug": "Medicine",
    "symptom": "Symptom",
    "claim": "A claim that circulates",
    "rule": "From a guideline",
    "question": "Asked before a plan",
    "instrument": "Questionnaire",
    "source": "Source",
}
LINKED = ("source", "key")
"""Columns of a medicine's tables that hold keys of sources."""


def show_library(context: RequestContext) -> Response:
    """The shelves, and a field to search them all."""
    return context.page("library.html", shelves=SHELF_WORDS, words="", found=())


def search_library(context: RequestContext) -> Response:
    """What fits some words."""
    words = context.said("words")
    found = find(words) if words else ()
    return context.page(
        "library.html", shelves=SHELF_WORDS, words=words, found=found, kinds=KIND_WORDS
    )


def show_shelf(context: RequestContext) -> Response:
    """Everything of one kind."""
    name = _part(context, "shelf")
    try:
        rows = shelf(name)
    except BadInput:
        return _absent(context)
    title, words = SHELF_WORDS[name]
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
    return context.page("leaf.html", kind=KIND_WORDS[kind], leaf=found, sources=sources)


def _absent(context: RequestContext) -> Response:
    return context.page("library.html", status=404, shelves=SHELF_WORDS, words="", found=None)


def _part(context: RequestContext, name: str) -> str:
    return (context.params or {}).get(name, "")[:120]


PAGES = (
    Page("/library", show_library, needs="session"),
    Page("/library", search_library, "POST", needs="session", keep=False),
    Page("/library/{shelf}", show_shelf, needs="session"),
    Page("/library/{kind}/{name}", show_leaf, needs="session"),
)
