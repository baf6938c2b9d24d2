"""The relay as a web application: the wire under /v1, /health, and a phone's page if it has one."""

import asyncio
import mimetypes
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from landward.relay import asked, shelves
from landward.relay.answering import Handler, Relay, answered, plain, said_no
from landward.relay.refused import BUSY, UNKNOWN, RelayRefused

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
TURN_S = 3600.0
"""How often it looks whether the day has turned."""

WIRE: tuple[tuple[str, str, Handler], ...] = (
    ("PUT", "/v1/shelf/{shelf}/{blob}", asked.put),
    ("GET", "/v1/shelf/{shelf}", asked.since),
    ("POST", "/v1/shelf/{shelf}", asked.put_many),
    ("DELETE", "/v1/shelf/{shelf}/{blob}", asked.delete),
    ("DELETE", "/v1/shelf/{shelf}", asked.delete_shelf),
    ("POST", "/v1/shelf/{shelf}/more", asked.more),
    ("POST", "/v1/shelf/{shelf}/meet/{meeting}", asked.open_meeting),
    ("PUT", "/v1/meet/{meeting}/{side}", asked.meet_put),
    ("GET", "/v1/meet/{meeting}/{side}", asked.meet_get),
    ("POST", "/v1/join", asked.join),
)


def create_app(
    relay: Relay, *, keep_days: int = 0, pages: Mapping[str, bytes] | None = None
) -> FastAPI:
    """The application. `pages` are files by their names under /phone/; "" is the first one.

    With `keep_days` an invitation whose shelves nobody wrote to for so many days is removed.
    Closes the store when it stops.
    """

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        turning = asyncio.create_task(_each_day(relay, keep_days))
        yield
        turning.cancel()
        with suppress(asyncio.CancelledError):
            await turning
        _tell(relay)
        await asyncio.to_thread(relay.store.close)

    async def unknown(_: Request, __: Exception) -> Response:
        return said_no(relay, RelayRefused(UNKNOWN))

    async def health(request: Request) -> Response:
        try:
            relay.limits.address(request.client.host if request.client else "")
            async with asyncio.timeout(5):
                waiting = relay.store.on_every(lambda db: db.execute("SELECT 1").fetchone())
                await asyncio.gather(*map(asyncio.wrap_future, waiting))
        except RelayRefused as refused:
            return said_no(relay, refused)
        except TimeoutError:
            return said_no(relay, RelayRefused(BUSY, 5))
        return plain(b'{"ok":true}')

    app = FastAPI(
        openapi_url=None, docs_url=None, redoc_url=None, lifespan=running,
        exception_handlers={404: unknown, 405: unknown}, redirect_slashes=False,
    )  # fmt: skip
    app.router.routes.extend(
        Route(path, answered(relay, handler), methods=[method]) for method, path, handler in WIRE
    )
    app.router.routes.append(Route("/health", health, methods=["GET"]))
    if pages:
        app.router.routes += _phone(pages)
    return app


def _phone(pages: Mapping[str, bytes]) -> list[Route]:
    """The files of a phone's page. No cookie, and nothing but what came with it."""

    async def page(request: Request) -> Response:
        name = request.path_params["name"] or "index.html"
        if name not in pages:
            return Response(status_code=404)
        kind = "application/manifest+json" if name.endswith(".webmanifest") else None
        return Response(
            pages[name],
            media_type=kind or mimetypes.guess_type(name)[0] or "application/octet-stream",
            headers={
                "Content-Security-Policy": PAGE_POLICY,
                "Cache-Control": "no-cache",
                "Referrer-Policy": "no-referrer",
                "X-Content-Type-Options": "nosniff",
                "Cross-Origin-Opener-Policy": "same-origin",
                "Cross-Origin-Resource-Policy": "same-origin",
                "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
            },
        )

    async def to_page(_: Request) -> Response:
        return RedirectResponse("/phone/")

    return [
        Route("/phone", to_page, methods=["GET"]),
        Route("/phone/{name:path}", page, methods=["GET"]),
    ]


async def _each_day(relay: Relay, keep_days: int) -> None:
    told = ""
    while True:
        if told != (today := relay.store.today()):
            if told:
                _tell(relay)
            told = today
            if keep_days:
                await asyncio.to_thread(remove_unused, relay, keep_days)
        await asyncio.sleep(TURN_S)


def remove_unused(relay: Relay, keep_days: int) -> int:
    """Remove the invitations nobody wrote under for `keep_days` days; how many."""
    day = (relay.store.day() - timedelta(days=keep_days)).isoformat()
    found = [f.result() for f in relay.store.on_every(lambda db: shelves.unused_since(db, day))]
    numbers = sorted({number for some in found for number in some})
    for number in numbers:
        relay.store.remove(number)
    relay.counted["removed, unused"] += len(numbers)
    return len(numbers)


def _tell(relay: Relay) -> None:
    """A day's totals: nothing in it is one person's."""
    if relay.counted:
        totals = ", ".join(f"{name} {count}" for name, count in sorted(relay.counted.items()))
        print(f"landward relay: {totals}", file=relay.told, flush=True)
        relay.counted.clear()
