"""The sentence above Journey: what is seen in the days shown, in plain words."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Protocol

from landward.model.readings import DiaryWaves
from landward.model.said import joined, phrase, within
from landward.report.pattern_words import changes_sentence, waves_sentence
from landward.report.words import count_words, number_words

FEWEST_DAYS = 5
"""Fewer answers than this are shown and not summed up."""


class SpellShown(Protocol):
    """A window or a wave of the view."""

    @property
    def state(self) -> str:
        """“window” or “wave”."""

    @property
    def days(self) -> int:
        """Its length."""


@dataclass(frozen=True, slots=True)
class SpellCounts:
    """How many spells of each kind lie in a view, and on how many days."""

    harder: int = 0
    harder_days: int = 0
    easier: int = 0
    easier_days: int = 0

    @classmethod
    def of(cls, spells: Iterable[SpellShown]) -> "SpellCounts":
        """Counted from the bands of a view."""
        found = list(spells)
        waves = [one.days for one in found if one.state == "wave"]
        windows = [one.days for one in found if one.state == "window"]
        return cls(len(waves), sum(waves), len(windows), sum(windows))


def journey_sentence(
    values: Sequence[float],
    *,
    days: int,
    high: float,
    down: bool,
    spells: SpellCounts | None,
    waves: DiaryWaves | None,
    first: dt.date,
    last: dt.date,
    everything: bool,
) -> str:
    """How hard half of the days were, the spells if they are shown, and what changed and stayed.

    `spells` is None where windows and waves were not asked for: then nothing is said of them.
    """
    answered = len(values)
    if answered < FEWEST_DAYS:
        each = _each(values, high) if values else ""
        covered = phrase(
            "{answered} of {days} answered", answered=answered, days=count_words(days, "day")
        )
        return phrase(
            "{each}Not enough days yet to say more ({covered}).", each=each, covered=covered
        )
    if waves is not None and everything:
        return waves_sentence(waves.reading, better_up=waves.better_up)
    word = "easier" if down else "harder"
    told = phrase(
        "Half of the days were {median} of {high} or {word} ({answered} of {days} days answered).",
        median=number_words(median(values)),
        high=f"{high:g}",
        word=word,
        answered=answered,
        days=days,
    )
    parts = [told, _spells(spells), _changes(waves, first, last)]
    return joined(" ", (part for part in parts if part))


def _each(values: Sequence[float], high: float) -> str:
    if len(values) == 1:
        return phrase(
            "The first day was {values} of {high}. ",
            values=number_words(values[0]),
            high=f"{high:g}",
        )
    numbers = joined(", ", (number_words(value) for value in values))
    return phrase("The days so far: {numbers} of {high}. ", numbers=numbers, high=f"{high:g}")


def _spells(spells: SpellCounts | None) -> str:
    if spells is None:
        return ""
    if not spells.harder and not spells.easier:
        return phrase("No easier or harder spell stands out.")
    name = phrase("easier one") if spells.harder else phrase("easier spell")
    harder = phrase(
        "{harder} on {day_words}",
        harder=count_words(spells.harder, "harder spell"),
        day_words=_day_words(spells.harder_days),
    )
    easier = phrase(
        "{easier} on {day_words}",
        easier=count_words(spells.easier, name),
        day_words=_day_words(spells.easier_days),
    )
    shown = (harder if spells.harder else "", easier if spells.easier else "")
    return phrase("{shown}.", shown=joined(", ", (part for part in shown if part)))


def _day_words(days: int) -> str:
    return count_words(days, "day")


def changes_told(items: Sequence[tuple[str, DiaryWaves]], first: dt.date, last: dt.date) -> str:
    """“ Anxiety: about 3 May (between …) it got harder …” for every item with a lasting change."""
    told = ((name, _changes(waves, first, last)) for name, waves in items)
    return joined(
        "",
        (phrase(" {name}: {text}", name=name, text=within(text)) for name, text in told if text),
    )


def _changes(waves: DiaryWaves | None, first: dt.date, last: dt.date) -> str:
    """Lasting changes within the view, with the days between which each lies; slow ones where the
    view holds all of them."""
    if waves is None:
        return ""
    reading = waves.reading

    def inside(position: int) -> bool:
        return first <= reading.date_of(position) <= last

    shown = {
        "level_shifts": tuple(shift for shift in reading.level_shifts if inside(shift.index)),
        "gradual_changes": tuple(
            slow for slow in reading.gradual_changes if inside(slow.start) and inside(slow.end)
        ),
    }
    return changes_sentence(reading.model_copy(update=shown), better_up=waves.better_up)
