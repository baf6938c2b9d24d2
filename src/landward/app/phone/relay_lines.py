"""What lies on a phone's shelf, opened: its lines for the diary, and what it says of itself.

Every blob's content is one line of JSON, which says its kind, then bytes. Whoever found the root
may have left it: a line is sealed to the diary once more inside and signed by the phone, and goes
through the same door as every other sealed line; a hello counts for nothing without a yes.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import ValidationError

from landward.app.phone.relay_host import Frame, Host
from landward.app.phone.relay_phone import Hello, RelayPhone
from landward.vault.phone_keys import is_signed
from landward.vault.phone_shelf import open_blob
from landward.vault.receiving import Sealed

MOST_PAGES = 100_000
"""A relay that never ends is left."""
MOST_NUMBER = 2**53
MOST_WITHOUT = 1000
READ_WHOLE_AFTER = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class Line:
    """One sealed line: the blob it came in, who wrote it under which number."""

    seq: int
    blob: str
    device: str
    number: int
    without: tuple[int, ...]
    """Earlier numbers that never come: what was carried home as a file."""
    sealed: Sealed
    signature: str

    def is_proved(self, phone: RelayPhone, vault_id: str) -> bool:
        """Whether the phone that was said yes to signed this number for this entry.

        Whoever found the code could claim one: the phone would then let go of a line of its own.
        """
        key = phone.signing_key(vault_id)
        return key is not None and is_signed((key,), self.device, self._said(phone), self.signature)

    def _said(self, phone: RelayPhone) -> str:
        without = ",".join(map(str, self.without))
        return f"head {phone.shelf} {self.number} {self.sealed.id} {without}"


@dataclass(frozen=True, slots=True)
class Shelf:
    """What one reading of a shelf found."""

    lines: tuple[Line, ...]
    hellos: tuple[tuple[str, Hello], ...]
    """Each with its blob, the newest last."""
    strange: tuple[str, ...]
    """Blobs nobody with this shelf's keys sealed, or of a shape this version does not know."""
    stale: tuple[str, ...]
    """Faces that were removed once and lie there again."""
    read_to: int
    last: int
    went_back: bool
    """Whether the relay gave lower numbers than it once did."""
    whole: bool
    """Whether it was read from its beginning."""
    face_lost: bool
    """Whether what the phone is to show does not lie there any more."""

    def without_lines(self, held: tuple[Line, ...]) -> "Shelf":
        """The same without lines that stay on the shelf for now: they are looked at again."""
        kept = tuple(line for line in self.lines if line not in held)
        read_to = min([self.read_to, *(line.seq - 1 for line in held)])
        return replace(self, lines=kept, read_to=read_to)

    @property
    def done_with(self) -> tuple[str, ...]:
        """What may go, once it was taken in and heard."""
        lines, hellos = (line.blob for line in self.lines), (blob for blob, _ in self.hellos)
        return (*lines, *hellos, *self.stale)


def read_shelf(host: Host, phone: RelayPhone, now: datetime) -> Shelf:
    """What is new on a shelf; once a day, and where numbers went back or a line is missing, all
    that lies there. Raises the host's refusals.
    """
    lines: list[Line] = []
    hellos: list[tuple[str, Hello]] = []
    strange: list[str] = []
    stale: list[str] = []
    own = set(phone.faces)
    start = 0 if _is_due(phone, now) else phone.read_to
    pages = _pages(host, phone, start)
    frames, last = next(pages)
    went_back = last < phone.last
    if went_back and start:  # an older copy of the relay: what is known already changes nothing
        start = 0
        pages = _pages(host, phone, start)
        frames, last = next(pages)
    read_to = start
    while frames:
        for frame in frames:
            read_to = frame.seq
            if frame.blob in own:
                own.discard(frame.blob)
                continue
            found = _opened(phone, frame)
            if isinstance(found, Line):
                lines.append(found)
            elif isinstance(found, Hello):
                hellos.append((frame.blob, found))
            elif found == "face":
                stale.append(frame.blob)
            else:
                strange.append(frame.blob)
        frames, _ = next(pages, ((), 0))
    return Shelf(
        tuple(lines), tuple(hellos), tuple(strange), tuple(stale), read_to, last, went_back,
        whole=start == 0, face_lost=start == 0 and bool(own),
    )  # fmt: skip


def _is_due(phone: RelayPhone, now: datetime) -> bool:
    whole = phone.read_whole_at
    missing = any(one.also for one in phone.taken.values())
    return missing or whole is None or abs(now - whole) >= READ_WHOLE_AFTER


def _pages(host: Host, phone: RelayPhone, seq: int) -> Iterator[tuple[tuple[Frame, ...], int]]:
    for _ in range(MOST_PAGES):
        page = host.since(phone.shelf, phone.keys.read, seq)
        frames = tuple(page.frames)
        yield frames, page.last
        if not frames:
            return
        seq = frames[-1].seq


def _opened(phone: RelayPhone, frame: Frame) -> Line | Hello | Literal["face"] | None:
    content = open_blob(phone.keys, frame.blob, frame.data)
    if content is None:
        return None
    head, _, rest = content.partition(b"\n")
    try:
        said = json.loads(head)
        if said["kind"] == "line":
            return _line(frame, said, rest)
        if said["kind"] == "face":
            return "face"
        if said["kind"] == "hello":
            told = {name: said[name] for name in Hello.model_fields}
            return Hello.model_validate(told)
    except (ValueError, KeyError, TypeError, RecursionError, ValidationError):
        return None
    return None


def _line(frame: Frame, said: dict[str, Any], sealed: bytes) -> Line | None:
    without = said.get("without", [])
    numbers = [said["n"], *without]
    if not all(type(number) is int and 0 < number < MOST_NUMBER for number in numbers):
        return None
    if len(without) > MOST_WITHOUT:
        return None
    entry = Sealed(id=said["id"], box=said["box"], blob=sealed)
    device, signature = str(said["device"])[:40], str(said.get("signature", ""))
    return Line(frame.seq, frame.blob, device, said["n"], tuple(without), entry, signature)
