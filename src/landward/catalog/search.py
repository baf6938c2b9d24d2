"""Searching by plain words: drugs, symptoms as people say them, claims, rules, sources."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from landward.catalog.names import closest, fold
from landward.model.base import Frozen

HitKind = Literal["drug", "symptom", "claim", "rule", "source", "question", "instrument", "article"]


class Hit(Frozen):
    """One thing found: its kind and id, a line about it, and how well it fits (0 to 1)."""

    kind: HitKind
    id: str
    line: str
    fit: float


class Entry(Frozen):
    """Something that can be found, and the text it is found by."""

    kind: HitKind
    id: str
    line: str
    text: str


_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(
    {"a", "an", "and", "are", "at", "for", "i", "in", "is", "it", "me", "my", "of", "on", "or"}
    | {"the", "to", "was", "with"}
)


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: folded, apostrophes joined, small words out."""
    joined = text.replace("'", "").replace("’", "")
    found = (fold(word) for word in _WORD.findall(joined))
    return [word for word in found if word not in _SMALL]


class Index:
    """Everything that can be found, its words folded once."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._pool = tuple(entries)
        self._words = [frozenset(words_of(entry.text)) for entry in self._pool]
        self._vocabulary = sorted(frozenset().union(*self._words))

    def search(self, asked: str, limit: int = 20) -> tuple[Hit, ...]:
        """The entries that fit, best first, one line per thing; the order is total.

        A misspelt word finds its nearest. An entry fits when it has half of the words asked for.
        """
        meant = [self._meanings(word) for word in words_of(asked)]
        best: dict[tuple[str, str], Hit] = {}
        for hit in self._hits(meant):
            kept = best.get((hit.kind, hit.id))
            if kept is None or (-hit.fit, hit.line) < (-kept.fit, kept.line):
                best[hit.kind, hit.id] = hit
        return tuple(sorted(best.values(), key=lambda hit: (-hit.fit, hit.kind, hit.id))[:limit])

    def _meanings(self, word: str) -> frozenset[str]:
        """The known words that a word asked for may stand for."""
        if word in self._vocabulary:
            return frozenset((word,))
        stems = [known for known in self._vocabulary if known.startswith(word[:-1])]
        if len(word) > 3 and stems:
            return frozenset(stems)
        return frozenset(name for _, name in closest(word, self._vocabulary)[:3])

    def _hits(self, meant: list[frozenset[str]]) -> Iterator[Hit]:
        for entry, words in zip(self._pool, self._words, strict=True):
            found = sum(not options.isdisjoint(words) for options in meant)
            if found and found * 2 >= len(meant):
                closeness = found / max(len(words), found)
                fit = round(found / len(meant) * (0.7 + 0.3 * closeness), 4)
                yield Hit(kind=entry.kind, id=entry.id, line=entry.line, fit=fit)
