"""Readings in one plain sentence each, with their coverage. Never a number that is not there."""

from collections.abc import Sequence
from statistics import median

from landward.model.waves import Spell, State, WaveReading


def waves_sentence(reading: WaveReading) -> str:
    """What the windows and waves of a diary come to, in plain words."""
    total = len(reading.days)
    known = sum(day.state != State.UNKNOWN for day in reading.days)
    covered = f"{reading.answered} of {total} days answered"
    if not known:
        return f"Not enough days yet to tell windows and waves apart ({covered})."
    windows = [spell for spell in reading.spells if spell.state == State.WINDOW]
    waves = [spell for spell in reading.spells if spell.state == State.WAVE]
    if not windows and not waves:
        return f"No windows or waves stand out from the usual ups and downs ({covered})."
    parts = [
        _spells(spells, word) for spells, word in ((windows, "window"), (waves, "wave")) if spells
    ]
    return f"{' and '.join(parts)} stand out from the usual ({covered})."


def _spells(spells: Sequence[Spell], word: str) -> str:
    lengths = [spell.days for spell in spells]
    if len(spells) == 1:
        return f"one {word} of {_days(lengths[0])}"
    return f"{len(spells)} {word}s, half of them {_days(median(lengths))} or longer"


def _days(length: float) -> str:
    return "1 day" if length == 1 else f"{length:g} days"
