"""Before the first lasting cut, while doses came down, after the last dose: as positions."""

import datetime as dt

from landward.model.diary import Diary
from landward.model.feelings import FeelingStretch
from landward.model.medicines import medicine_record


def dose_stretches(diary: Diary, first: dt.date, last: dt.date) -> tuple[FeelingStretch, ...]:
    """The stretches that hold a day between `first` and `last`; none where nothing was cut.

    Of all regular medicines together: coming down begins with the first lasting cut of any of
    them, and ends where the last of those cut has come to nothing and stayed there.
    """
    record = medicine_record(diary.lines)
    cut_days: list[dt.date] = []
    ends: list[dt.date | None] = []
    for drug in record.regular_drugs:
        changes = record.of(drug).changes(last)
        cuts = [one.day for one in changes if one.to_mg < one.from_mg]
        if cuts:
            cut_days.append(cuts[0])
            ends.append(changes[-1].day if not changes[-1].to_mg else None)
    if not cut_days:
        return ()
    begun, ended = min(cut_days), [one for one in ends if one]
    after = max(ended) if len(ended) == len(ends) else last + dt.timedelta(days=1)
    one = dt.timedelta(days=1)
    parts = (
        ("before", first, begun - one),
        ("coming_down", max(begun, first), min(after - one, last)),
        ("after", max(after, first), last),
    )
    return tuple(
        FeelingStretch(name=name, first=(start - first).days, last=(end - first).days)
        for name, start, end in parts
        if start <= end
    )
