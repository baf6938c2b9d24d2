"""What happens around every request: version, limits, token, a bounded body, one plain answer.

Whatever is wrong with who asks or what they ask for gets the same 404 after the same work. No
request is logged; a day's totals are counted.
"""

import asyncio
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TextIO

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from landward.relay import refused as why
from landward.relay.limits import COST_OF_UNKNOWN, Limits
from landward.relay.meetings import Meetings
from landward.relay.refused import STATUS, RelayRefused
from landward.relay.store import Store
from landward.relay.wire import HEADER, VERSION, check_id, check_token

BODY_S = 60.0
"""How long a body may take to arrive."""
_NOBODYS = "0" * 64
_ID = "0" * 32


@dataclass
class Relay:
    """What the handlers share."""

    store: Store
    limits: Limits
    meetings: Meetings
    counted: Counter[str] = field(default_factory=Counter)
    told: TextIO = field(default_factory=lambda: sys.stderr)


@dataclass(frozen=True, slots=True)
class Ask:
    """One request that may be answered: who asks is not in it."""

    relay: Relay
    request: Request
    token: str

    def path(self, name: str) -> str:
        """An id from the path. One that cannot be is nobody's."""
        try:
            return check_id(str(self.request.path_params[name]))
        except RelayRefused:
            raise RelayRefused(why.UNKNOWN) from None

    async def body(self, most: int) -> bytes:
        """The body, `most` bytes at most. Raises RelayRefused(SIZE), or MALFORMED if half sent."""
        told = self.request.headers.get("content-length", "")
        if told.isascii() and told.isdigit() and int(told) > most:
            raise RelayRefused(why.SIZE)
        parts, size = [], 0
        try:
            async with asyncio.timeout(BODY_S):
                async for part in self.request.stream():
                    size += len(part)
                    if size > most:
                        raise RelayRefused(why.SIZE)
                    parts.append(part)
        except (ClientDisconnect, TimeoutError):
            raise RelayRefused(why.MALFORMED) from None
        return b"".join(parts)


Handler = Callable[[Ask], Awaitable[Response]]


def answered(relay: Relay, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint: `handler` with everything around it."""

    async def endpoint(request: Request) -> Response:
        relay.counted[handler.__name__] += 1
        address = request.client.host if request.client else ""
        try:
            relay.limits.address(address)
            if request.headers.get(HEADER) != str(VERSION):
                raise RelayRefused(why.VERSION)
            shelf = request.path_params.get("shelf")
            if shelf is not None:
                relay.limits.shelf(str(shelf))
            return await handler(Ask(relay, request, _token(request)))
        except RelayRefused as refused:
            if refused.code == why.UNKNOWN:
                relay.limits.charge(address, COST_OF_UNKNOWN)
            return said_no(relay, refused)
        except Exception as error:  # a mistake of ours: its place, never its words
            print(place_of(error), file=relay.told, flush=True)
            return said_no(relay, RelayRefused(why.BUSY, 5))

    return endpoint


def _token(request: Request) -> str:
    """The token shown, or one that opens nothing, so that showing none costs the same."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    try:
        return check_token(token) if kind == "Bearer" else _NOBODYS
    except RelayRefused:
        return _NOBODYS


def said_no(relay: Relay, refused: RelayRefused) -> Response:
    """The answer to what is refused: a code and nothing else."""
    relay.counted[f"refused {refused.code}"] += 1
    answer = plain(f'{{"refused":"{refused.code}"}}'.encode(), STATUS[refused.code])
    if refused.wait_s:
        answer.headers["Retry-After"] = str(refused.wait_s)
    if refused.code in (why.SIZE, why.MALFORMED):
        answer.headers["Connection"] = "close"  # its body may not have been read to the end
    return answer


def plain(body: bytes = b"", status: int = 200) -> Response:
    """An answer of a relay. Nothing of it is to be kept on the way."""
    answer = Response(body, status)
    answer.headers[HEADER] = str(VERSION)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    if body:
        answer.headers["Content-Type"] = (
            "application/json" if body[:1] == b"{" else "application/octet-stream"
        )
    return answer


def place_of(error: BaseException) -> str:
    """Where something broke and what kind of break, without a word of what was asked."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = last.tb_frame.f_code.co_filename.rsplit("/", 1)[-1] if last else "?"
    return f"landward relay: {type(error).__name__} at {where}:{last.tb_lineno if last else 0}"
