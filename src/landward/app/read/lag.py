"""Read what a diary says about symptoms after dose changes."""

import datetime as dt
from collections.abc import Collection

import numpy as np

from landward.app.write.weekly import STATEMENTS
from landward.catalog.catalog import load_catalog
from landward.catalog.kinetics import LabShelf
from landward.engines.patterns import dose_lag
from landward.model.base import BadInput, Frozen
from landward.model.diary import Diary
from landward.model.lag import LagReading
from landward.model.series import DaySeries, day_series, dose_series

MOST_ITEMS = 24
"""Symptoms read at once: the most often answered. More would only make every claim harder."""


class DiaryLag(Frozen):
    """A lag reading tied to its calendar and its drug."""

    reading: LagReading
    drug: str | None
    better_up: frozenset[str]
    """Items of which more is better. They are read turned over: above zero is less of them."""
    first_day: dt.date
    days: int


def read_lag(diary: Diary, items: tuple[str, ...] = (), drug: str | None = None) -> DiaryLag:
    """Every symptom after the changes of one drug's dose.

    Without `items` the most often answered ones are read, without `drug` the only one recorded.
    Days filled by "same as yesterday" are left out: they would say that nothing ever follows.
    Raises BadInput for an empty diary, an unknown item or drug, or where a drug must be chosen.
    """
    series = most_answered(diary, items)
    if not series:
        raise BadInput("the diary has no answers yet; `landward log --day 5` writes the first")
    first = min(one.first_day for one in series)
    last = max(one.last_day for one in series)
    size = (last - first).days + 1
    chosen = _drug(diary, drug)
    dose = np.zeros(size) if chosen is None else dose_series(diary, chosen, first, last)
    turned = [day_series(diary, one.item, first, last).worse_up() for one in series]
    reading = dose_lag(
        {one.item: np.where(one.carried, np.nan, one.values) for one in turned},
        dose,
        scale={one.item: (one.scale.low, one.scale.high) for one in turned},
        half_life_h=_half_life(chosen),
    )
    return DiaryLag(
        reading=reading,
        drug=chosen,
        better_up=frozenset(one.item for one in series if one.scale.better == "up"),
        first_day=first,
        days=size,
    )


def most_answered(
    diary: Diary, items: tuple[str, ...] = (), apart: Collection[str] = STATEMENTS
) -> list[DaySeries]:
    """The named items, or the most often answered ones, each with its own first and last day.

    Items `apart` (the weekly statements, which are no daily answers) are only read where named.
    Raises BadInput for a named item that was never answered.
    """
    if items:
        return [day_series(diary, item) for item in items]
    found = []
    for item in diary.items:
        if item in apart:
            continue
        try:
            found.append(day_series(diary, item))
        except BadInput:
            continue  # never answered with a number, or on two scales: nothing to read
    return sorted(found, key=lambda one: (-one.answered, one.item))[:MOST_ITEMS]


def _drug(diary: Diary, drug: str | None) -> str | None:
    if drug is not None:
        if drug not in diary.drugs:
            raise BadInput(f"no dose of “{drug}” is in the diary")
        return drug
    if len(diary.drugs) > 1:
        raise BadInput(f"the diary holds doses of {', '.join(diary.drugs)}; choose one with --drug")
    return diary.drugs[0] if diary.drugs else None


def _half_life(drug: str | None) -> float | None:
    """The drug's typical half-life in the reviewed tables; None where they have none."""
    if drug is None:
        return None
    try:
        span = LabShelf(load_catalog()).kinetics(drug).half_life_h
    except BadInput:
        return None
    return None if span is None else float(span[1])
