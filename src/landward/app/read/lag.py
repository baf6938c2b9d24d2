"""Read what a diary says about symptoms after dose changes."""

import math
from collections.abc import Collection

import numpy as np

from landward.catalog.catalog import load_catalog
from landward.catalog.kinetics import LabShelf
from landward.engines.patterns import dose_lag
from landward.model.base import BadInput
from landward.model.diary import Diary
from landward.model.medicines import MedicineRecord, medicine_record
from landward.model.medicines.series import dose_series
from landward.model.panel import day_panel
from landward.model.questions import WEEKLY
from landward.model.readings import DiaryLag
from landward.model.said import phrase
from landward.model.series import day_series

MOST_ITEMS = 24
"""Symptoms read at once: the most often answered. More would only make every claim harder."""


def read_lag(diary: Diary, items: tuple[str, ...] = (), drug: str | None = None) -> DiaryLag:
    """Every symptom after the changes of one drug's dose.

    Without `items` the most often answered ones are read, without `drug` the only one recorded.
    Days filled by "same as yesterday" are left out: they would say that nothing ever follows.
    Raises BadInput for an empty diary, an unknown item or drug, or where a drug must be chosen.
    """
    panel, record = day_panel(diary, most_answered(diary, items)), medicine_record(diary.lines)
    chosen = _drug(record, drug)
    dose = (
        np.zeros(panel.days)
        if chosen is None
        else dose_series(record.of(chosen), panel.first_day, panel.last_day)
    )
    reading = dose_lag(
        panel.severity(carried=False), dose, scale=panel.scales, half_life_h=_half_life(chosen)
    )
    return DiaryLag(
        reading=reading,
        drug=chosen,
        better_up=panel.better_up,
        first_day=panel.first_day,
        days=panel.days,
    )


def most_answered(
    diary: Diary, items: tuple[str, ...] = (), apart: Collection[str] = WEEKLY
) -> tuple[str, ...]:
    """The named items, or the most often answered ones that can be read as one series.

    Items `apart` (the weekly statements, which are no daily answers) are only read where named.
    """
    if items:
        return items
    found = []
    for item in diary.items:
        if item in apart:
            continue
        try:
            found.append(day_series(diary, item))
        except BadInput:
            continue  # never answered with a number, or on two scales: nothing to read
    ranked = sorted(found, key=lambda one: (-one.answered, one.item))
    return tuple(one.item for one in ranked[:MOST_ITEMS])


def _drug(record: MedicineRecord, drug: str | None) -> str | None:
    drugs = record.taken_drugs
    if drug is not None:
        if drug not in drugs:
            raise BadInput(phrase("no dose of “{drug}” is in the diary", drug=drug))
        return drug
    if len(drugs) > 1:
        raise BadInput(
            phrase(
                "the diary holds doses of {drugs}; choose one with --drug", drugs=", ".join(drugs)
            )
        )
    return drugs[0] if drugs else None


def _half_life(drug: str | None) -> float | None:
    """The drug's typical half-life in the reviewed tables, or that of its active metabolite where
    it is longer: what leaves last is felt last. None where they have none."""
    if drug is None:
        return None
    try:
        found = LabShelf(load_catalog()).kinetics(drug)
    except BadInput:
        return None
    if found.half_life_h is None:
        return None
    own, made = float(found.half_life_h[1]), found.metabolite
    if made is None:
        return own
    return max(own, math.log(2) * float(made.volume_l / made.clearance_l_per_h))
