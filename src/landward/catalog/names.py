"""Finding a drug by any of its names, brand or misspelt, and never guessing silently."""

import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from landward.model.base import BadInput
from landward.model.said import phrase

_CLOSE = 0.75
_LATIN_MARKS = range(0x300, 0x370)


def fold(text: str) -> str:
    """A name as it is compared: lower case, letters and digits only, accents of Latin letters off.

    Full-width letters become plain ones; the marks of other scripts stay, since there they are
    part of the letter.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in plain if ord(letter) not in _LATIN_MARKS)
    joined = unicodedata.normalize("NFC", bare)
    return "".join(letter for letter in joined if letter.isalnum())


def closest(word: str, names: Iterable[str]) -> list[tuple[float, str]]:
    """Names like `word`, best first, with how alike they are (0 to 1); a total order."""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(word)
    found = []
    for name in names:
        matcher.set_seq1(name)
        if matcher.real_quick_ratio() >= _CLOSE and matcher.quick_ratio() >= _CLOSE:
            ratio = matcher.ratio()
            if ratio >= _CLOSE:
                found.append((ratio, name))
    return sorted(found, key=lambda pair: (-pair[0], pair[1]))


def slips(one: str, other: str, most: int) -> int:
    """How many slips part two words: a letter left out, added, changed, or swapped with the next.

    (Optimal string alignment distance.) Counting stops at `most` + 1.
    """
    if abs(len(one) - len(other)) > most or _letters_apart(one, other) > most:
        return most + 1
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i, *[0] * len(other)]
        for j, wanted in enumerate(other, start=1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                row[j] = min(row[j], earlier[j - 2] + 1)
        if min(row) > most:
            return most + 1
    return row[-1]


def _letters_apart(one: str, other: str) -> int:
    """How many letters one word has that the other lacks, at least: never more than the slips."""
    mine, theirs = _letters(one), _letters(other)
    return max((mine - theirs).total(), (theirs - mine).total())


@lru_cache(maxsize=4096)
def _letters(word: str) -> Counter[str]:
    return Counter(word)


_SHORT = 5
"""Names of fewer letters are never understood when misspelt: too much is one letter away."""
_SHORT_BRAND = 7
"""Nor are short brands: Gerax and Serax are two medicines."""
_NEAR = 2
"""Names this many slips away may be offered as what was meant; only asked, never taken."""
_LONG = 8
"""Shorter names are offered only for one slip."""
_HEAD = 4
"""Two slips are understood only where the first letters agree: they tell the drug apart, while
the ends (-azepam, -azolam) are shared by the family."""


def understood(word: str, name: str, brand: bool = False) -> int | None:
    """How many slips from a misspelt word to a name it may silently stand for; None if too far.

    The first letter must be right: it is what parts most names that look alike.
    """
    short = _SHORT_BRAND if brand else _SHORT
    if len(word) < _SHORT or len(name) < short or word[0] != name[0]:
        return None
    apart = slips(word, name, _NEAR)
    if apart <= 1:
        return apart
    alike = not brand and len(name) > 2 * _HEAD and word[:_HEAD] == name[:_HEAD]
    return apart if apart == _NEAR and alike else None


def resolve(
    asked: str,
    known: Mapping[str, str],
    what: str = "drug",
    also: Mapping[str, str] | None = None,
    as_written: Container[str] = (),
) -> str:
    """The id that `asked` means. `known` maps folded names to ids.

    `also` maps folded names of other things that exist: they are never taken for a misspelling
    of a known name, and a misspelling no further from one of them is asked about. Names in
    `as_written` are known only letter by letter: near one of them is asked about too.

    A misspelling is understood when one id is nearest and every other one is two slips
    further off at least. So a single slip never turns one drug into another. Raises
    BadInput, with the nearest names if any is near, otherwise.
    """
    word = fold(asked)
    if word in known:
        return known[word]
    others = also or {}
    if word and word not in others:
        nearest, near = _nearest(word, known, others, as_written)
        if nearest:
            return nearest
        if near:
            shown = " or ".join(f"“{name}”" for name in near)
            raise BadInput(
                phrase(
                    "“{asked}” could be {shown}; write the name in full", asked=asked, shown=shown
                )
            )
    raise BadInput(
        phrase(
            "no {what} called “{asked}” is in the tables; see `landward facts search`",
            what=what,
            asked=asked,
        )
    )


def offered(word: str, known: Mapping[str, str], also: Mapping[str, str]) -> tuple[str, ...]:
    """Up to three ids near enough to a word to be asked about; none where the word exists."""
    asked = fold(word)
    return () if not asked or asked in also else _nearest(asked, known, also)[1]


def _hidden_in_another(word: str, drug: str, known: Mapping[str, str]) -> bool:
    """Whether the name nearest to a misspelt word is the end of another drug's name: zopiclone is
    the end of eszopiclone, and a slip at the front of the longer one looks like the shorter. A
    name that is longer by more than two letters (nordiazepam) is not reached by a slip.
    """
    near = [
        name for name, other in known.items() if other == drug and slips(word, name, _NEAR) <= 2
    ]
    return any(
        other != drug and 0 < len(longer) - len(name) <= _NEAR and longer.endswith(name)
        for longer, other in known.items()
        for name in near
    )


def _nearest(
    word: str,
    known: Mapping[str, str],
    others: Mapping[str, str],
    as_written: Container[str] = (),
) -> tuple[str, tuple[str, ...]]:
    """The one id understood (else empty), and up to three ids near enough to be offered."""
    best: dict[str, int] = {}
    taken: dict[str, int] = {}
    for name, drug in known.items():
        apart = slips(word, name, 2 * _NEAR)
        if apart <= 2 * _NEAR:
            best[drug] = min(apart, best.get(drug, apart))
        far = None
        if name not in as_written:
            far = understood(word, name, brand=fold(drug) != name)
        if far is not None:
            taken[drug] = min(far, taken.get(drug, far))
    ranked = sorted(best.items(), key=lambda pair: (pair[1], pair[0]))
    first = min(taken.items(), key=lambda pair: (pair[1], pair[0]), default=None)
    if first is not None:
        drug, apart = first
        clear = all(away >= apart + _NEAR for other, away in ranked if other != drug)
        clear = clear and not _hidden_in_another(word, drug, known)
        if clear and all(slips(word, name, apart) > apart for name in others):
            return drug, ()
    reach = _NEAR if len(word) >= _LONG else 1
    near = [drug for drug, apart in ranked if apart <= reach]
    if near and reach == _NEAR:
        near += [drug for drug, apart in ranked if reach < apart <= reach + 1]
    return "", tuple(near)[:3] if len(word) >= _SHORT else ()
