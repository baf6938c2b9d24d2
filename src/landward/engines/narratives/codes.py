"""Which symptom some words name: by the wordings of the tables, else “not in our list”.

A wording fits a span when all its words that matter are in it, in any order (“gained quite a bit of
weight” holds “gain weight”). Words count by how few symptoms use them; the heaviest wording speaks.
A wording that stands in the span word for word speaks before one whose words lie about in it.
Where what fits is only a small part of what the span says, the answer is “not sure”: no code.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from landward.engines.narratives.words import cut_words, stem

SURE = 0.3
"""The least share of a span's own weight that the wording must carry; set on the dev half."""

WEAK = "~~"
"""The key of every weak word."""

_DENIAL = "=less"
"""The key of the words of the table that take something away."""

NOT_LISTED = ""
"""The symptom of a wording that names something which is not in our list."""

_SHORTEST_SLIP = 6
"""Words shorter than this are never forgiven a slip: “fits” is not “bits”."""

_WEIGHT_UNKNOWN = 1.4
_WEIGHT_EXACT = 2.5
_WORD_FOR_WORD = 0.5
_HEAVY = 6.5

_LONGEST = 7
_UNITS = re.compile(r"^\d+(?=[a-z])")
_SKIPPED = 2


@dataclass(frozen=True)
class Coded:
    """A symptom's id, how much of the span it explains (0 to 1), and the wording that fitted."""

    symptom: str
    share: float
    wording: str


@dataclass(frozen=True)
class Meanings:
    """Which words count as one, which say nothing, and which are too common to look for."""

    same: Mapping[str, str]
    function: frozenset[str]
    weak: frozenset[str] = frozenset()
    """Words that say nothing by themselves, but of which a short denial hangs: “can't feel
    anything” is not “couldn't be anything”."""

    @classmethod
    def of(
        cls,
        same: Mapping[str, Sequence[str]],
        function: Iterable[str],
        weak: Iterable[str] = (),
    ) -> "Meanings":
        """From the table's lists."""
        return cls(
            {word: f"={name}" for name, words in same.items() for word in words},
            frozenset(function),
            frozenset(weak),
        )

    def every_key(self, tokens: Sequence[str]) -> tuple[str, ...]:
        """Every word as it is, marked so that it meets only its own like; weak words as one."""
        return tuple(self.own_key(token) for token in tokens if token[0].isalnum())

    def own_key(self, token: str) -> str:
        """One word as it is; a weak one as `WEAK`."""
        low = token.casefold()
        return WEAK if low in self.weak else "~" + low

    def keys(self, tokens: Sequence[str]) -> list[str]:
        """One key a token, "" for one that says nothing. “can ' t” is read as “can't”."""
        found: list[str] = []
        for k, token in enumerate(tokens):
            low = _UNITS.sub("", token.casefold())  # “5lbs” is said of pounds
            if low in {"'", "t", "ain"} and k:
                found.append("")
                continue
            if k + 2 < len(tokens) and tokens[k + 1] == "'" and tokens[k + 2].casefold() == "t":
                low += "'t"
            if low in self.same:
                found.append(self.same[low])
            elif low in self.function or not low[0].isalpha():
                found.append("")
            else:
                found.append(_root(low))
        return found


def _root(low: str) -> str:
    """A stem without a last “e” or a doubled last letter: taste, tasted; vomit, vomitting."""
    root = stem(low)
    if len(root) > 3 and root[-1] == "e":
        return root[:-1]
    return root[:-1] if len(root) > 4 and root[-1] == root[-2] else root


class Coder:
    """The wordings of the tables, ready to be compared. Built once; its answers depend on nothing
    else."""

    def __init__(
        self, wordings: Iterable[tuple[str, str]], meanings: Meanings, common: Iterable[str]
    ) -> None:
        """`wordings`: (symptom id, words) in a fixed order; the first of two alike stands."""
        self.meanings = meanings
        spoken: dict[frozenset[str], tuple[str, str]] = {}
        self._runs: dict[str, list[tuple[tuple[str, ...], str, str]]] = defaultdict(list)
        self._whole: dict[tuple[str, ...], tuple[tuple[str, ...], str, str]] = {}
        kept_out = {self._run(words) for words in common} | {
            self.meanings.every_key([word.text for word in cut_words(words)]) for words in common
        }
        users: dict[str, set[str]] = defaultdict(set)
        for symptom, words in wordings:
            run = self._run(words)
            plain = [key for key in run if key != WEAK]
            if len(plain) == 1 and len(words.split()) > 1:
                # “in tears” must not become “tears”: here the little words belong to the wording
                run = self.meanings.every_key([word.text for word in cut_words(words)])
            if not run:
                continue
            self._whole.setdefault(_whole(words), (tuple(plain), symptom, words))
            spoken.setdefault(frozenset(run), (symptom, words))
            for key in {*run, *plain} - {WEAK}:
                users[key].add(symptom or words)
            if run not in kept_out:
                self._runs[run[0]].append((run, symptom, words))
        for runs in self._runs.values():
            runs.sort(key=lambda one: (-len(one[0]), one[1], one[2]))
        many = len({symptom for symptom, _ in spoken.values()}) or 1
        self._weight = {key: math.log(1 + many / len(who)) for key, who in users.items()}
        self._weight[WEAK] = 0.0
        self._by_key: dict[str, list[tuple[frozenset[str], str, str]]] = defaultdict(list)
        for keys, (symptom, words) in spoken.items():
            rarest = max(sorted(keys), key=lambda key: self._weight[key])
            self._by_key[rarest].append((keys, symptom, words))
        self._slips = _slips_of(key for key in self._weight if len(key) >= _SHORTEST_SLIP)

    def _run(self, words: str) -> tuple[str, ...]:
        tokens = [word.text for word in cut_words(words)]
        keys = self.meanings.keys(tokens)
        run = tuple(key for key in keys if key)
        if _DENIAL in run and len(run) == 2:
            own = map(self.meanings.own_key, tokens)
            run = tuple(key or WEAK for key, o in zip(keys, own, strict=True) if key or o == WEAK)
        return run

    def _known(self, key: str) -> str:
        """A key of ours, a slip of the pen forgiven where it can only be one word."""
        if not key or key in self._weight or len(key) < _SHORTEST_SLIP - 1:
            return key
        near = set().union(*(self._slips.get(less, set()) for less in _one_less(key)))
        return next(iter(near)) if len(near) == 1 else key

    def code(self, tokens: Sequence[str]) -> Coded | None:
        """The symptom that the words of a span name, or None: not in our list, or not sure."""
        plain = {self._known(key) for key in self.meanings.keys(tokens) if key}
        total = sum(self._weight.get(key, _WEIGHT_UNKNOWN) for key in sorted(plain))
        keys = plain | set(self.meanings.every_key(tokens))
        best: tuple[float, str, str] | None = None
        for key in sorted(keys):
            for wanted, symptom, words in self._by_key.get(key, ()):
                if wanted <= keys:
                    weight = self._weight_of(wanted)
                    if best is None or (-weight, symptom, words) < (-best[0], best[1], best[2]):
                        best = (weight, symptom, words)
        for weight, symptom, words in self._standing_whole(tokens):
            if best is None or weight > best[0]:
                best = (weight, symptom, words)
        if best is None or best[1] == NOT_LISTED:
            return None
        if best[0] < SURE * total and best[0] < _HEAVY:
            return None
        total = max(total, best[0])
        return Coded(best[1], min(1.0, best[0] / total), best[2])

    def _standing_whole(self, tokens: Sequence[str]) -> Iterator[tuple[float, str, str]]:
        """Wordings of two words or more that stand in a span word for word, with their weight."""
        low = [token.casefold() for token in tokens]
        for start in range(len(low)):
            for past in range(start + 2, min(len(low), start + _LONGEST) + 1):
                found = self._whole.get(tuple(low[start:past]))
                if found is not None:
                    plain, symptom, words = found
                    weight = max(self._weight_of(frozenset(plain)), _WEIGHT_EXACT)
                    yield weight + _WORD_FOR_WORD * (1 + past - start - len(plain)), symptom, words

    def _weight_of(self, wanted: frozenset[str]) -> float:
        if any(key[0] == "~" and key != WEAK for key in wanted):
            return _WEIGHT_EXACT
        return sum(self._weight[one] for one in sorted(wanted))

    def find(self, tokens: Sequence[str]) -> Iterator[tuple[int, int, Coded]]:
        """Wordings that stand in a sentence in their own order: (first, past, what they name).

        Up to two words that say nothing may stand between. The longest from the left is taken.
        """
        keys = self.meanings.keys(tokens)
        low = [self.meanings.own_key(token) for token in tokens]
        at = 0
        while at < len(keys):
            found = self._longest(keys, low, at)
            if found is None:
                at += 1
                continue
            past, symptom, words = found
            if symptom != NOT_LISTED:
                yield at, past, Coded(symptom, 1.0, words)
            at = past

    def _longest(
        self, keys: Sequence[str], low: Sequence[str], at: int
    ) -> tuple[int, str, str] | None:
        for run, symptom, words in (
            *self._runs.get(keys[at], ()),
            *self._runs.get(low[at], ()),
        ):
            place, skipped = at + 1, 0
            for wanted in run[1:]:
                while (
                    place < len(keys)
                    and not keys[place]
                    and low[place] != wanted
                    and skipped < _SKIPPED * _LONGEST
                ):
                    place, skipped = place + 1, skipped + 1
                if place >= len(keys) or wanted not in {keys[place], low[place]}:
                    break
                place += 1
            else:
                if place - at <= len(run) * (1 + _SKIPPED):
                    return place, symptom, words
        return None


def _whole(words: str) -> tuple[str, ...]:
    return tuple(word.text.casefold() for word in cut_words(words))


def _one_less(word: str) -> set[str]:
    return {word, *(word[:k] + word[k + 1 :] for k in range(len(word)))}


def _slips_of(words: Iterable[str]) -> dict[str, set[str]]:
    """Every word under itself and under itself with one letter left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for word in words:
        for less in _one_less(word):
            found[less].add(word)
    return found
