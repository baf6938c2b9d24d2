"""Searching by plain words: pages, drugs, symptoms as people say them, claims, rules, sources.

A rare word tells more than a common one, so each word weighs what it tells apart: log(1 + N / n)
for a word that n of N things have (Spärck Jones, J Doc 1972;28:11).
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from landward.catalog.names import closest, fold
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
    "source": 0.8,
}
"""Between things that fit alike: what is written for reading comes before what is cited."""

_LEAD = 1.25
"""Help that must be seen comes before what merely fits a little better."""
_MEANT = 0.5
_WHOLE = 0.7
"""And it needs half of what was asked and most of its own words: never a word in passing."""
_WORD = re.compile(r"[^\W_]+")
_SMALL_WORDS = (
    "a am an and any are as at be been by can could do does did for from get go had has have how i "
    "id if im in is it its ive me my of off on or our should so some than that the their them then "
    "there these they this those to too very was we were what when where which who why will with "
    "would you your since"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_ENDINGS = ("nesses", "ness", "ings", "ing", "ies", "ed", "es", "s", "y", "e")
_STEM = 4
"""No word is cut to fewer letters."""
_SPELT = (("isation", "ization"), ("ise", "ize"), ("our", "or"), ("oea", "ea"), ("aem", "em"))
"""Two spellings of English as one: the second stands for both."""

_SAME = {
    word: one
    for one, others in {
        "tablet": "pill pills tab tabs meds med",
        "run": "ran running",
        "doctor": "gp dr doc physician",
        "pharmacist": "chemist pharmacy",
        "family": "wife husband mum mom dad son daughter gran grandma nan grandad sister brother",
        "withdrawal": "withdraw withdrawing withdrawl withdrawel wd",
        "seizure": "fit fits convulsion convulsions",
        "cannabidiol": "cbd",
        "cannabis": "weed marijuana hash",
        "not": "dont doesnt didnt wont isnt cant cannot hadnt havent wouldnt",
        "wake": "woken waking woke",
        "fall": "fell fallen",
    }.items()
    for word in others.split()
}
"""Everyday words, each with the one that stands for it here, in questions and in pages alike."""
_FILLER = 0.3
"""How much a word that nothing here has, and nothing is like, counts against a thing: a tired
question has words to spare."""


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: folded, apostrophes joined, small words out (they
    stay where there are no others), endings off.
    """
    joined = text.replace("'", "").replace("’", "")
    found = [fold(word) for word in _WORD.findall(joined)]
    telling = [word for word in found if word not in _SMALL]
    return [_stem(_SAME.get(word, word)) for word in telling or found if word]


def _stem(word: str) -> str:
    if not word.isascii():
        return word
    for british, american in _SPELT:
        word = word.replace(british, american)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word.removesuffix(ending)
    return word


class Index:
    """Everything that can be found, its words folded and weighed once."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._pool = tuple(entries)
        self._words = [frozenset(words_of(entry.text)) for entry in self._pool]
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
        one word of three that weigh alike; where nothing has that much, half of it is enough.
        """
        meant = [self._meanings(word) for word in dict.fromkeys(words_of(asked))]
        best: dict[tuple[str, str], Hit] = {}
        for hit in self._hits(meant, 0.3) or self._hits(meant, 0.15):
            kept = best.get((hit.kind, hit.id))
            if kept is None or (-hit.fit, hit.line) < (-kept.fit, kept.line):
                best[hit.kind, hit.id] = hit
        return tuple(sorted(best.values(), key=lambda hit: (-hit.fit, hit.kind, hit.id))[:limit])

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
                    found += weight * may[word]
                    shared += self._weight[word] * may[word]
            closeness = shared / max(self._whole[place], shared)
            least = _MEANT if entry.first else share
            if found and found >= least * total and (closeness >= _WHOLE or not entry.first):
                fit = found / total * (0.7 + 0.3 * closeness) * PREFERRED[entry.kind]
                fit = min(1.0, fit * _LEAD) if entry.first else fit
                hits.append(Hit(kind=entry.kind, id=entry.id, line=entry.line, fit=round(fit, 4)))
        return hits
