"""A text as words with their places: one cut for training, for reading and for the wordings."""

import html
import re
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+|(?:[^\w\s]|_)+")
_SENTENCE_END = re.compile(r"(?:[.!?…]+[\"'”’)\]]*(?=\s|$))|\n+")
_TAG = re.compile(r"<(?:!--.*?--|/?[a-zA-Z][^<>]{0,2000})>", re.DOTALL)
_HIDDEN = re.compile(r"<(script|style)\b[^<>]{0,2000}>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
"""What a page never shows: its program and its looks."""
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_CURLY = str.maketrans("’‘ʼ´`", "'''''")
_ENDINGS = ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly", "ness", "y")
_MOST_WORDS = 120
"""A sentence longer than this is cut: nobody's sentence is, and memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word or run of marks, with where it stands: characters `start` up to `end`."""

    text: str
    start: int
    end: int


def without_markup(text: str) -> str:
    """The text with HTML tags and entities blanked, every other character where it was."""

    def blank(found: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", found.group())

    def character(found: re.Match[str]) -> str:
        meant = html.unescape(found.group())
        return meant.ljust(len(found.group())) if len(meant) == 1 else found.group()

    plain = _TAG.sub(blank, _HIDDEN.sub(blank, text)) if "<" in text else text
    plain = _ENTITY.sub(character, plain) if "&" in plain else plain
    return plain.translate(_CURLY)


def cut_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of a stretch of text: letters and digits together, other marks together."""
    return [
        Word(found.group(), found.start(), found.end())
        for found in _WORD.finditer(text, start, len(text) if end is None else end)
    ]


def cut_sentences(text: str) -> list[list[Word]]:
    """The words of each sentence in turn; a line break ends a sentence; long ones are cut."""
    sentences: list[list[Word]] = []
    start = 0
    for found in [*_SENTENCE_END.finditer(text), None]:
        end = len(text) if found is None else found.end()
        words = cut_words(text, start, end)
        sentences += [words[k : k + _MOST_WORDS] for k in range(0, len(words), _MOST_WORDS)]
        start = end
    return sentences


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its commonest English endings, in lower case: a key, not a dictionary form."""
    low = word.casefold()
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            return low[: -len(ending)]
    return low
