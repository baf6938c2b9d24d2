"""One medicine in a typical made-up adult: the level through two weeks, and one dose left out.

Levels are shares of the highest usual one, so that no dose has to be named: the model is linear,
and the shape is the same for every dose.
"""

from functools import lru_cache
from typing import Literal

import numpy as np

from landward.catalog.catalog import load_catalog
from landward.catalog.kinetics import LabShelf
from landward.engines.pharmacology.concentration import concentration
from landward.model.base import BadInput, Frozen
from landward.model.dosing import DAY_S, HOUR_S
from landward.model.dosing_text import parse_dosing
from landward.model.drug_page import DrugPage
from landward.model.drugs import Equivalence
from landward.model.said import Words, phrase

Rhythm = Literal["night", "twice", "three"]
RHYTHMS: dict[Rhythm, Words] = {
    "night": phrase("once, at night"), "twice": phrase("twice a day"),
    "three": phrase("three times a day"),
}  # fmt: skip
_USUAL = {"night": "1 mg at 22:00", "twice": "1 mg at 08:00 and 20:00",
          "three": "1 mg at 08:00 and 14:00 and 20:00"}  # fmt: skip
_LAST_LEFT_OUT = {"night": "nothing", "twice": "1 mg at 08:00", "three": "1 mg at 08:00 and 14:00"}
BEFORE_DAYS = 400
"""Long enough that every medicine of the tables has settled."""
SHOWN_BEFORE, SHOWN_AFTER = 2, 4
STEP_S = HOUR_S // 2


class MissedDose(Frozen):
    """Levels as shares of the usual peak, half an hour apart, from two days before."""

    drug: str
    rhythm: Rhythm
    hours: tuple[float, ...]
    usual: tuple[float, ...]
    missed: tuple[float, ...]
    left_out_h: float
    lowest_usual: float
    lowest_missed: float
    back_h: float | None
    """Hours from the dose left out until the level is within a twentieth of the usual again."""


@lru_cache(maxsize=64)
def missed_dose(drug: str, rhythm: Rhythm = "night") -> MissedDose:
    """One dose left out after long use, in a typical made-up adult.

    Raises BadInput for an unknown medicine, or one whose level cannot be computed.
    """
    if rhythm not in RHYTHMS:
        raise BadInput(phrase("there is no such rhythm"))
    kinetics = LabShelf(load_catalog()).kinetics(drug)
    usual_day = _USUAL[rhythm]
    after = SHOWN_AFTER + 1
    usual = parse_dosing(kinetics.drug, f"{usual_day} x {BEFORE_DAYS + after}")
    left = parse_dosing(
        kinetics.drug,
        f"{usual_day} x {BEFORE_DAYS} then {_LAST_LEFT_OUT[rhythm]} x 1 then {usual_day} x {after}",
    )
    first = (BEFORE_DAYS - SHOWN_BEFORE) * DAY_S
    times = np.arange(first, (BEFORE_DAYS + SHOWN_AFTER) * DAY_S + 1, STEP_S, dtype=np.int64)
    levels = [concentration(kinetics, doses, times).sum(axis=0) for doses in (usual, left)]
    peak = float(levels[0].max())
    full, less = (tuple((row / peak).tolist()) for row in levels)
    gone = next(time for time in usual.times_s if time >= BEFORE_DAYS * DAY_S
                and time not in set(left.times_s))  # fmt: skip
    near = [abs(a - b) <= 0.05 * a for a, b in zip(full, less, strict=True)]
    apart = [place for place, same in enumerate(near) if not same]
    back = None
    if apart and apart[-1] + 1 < len(times):
        back = float(times[apart[-1] + 1] - gone) / HOUR_S
    return MissedDose(
        drug=kinetics.drug, rhythm=rhythm,
        hours=tuple(((times - first) / HOUR_S).tolist()), usual=full, missed=less,
        left_out_h=float(gone - first) / HOUR_S, lowest_usual=min(full), lowest_missed=min(less),
        back_h=0.0 if not apart else back,
    )  # fmt: skip


def medicines_with_levels() -> tuple[str, ...]:
    """The medicines whose level can be computed, in order of the alphabet."""
    return LabShelf(load_catalog()).drugs()


def equal_doses(page: DrugPage) -> tuple[Equivalence, ...]:
    """What each table says equals 10 mg of diazepam, by table and country; none is picked."""
    if page.span is None:
        return ()
    return tuple(sorted(page.span.rows, key=lambda row: (row.table, row.country)))
