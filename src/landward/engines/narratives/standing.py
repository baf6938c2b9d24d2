"""What the words around a symptom show of when it was: the features of the phase model.

One row a mention, in the order of the story, all of one person. A row sees words of time in its own
clause, its sentence and the one before; the story's events (`timeline.py`) before, after and
between; tenses; headings; where in the story it stands.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from landward.engines.narratives.timeline import Event, Timeline, phase_of
from landward.model.stories import Whose

RECIPE = "landward-when-1"
_CUT = re.compile(r"[;—:(]|\.{2,}| - |,? \b(?:but|and then|then)\b ")
_PAST = re.compile(
    r"\b(?:was|were|had|did|got|took|went|came|felt|began|started|lost|could|couldn't|didn't"
    r"|wasn't|\w{3,}ed)\b"
)
_EARLIER = re.compile(r"\b(?:had|i'd|he'd|she'd|hadn't) (?:\w+ly |never |always |been )*\w+\b")
_PRESENT = re.compile(
    r"\b(?:is|am|are|i'm|im|he's|she's|it's|have|has|don't|can't|doesn't|do|does|can|get|feel|wake"
    r"|i've|ive)\b"
)
_PERFECT = re.compile(
    r"\b(?:have|has|i've|ive|he's|she's) (?:\w+ly |never |not )*(?:been|had|\w+ed)\b"
)
_HEADING = re.compile(r"\W*([\w' .,→>-]{1,40}?)\s?[:—]")
_WORD = re.compile(r"[\w']+")
_JOINED = re.compile(r"\W*(?:and|or|the|a|an|my|some|nor|plus|with)?\W*(?:the|a|an|my|some)?\W*")


@dataclass(frozen=True, slots=True)
class Place:
    """A mention: characters `low` to `high` of sentence `at`, and what is said of it."""

    at: int
    low: int
    high: int
    negated: bool
    possible: bool
    resolved: bool


@dataclass(frozen=True)
class Standing:
    """The features of one story and person. `anchors`: families of words of time, by name."""

    line: Timeline
    person: Whose
    anchors: Mapping[str, re.Pattern[str]]

    def rows(self, places: Sequence[Place]) -> list[list[str]]:
        """One list of features a mention; `places` in the order of the story."""
        rows = []
        for k, one in enumerate(places):
            row = ["bias", *self._around(one), *self._events(one), *self._said(one)]
            row += self._since(places[k - 1], one) if k else ["first"]
            rows.append(row)
        return rows

    @cached_property
    def _families(self) -> list[list[tuple[int, int, str]]]:
        """In each sentence the anchors found: (start, end, family), by place."""
        return [
            sorted(
                (found.start(), found.end(), name)
                for name, pattern in self.anchors.items()
                for found in pattern.finditer(here.low)
            )
            for here in self.line.sentences
        ]

    @cached_property
    def _strong(self) -> list[list[tuple[int, int, str]]]:
        """Of these, the ones that place somebody; a longer one hides what lies inside it."""
        kept = []
        for some in self._families:
            big = [one for one in some if one[2].isupper()]
            kept.append([one for one in big if not any(_hides(other, one) for other in big)])
        return kept

    @cached_property
    def _paragraphs(self) -> list[int]:
        count, numbers = -1, []
        for here in self.line.sentences:
            count += here.opens
            numbers.append(count)
        return numbers

    @cached_property
    def _last_strong(self) -> list[tuple[int, str] | None]:
        """Before each sentence: the last one with a strong anchor, and its last family."""
        last: tuple[int, str] | None = None
        found = []
        for at, strong in enumerate(self._strong):
            found.append(last)
            last = (at, strong[-1][2]) if strong else last
        return found

    @cached_property
    def _seen(self) -> list[frozenset[str]]:
        """Families told of before each sentence."""
        return list(accumulate(self._families_of[:-1], _both, initial=_NONE))

    @cached_property
    def _later(self) -> list[frozenset[str]]:
        """Families told of after each sentence."""
        back = self._families_of[:0:-1]
        return list(accumulate(back, _both, initial=_NONE))[::-1]

    @cached_property
    def _families_of(self) -> list[frozenset[str]]:
        return [frozenset(one[2] for one in strong) for strong in self._strong]

    @cached_property
    def _solid_places(self) -> list[int]:
        return [one.at for one in self._solid]

    @cached_property
    def _solid(self) -> list[Event]:
        return [e for e in self.line.events if e.whose == self.person and e.name != "before"]

    def _around(self, one: Place) -> list[str]:
        here = self.line.sentences[one.at]
        low, row = here.low, []
        opened = max([0, *(m.end() for m in _CUT.finditer(low[: one.low]))])
        closed = min([len(low), *(m.start() + one.high for m in _CUT.finditer(low[one.high :]))])
        for start, end, name in self._families[one.at]:
            if end <= one.low:
                row.append(f"{'c' if start >= opened else 's'}<{name}")
            elif start >= one.high:
                row.append(f"{'c' if end <= closed else 's'}>{name}")
        strong = [s for s in self._strong[one.at] if s[1] <= one.low]
        if strong:
            row.append("near<" + strong[-1][2])
        if one.at:
            row += [f"p:{name}" for *_, name in self._families[one.at - 1]]
        back = self._last_strong[one.at]
        if back and not strong:
            row.append(f"last:{back[1]}")
            row.append(f"last:{back[1]},{min(one.at - back[0], 3)}")
            if self._paragraphs[one.at] != self._paragraphs[back[0]]:
                row.append(f"last:{back[1]},par")
        seen = self._seen[one.at] | {s[2] for s in strong}
        later = self._later[one.at]
        row += [f"seen:{name}" for name in sorted(seen)]
        row += [f"later:{name}" for name in sorted(later)]
        row.append("seen=" + ",".join(sorted(x for x in seen if x in _MAIN)))
        row.append("later=" + ",".join(sorted(x for x in later if x in _MAIN)))
        heading = _HEADING.match(low)
        if heading and heading.end() <= one.low:
            row.append("heading")
            row += ["h:" + _plain(word) for word in _WORD.findall(heading[1])]
        row += ["b:" + _plain(word) for word in _WORD.findall(low[: one.low])[-12:]]
        row += ["a:" + _plain(word) for word in _WORD.findall(low[one.high :])[:8]]
        last = len(self.line.sentences) - 1
        row.append(f"pos={int(5 * one.at / (last + 1))}")
        numbers = self._paragraphs
        where = "only" if not numbers[-1] else "first" if not numbers[one.at] else "mid"
        row.append(
            "par=" + ("last" if where == "mid" and numbers[one.at] == numbers[-1] else where)
        )
        return row

    def _events(self, one: Place) -> list[str]:
        line, here = self.line, self.line.sentences[one.at]
        mine = [e for e in line.by_sentence[one.at] if e.whose == self.person]
        before = [e for e in mine if e.end <= one.low]
        after = [e for e in mine if e.start >= one.high]
        row = []
        if before:
            row.append("e<" + before[-1].name)
        if after:
            row.append("e>" + after[0].name)
            if here.cues.following.search(here.low[one.high : after[0].start + 7]):
                row.append("tie>" + after[0].phase)
        phase, said = phase_of(line, one.at, one.low, one.high, self.person, resolved=one.resolved)
        row.append(f"rule={phase}{'!' if said else ''}")
        present = line.present[self.person]
        row += [f"stands={line.stands[self.person][one.at]}", f"present={present}"]
        row.append(f"tense,present={tense(here.low)},{present}")
        places = self._solid_places
        past, coming = bisect_left(places, one.at) - 1, bisect_right(places, one.at)
        row.append(
            f"pe={self._solid[past].name},{min(3, one.at - places[past])}" if past >= 0 else "pe="
        )
        row.append(f"ne={self._solid[coming].name}" if coming < len(places) else "ne=")
        row.append(f"end={self._solid[-1].phase}" if self._solid else "end=")
        return row

    def _said(self, one: Place) -> list[str]:
        here = self.line.sentences[one.at]
        said = "n" * one.negated + "p" * one.possible + "r" * one.resolved
        now = tense(here.low)
        return [f"said={said}", f"tense={now}", f"said,tense={said},{now}"]

    def _since(self, was: Place, one: Place) -> list[str]:
        here, there = self.line.sentences[one.at], self.line.sentences[was.at]
        if was.at == one.at:
            row = ["same"]
            if _JOINED.fullmatch(here.low[was.high : one.low]):
                row.append("list")
            if not any(was.high <= s[0] and s[1] <= one.low for s in self._strong[one.at]):
                row.append("same,still")
            return row
        row = [f"tenses={tense(there.low)}>{tense(here.low)}"]
        between = [s[2] for s in self._strong[was.at] if s[0] >= was.high]
        between += [s[2] for at in range(was.at + 1, one.at) for s in self._strong[at]]
        between += [s[2] for s in self._strong[one.at] if s[1] <= one.low]
        row.append("mid=" + (between[-1] if between else ""))
        if self._paragraphs[was.at] != self._paragraphs[one.at]:
            row += ["newpar", f"newpar,mid={between[-1] if between else ''}"]
            row.append(f"newpar,tense={tense(there.low)}>{tense(here.low)}")
        return row


def _hides(other: tuple[int, int, str], one: tuple[int, int, str]) -> bool:
    inside = other[0] <= one[0] and one[1] <= other[1]
    return inside and other[1] - other[0] > one[1] - one[0]


def _both(some: frozenset[str], more: frozenset[str]) -> frozenset[str]:
    return some if more <= some else some | more


_NONE: frozenset[str] = frozenset()
_MAIN = frozenset(["BEFORE", "ON", "CUT", "STOP"])


def _plain(word: str) -> str:
    if word[0] == "ƶ":
        return "DRUG"
    return "#" if word[0].isdigit() else word


def tense(low: str) -> str:
    """Which tenses a sentence has: P past, R present, L before that, F perfect."""
    found = (("P", _PAST), ("R", _PRESENT), ("L", _EARLIER), ("F", _PERFECT))
    return "".join(name for name, pattern in found if pattern.search(low))
