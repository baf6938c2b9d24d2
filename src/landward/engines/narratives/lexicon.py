"""The lexicon's mark in a sentence, as the sequence models see it: first or later word of a known
phrase. The phrases are those the models were trained with (`tables/narratives/lexicon.txt`)."""

from collections.abc import Callable, Iterable, Sequence

from landward.engines.narratives.words import cut_words, stem

_LONGEST = 7


def make_marker(phrases: Iterable[tuple[str, str]]) -> Callable[[Sequence[str]], list[str]]:
    """A function from tokens to marks: “own:B”, “own:I” inside a phrase (longest first), else "".

    `phrases`: (which list, words); of two alike the first stands.
    """
    known: dict[tuple[str, ...], str] = {}
    for which, words in phrases:
        run = tuple(stem(word.text) for word in cut_words(words) if _counts(word.text))
        if 0 < len(run) <= _LONGEST:
            known.setdefault(run, which)
    first = {run[0] for run in known}
    lengths = sorted({len(run) for run in known}, reverse=True)

    def mark(tokens: Sequence[str]) -> list[str]:
        stems = [stem(token) for token in tokens]
        marks = [""] * len(stems)
        at = 0
        while at < len(stems):
            long = 1
            if stems[at] in first:
                for length in lengths:
                    which = known.get(tuple(stems[at : at + length]))
                    if which:
                        marks[at : at + length] = [f"{which}:B", *[f"{which}:I"] * (length - 1)]
                        long = length
                        break
            at += long
        return marks

    return mark


def _counts(word: str) -> bool:
    return word[0].isalnum() or word == "'"
