"""Phones through the relay: the picture to scan, four words to compare, and taking one out."""

from collections.abc import Callable
from concurrent.futures import Future

from starlette.responses import Response

from landward.app.phone.relay_phone import RelayPhone
from landward.app.phone.relay_shelf import PhoneSynced
from landward.app.together.phones import (
    SHORT,
    add_phone,
    known_phones,
    let_phone_go,
    let_phone_in,
    look_for_phone,
    named_phone,
    phones_words,
    turn_phone_away,
)
from landward.app.together.tasks import status
from landward.model.base import LandwardError
from landward.model.said import joined, phrase
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page
from landward.web.pages.together import at_relay, code_picture, refuse_elsewhere

HERE = "/together/phones"
Begins = Callable[[RequestContext], Future[object]]


def show_phones(context: RequestContext) -> Response:
    """Every phone, or one of them: its code, its four words, the question before it is let go."""
    refuse_elsewhere(context)
    vault = context.reading.vault
    found, one = status(vault), _asked(context)
    step = context.asked("step")
    if one is None:
        step = "list"
    elif one.asks is not None and step != "go":
        step = "words"
    elif step not in {"code", "go"}:
        step = "list"
    return context.page(
        "phones_at_relay.html",
        joined=found.joined and not found.removed,
        phones=known_phones(vault),
        one=one,
        step=step,
        short=SHORT,
        picture=code_picture(one.url, phrase("The code for this phone, for its camera"))
        if one is not None and step == "code"
        else "",
    )


def _asked(context: RequestContext) -> RelayPhone | None:
    name = context.asked("phone")
    return named_phone(context.reading.vault, name) if name else None


# ---- what takes a network ------------------------------------------------------------------------


def begin_add(context: RequestContext) -> Future[object]:
    """Make a shelf and its code."""
    vault, dial, now = at_relay(context)
    return context.diary_session.errand.begin(lambda: add_phone(vault, dial, now))


def begin_look(context: RequestContext) -> Future[object]:
    """Look whether the phone has answered."""
    vault, dial, now = at_relay(context)
    shelf = _said(context).shelf
    return context.diary_session.errand.begin(lambda: look_for_phone(vault, dial, shelf, now))


def begin_answer(context: RequestContext) -> Future[object]:
    """The person's yes to the four words they saw, or their no."""
    vault, dial, now = at_relay(context)
    one, words = _said(context), tuple(context.said("words").split())
    if context.said("answer") == "yes":
        return context.diary_session.errand.begin(
            lambda: let_phone_in(vault, dial, one.shelf, words, now)
        )
    return context.diary_session.errand.begin(
        lambda: turn_phone_away(vault, one.shelf) and phrase("No phone was let in.")
    )


def begin_let_go(context: RequestContext) -> Future[object]:
    """Take a phone out."""
    vault, dial, now = at_relay(context)
    shelf = _said(context).shelf
    return context.diary_session.errand.begin(lambda: let_phone_go(vault, dial, shelf, now))


def _said(context: RequestContext) -> RelayPhone:
    return named_phone(context.reading.vault, context.said("phone"))


def say_what_came(context: RequestContext) -> Response:
    """After any of them: the page again, with what came of it."""
    at_relay(context)
    done = context.diary_session.errand.done()
    context.reading.refresh()
    context.diary_session.keep_locked_view(context.today)
    match done:
        case RelayPhone():
            step = "words" if done.asks else "code"
            nothing = done.asks is None and context.path != f"{HERE}/add"
            return context.go(
                f"{HERE}?step={step}&phone={done.shelf[:SHORT]}",
                phrase("No phone has answered yet.") if nothing else "",
            )
        case PhoneSynced():
            told = tuple(phones_words((done,)))
            said = joined(" ", told) if told else phrase("The phone is taken out.")
            return context.go(HERE, said)
        case tuple():
            told = tuple(phones_words(done))
            said = phrase("The phone is let in. Look on it: it shows your diary now.")
            return context.go(HERE, joined(" ", (said, *told)))
        case _:
            return context.go(HERE, done if isinstance(done, str) else "")


def _post(path: str, begin: Begins) -> Page:
    def first(context: RequestContext) -> Future[object] | None:
        try:
            return begin(context)
        except LandwardError as error:
            refusal: Future[object] = Future()
            refusal.set_exception(error)
            context.diary_session.errand.coming = refusal
            return None

    return Page(path, say_what_came, "POST", needs="diary", keep=False, first=first)


PAGES = (
    Page(HERE, show_phones, needs="diary"),
    _post(f"{HERE}/add", begin_add),
    _post(f"{HERE}/look", begin_look),
    _post(f"{HERE}/answer", begin_answer),
    _post(f"{HERE}/take-out", begin_let_go),
)
