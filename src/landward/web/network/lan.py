"""The app for a phone at home: over TLS only, on one private address, for paired phones only.

Four things are answered to anyone who asks: how to install this home's certificate, the pairing
page, the pocket's program files, and Help now with a country's numbers. No word of a diary is in
them. All else needs a paired phone.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from landward.app.diary.locked_view import load_outside
from landward.app.keep.vault import believed_header, read_header
from landward.app.library.tables import load_catalog
from landward.app.phone.collect import read_parcel, take_in
from landward.app.phone.make_page import SOURCES, pocket_files, pocket_of
from landward.model.base import BadInput, LandwardError
from landward.model.moment import Moment
from landward.model.said import phrase
from landward.web.http.security import SecurityMiddleware
from landward.web.http.sessions import FIRST_VISIT, SessionStore
from landward.web.network.home_network import Home
from landward.web.network.pairing import COOKIE, COOKIE_LIVES_S, Pairing

TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "webmanifest": "application/manifest+json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "ttf": "font/ttf",
    "txt": "text/plain; charset=utf-8",
}
HELP = "/help"
NOT_THERE = phrase("There is no such page.")


class LanApp:
    """Everything a phone can reach. `inner` is the app itself, shown to paired phones only."""

    def __init__(
        self,
        home: Home,
        pairing: Pairing,
        vault: Path,
        inner: ASGIApp,
        doors: SessionStore,
        *,
        clock: Callable[[], Moment],
        received: Callable[[], Awaitable[None]],
        room: str = "mine",
    ) -> None:
        self.home, self.pairing, self.vault = home, pairing, vault
        self._inner, self._doors, self._room = inner, doors, room
        self._clock, self._received = clock, received
        pocket = Router(
            [
                Route("/pocket/", self._page, methods=["GET"]),
                Route("/pocket/install", self._install, methods=["GET"]),
                Route("/pocket/landward.crt", self._certificate, methods=["GET"]),
                Route("/pocket/landward.mobileconfig", self._apple_profile, methods=["GET"]),
                Route("/pocket/pair", self._pair_page, methods=["GET"]),
                Route("/pocket/pair", self._pair, methods=["POST"]),
                Route("/pocket/key", self._key, methods=["POST"]),
                Route("/pocket/submit", self._submit, methods=["POST"]),
                Route("/pocket/{name:path}", self._file, methods=["GET"]),
            ],
            redirect_slashes=False,
        )
        self._pocket = pocket
        self._guarded = SecurityMiddleware(self._route, hosts=home.origins, schemes=("https",))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, through the guard first."""
        await self._guarded(scope, receive, send)

    async def _route(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["scheme"] != "https":
            response = Response(phrase("Landward answers on a network only over https."), 400)
            await response(scope, receive, send)
        elif scope["type"] != "http" or scope["path"].startswith("/pocket/"):
            await self._pocket(scope, receive, send)
        elif self._paired(Request(scope)):
            await self._as_a_session(scope, receive, send)
        elif scope["path"] == HELP or scope["path"].startswith("/static/"):
            await self._inner(self._as_nobody(scope), receive, send)
        else:
            await RedirectResponse("/pocket/pair", 303)(scope, receive, send)

    def _as_nobody(self, scope: Scope) -> Scope:
        """The same question from nobody in particular: no session, the country as pocket pages."""
        headers = [pair for pair in scope["headers"] if pair[0] != b"cookie"]
        country = load_outside(self.vault).settings.country
        query = scope["query_string"] or f"country={country}".encode()
        return {**scope, "headers": headers, "query_string": query}

    def _paired(self, request: Request) -> bool:
        return self.pairing.knows(request.cookies.get(COOKIE))

    async def _as_a_session(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a paired phone on to the app, in a session of its own."""
        name = self._doors.cookie
        if self._doors.find(Request(scope).cookies.get(name)) is not None:
            await self._inner(scope, receive, send)
            return
        phone = hashlib.sha256((Request(scope).cookies.get(COOKIE) or "").encode()).hexdigest()
        session = self._doors.new_session(owner=phone)
        session.room = self._room
        kept = [pair for pair in scope["headers"] if pair[0] != b"cookie"]
        headers = [*kept, (b"cookie", f"{name}={session.id}".encode())]
        cookie = f"{name}={session.id}; Path=/; HttpOnly; Secure; SameSite=Strict".encode()

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], (b"set-cookie", cookie)]}
            await send(message)

        await self._inner({**scope, "headers": headers, FIRST_VISIT: True}, receive, with_cookie)

    def _words(self, template: str, status: int = 200, **values: object) -> Response:
        """A page for anyone in the network; whom to call in danger stands on each."""
        crisis = load_catalog().crisis(load_outside(self.vault).settings.country)
        shown = _shown(template, first_words=crisis.first_words, **values)
        return HTMLResponse(shown, status)

    # ---- the pocket -----------------------------------------------------------------------

    def _files(self) -> Mapping[str, bytes]:
        outside = load_outside(self.vault)
        made_on = self._clock().today()
        pocket = pocket_of(believed_header(self.vault), outside, made_on, submit="submit")
        return pocket_files(pocket, load_catalog().crisis(outside.settings.country))

    async def _page(self, request: Request) -> Response:
        if not self._paired(request):
            return RedirectResponse("/pocket/pair", 303)
        return await self._served("index.html")

    async def _file(self, request: Request) -> Response:
        name = str(request.path_params["name"])
        if name == "index.html":
            return await self._page(request)
        if name == "pair.js":
            return Response((SOURCES / name).read_bytes(), media_type=TYPES["js"])
        return await self._served(name)

    async def _served(self, name: str) -> Response:
        try:
            files = await run_in_threadpool(self._files)
        except LandwardError as error:
            return self._words("trouble.html", 503, why=str(error))
        if name not in files:
            return Response(NOT_THERE, 404)
        return Response(files[name], media_type=TYPES[name.rsplit(".", 1)[-1]])

    async def _submit(self, request: Request) -> Response:
        """Take in sealed entries and say, by id, which are safe here now."""
        if not self._paired(request):
            return JSONResponse({"detail": phrase("this phone is not paired")}, 401)
        if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
            return JSONResponse({"detail": phrase("sealed entries come as JSON")}, 415)
        body, now = await request.body(), self._clock().at

        def keep() -> list[str]:
            parcel = read_parcel(body)
            take_in(self.vault, parcel, now=now)
            return [entry.id for entry in parcel.entries]

        try:
            kept = await run_in_threadpool(keep)
            await self._received()
        except BadInput as error:
            return JSONResponse({"detail": str(error)}, 422)
        except LandwardError as error:
            return JSONResponse({"detail": str(error)}, 503)
        return JSONResponse({"kept": kept})

    async def _key(self, request: Request) -> Response:
        """Take the public key a paired phone signs with; said over TLS, by its own cookie."""
        if not self._paired(request):
            return JSONResponse({"detail": phrase("this phone is not paired")}, 401)
        if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
            return JSONResponse({"detail": phrase("a key comes as JSON")}, 415)
        token, body = request.cookies[COOKIE], await request.body()

        def take() -> None:
            try:
                said = json.loads(body)
                device, key = str(said["device"]), str(said["key"])
            except (ValueError, KeyError, TypeError, RecursionError):
                raise BadInput(phrase("this is not a phone's key: pair the phone again")) from None
            self.pairing.take_key(token, read_header(self.vault).vault, device, key)

        try:
            await run_in_threadpool(take)
        except BadInput as error:
            return JSONResponse({"detail": str(error)}, 422)
        except LandwardError as error:
            return JSONResponse({"detail": str(error)}, 503)
        return JSONResponse({"known": True})

    # ---- installing and pairing --------------------------------------------------------------

    async def _install(self, request: Request) -> Response:
        return self._words("install.html", fingerprint=self.home.authority.fingerprint)

    async def _certificate(self, request: Request) -> Response:
        named = {"content-disposition": 'attachment; filename="landward.crt"'}
        kind = "application/x-x509-ca-cert"
        return Response(self.home.authority.root_der, media_type=kind, headers=named)

    async def _apple_profile(self, request: Request) -> Response:
        kind = "application/x-apple-aspen-config"
        return Response(self.home.authority.apple_profile(), media_type=kind)

    async def _pair_page(self, request: Request) -> Response:
        if self._paired(request):
            return RedirectResponse("/pocket/", 303)
        return self._words("pair.html", wrong=False)

    async def _pair(self, request: Request) -> Response:
        from landward.web.http.routing import read_fields

        try:
            code = read_fields(await request.body()).get("code", [""])[-1]
        except BadInput:
            code = ""
        label = _phone_label(request.headers.get("user-agent", ""))
        token = self.pairing.pair(code, label, self._clock().at)
        if token is None:
            return self._words("pair.html", 403, wrong=True)
        response = RedirectResponse("/pocket/", 303)
        response.set_cookie(
            COOKIE,
            token,
            max_age=COOKIE_LIVES_S,
            path="/",
            secure=True,
            httponly=True,
            samesite="strict",
        )
        return response


@cache
def _shown(template: str, **values: object) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(SOURCES), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template(template).render(**values)


def _phone_label(agent: str) -> str:
    for word in ("iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux"):
        if word in agent:
            return {"Macintosh": "a Mac"}.get(word, phrase("{word} device", word=word))
    return "a phone"
