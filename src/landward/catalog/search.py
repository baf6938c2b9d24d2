"""Searching by plain words: pages, drugs, symptoms as people say them, claims, rules, sources.

A rare word tells more than a common one, so each word weighs what it tells apart: log(1 + N / n)
for a word that n of N things have (Spärck Jones, J Doc 1972;28:11).
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal

from landward.catalog.names import closest
from landward.catalog.search_words import SearchWords
from landward.model.base import Frozen

HitKind = Literal[
    "now",
    "article",
    "drug",
    "name",
    "symptom",
    "interaction",
    "claim",
    "rule",
    "source",
    "question",
    "instrument",
]


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
    first: bool = False
    """Whether it comes before whatever fits alike: a page that opens with help, a step for now."""


PREFERRED: dict[HitKind, float] = {
    "now": 0.94,
    "article": 1.0,
    "drug": 0.98,
    "name": 0.98,
    "symptom": 0.96,
    "interaction": 0.95,
    "question": 0.93,
    "instrument": 0.93,
    "claim": 0.92,
    "rule": 0.9,
    "source": 0.45,
}
"""Between things that fit alike: what is written for reading comes before what is cited."""

_LEAD = 1.25
"""Help that must be seen comes before what merely fits a little better."""
_MEANT = 0.5
_WHOLE = 0.7
"""And it needs half of what was asked and most of its own words: never a word in passing."""
_MEANT_SO = 0.9
"""How surely a word stands for what it only may mean."""
_FILLER = 0.3
"""How much a word that nothing here has, and nothing is like, counts against a thing: a tired
question has words to spare."""


class Index:
    """Everything that can be found, its words folded and weighed once."""

    def __init__(self, entries: Iterable[Entry], said: SearchWords | None = None) -> None:
        self._pool = tuple(entries)
        self._said = said or SearchWords()
        self._words = [frozenset(self._said.words_of(entry.text)) for entry in self._pool]
        having: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, (entry, words) in enumerate(zip(self._pool, self._words, strict=True)):
            for word in words:
                having[word].add((entry.kind, entry.id))
                self._places[word].append(place)
        things = len({(entry.kind, entry.id) for entry in self._pool})
        self._weight = {word: math.log(1 + things / len(by)) for word, by in having.items()}
        self._whole = [sum(self._weight[word] for word in sorted(words)) for words in self._words]
        self._unknown = math.log(1 + things)
        self._vocabulary = sorted(having)

    def search(self, asked: str, limit: int = 20) -> tuple[Hit, ...]:
        """The entries that fit, best first, one line per thing; the order is total.

        A misspelt word finds its nearest. An entry fits when it has 0.3 of what was asked for:
        one word of three that weigh alike; where nothing has that much, half of it is enough. It is
        asked in the person's own words, and once more with what these may stand for.
        """
        plain = [self._meanings(word) for word in dict.fromkeys(self._said.words_of(asked))]
        meant = [self._meant(words) for words in self._said.asked(asked)]
        best: dict[tuple[str, str], Hit] = {}
        found = self._enough(plain) + (self._enough(meant) if meant != plain else [])
        for hit in (*found, *(self._help() if self._said.calls_for_help(asked) else ())):
            kept = best.get((hit.kind, hit.id))
            if kept is None or (-hit.fit, hit.line) < (-kept.fit, kept.line):
                best[hit.kind, hit.id] = hit
        return tuple(sorted(best.values(), key=lambda hit: (-hit.fit, hit.kind, hit.id))[:limit])

    def _enough(self, meant: list[dict[str, float]]) -> list[Hit]:
        return self._hits(meant, 0.3) or self._hits(meant, 0.15)

    def _help(self) -> Iterator[Hit]:
        """The pages that open with help, as if they had been asked for by name."""
        for entry in self._pool:
            if entry.first and entry.kind == "article":
                yield Hit(kind=entry.kind, id=entry.id, line=entry.line, fit=1.0)

    def _meant(self, words: tuple[str, ...]) -> dict[str, float]:
        """What one word, or the words that a turn of phrase means, may stand for."""
        if len(words) > 1:
            return {word: _MEANT_SO for word in words if word in self._weight}
        others = {w: _MEANT_SO for w in self._said.also(words[0]) if w in self._weight}
        return others | (self._meanings(words[0]) if words[0] in self._weight or not others else {})

    def _meanings(self, word: str) -> dict[str, float]:
        """The known words that a word asked for may stand for, and how surely (0 to 1)."""
        if word in self._weight:
            return {word: 1.0}
        if len(word) > 3:
            begun = [known for known in self._vocabulary if known.startswith(word)]
            if begun:
                return dict.fromkeys(begun, 0.9)
        return {name: alike for alike, name in closest(word, self._vocabulary)[:3]}

    def _hits(self, meant: list[dict[str, float]], share: float) -> list[Hit]:
        """The entries that have this share of what was asked for, in no order."""
        filler = _FILLER * self._unknown
        asked = [max((self._weight[w] for w in may), default=filler) for may in meant]
        total, hits = sum(asked), []
        places = {place for may in meant for word in may for place in self._places[word]}
        for place in sorted(places):
            entry, words = self._pool[place], self._words[place]
            found = shared = 0.0
            for may, weight in zip(meant, asked, strict=True):
                word = max(may.keys() & words, key=lambda w: (may[w], w), default="")
                if word:
                    found += min(weight, self._weight[word]) * may[word]
                    shared += self._weight[word] * may[word]
            closeness = shared / max(self._whole[place], shared)
            least = _MEANT if entry.first else share
            if found and found >= least * total and (closeness >= _WHOLE or not entry.first):
                fit = found / total * (0.7 + 0.3 * closeness) * PREFERRED[entry.kind]
                fit = min(1.0, fit * _LEAD) if entry.first else fit
                hits.append(Hit(kind=entry.kind, id=entry.id, line=entry.line, fit=round(fit, 4)))
        return hits
