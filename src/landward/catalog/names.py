"""Finding a drug by any of its names, brand or misspelt, and never guessing silently."""

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from landward.model.base import BadInput

_CLOSE = 0.75


def fold(text: str) -> str:
    """A name as it is compared: lower case, letters and digits only."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


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
    if abs(len(one) - len(other)) > most:
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


def _forgiven(word: str) -> int:
    """How many slips a word of this length may have: 1 in short words, 2, or 3 in long ones."""
    return 1 if len(word) < _SHORT else 2 if len(word) < _LONG else 3


_SHORT, _LONG = 7, 12


def resolve(asked: str, known: Mapping[str, str], what: str = "drug") -> str:
    """The id that `asked` means. `known` maps folded names to ids.

    A misspelling is understood when one id is nearest and every other one is clearly further off:
    the more slips, the further. So a single slip never turns one drug into another. Raises
    BadInput with the nearest names otherwise.
    """
    word = fold(asked)
    if word in known:
        return known[word]
    most = _forgiven(word)
    best: dict[str, int] = {}
    for name, drug in known.items():
        apart = slips(word, name, 2 * most)
        if apart <= 2 * most:
            best[drug] = min(apart, best.get(drug, apart))
    ranked = sorted(best.items(), key=lambda pair: (pair[1], pair[0]))
    if word and ranked and ranked[0][1] <= most:
        nearest, apart = ranked[0]
        if len(ranked) == 1 or ranked[1][1] >= 2 * apart:
            return nearest
    near = [name for name, apart in ranked[:3] if apart <= most + 1]
    if near:
        shown = " or ".join(f"“{name}”" for name in near)
        raise BadInput(f"“{asked}” could be {shown}; write the name in full")
    raise BadInput(f"no {what} called “{asked}” is in the tables; see `landward facts search`")
