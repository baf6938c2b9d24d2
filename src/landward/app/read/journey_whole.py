"""What Journey draws from: numbers by day, read once for a journal, whatever is looked at."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

from landward.app.diary.open_diary import ANSWERS
from landward.app.diary.readable import Readable
from landward.app.read.answers_by_item import FOR_GOOD, Answer, walked
from landward.app.read.held_waves import waves_of
from landward.app.read.main_series import main_series
from landward.app.read.medicines import medicines_of
from landward.app.read.waves import OVERALL
from landward.model.diary import Diary
from landward.model.medicines import MedicineRecord
from landward.model.questions import BY_ID
from landward.model.said import phrase
from landward.model.scale import DAY, Scale
from landward.report.page import kept_span

HOW_HARD = phrase("How hard each day was")
Known = Mapping[int, float]
"""Numbers by the ordinal of their day; a day without one is not in it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One item: its numbers by day, which of them were carried over, on which scale."""

    main: Known
    carried: frozenset[int]
    scale: Scale
    name: str
    item: str = OVERALL


@dataclass(frozen=True, slots=True)
class Whole:
    """A journal as Journey looks at it, from its first day shown to its last."""

    diary: Diary
    answered: Answered
    medicines: MedicineRecord
    first: dt.date
    last: dt.date
    begins: dt.date
    """The first day there is, shown or not."""


def whole_of(diary: Readable, from_here: dt.date | None = None) -> Whole:
    """Everything of a diary, nothing before `from_here`. Raises BadInput for an empty one."""
    begins, last = kept_span(diary.diary)
    first = max(begins, min(from_here or begins, last))
    answered = diary.keep("answered", lambda: _answered(diary), ANSWERS)
    return Whole(diary.diary, answered, medicines_of(diary), first, last, begins)


def item_answers(diary: Readable, item: str) -> Answered:
    """One item's numbers on the scale it was answered on last; another one is another series."""
    return diary.keep(("item answers", item), lambda: _item(diary, item), ANSWERS)


def _item(open_diary: Readable, item: str) -> Answered:
    name = item_name(open_diary, item)
    days = walked(open_diary).get(item)
    if not days:
        return Answered({}, frozenset(), DAY, name, item)
    last: dict[str, tuple[list[Answer], Answered]] = open_diary.keep("last series", dict, FOR_GOOD)
    if item in last and last[item][0] is days and last[item][1].name == name:
        return last[item][1]  # what was written since says nothing of this item
    scale = days[-1][2]
    kept = [one for one in days if one[2] == scale]
    made = Answered(
        {day: value for day, value, _, _ in kept},
        frozenset(day for day, _, _, carried in kept if carried),
        Scale.parse(scale),
        name,
        item,
    )
    last[item] = (days, made)
    return made


def item_name(open_diary: Readable, item: str) -> str:
    """The words a question is known by, else the person's own."""
    return BY_ID[item].beside if item in BY_ID else open_diary.me.label(item)


def _answered(open_diary: Readable) -> Answered:
    """How hard each day was, straight from the diary; for an imported one, what stands for it."""
    found = item_answers(open_diary, OVERALL)
    if found.main:
        return Answered(found.main, found.carried, found.scale, HOW_HARD)
    waves = waves_of(open_diary)
    if waves is None:
        return Answered({}, frozenset(), DAY, HOW_HARD)
    series = main_series(open_diary.diary, waves)
    dated = list(enumerate(series.values.tolist(), series.first_day.toordinal()))
    return Answered(
        {day: value for day, value in dated if not isnan(value)},
        frozenset(day for (day, _), hollow in zip(dated, series.carried, strict=True) if hollow),
        series.scale,
        series.item[:1].upper() + series.item[1:].replace("_", " "),
        series.item,
    )
