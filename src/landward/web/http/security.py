"""The outer wall: who may ask at all, how much, and what a browser may do with the answer.

Loopback is no protection by itself: any page in the same browser can send requests here, and a
rebound DNS name can point here. So the Host must be ours, a writing request must come from our own
page, and nothing may be embedded, cached, or run that we did not ship.
"""

import asyncio
import sys
import traceback
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from landward.app.phone.page_policy import page_policy
from landward.model.said import phrase
from landward.web.http.upload import LARGE_PATHS, MOST_FILE_BYTES

MAX_BODY_BYTES = 256 * 1024
READING = frozenset({"GET", "HEAD"})
WRITING = frozenset({"POST"})

POLICY = page_policy(forms="self", headers=True)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not no-referrer: under that a browser sends Origin: null with our own forms.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-robots-tag": "noindex, nofollow",
}


FAULT = phrase(
    "This is a fault of the app, not yours. What was saved before is safe. "
    "Go back and try once more; if it happens again, leave that field empty."
)
BARE = """<!doctype html>
<html lang="en" data-theme="dim" data-text="100"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="stylesheet" href="/static/style.css"></head>
<body><header class="top"><a class="mark" href="/">Landward</a></header>
<main class="narrow"><h1>{title}</h1><p>{words}</p>
<p><a href="/today">Back to Today</a> · <a href="/help">Help now</a></p></main></body></html>
"""


def words_page(status: int, title: str, words: str) -> Response:
    """A page for where no session, room or template can be relied on. Texts are ours alone."""
    return HTMLResponse(BARE.format(title=title, words=words), status)


def fault_page() -> Response:
    """What is shown where the app itself went wrong."""
    return words_page(500, phrase("That did not work"), FAULT)


def where_of(error: BaseException) -> str:
    """Where a fault happened, line by line, without its message: that may quote the diary."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"  {Path(f.filename).name}:{f.lineno} in {f.name}" for f in frames[-12:]]
    return "\n".join(
        [phrase("Landward met a fault of its own: {name}", name=type(error).__name__), *lines]
    )


def hush(loop: asyncio.AbstractEventLoop) -> None:
    """Have a loop tell of a fault that nobody waited for by its place: its own way prints the
    message, and that may quote the diary.
    """

    def told(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        print(where_of(context.get("exception") or RuntimeError()), file=sys.stderr)

    loop.set_exception_handler(told)


class SecurityMiddleware:
    """ASGI middleware: Host allow-list, same-origin writes, size limit, strict headers."""

    def __init__(
        self, app: ASGIApp, hosts: Iterable[str], schemes: Iterable[str] = ("http",)
    ) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)
        self.origins = frozenset(f"{scheme}://{host}" for scheme in schemes for host in self.hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 - ASGI
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # no websockets here
        headers = Headers(scope=scope)
        most = MOST_FILE_BYTES if scope["path"] in LARGE_PATHS else MAX_BODY_BYTES
        refused = self.refusal(scope["method"], headers, most)
        if refused is not None:
            status, words = refused
            page = words_page(status, phrase("That did not work"), words)
            with suppress(Exception):  # whoever asks like this may be gone: no log is filled by it
                await page(scope, receive, _sealed(send))
            return
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await _sealed(send)(message)

        try:
            await self.app(scope, _limited(receive, most), sending)
        except Exception as error:  # the last wall: no words of a diary in a log
            print(where_of(error), file=sys.stderr)
            if not begun:
                with suppress(Exception):
                    await fault_page()(scope, receive, _sealed(send))

    def refusal(
        self, method: str, headers: Headers, most_bytes: int = MAX_BODY_BYTES
    ) -> tuple[int, str] | None:
        """Why a request is turned away before anything reads it: (status, words), or None."""
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self.hosts:
            return 400, phrase("This address is not the one Landward was opened at.")
        if method not in READING | WRITING:
            return 405, phrase("Landward knows only GET and POST.")
        site = headers.get("sec-fetch-site", "same-origin")
        if method in WRITING:
            origin = headers.get("origin")
            if site not in ("same-origin", "none") or (
                origin is not None and origin not in self.origins
            ):
                return 403, phrase("This came from another page. Nothing was saved.")
            length = headers.get("content-length", "0")
            if not length.isdecimal() or int(length) > most_bytes:
                return 413, phrase("That is more than a diary line can hold. Nothing was saved.")
        elif site not in ("same-origin", "none") and headers.get("sec-fetch-mode") != "navigate":
            return 403, phrase("This page cannot be used inside another page.")
        return None


def _limited(receive: Receive, most_bytes: int = MAX_BODY_BYTES) -> Receive:
    """Cut off a body that is longer than its own announcement."""
    seen = 0

    async def inner() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most_bytes:
            return {"type": "http.disconnect"}
        return message

    return inner


def _sealed(send: Send) -> Send:
    """Add the headers every answer carries; only named static files may be kept by the browser."""

    async def inner(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-store")
            del headers["server"]
        await send(message)

    return inner


def local_hosts(port: int) -> tuple[str, ...]:
    """The names this machine may be called by, on one port."""
    names = ("localhost", "127.0.0.1", "[::1]")
    bare = names if port == 80 else ()
    return tuple(f"{name}:{port}" for name in names) + bare


def is_own_path(text: str) -> bool:
    """Whether a text is a path on this site, fit to send someone to."""
    parts = urlsplit(text)
    return text.startswith("/") and not text.startswith(("//", "/\\")) and not parts.netloc
