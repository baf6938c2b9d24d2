"""What the sequence model looks at: a word, its neighbours, what the sentence is about.

A feature is a short text such as ``-1|w=brain`` (the word before is “brain”). Those that hang on
one word alone are made once per word and place (`word_features`); the rest once per token
(`context_features`) and once per sentence (`sentence_features`). The trained file knows these
texts: change one here, and the model must be trained anew (`RECIPE` is checked against the file).
"""

import re
from collections.abc import Mapping, Sequence

from landward.engines.narratives.words import stem

RECIPE = "stories-3"
"""The name of this set of features."""

REACH = 2
"""How many words to either side are looked at."""

Clusters = Mapping[str, tuple[str, str, str]]
"""Words of like meaning, in three grains; see docs/methods/stories.md."""

_UNKNOWN = ("?", "?", "?")
_CUES: dict[str, str] = {
    word: name
    for name, words in {
        "neg": "no not never without none dont didnt havent isnt wont cant",
        "help": "help helps helped helping cured cure relieved relieves relief better improved "
        "improvement reduced reduces decreased decreases lifted treat treats treating treated gone "
        "stopped stops controls controlled eliminated calm lessened improve",
        "for": "for against from with",
        "cause": "cause causes caused causing effect effects gave gives made makes get got "
        "experience experienced experiencing developed started began had have",
        "before": "before used previously prior suffer suffered suffering diagnosed always history",
        "still": "still",
        "stop": "withdrawal withdrawals withdrawl withdrawls withdraw stopped stopping stop quit "
        "quitting off discontinue discontinued discontinuing discontinuation wean weaning weaned "
        "taper tapering tapered missed miss skip skipped missing forget forgot without cold turkey",
    }.items()
    for word in words.split()
}
_ABOUT: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "S:stop",
            r"withdr|discontin|cold turkey|wean|taper|miss|skip|forg[eo]t|\bstop|quit|\boff\b"
            r"|without|\brun out|ran out|\bdetox|zap",
        ),
        ("S:help", r"help|for my|cure|reliev|great for|works? (?:well|great|wonder)|treat"),
        ("S:se", r"side effect|caus|reaction"),
        ("S:wd", r"withdr|discontin"),
        (
            "S:ifmiss",
            r"\b(?:if|when|once|time) (?:i|you|u) (?:miss|skip|forg|stop|quit|don|do not|go)",
        ),
        ("S:off", r"\b(?:off|stop\w*|quit\w*|wean\w*|taper\w*) "),
    )
)
_PLAIN_VERBS = frozenset(
    [
        "i",
        "is",
        "was",
        "are",
        "were",
        "have",
        "had",
        "has",
        "my",
        "it",
        "this",
        "me",
        "am",
        "do",
        "did",
        "does",
        "be",
    ]
)


def _shape(word: str) -> str:
    shape = re.sub(r"[A-Z]+", "X", word)
    return re.sub(r"\d+", "9", re.sub(r"[a-z]+", "x", shape))[:6]


def word_features(word: str, place: int, clusters: Clusters) -> list[str]:
    """The features that hang on one word `place` words away (0 is the word itself)."""
    low = re.sub(r"\d", "0", word.lower())
    root = stem(low)
    found = ["w=" + low, "st=" + root, "sh=" + _shape(word)]
    if place == 0:
        found += [f"s{k}={low[-k:]}" for k in (2, 3, 4)] + [f"p{k}={low[:k]}" for k in (3, 4)]
    found += [f"c{k}={name}" for k, name in enumerate(_group(low, clusters)) if name != "?"]
    if low in _CUES:
        found.append("cue=" + _CUES[low])
    return [f"{place}|{one}" for one in found]


def edge_feature(place: int) -> str:
    """The feature of a neighbour that is not there: before the first word or past the last."""
    return f"{place}|{'BOS' if place < 0 else 'EOS'}"


def _group(low: str, clusters: Clusters) -> tuple[str, str, str]:
    return clusters.get(low) or clusters.get(stem(low)) or _UNKNOWN


def sentence_features(tokens: Sequence[str]) -> list[str]:
    """What the whole sentence is about; the same for each of its words."""
    low = [token.lower() for token in tokens]
    text = " ".join(low)
    found = ["b", *(name for name, about in _ABOUT if about.search(text))]
    found.append(f"S:comma{min(4, 12 * text.count(',') // max(len(low), 1))}")
    if _PLAIN_VERBS.isdisjoint(low):
        found.append("S:list")
    found.append(f"S:len{min(5, len(low) // 6)}")
    return found


def context_features(
    tokens: Sequence[str], clusters: Clusters, marks: Sequence[str]
) -> list[list[str]]:
    """Per token: pairs of neighbouring words and meanings, the cues before it, the lexicon's mark.

    `marks` holds "" or the kind of wording a token stands in, with B or I (its first or a later
    word).
    """
    n = len(tokens)
    low = ["<", *(token.lower() for token in tokens), ">"]
    mid = ["<", *(_group(word, clusters)[1] for word in low[1:-1]), ">"]
    seen: dict[str, int] = {}
    found = []
    for at in range(n):
        left, here, right = low[at], low[at + 1], low[at + 2]
        own = [
            f"bl={left}_{here}",
            f"br={here}_{right}",
            f"sk={left}_{right}",
            f"cl={mid[at]}_{mid[at + 1]}",
            f"cr={mid[at + 1]}_{mid[at + 2]}",
        ]
        if at > 1:
            own.append(f"tl={low[at - 1]}_{left}")
        if at + 2 < n:
            own.append(f"tr={right}_{low[at + 3]}")
        if marks[at]:
            own += [f"G:{marks[at]}", f"G:{marks[at][:-2]}"]
        if at and marks[at - 1]:
            own.append(f"G-1:{marks[at - 1]}")
        if at + 1 < n and marks[at + 1]:
            own.append(f"G+1:{marks[at + 1]}")
        if seen:
            own += _cues_before(at, seen)
        cue = _CUES.get(here)
        if cue:
            seen[cue] = at
        found.append(own)
    return found


def _cues_before(at: int, seen: Mapping[str, int]) -> list[str]:
    """Each kind of cue with how far back it last stood, and the two nearest."""
    found = []
    for cue, place in seen.items():
        far = at - place
        found += [f"L:{cue}{far if far < 5 else 8}", f"L:{cue}"]
    nearest = sorted(seen, key=lambda cue: -seen[cue])
    found.append("L1:" + nearest[0])
    if len(nearest) > 1:
        found.append(f"L2:{nearest[0]}{nearest[1]}")
    return found
