"""The newest days carry no label: what a day was can only be told from the days around it."""

from landward.model.waves import State, WaveReading

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
        spell.model_copy(
            update={"end": min(spell.end, last), "end_interval": (
                min(spell.end_interval[0], last), min(spell.end_interval[1], last)
            )}
        )
        for spell in reading.spells
        if spell.start <= last
    )  # fmt: skip
    return reading.model_copy(update={"days": held, "spells": spells})
