"""A device's side of the line: HTTP from the standard library, bounded and with time limits.

Nothing is opened before the first call. Every refusal is one `RelayRefused`, or what the caller
wants raised in its place. Sending again is always safe.
"""

import http.client
import json
import ssl
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NoReturn, TypeVar
from urllib.parse import urlsplit

from landward.relay import refused as why
from landward.relay.refused import RelayRefused
from landward.relay.wire import (
    CLASSES,
    HEADER,
    LAST,
    MEETING_BYTES,
    MOST_ANSWER,
    MOST_FRAMES,
    VERSION,
    Frame,
    Page,
    PutAnswer,
    check_id,
    check_token,
    packed,
    parcels,
    unpacked,
    unpacked_answers,
)

T = TypeVar("T")
_HERE = ("127.0.0.1", "localhost", "::1")


class RelayClient:
    """One relay, by its address. Ids, tokens and hashes are hex; not for several threads at once.

    `refusal` makes the exception from a code and the seconds to wait. Use it in a `with` block.
    """

    classes = CLASSES
    meeting_bytes = MEETING_BYTES

    def __init__(
        self,
        address: str,
        *,
        timeout_s: float = 20,
        trust: ssl.SSLContext | None = None,
        refusal: Callable[[str, int], Exception] = RelayRefused,
    ) -> None:
        self._refusal, self._trust, self._timeout_s = refusal, trust, timeout_s
        self._line: http.client.HTTPConnection | None = None
        try:
            parts = urlsplit(address.strip())
            self._host, self._port = parts.hostname or "", parts.port
            here = parts.scheme == "http" and self._host in _HERE
            plain = not (parts.username or parts.password or parts.query or parts.fragment)
            fine = (parts.scheme == "https" or here) and self._host and plain
        except ValueError:
            fine = False
        if not fine:
            self._refuse(why.NOT_HTTPS)
        self._secure, self._path = parts.scheme == "https", parts.path.rstrip("/")

    def __enter__(self) -> "RelayClient":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up. The next call opens a new line."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def join(self, code: str, shelf: str, read_hash: str, write_hash: str) -> None:
        """Make a shelf with an invitation. The same call again is fine; another's code is not."""
        self._ask("POST", "/v1/join", _shelf(shelf, read_hash, write_hash) | {"code": code})

    def more(self, shelf: str, write: str, new: str, read_hash: str, write_hash: str) -> None:
        """Make a further shelf under the same quota; `new` from `wire.beside`."""
        body = _shelf(new, read_hash, write_hash)
        self._ask("POST", f"/v1/shelf/{check_id(shelf)}/more", body, write)

    def put(self, shelf: str, write: str, blob: str, data: bytes) -> int:
        """Leave one blob; returns its number once it lies on the relay's disk."""
        where = f"/v1/shelf/{check_id(shelf)}/{check_id(blob)}"
        answer = self._ask("PUT", where, data, write)[0]
        return self._number(_json(answer).get("seq"))

    def put_many(
        self, shelf: str, write: str, blobs: Sequence[tuple[str, bytes]]
    ) -> tuple[PutAnswer, ...]:
        """Leave several blobs, in as many requests as they need; one answer each, in order."""
        answers: list[PutAnswer] = []
        for parcel in parcels(Frame(0, check_id(blob), data) for blob, data in blobs):
            body, _ = self._ask("POST", f"/v1/shelf/{check_id(shelf)}", packed(parcel), write)
            found = self._read(unpacked_answers, body)
            if [one.blob for one in found] != [frame.blob for frame in parcel]:
                self._refuse(why.NOT_A_RELAY)
            answers += found
        return tuple(answers)

    def since(self, shelf: str, read: str, seq: int, most: int = MOST_FRAMES) -> Page:
        """What lies on a shelf after number `seq`, at most `most` blobs; fewer if they are large.

        The end is reached where no blob came.
        """
        where = f"/v1/shelf/{check_id(shelf)}?since={seq}&most={most}"
        body, last = self._ask("GET", where, None, read)
        frames = self._read(unpacked, body)
        numbers = [seq, *(frame.seq for frame in frames)]
        if any(later <= before for before, later in pairwise(numbers)):
            self._refuse(why.NOT_A_RELAY)
        return Page(frames, self._number(last))

    def delete(self, shelf: str, write: str, blob: str) -> None:
        """Remove one blob for good. Again, or of what was never there: the same."""
        self._ask("DELETE", f"/v1/shelf/{check_id(shelf)}/{check_id(blob)}", None, write)

    def delete_shelf(self, shelf: str, write: str) -> None:
        """Remove a shelf and all that lies on it."""
        self._ask("DELETE", f"/v1/shelf/{check_id(shelf)}", None, write)

    def open_meeting(self, shelf: str, write: str, meeting: str) -> None:
        """Let two devices leave each other one message each, for fifteen minutes."""
        self._ask("POST", f"/v1/shelf/{check_id(shelf)}/meet/{check_id(meeting)}", None, write)

    def meet_put(self, meeting: str, side: str, data: bytes) -> None:
        """Leave the message of side "a" or "b", `meeting_bytes` long."""
        self._ask("PUT", f"/v1/meet/{check_id(meeting)}/{side}", data)

    def meet_get(self, meeting: str, side: str) -> bytes | None:
        """The message that side "a" or "b" left; None while there is none."""
        return self._ask("GET", f"/v1/meet/{check_id(meeting)}/{side}", None)[0] or None

    def _ask(
        self, method: str, path: str, body: bytes | dict[str, str] | None, token: str = ""
    ) -> tuple[bytes, str]:
        """The body of a good answer and its last number. A line that went stale is opened again."""
        headers = {HEADER: str(VERSION)}
        if token:
            headers["Authorization"] = f"Bearer {check_token(token)}"
        sent = json.dumps(body).encode() if isinstance(body, dict) else body
        for attempt in (1, 2):
            fresh = self._line is None
            try:
                return self._once(method, self._path + path, sent, headers)
            except ssl.SSLCertVerificationError:
                self.close()
                self._refuse(why.UNTRUSTED)
            except (OSError, http.client.HTTPException) as error:
                self.close()
                silent = isinstance(error, TimeoutError)
                if fresh or silent or attempt == 2:
                    odd = isinstance(error, http.client.HTTPException) and not isinstance(
                        error, (http.client.RemoteDisconnected, http.client.IncompleteRead)
                    )
                    self._refuse(why.NOT_A_RELAY if odd else why.UNREACHABLE)
        raise AssertionError("a line is tried twice at most")

    def _once(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[bytes, str]:
        if self._line is None:
            self._line = self._dial()
        self._line.request(method, path, body=body, headers=headers)
        answer = self._line.getresponse()
        data = self._all_of(answer)
        version, last = answer.getheader(HEADER, ""), answer.getheader(LAST, "")
        if answer.will_close:
            self.close()
        if answer.status in (200, 201, 204) and version == str(VERSION):
            return data, last
        if answer.status in (502, 503, 504) and not version:
            self._refuse(why.UNREACHABLE)  # a proxy, and behind it nobody
        if answer.status != 426 and version != str(VERSION):
            self._refuse(why.NOT_A_RELAY)
        wait = answer.getheader("Retry-After", "")
        wait_s = min(int(wait), 3600) if wait.isascii() and wait.isdigit() else 0
        self._refuse(why.CODE_OF.get(answer.status, why.NOT_A_RELAY), wait_s)

    def _all_of(self, answer: http.client.HTTPResponse) -> bytes:
        """The whole body, if it is no longer than a relay's and does not trickle for ever."""
        data, until = bytearray(), time.monotonic() + 6 * self._timeout_s
        while piece := answer.read1(1 << 16):
            data += piece
            if len(data) > MOST_ANSWER or time.monotonic() > until:
                self.close()
                self._refuse(why.NOT_A_RELAY)
        if answer.length:
            raise http.client.IncompleteRead(bytes(data), answer.length)
        answer.close()  # the line is free for the next request
        return bytes(data)

    def _dial(self) -> http.client.HTTPConnection:
        if not self._secure:
            return http.client.HTTPConnection(self._host, self._port, timeout=self._timeout_s)
        context = self._trust or ssl.create_default_context()
        return http.client.HTTPSConnection(
            self._host, self._port, timeout=self._timeout_s, context=context
        )

    def _refuse(self, code: str, wait_s: int = 0) -> NoReturn:
        raise self._refusal(code, wait_s)

    def _read(self, how: Callable[[bytes], T], body: bytes) -> T:
        try:
            return how(body)
        except RelayRefused:
            self._refuse(why.NOT_A_RELAY)

    def _number(self, found: object) -> int:
        text = str(found)
        if not (text.isascii() and text.isdigit() and len(text) <= 19):
            self._refuse(why.NOT_A_RELAY)
        return int(text)


def _shelf(shelf: str, read_hash: str, write_hash: str) -> dict[str, str]:
    return {
        "shelf": check_id(shelf),
        "read_hash": check_token(read_hash),
        "write_hash": check_token(write_hash),
    }


def _json(body: bytes) -> dict[str, object]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
