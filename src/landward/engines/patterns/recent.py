"""The newest days carry no label: what a day was can only be told from the days around it."""

from landward.engines.patterns.spells import FEWEST
from landward.model.waves import DayReading, Spell, State, WaveReading

TOO_EARLY_DAYS = 3
"""At least this many of the latest days are "too early to say" (DESIGN.md §6)."""


def hold_back(reading: WaveReading, days: int = TOO_EARLY_DAYS) -> WaveReading:
    """The same reading without states on its last `days` days; spells end before them."""
    last = len(reading.days) - days - 1
    silent = {"state": State.UNKNOWN, "p_window": None, "p_wave": None}
    held = tuple(
        day if position <= last else day.model_copy(update=silent)
        for position, day in enumerate(reading.days)
    )
    spells = tuple(
        shortened
        for spell in reading.spells
        if (shortened := _until(spell, reading.days, last)) is not None
    )
    return reading.model_copy(update={"days": held, "spells": spells})


def _until(spell: Spell, days: tuple[DayReading, ...], last: int) -> Spell | None:
    """A spell without the days after `last`: it ends on the last answered day, not in a gap."""
    if spell.end <= last:
        interval = tuple(min(end, last) for end in spell.end_interval)
        return spell.model_copy(update={"end_interval": interval})
    answered = [at for at in range(spell.start, last + 1) if days[at].severity is not None]
    if len(answered) < FEWEST:
        return None
    end = answered[-1]
    return spell.model_copy(update={"end": end, "end_interval": (end, max(end, last))})
