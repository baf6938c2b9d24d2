"""From one person's days to the rows of a study: only what was chosen, only days since day 0."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from landward.model.base import BadInput
from landward.model.cohort import ABSENT, NOT_ASKED, PRESENT
from landward.model.gift import (
    FIXED,
    GivenAnswer,
    GivenChange,
    GivenDay,
    GivenFeeling,
    GivenPerson,
    GivenRows,
)
from landward.model.said import phrase


@dataclass(frozen=True)
class OwnFeeling:
    """One question about feelings: what was said, a number if there is one, its wording."""

    item: str
    said: Literal[0, 1, 2, 3]
    value: float | None
    wording: str


@dataclass(frozen=True)
class OwnDay:
    """One day of a diary, as the engine needs it."""

    severity: float | None
    answers: Mapping[str, float]
    """Answers on the 0–4 scale of symptoms, by item."""
    feelings: Sequence[OwnFeeling] = ()
    """Every question about feelings that was asked on it."""


@dataclass(frozen=True)
class OwnDoses:
    """One drug of a diary: what was taken by day, and the changes that lasted."""

    drug: str
    taken_mg: Mapping[dt.date, Decimal] = field(default_factory=dict)
    changes: Sequence[tuple[dt.date, Decimal, Decimal]] = ()


def rows_to_give(
    days: Mapping[dt.date, OwnDay],
    doses: OwnDoses | None,
    elements: Collection[str],
    about: Mapping[str, str],
) -> GivenRows:
    """The rows of the chosen elements. Raises BadInput where there is not one day to give.

    Day 0 is the first cut where doses are given and there is one, else the first day. An item that
    was not answered on a written day is not asked: it is never absent.
    """
    if not days:
        raise BadInput(phrase("the diary holds no day to give"))
    told = doses if doses is not None and "doses" in elements else None
    changes = sorted(told.changes) if told else []
    cuts = [day for day, before, after in changes if after < before]
    dated = sorted(set(days) | set(told.taken_mg if told else ()) | {day for day, _, _ in changes})
    zero = cuts[0] if cuts else dated[0]
    items = sorted(set(elements) - set(FIXED))
    taken = told.taken_mg if told else {}
    last = changes[-1] if changes else None
    person = GivenPerson(
        zero="first_cut" if cuts else "first_day",
        first_day=(dated[0] - zero).days,
        last_day=(dated[-1] - zero).days,
        last_dose_day=(last[0] - zero).days - 1 if last and last[2] == 0 else None,
        start_dose_ug=_ug(changes[0][1]) if changes else None,
        drug=doses.drug if doses and "drug" in elements else None,
        **{name: about[name] for name in ("age_band", "country", "indication")
           if name in elements and about.get(name)},
    )  # fmt: skip
    return GivenRows(
        person=person,
        days=tuple(
            GivenDay(
                day=(day - zero).days,
                severity=_whole(days[day].severity) if day in days and "day" in elements else None,
                dose_ug=_ug(taken[day]) if day in taken else None,
            )
            for day in dated
            if "day" in elements or day in taken
        ),
        dose_changes=_changes(changes, zero),
        answers=tuple(
            _answer((day - zero).days, item, days[day].answers.get(item))
            for day in sorted(days)
            for item in items
        ),
        feelings=tuple(
            GivenFeeling(
                day=(day - zero).days,
                item=one.item,
                said=one.said,
                value=_whole(one.value),
                wording=one.wording,
            )
            for day in sorted(days)
            for one in days[day].feelings
        )
        if "feelings" in elements
        else (),
    )


def _changes(
    changes: Sequence[tuple[dt.date, Decimal, Decimal]], zero: dt.date
) -> tuple[GivenChange, ...]:
    made: list[GivenChange] = []
    for day, before, after in changes:
        nth = sum(one.day == (day - zero).days for one in made)
        number = (day - zero).days
        made.append(GivenChange(day=number, nth=nth, from_ug=_ug(before), to_ug=_ug(after)))
    return tuple(made)


def _answer(day: int, item: str, value: float | None) -> GivenAnswer:
    if value is None:
        return GivenAnswer(day=day, item=item, state=NOT_ASKED)
    here = PRESENT if value > 0 else ABSENT
    return GivenAnswer(day=day, item=item, state=here, value=_whole(value))


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value + 0.5)


def _ug(milligrams: Decimal) -> int:
    return int((milligrams * 1000).to_integral_value())
