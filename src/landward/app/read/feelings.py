"""Read how much feeling reached a person, day by day and week by week."""

import datetime as dt
from collections.abc import Mapping

import numpy as np

from landward.app.read.waves import overall_items
from landward.app.write.day import FEELINGS
from landward.app.write.weekly import STATEMENTS
from landward.engines.patterns import read_feelings as read
from landward.engines.patterns.severity import mean_severity
from landward.model.base import BadInput, Frozen
from landward.model.bodies import Event
from landward.model.diary import Diary
from landward.model.feelings import FeelingsReading
from landward.model.series import DaySeries, Floats, Missing, day_series

PAIRS = (FEELINGS, ("positive_mood", "negative_mood"))
"""A pleasant and a painful item asked side by side: the diary's own, and those of known imports."""


class DiaryFeelings(Frozen):
    """A feelings reading tied to its calendar."""

    reading: FeelingsReading
    first_day: dt.date


def read_feelings(diary: Diary) -> DiaryFeelings:
    """Every feeling in the diary. Raises BadInput where none was ever asked."""
    pair = next((p for p in PAIRS if all(item in diary.items for item in p)), None)
    series = _series(diary, pair)
    if not series:
        raise BadInput(
            "the diary has no feelings yet; the daily check-in and the weekly look ask for them"
        )
    first = min(one.first_day for one in series)
    last = max(one.last_day for one in series)
    spread = [day_series(diary, one.item, first, last) for one in series]
    reading = read(
        {one.item: one.values for one in spread},
        scales={one.item: (one.scale.low, one.scale.high) for one in spread},
        pair=pair,
        no_occasion=_positions(spread, Missing.NO_OCCASION),
        too_much=_positions(spread, Missing.TOO_MUCH),
        events=_events(diary, first, last),
        severity=_severity(diary, {one.item for one in spread}, first, last),
    )
    return DiaryFeelings(reading=reading, first_day=first)


def _series(diary: Diary, pair: tuple[str, str] | None) -> list[DaySeries]:
    """The pair, the weekly statements, and whatever else is better when there is more of it."""
    found = []
    for item in diary.items:
        try:
            one = day_series(diary, item)
        except BadInput:
            continue  # asked, but never answered with a number
        if item in STATEMENTS or (pair and item in pair) or one.scale.better == "up":
            found.append(one)
    return found


def _positions(series: list[DaySeries], why: Missing) -> Mapping[str, list[int]]:
    return {one.item: np.flatnonzero(one.missing == why).tolist() for one in series}


def _events(diary: Diary, first: dt.date, last: dt.date) -> list[tuple[int, int]]:
    return [
        ((entry.date - first).days, body.valence)
        for entry, body in diary.of(Event)
        if body.valence is not None and first <= entry.date <= last
    ]


def _severity(diary: Diary, feelings: set[str], first: dt.date, last: dt.date) -> Floats | None:
    """How hard each day was, from what is not itself a feeling."""
    try:
        items = [item for item in overall_items(diary) if item not in feelings]
        parts = [day_series(diary, item, first, last).worse_up().values for item in items]
    except BadInput:
        return None
    return mean_severity(parts) if parts else None
