"""The requests of the wire, one handler each."""

import asyncio
import json

from starlette.responses import Response

from landward.relay import shelves
from landward.relay.answering import Ask, plain
from landward.relay.local import answers_of
from landward.relay.refused import MALFORMED, UNKNOWN, RelayRefused
from landward.relay.shelves import Keys
from landward.relay.wire import (
    CLASSES,
    LAST,
    MEETING_BYTES,
    MOST_ANSWER,
    MOST_FRAMES,
    Frame,
    check_id,
    packed,
    packed_answers,
    unpacked,
)

LARGE = 64 << 10
"""A body longer than this is only read for who shows the right token."""

FRAMES_AN_ASK = 32
"""So many blobs of one request count as one more ask of their shelf: the others wait for them."""


async def join(ask: Ask) -> Response:
    """Use an invitation."""
    given = _texts(await ask.body(2048), "code", "shelf", "read_hash", "write_hash")
    keys = _keys(given)
    store = ask.relay.store
    await asyncio.to_thread(lambda: store.join(given["code"], keys).result())
    return plain(status=204)


async def more(ask: Ask) -> Response:
    """Make a further shelf."""
    shelf = ask.path("shelf")
    keys = _keys(_texts(await ask.body(2048), "shelf", "read_hash", "write_hash"))
    await asyncio.wrap_future(ask.relay.store.more(shelf, ask.token, keys))
    return plain(status=204)


async def put(ask: Ask) -> Response:
    """Keep one blob."""
    shelf, blob = ask.path("shelf"), ask.path("blob")
    await _known(ask, shelf)
    frame = Frame(0, blob, await ask.body(CLASSES[-1]))
    seq, new = await asyncio.wrap_future(ask.relay.store.put(shelf, ask.token, frame))
    return plain(b'{"seq":%d}' % seq, 201 if new else 200)


async def put_many(ask: Ask) -> Response:
    """Keep several blobs, one answer each."""
    shelf = ask.path("shelf")
    await _known(ask, shelf)
    frames = unpacked(await ask.body(MOST_ANSWER))
    ask.relay.limits.shelf(shelf, len(frames) / FRAMES_AN_ASK)
    kept = await asyncio.wrap_future(ask.relay.store.put_many(shelf, ask.token, frames))
    answer = plain(packed_answers(answers_of(frames, kept)))
    answer.headers["Content-Type"] = "application/octet-stream"
    return answer


async def since(ask: Ask) -> Response:
    """What lies on a shelf after a number."""
    shelf, store = ask.path("shelf"), ask.relay.store
    seq, most = _number(ask, "since", 0), _number(ask, "most", MOST_FRAMES)
    page = await asyncio.to_thread(store.since, shelf, ask.token, seq, most)
    answer = plain(packed(page.frames))
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.headers[LAST] = str(page.last)
    return answer


async def delete(ask: Ask) -> Response:
    """Remove one blob."""
    deleting = ask.relay.store.delete(ask.path("shelf"), ask.token, ask.path("blob"))
    await asyncio.wrap_future(deleting)
    return plain(status=204)


async def delete_shelf(ask: Ask) -> Response:
    """Remove a shelf and all on it."""
    await asyncio.wrap_future(ask.relay.store.delete_shelf(ask.path("shelf"), ask.token))
    return plain(status=204)


async def open_meeting(ask: Ask) -> Response:
    """Let two devices meet."""
    shelf, meeting = ask.path("shelf"), ask.path("meeting")
    await asyncio.to_thread(_check_writer, ask, shelf)
    ask.relay.meetings.open(shelf, meeting)
    return plain(status=204)


async def meet_put(ask: Ask) -> Response:
    """Leave one side's message."""
    data = await ask.body(MEETING_BYTES)
    new = ask.relay.meetings.put(ask.path("meeting"), _side(ask), data)
    return plain(status=201 if new else 200)


async def meet_get(ask: Ask) -> Response:
    """The message a side left."""
    left = ask.relay.meetings.get(ask.path("meeting"), _side(ask))
    return plain(status=204) if left is None else plain(left)


async def _known(ask: Ask, shelf: str) -> None:
    told = ask.request.headers.get("content-length", "")
    if not (told.isascii() and told.isdigit() and int(told) <= LARGE):
        await asyncio.to_thread(_check_writer, ask, shelf)


def _check_writer(ask: Ask, shelf: str) -> None:
    with ask.relay.store.reading(shelf) as db:
        shelves.for_writing(db, shelf, ask.token)


def _side(ask: Ask) -> str:
    side = str(ask.request.path_params["side"])
    if side not in ("a", "b"):
        raise RelayRefused(UNKNOWN)
    return side


def _number(ask: Ask, name: str, absent: int) -> int:
    text = ask.request.query_params.get(name, str(absent))
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise RelayRefused(MALFORMED)
    return int(text)


def _texts(body: bytes, *names: str) -> dict[str, str]:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        raise RelayRefused(MALFORMED) from None
    if not isinstance(given, dict) or not all(isinstance(given.get(name), str) for name in names):
        raise RelayRefused(MALFORMED)
    return {name: given[name] for name in names}


def _keys(given: dict[str, str]) -> Keys:
    return Keys(check_id(given["shelf"]), given["read_hash"], given["write_hash"])
