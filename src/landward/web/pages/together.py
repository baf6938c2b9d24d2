"""One diary on several devices, through a relay that cannot read it: join, pair, sync, leave."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from typing import NamedTuple

from starlette.responses import Response

from landward.app.keep.vault import Vault
from landward.app.together.book import VaultBook
from landward.app.together.codes import is_pairing_code
from landward.app.together.host import Dial
from landward.app.together.pairing import (
    ask_to_be_let_in,
    let_in,
    look_for_answer,
    look_for_newcomer,
    offer_pairing,
)
from landward.app.together.sync import Synced
from landward.app.together.tasks import (
    Status,
    join,
    leave,
    line_to,
    plain_address,
    status,
    sync_now,
    synced_words,
    take_out,
    what_leaves,
)
from landward.model.base import BadInput, LandwardError
from landward.model.said import joined, phrase
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page

Begins = Callable[[RequestContext], Future[object]]
MOST_ADDRESS = 300


def show_together(context: RequestContext) -> Response:
    """How it stands: joined or not, the devices, what waits; and what can be done."""
    refuse_elsewhere(context)
    room = context.diary_session
    found = status(context.reading.vault)
    address = plain_address(context.asked("address", MOST_ADDRESS))
    offer = room.errand.offer
    return context.page(
        "together.html",
        step=_step(context, found),
        found=found,
        leaves=what_leaves(address or found.address or phrase("the address you give")),
        address=address,
        request=room.errand.request,
        newcomer=room.errand.newcomer,
        code=offer.code if offer else "",
        picture=code_picture(
            f"{found.address}#{offer.code}",
            phrase("The relay's address and the pairing code, for a camera"),
        )
        if offer
        else "",
        device=context.asked("device"),
    )


def _step(context: RequestContext, found: Status) -> str:
    errand = context.diary_session.errand
    if context.diary_session.passphrase is not None:
        return "not yours"
    if not found.joined:
        return "asked" if errand.request else "join"
    asked = context.asked("step")
    if asked in {"leave", "device"}:
        return asked
    if errand.newcomer:
        return "words"
    return "code" if errand.offer else "joined"


def code_picture(url: str, title: str) -> str:
    """A code for another device's camera, as an image that says its title."""
    import segno

    picture = segno.make(url, error="m")
    return str(picture.svg_inline(scale=5, border=3, light="#ffffff", dark="#000000", title=title))


# ---- what takes a network: begun apart, so that no other page waits ------------------------------


def begin_sync(context: RequestContext) -> Future[object]:
    """Send what waits, take in what came."""
    vault, dial, now = at_relay(context)
    return context.diary_session.errand.begin(lambda: sync_now(vault, dial, now))


def begin_join(context: RequestContext) -> Future[object]:
    """Join with an invitation, or ask another device to be let in."""
    vault, dial, now = at_relay(context)
    typed, _, after = context.said("address", MOST_ADDRESS).partition("#")
    address, code = plain_address(typed), context.said("code") or after
    label = context.said("name")
    errand = context.diary_session.errand

    def by_invitation() -> Synced:
        return join(vault, dial, address, code, label, now)

    def by_pairing() -> None:
        host = dial(address)
        try:
            errand.request = ask_to_be_let_in(VaultBook(vault), host, address, code, label, now)
        finally:
            host.close()

    return errand.begin(by_pairing if is_pairing_code(code) else by_invitation)


def begin_answer(context: RequestContext) -> Future[object]:
    """Look whether the other device said yes; then sync."""
    vault, dial, now = at_relay(context)
    errand = context.diary_session.errand
    request = errand.request
    if request is None:
        raise BadInput(phrase("nothing waits for an answer here: begin again"))

    def look() -> Synced | None:
        host = dial(request.address)
        try:
            if look_for_answer(VaultBook(vault), host, now, request) is None:
                return None
        finally:
            host.close()
        errand.request = None
        return sync_now(vault, dial, now)

    return errand.begin(look)


def begin_offer(context: RequestContext) -> Future[object]:
    """Open a meeting for another device."""
    vault, dial, _ = at_relay(context)
    errand = context.diary_session.errand

    def offer() -> None:
        with line_to(vault, dial) as (book, host):
            errand.offer, errand.newcomer = offer_pairing(book, host), None

    return errand.begin(offer)


def begin_look(context: RequestContext) -> Future[object]:
    """Look whether another device asks to be let in."""
    vault, dial, _ = at_relay(context)
    errand = context.diary_session.errand
    offer = errand.offer
    if offer is None:
        raise BadInput(phrase("nothing waits for an answer here: begin again"))

    def look() -> None:
        with line_to(vault, dial) as (_, host):
            errand.newcomer = look_for_newcomer(host, offer)

    return errand.begin(look)


def begin_let_in(context: RequestContext) -> Future[object]:
    """The person's yes to the four words, or their no."""
    vault, dial, now = at_relay(context)
    errand = context.diary_session.errand
    offer, newcomer = errand.offer, errand.newcomer
    if offer is None or newcomer is None:
        raise BadInput(phrase("nothing waits for an answer here: begin again"))
    yes = context.said("answer") == "yes"

    def answer() -> str:
        if yes:
            with line_to(vault, dial) as (book, host):
                let_in(book, host, now, offer, newcomer)
        errand.offer = errand.newcomer = None
        label = newcomer.member.label
        return (
            phrase("“{label}” belongs to your devices now.", label=label)
            if yes
            else phrase("Nobody was let in, and nothing was changed.")
        )

    return errand.begin(answer)


def begin_take_out(context: RequestContext) -> Future[object]:
    """Take another device out: new keys for those that stay."""
    vault, dial, now = at_relay(context)
    device = context.said("device")
    return context.diary_session.errand.begin(lambda: take_out(vault, dial, device, now)[0])


def begin_leave(context: RequestContext) -> Future[object]:
    """Take this device out of its set."""
    vault, dial, now = at_relay(context)
    anyway = context.said("anyway") == "yes"

    def go() -> str:
        leave(vault, dial, now, anyway=anyway)
        return phrase("Left. Nothing leaves this machine any more; your diary is whole here.")

    return context.diary_session.errand.begin(go)


class Here(NamedTuple):
    """What everything that takes a network needs."""

    vault: Vault
    dial: Dial
    now: datetime


def at_relay(context: RequestContext) -> Here:
    """What takes a network here. Raises BadInput for a demonstration, or on a phone."""
    refuse_elsewhere(context)
    dial = context.app_state.dial
    if dial is None or context.diary_session.passphrase is not None:
        raise BadInput(phrase("a demonstration joins no relay: nothing leaves this machine"))
    return Here(context.reading.vault, dial, context.moment.at)


def refuse_elsewhere(context: RequestContext) -> None:
    """Raises BadInput for whoever is not at the computer itself."""
    if context.browser_session.owner:
        raise BadInput(phrase("this is done on the computer itself, not on a phone"))


def say_what_came(context: RequestContext) -> Response:
    """After any of them: the page again, with what came of it in words."""
    at_relay(context)
    done = context.diary_session.errand.done()
    context.reading.refresh()
    context.diary_session.keep_locked_view(context.today)
    if isinstance(done, Synced):
        return context.go("/together", joined(" ", _ended(synced_words(done))))
    return context.go("/together", done if isinstance(done, str) else "")


def stop_waiting(context: RequestContext) -> Response:
    """Let go of a code or a question that nobody answered."""
    errand = context.diary_session.errand
    errand.offer = errand.newcomer = errand.request = None
    return context.go("/together")


def _ended(lines: tuple[str, ...]) -> list[str]:
    """Lines as sentences."""
    return [line if line.endswith(".") else line + "." for line in lines]


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
    Page("/together", show_together, needs="diary"),
    _post("/together/join", begin_join),
    _post("/together/answer", begin_answer),
    _post("/together/sync", begin_sync),
    _post("/together/pair", begin_offer),
    _post("/together/look", begin_look),
    _post("/together/let-in", begin_let_in),
    _post("/together/take-out", begin_take_out),
    _post("/together/leave", begin_leave),
    Page("/together/stop", stop_waiting, "POST", needs="diary", keep=False),
)
