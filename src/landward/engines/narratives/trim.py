"""Spans made to carry the symptom alone: “had no shaking” is shaking; “ache is gone” is ache."""

from collections.abc import Sequence
from dataclasses import replace

from landward.engines.narratives.codes import Coder
from landward.engines.narratives.sentence import Sentence
from landward.engines.narratives.tagger import TaggedSpan

_DENIALS = frozenset(
    [
        "no",
        "not",
        "never",
        "without",
        "zero",
        "cannot",
        "none",
        "neither",
        "nor",
        "don't",
        "didn't",
        "doesn't",
        "haven't",
        "hasn't",
        "hadn't",
        "can't",
        "couldn't",
        "unable",
        "lack",
        "lost",
        "loss",
    ]
)
_LEADING = _DENIALS | frozenset(
    [
        "do",
        "did",
        "does",
        "have",
        "has",
        "had",
        "having",
        "got",
        "get",
        "gets",
        "is",
        "was",
        "am",
        "are",
        "were",
        "i",
        "he",
        "she",
        "they",
        "my",
        "the",
        "a",
        "an",
        "any",
        "some",
        "been",
        "be",
        "'",
        "t",
        "dreading",
        "with",
    ]
)
_FEARS = frozenset(["dreading", "fearing", "the", "my"])
_TRAILING = frozenset(
    [
        "is",
        "was",
        "are",
        "were",
        "has",
        "have",
        "had",
        "vanished",
        "gone",
        "absent",
        "ended",
        "stopped",
        "left",
        "resolved",
        "don",
        "lifted",
        "disappeared",
        "at",
        "then",
        "finally",
        "quit",
        "wore",
    ]
)


def trimmed(span: TaggedSpan, tokens: Sequence[str], coder: Coder) -> TaggedSpan:
    """The span without words before and after that do not belong to its symptom.

    Words are taken off only while what is left still names the same symptom; so “no joy” stays.
    """
    first, past = span.first, span.past
    while past - first > 1 and not tokens[past - 1][0].isalnum():
        past -= 1  # marks behind the words: “brain zaps'”.
    while past - first > 1 and not tokens[first][0].isalnum():
        first += 1
    while past - first > 1 and tokens[first].lower() in _FEARS:
        first += 1
    for cut in range(first + 1, past):
        if tokens[cut].lower() in _TRAILING:
            whole = coder.code(tokens[first:past])
            if whole is None or _same(coder, tokens[first:cut], whole.symptom):
                past = cut
                break
    whole = coder.code(tokens[first:past])
    if whole is None:
        return replace(span, first=first, past=past)
    for cut in range(past - 1, first, -1):
        word = tokens[cut - 1].lower()
        if word in _LEADING and _same(coder, tokens[cut:past], whole.symptom):
            first = cut
            break
    return replace(span, first=first, past=past)


def _same(coder: Coder, tokens: Sequence[str], symptom: str) -> bool:
    left = coder.code(tokens)
    return left is not None and left.symptom == symptom


def without_own_denials(here: Sentence, spans: Sequence[TaggedSpan]) -> Sentence:
    """The sentence with every “no” that is part of a symptom (“no sleep”) blanked out, so that it
    denies nothing that follows."""
    low = list(here.low)
    for one in spans:
        for word in here.words[one.first : one.past]:
            if word.text.lower() in _DENIALS | {"couldn", "can", "don", "didn"}:
                place = slice(word.start - here.start, word.end - here.start)
                low[place] = "x" * (word.end - word.start)
    return replace(here, low="".join(low))
