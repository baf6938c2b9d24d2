"""How a page is reached: through the session, in the vault thread, errors turned into words."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from landward.app.diary.locked_view import LockedView
from landward.model.base import BadInput, LandwardError
from landward.model.errors import Damaged, Locked, NotAVault
from landward.model.said import phrase
from landward.web.http.diary_sessions import AWAY, AppState
from landward.web.http.request_context import RequestContext
from landward.web.http.security import words_page
from landward.web.http.sessions import FIRST_VISIT, MAX_WAITING, SessionStore, Waiting
from landward.web.http.templates import render
from landward.web.http.upload import handed_file

Handler = Callable[[RequestContext], Response]
Needs = Literal["nothing", "session", "room", "diary"]
MAX_FIELDS = 400
BAD = 400
SOON_S = 0.05
"""How long a lock that somebody asked for is waited for while something else still runs."""
QUIET_S = 10.0
"""And where nothing else runs."""
OWN_WORDS = ("note", "text", "helped", "better_note", "card", "event", "request")
"""Fields that hold sentences: shown again where they could not be saved."""


@dataclass(frozen=True, slots=True)
class Page:
    """One address: what it needs before it is shown, and the function that answers."""

    path: str
    handler: Handler
    method: Literal["GET", "POST"] = "GET"
    needs: Needs = "room"
    at_once: bool = False
    """Served first, in the loop itself, by nothing that reads a diary: Help now, Lock, Hide."""
    soon: bool = False
    """Goes before other pages that wait for the vault: Today and what it saves."""
    keep: bool = True
    """Whether a form that meets a locked diary is kept and saved after unlocking."""
    file: bool = False
    """Whether it takes a whole file, as multipart; then `context.file` holds it."""
    lane: Literal["", "ahead", "aside"] = ""
    """Made from the diary as it stands, in a lane that no other page waits for: whatever reads for
    long. Then `context.standing` holds the diary; it writes by `context.afterwards` only."""
    first: Callable[[RequestContext], Future[object] | None] | None = None
    """Begins what takes long elsewhere: no other page has to wait for it."""


def read_fields(raw: bytes) -> dict[str, list[str]]:
    """A form or query as fields. Bytes that are no text become a visible mark, never an error."""
    try:
        return parse_qs(
            raw.decode("utf-8", "replace"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="replace",
            max_num_fields=MAX_FIELDS,
        )
    except ValueError:
        raise BadInput(phrase("that form has more fields than any page here")) from None


class Pages:
    """All pages of the app over one house and one set of doors."""

    def __init__(self, app_state: AppState, doors: SessionStore) -> None:
        self.app_state, self.doors = app_state, doors
        self._pages: dict[tuple[str, str], Page] = {}

    def routes(self, *groups: tuple[Page, ...]) -> list[Route]:
        """Starlette routes for groups of pages."""
        pages = [page for group in groups for page in group]
        self._pages = {(page.method, page.path): page for page in pages}
        return [
            Route(page.path, self._endpoint(page), methods=[page.method], include_in_schema=False)
            for page in pages
        ]

    def _endpoint(self, page: Page) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            context = await self.context(request, read_form=not page.file)
            if context is None:
                return words_page(
                    400, phrase("That could not be read"), phrase("Nothing was saved.")
                )
            if page.needs != "nothing" and context.session is None:
                return self.outside_page(context, "closed.html", 403)
            if page.needs in ("room", "diary") and context.room is None:
                return RedirectResponse("/doors", 303)
            if page.at_once:
                return await self._at_once(page, context)
            before = context.room.lockings if context.room is not None else 0
            if page.file and context.diary is not None:
                context.file = await handed_file(request)
            if (coming := await self._begun_first(page, context)) is not None:
                await asyncio.wait([asyncio.wrap_future(coming)])
            if page.lane and (page.needs == "diary" or context.unlocked):
                answer = await self._in_lane(page, context)
            elif page.soon:
                urgent = self.app_state.first(lambda: self._answer(page, context))
                answer = await asyncio.wrap_future(urgent)
            else:
                answer = await self.app_state.work(lambda: self._answer(page, context))
            if page.method == "POST" and context.room is not None and context.unlocked:
                self.app_state.read_ahead(context.room)
            locked = context.room is not None and context.room.lockings != before
            if locked and answer.status_code < BAD:
                # Somebody locked while this was made: it may hold words that are hidden now.
                return RedirectResponse("/today", 303)
            return answer

        return endpoint

    async def _in_lane(self, page: Page, context: RequestContext) -> Response:
        """Answer from the diary as it stands, away from the vault's thread."""
        room = context.diary_session

        def begin() -> Response | None:
            refused = self._not_now(page, context)
            if refused is None:
                room.touch()
            return refused

        if (answer := await asyncio.wrap_future(self.app_state.first(begin))) is not None:
            return answer
        lane = self.app_state.lanes[page.lane]
        try:
            async with lane.state(room.name, self.app_state.look(room)) as context.still:
                answer = await lane.run(lambda: page.handler(context))
            context.still = None
            if context.afterwards is not None:
                await self.app_state.work(context.afterwards)
            return answer
        except Locked:
            context.still = None
            return await self.app_state.work(lambda: self._unlock_first(page, context))
        except LandwardError as error:
            return self._refused(page, context, error)

    async def _at_once(self, page: Page, context: RequestContext) -> Response:
        """Answer in the loop. What locking waits for is waited for only as long as nobody minds."""
        context.at_once = True
        busy = self.app_state.busy
        try:
            answer = page.handler(context)
        except LandwardError as error:
            return self._refused(page, context, error)
        if context.ending is not None:
            await asyncio.wait(
                [asyncio.wrap_future(context.ending)], timeout=SOON_S if busy else QUIET_S
            )
        return answer

    async def _begun_first(self, page: Page, context: RequestContext) -> Future[object] | None:
        """What a page wants made before it is answered. A refusal is met again in answering."""

        def begin() -> Future[object] | None:
            if page.first is None or context.diary is None:
                return None
            with suppress(LandwardError):
                context.diary.refresh()
                return page.first(context)
            return None

        return await self.app_state.work(begin) if page.first is not None else None

    async def context(self, request: Request, *, read_form: bool = True) -> RequestContext | None:
        """Read a request into an Ask; None where the browser hung up or sent no form."""
        self.app_state.answers_here()
        session = self.doors.find(
            request.cookies.get(self.doors.cookie), came_back=not request.scope.get(FIRST_VISIT)
        )
        room = self.app_state.rooms.get(session.room) if session else None
        form: dict[str, list[str]] = {}
        try:
            if read_form and request.method == "POST":
                form = read_fields(await request.body())
            query = read_fields(request.scope["query_string"])
        except (ClientDisconnect, BadInput):
            return None
        chosen = (room.outside if room else LockedView()).settings
        return RequestContext(
            app_state=self.app_state,
            session=session,
            room=room,
            path=request.url.path,
            query=query,
            form=form,
            moment=self.app_state.clock().of_person(chosen.zone, chosen.day_starts_at),
            htmx=request.headers.get("hx-request") == "true",
            params={name: str(value) for name, value in request.path_params.items()},
        )

    def _not_now(self, page: Page, context: RequestContext) -> Response | None:
        """What is answered instead where the diary is away or locked."""
        self._forget_if_locked(context)
        if (
            page.needs in ("room", "diary")
            and page.method == "GET"
            and context.diary_session.is_away
        ):
            return self.outside_page(context, "trouble.html", 503, why=AWAY)
        locked = page.needs == "diary" and context.diary is None
        return self._unlock_first(page, context) if locked else None

    def _answer(self, page: Page, context: RequestContext) -> Response:
        try:
            if (refused := self._not_now(page, context)) is not None:
                return refused
            if context.diary is not None and context.room is not None:
                context.room.touch()
                context.diary.refresh()
            answer = page.handler(context)
            if context.diary is not None and context.room is not None:
                context.room.kept_settings = context.diary.me.settings
            return answer
        except Locked:
            self._forget_if_locked(context)
            return self._unlock_first(page, context)
        except LandwardError as error:
            return self._refused(page, context, error)

    def _refused(self, page: Page, context: RequestContext, error: LandwardError) -> Response:
        """One line about what did not work, with the words that would otherwise be gone."""
        kept = [text for name in OWN_WORDS for text in context.form.get(name, ()) if text.strip()]
        why = context.room.why(error) if context.room is not None else str(error)
        troubled = not isinstance(error, BadInput) or isinstance(error, (Damaged, NotAVault))
        if troubled:
            return self.outside_page(context, "trouble.html", 503, why=why, kept=kept)
        asked = page.method == "GET"
        return self.outside_page(context, "not_saved.html", 422, why=why, kept=kept, asked=asked)

    def _forget_if_locked(self, context: RequestContext) -> None:
        """Where a vault locked itself, or nobody used it for long, what was read goes too, for
        every session.
        """
        room = context.room
        if (
            room is not None
            and room.diary is not None
            and (room.diary.vault.locked or room.idle_too_long())
        ):
            room.lock()
            self.doors.close_reading(room.name)
            self.app_state.tidy()

    def _unlock_first(self, page: Page, context: RequestContext) -> Response:
        """Ask for the passphrase; keep what was being saved, and go on with it afterwards."""
        if context.room is not None and not context.room.exists:
            return RedirectResponse("/start", 303)
        if page.method == "POST" and page.keep and context.session is not None:
            form = Waiting(page.path, context.path, dict(context.form))
            if form not in context.session.waiting:
                context.session.waiting = [*context.session.waiting, form][-MAX_WAITING:]
            return RedirectResponse("/unlock", 303)
        return RedirectResponse(f"/unlock?then={context.path}", 303)

    def go_on(self, context: RequestContext) -> Response | None:
        """Save the forms that met a locked diary, now that it is open. Answers as the last of them
        does, or as the first that could not be saved.
        """
        if context.session is None:
            return None
        waiting, context.session.waiting = context.session.waiting, []
        answers = []
        for form in waiting:
            page = self._pages.get(("POST", form.page))
            if page is not None:
                context.form, context.path = form.form, form.path
                answers.append(self._answer(page, context))
        refused = [answer for answer in answers if answer.status_code >= BAD]
        return refused[0] if refused else answers[-1] if answers else None

    @staticmethod
    def outside_page(
        context: RequestContext, template: str, status: int, **values: object
    ) -> Response:
        """A page about what did not work, without a word of the diary."""
        nothing = {"kept": (), "asked": False}
        shown = context.shared() | nothing | values
        return HTMLResponse(render(template, shown, context.catalogue), status)
