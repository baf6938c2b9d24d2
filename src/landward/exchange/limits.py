"""How much of a stranger's file is read: bytes, rows, time, each with one clear line."""

import time
from collections.abc import Callable
from typing import IO

from landward.model.base import BadInput
from landward.model.said import counted, phrase

MAX_SECONDS = 600.0
MAX_TEXT_BYTES = 64 * 1024**2
MAX_STREAM_BYTES = 8 * 1024**3
MAX_RECORDS = 2_000_000


class Patience:
    """Raises BadInput once reading has taken longer than `seconds`."""

    def __init__(
        self, seconds: float = MAX_SECONDS, clock_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock_s, self._seconds, self._until = clock_s, seconds, clock_s() + seconds

    def check(self) -> None:
        """Call now and then while reading."""
        if self._clock_s() > self._until:
            raise BadInput(
                phrase(
                    "reading this file took longer than {seconds} seconds; nothing was read",
                    seconds=format(self._seconds, ".0f"),
                )
            )


def _nobody(_: int) -> None:
    """Where nobody waits, nothing is told."""


class Progress:
    """How much of a file has been read, told in whole percent: each once, rising."""

    def __init__(self, tell: Callable[[int], None] = _nobody) -> None:
        self._tell, self._told = tell, 0

    def at(self, done: int, whole: int) -> None:
        """So many of so many: bytes, or rows."""
        percent = min(100, done * 100 // whole) if whole > 0 else 0
        if percent > self._told:
            self._told = percent
            self._tell(percent)

    def of(self, whole: int) -> Callable[[int], None]:
        """What is called with each further piece, until `whole` is reached."""
        done = 0

        def more(size: int) -> None:
            nonlocal done
            done += size
            self.at(done, whole)

        return more


class Limited:
    """A stream that ends with BadInput after `most` bytes: a small zip can unpack to anything.

    `seen` hears of every further piece that was read.
    """

    def __init__(
        self,
        stream: IO[bytes],
        patience: Patience,
        most: int = MAX_STREAM_BYTES,
        seen: Callable[[int], None] = _nobody,
    ) -> None:
        self._stream, self._patience, self._left, self._most = stream, patience, most, most
        self._seen = seen

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes. Raises BadInput past the limit of bytes or time."""
        self._patience.check()
        wanted = self._left + 1 if size < 0 else min(size, self._left + 1)
        data = self._stream.read(wanted)
        self._left -= len(data)
        self._seen(len(data))
        if self._left < 0:
            raise BadInput(
                phrase(
                    "the file holds more than {most} MB; nothing was read",
                    most=self._most // 1024**2,
                )
            )
        return data


class LeftOut:
    """Records of a device that make no sense: counted and said; one does not stop the rest."""

    def __init__(self) -> None:
        self.count = 0
        self._first = ""

    def add(self, reason: str) -> None:
        """One more record that cannot be used."""
        self._first = self._first or " ".join(reason.split())[:160]
        self.count += 1

    def remarks(self) -> tuple[str, ...]:
        """One line, or none."""
        if not self.count:
            return ()
        records = counted(self.count, "{count} record was", "{count} records were")
        return (
            phrase("{records} left out; the first: {first}", records=records, first=self._first),
        )

    def refuse_if_nothing_else(self, found: int) -> None:
        """Raises BadInput where no record at all could be used."""
        if self.count and not found:
            raise BadInput(
                phrase("no record of this file can be used; the first: {first}", first=self._first)
            )


def text_of(data: bytes) -> str:
    """UTF-8 text, with or without a byte order mark. Raises BadInput."""
    if len(data) > MAX_TEXT_BYTES:
        raise BadInput(
            phrase(
                "the file is larger than {max_text_bytes} MB; split it first",
                max_text_bytes=MAX_TEXT_BYTES // 1024**2,
            )
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            phrase("the file is not UTF-8 text; export it again and try once more")
        ) from error
