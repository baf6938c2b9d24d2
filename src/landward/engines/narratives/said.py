"""What is said of a symptom named in a sentence: denied, only feared, ended; whose; how strong."""

import re
from collections.abc import Sequence
from typing import TypeVar

from landward.engines.narratives.sentence import Sentence
from landward.model.stories import Whose

_NEAR = 60
"""How many characters before a symptom a plain “no” still reaches."""


Person = TypeVar("Person", Whose, Whose | None)


def is_negated(here: Sentence, start: int, end: int) -> bool:
    """Whether the words deny the symptom at characters `start` up to `end` of the sentence."""
    said = here.cues.said
    left, right = here.low[:start], here.low[end:]
    if said["negated.not_so"].search(left):
        return False  # “I pray no …” is a fear, “no more …” an ending
    if said["negated.before"].search(left[-_NEAR:]):
        return True
    if said["negated.after"].match(right):
        return True
    tail = _after_last(said["negated.but"], left)
    if said["negated.heading"].search(tail):
        return True
    return _in_denied_list(tail, said["negated.list"])


def _after_last(breaks: re.Pattern[str], left: str) -> str:
    """What follows the last break of a stretch of text."""
    places = [one.end() for one in breaks.finditer(left)]
    return left[places[-1] :] if places else left


_ITEM = re.compile(r"[,/]| or | nor | and ")


def _in_denied_list(tail: str, denials: re.Pattern[str]) -> bool:
    """“no shaking, sweating or X”: a denial before a list of short items reaches the last one."""
    items = _ITEM.split(tail)
    if len(items) < 2 or items[-1].strip(" a") not in {"", "any", "the", "other", "even"}:
        return False
    for item in reversed(items[:-1]):
        words = item.split()
        found = [k for k, word in enumerate(words) if _denies(word, denials)]
        if found:
            return len(words) - found[-1] <= 6
        if len(words) > 4:
            return False
    return False


def _denies(word: str, denials: re.Pattern[str]) -> bool:
    return denials.fullmatch(word) is not None


def is_possible(here: Sentence, start: int, end: int) -> bool:
    """Whether the symptom is only feared, hoped away, warned of or conditional."""
    said = here.cues.said
    left = here.low[:start]
    if said["possible.heading"].search(left):
        return True
    cues = list(said["possible.before"].finditer(left))
    if cues:
        between = left[cues[-1].end() :]
        if len(between.split()) <= 12 and not said["possible.ends"].search(between):
            return True
    return said["possible.after"].match(here.low[end:]) is not None


def is_resolved(here: Sentence, start: int, end: int, after: Sequence[Sentence]) -> bool:
    """Whether these words, or a next sentence pointing straight back, say that it ended."""
    said = here.cues.said
    right = here.low[end:]
    found = said["resolved.after"].match(right)
    if found and not said["resolved.not_after"].search(
        here.low[max(0, end - 18) : end] + found.group()
    ):
        return True
    if said["resolved.before"].search(here.low[:start]):
        return True
    if said["resolved.heading"].search(here.low[:start]):
        return True
    quits = said["resolved.quit"].match(right)
    if quits and not said["resolved.not_after"].search(quits.group()):
        return True
    if said["resolved.still_done"].match(right):
        return True
    for far, next_one in enumerate(after):
        if next_one.opens:
            return False
        pointing = said["resolved.pointing"].search(next_one.low)
        if pointing and (far == 0 or pointing.group().startswith("all")):
            return True
    return False


_CLAUSE = re.compile(r"[;—(]|\.{2,}| - ")


def whose(here: Sentence, start: int, otherwise: Person) -> Whose | Person:
    """Of whom the symptom at character `start` is told; `otherwise` where nobody is named."""
    breaks = [one.end() for one in _CLAUSE.finditer(here.low, 0, start)]
    opened = breaks[-1] if breaks else 0
    before = [one for one in here.subjects if opened <= one[0] < start]
    if before:
        return before[-1][2]
    return otherwise


def is_for_another(here: Sentence, end: int) -> bool:
    """“… for Mum”: the words right behind a symptom give it to somebody else."""
    return _FOR_ANOTHER.match(here.low[end:]) is not None


_FOR_ANOTHER = re.compile(
    r"^(?:\W+(?:or|and) (?:a )?\w+)?\W+(?:for|in) (?:mum|mom|dad|him|her|them|my (?!own)\w+)\b"
)


def severity(here: Sentence, start: int, end: int) -> str:
    """“mild”, “moderate”, “severe” or “”, from the words right beside the symptom."""
    near = here.low[max(0, start - 24) : end + 12]
    for name in ("severe", "moderate", "mild"):
        if here.cues.severity[name].search(near):
            return name
    return ""
