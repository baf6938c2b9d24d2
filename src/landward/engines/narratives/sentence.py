"""One sentence as the cues read it: lower case, drugs marked out, subjects found once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from landward.engines.narratives.cues import DRUG_MARK, Cues
from landward.engines.narratives.words import Word
from landward.model.stories import Whose

_BREAK = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Sentence:
    """Characters `start` up to `end` of the story; `low` is their text for the cues.

    `opens` is true for the first sentence of a paragraph.
    """

    words: tuple[Word, ...]
    start: int
    end: int
    low: str
    opens: bool
    cues: Cues

    @cached_property
    def subjects(self) -> tuple[tuple[int, int, Whose], ...]:
        """Who is spoken of: (place, past place, self or other), in order; who only says is out."""
        said = self.cues.said
        found: list[tuple[int, int, Whose]] = [
            (one.start(), one.end(), "self")
            for one in said["whose.first"].finditer(self.low)
            if not said["whose.sees"].match(self.low[one.end() : one.end() + 20])
        ]
        kin = [
            (one.start(), one.end())
            for one in said["whose.kin"].finditer(self.low)
            if not said["whose.speaker"].match(self.low[one.end() : one.end() + 40])
        ]
        owned = {place for _, place in kin}
        found += [(start, end, "other") for start, end in kin]
        # “my husband”: the “my” owns somebody, it is not the narrator's own symptom
        found = [
            one
            for one in found
            if one[2] == "other" or not _owns(self.low, one, [start for start, _ in kin], owned)
        ]
        return tuple(sorted(found))


def _owns(low: str, one: tuple[int, int, Whose], kin: Sequence[int], owned: set[int]) -> bool:
    if low[one[0] : one[1]] not in {"my", "our"}:
        return False
    return any(
        one[1] <= start <= one[1] + 14 and " " not in low[one[1] : start].strip() for start in kin
    )


def make_sentences(
    text: str, cut: Sequence[Sequence[Word]], drugs: Sequence[tuple[int, int]], cues: Cues
) -> list[Sentence]:
    """The sentences of a story (drug names at character places `drugs`), empty ones left out."""
    marked = list(text.lower()) if len(text.lower()) == len(text) else list(text)
    for start, end in drugs:
        marked[start:end] = DRUG_MARK * (end - start)
    low = "".join(marked)
    made: list[Sentence] = []
    past = 0
    for words in cut:
        if not words:
            continue
        start, end = words[0].start, words[-1].end
        opens = not made or _BREAK.search(text, past, start) is not None
        made.append(Sentence(tuple(words), start, end, low[start:end], opens, cues))
        past = end
    return made
