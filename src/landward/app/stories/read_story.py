"""Read one story or a file of sentences. Nothing is kept, sent or written here."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from landward.app.stories.reader import story_reader
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.model.stories import Span, StoryReading

MOST_BYTES = 64 * 1024 * 1024
"""A story longer than this (64 MB) is no story."""


_AT_ONCE = 512


def read_story(text: str) -> StoryReading:
    """What a story says: symptoms, of whom, when; the medicines; in which language it is not."""
    return story_reader().read(text)


def read_text(path: Path) -> str:
    """A story's file as text; what is not UTF-8 is replaced. Raises BadInput if unreadable."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(phrase("{path} is larger than 64 MB; that is not one story", path=path))
        return path.read_bytes().decode("utf-8", errors="replace")
    except OSError as error:
        raise BadInput(
            phrase("{path} cannot be read: {value}", path=path, value=error.strerror or error)
        ) from error


def spans_of_lines(lines: Iterator[str]) -> Iterator[list[Span]]:
    """One list of spans a line; tokens are parted by blanks. As many lists as lines."""
    reader = story_reader()
    while some := [tokens_of(line) for line in islice(lines, _AT_ONCE)]:
        yield from reader.spans(some)


def tokens_of(line: str) -> list[str]:
    """The tokens of a line: parted by spaces or tabs and by nothing else, so that places agree."""
    return [token for token in line.strip("\r\n").replace("\t", " ").split(" ") if token]
