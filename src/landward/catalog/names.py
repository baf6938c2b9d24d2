"""Finding a drug by any of its names, brand or misspelt, and never guessing silently."""

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from landward.model.base import BadInput

_CLOSE = 0.75
_CLEARLY = 0.04


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


def resolve(asked: str, known: Mapping[str, str], what: str = "drug") -> str:
    """The id that `asked` means. `known` maps folded names to ids.

    A misspelling is accepted when one id is clearly the closest. Raises BadInput with the nearest
    names when none is, so that a wrong drug is never looked up silently.
    """
    word = fold(asked)
    if word in known:
        return known[word]
    near = closest(word, known) if word else []
    best: dict[str, float] = {}
    for ratio, name in near:
        best.setdefault(known[name], ratio)
    ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
    if ranked and (len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= _CLEARLY):
        return ranked[0][0]
    if ranked:
        shown = " or ".join(f"“{name}”" for name, _ in ranked[:3])
        raise BadInput(f"“{asked}” could be {shown}; write the name in full")
    raise BadInput(f"no {what} called “{asked}” is in the tables; see `landward facts search`")
