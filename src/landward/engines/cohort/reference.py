"""The reductions again, in plain Python, one person and one day at a time.

Slow and plain on purpose: what the engines say is held against this. It shares no code with the
expressions, only the words of what each measure counts.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from landward.model.said import phrase
from landward.model.study import MeasureSpec

Row = Mapping[str, Any]
Counted = dict[str, list[tuple[Any, ...]]]


def _group(person: Row, by: Sequence[str]) -> str:
    if not by:
        return "all"
    return "; ".join(f"{column}={person[column] or phrase('not known')}" for column in by)


class Diaries:
    """One cohort's rows, by person."""

    def __init__(
        self,
        people: Iterable[Row],
        days: Iterable[Row],
        dose_changes: Iterable[Row],
        answers: Iterable[Row],
    ) -> None:
        self.people = {row["person"]: row for row in people}
        self.days = _by_person(days)
        self.changes = _by_person(dose_changes)
        self.answers = _by_person(answers)

    def sizes(self, by: Sequence[str], who: Iterable[Any] | None = None) -> list[tuple[Any, ...]]:
        """Group and how many people it holds."""
        chosen = self.people if who is None else who
        return list(Counter(_group(self.people[one], by) for one in chosen).items())

    def asked(self, spec: MeasureSpec, items: Sequence[int]) -> dict[tuple[Any, int], list[Row]]:
        """Answers by person and item, inside the window, without what was not asked."""
        found: dict[tuple[Any, int], list[Row]] = defaultdict(list)
        for person, rows in self.answers.items():
            for row in rows:
                inside = spec.first_day <= row["day"] <= spec.last_day
                if row["state"] in (0, 1) and inside and row["item"] in items:
                    found[person, row["item"]].append(row)
        return found

    def means(self, person: Any, width: int, at_least: int) -> dict[int, int]:
        """Mean severity in thousandths, by week or block."""
        found: dict[int, list[int]] = defaultdict(list)
        for row in self.days.get(person, []):
            if row["severity"] is not None:
                found[row["day"] // width].append(row["severity"])
        return {
            week: (1000 * sum(all_) + len(all_) // 2) // len(all_)
            for week, all_ in found.items()
            if len(all_) >= at_least
        }

    def cuts(self, person: Any, width: int) -> dict[int, int]:
        """Depth of the cuts in hundredths of a percent, by week or block."""
        found: dict[int, int] = defaultdict(int)
        for row in self.changes.get(person, []):
            if row["to_ug"] < row["from_ug"]:
                deep = (row["from_ug"] - row["to_ug"]) * 10_000 // row["from_ug"]
                found[row["day"] // width] += deep
        return dict(found)


def _by_person(rows: Iterable[Row]) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["person"]].append(row)
    return found


def prevalence(all_: Diaries, spec: MeasureSpec, items: Sequence[int]) -> Counted:
    """Group, item: asked, present, left too early."""
    cells: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for (person, item), rows in all_.asked(spec, items).items():
        who = all_.people[person]
        had = sum(row["state"] for row in rows) >= spec.days_present
        cell = cells[_group(who, spec.by), item]
        cell[0] += 1
        cell[1] += had
        cell[2] += not had and who["ended"] == "left" and who["last_day"] < spec.last_day
    return {
        "people": all_.sizes(spec.by),
        "cells": [(*where, *counts) for where, counts in cells.items()],
    }


def drugs(all_: Diaries, spec: MeasureSpec, items: Sequence[int]) -> Counted:
    """Prevalence by drug."""
    return prevalence(all_, spec.model_copy(update={"by": ("drug",)}), items)


def duration(all_: Diaries, spec: MeasureSpec, items: Sequence[int]) -> Counted:
    """Group, item, standing, time, ended, left: people."""
    cells: Counter[tuple[Any, ...]] = Counter()
    for (person, item), rows in all_.asked(spec, items).items():
        who = all_.people[person]
        asked, here = [r["day"] for r in rows], [r["day"] for r in rows if r["state"] == 1]
        if not here:
            continue
        if spec.clock == "last_dose":
            stop = who["last_dose_day"]
            if stop is None or all(abs(day - stop) > spec.quiet_days for day in here):
                continue
            began, unseen = stop, False
        else:
            began, unseen = min(here), min(here) <= min(asked)
        until = max(asked) - spec.quiet_days
        event = max(here) < until
        time = max(max(here) + 1 - began, 1) if event else until - began
        standing = 1 if unseen else 2 if time <= 0 else 0
        if standing:
            time, event = 0, False
        where = (_group(who, spec.by), item, standing, time, int(event))
        cells[(*where, int(who["ended"] == "left"))] += 1
    return {
        "people": all_.sizes(spec.by),
        "cells": [(*where, count) for where, count in cells.items()],
    }


def course(all_: Diaries, spec: MeasureSpec, items: Sequence[int]) -> Counted:
    """Person, group, weeks after, stratum, cut, weeks, sum of changes, left."""
    rows, had = [], []
    for person, who in all_.people.items():
        weeks, cut = all_.means(person, 7, 3), all_.cuts(person, 7)
        if not cut:
            continue
        had.append(person)
        sums: dict[tuple[int, int, int], list[int]] = defaultdict(lambda: [0, 0])
        for before_week, before in weeks.items():
            week = before_week + 1
            if any(week - back in cut for back in range(1, spec.washout_weeks + 1)):
                continue
            for after in range(spec.weeks_after + 1):
                if week + after in weeks:
                    cell = sums[after, (before + 500) // 1000, int(week in cut)]
                    cell[0] += 1
                    cell[1] += weeks[week + after] - before
        gone = int(who["ended"] == "left")
        for where, counts in sums.items():
            rows.append((person, _group(who, spec.by), *where, *counts, gone))
    return {"people": all_.sizes(spec.by), "eligible": all_.sizes(spec.by, had), "rows": rows}


def cut_weeks(all_: Diaries, spec: MeasureSpec, items: Sequence[int]) -> Counted:
    """Group, item, days present and asked after cuts and otherwise: people."""
    cells: Counter[tuple[Any, ...]] = Counter()
    for (person, item), rows in all_.asked(spec, items).items():
        cut = all_.cuts(person, 7)
        counts = [0, 0, 0, 0]
        for row in rows:
            week = row["day"] // 7
            risk = any(week - back in cut for back in range(spec.risk_weeks))
            counts[0 if risk else 2] += row["state"]
            counts[1 if risk else 3] += 1
        cells[(_group(all_.people[person], spec.by), item, *counts)] += 1
    return {
        "people": all_.sizes(spec.by),
        "cells": [(*where, count) for where, count in cells.items()],
    }


def pace(all_: Diaries, spec: MeasureSpec, items: Sequence[int]) -> Counted:
    """Person, group, stratum, fast, blocks, blocks with an after, sum after."""
    assert spec.fast_percent is not None
    rows = []
    for person, who in all_.people.items():
        blocks = all_.means(person, 28, 8)
        sums: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0])
        for block, deep in all_.cuts(person, 28).items():
            if block - 1 not in blocks:
                continue
            fast = int(deep > round(spec.fast_percent * 100))
            cell = sums[(blocks[block - 1] + 500) // 1000, fast]
            cell[0] += 1
            if block + 1 in blocks:
                cell[1] += 1
                cell[2] += blocks[block + 1]
        for where, counts in sums.items():
            rows.append((person, _group(who, spec.by), *where, *counts))
    return {"people": all_.sizes(spec.by), "rows": rows}


def pooled(all_: Diaries, spec: MeasureSpec, items: Sequence[int]) -> Counted:
    """Person, group, weeks, sums and squares after cuts and otherwise."""
    rows, had = [], []
    for person, who in all_.people.items():
        weeks, cut = all_.means(person, 7, 3), all_.cuts(person, 7)
        if not cut:
            continue
        had.append(person)
        counts = [0] * 6
        for week, mean in weeks.items():
            at = 0 if any(week - back in cut for back in range(spec.risk_weeks)) else 3
            counts[at] += 1
            counts[at + 1] += mean
            counts[at + 2] += mean * mean
        if weeks:
            rows.append((person, _group(who, spec.by), *counts))
    return {"people": all_.sizes(spec.by), "eligible": all_.sizes(spec.by, had), "rows": rows}


def numbness(all_: Diaries, spec: MeasureSpec, items: Sequence[int]) -> Counted:
    """Group, item, left, days asked and present in each of three phases: people."""
    cells: Counter[tuple[Any, ...]] = Counter()
    cutters = [one for one, who in all_.people.items() if who["zero"] == "first_cut"]
    for (person, item), rows in all_.asked(spec, items).items():
        who = all_.people[person]
        if who["zero"] != "first_cut":
            continue
        counts, stop = [0] * 6, who["last_dose_day"]
        for row in rows:
            stopped = stop is not None and row["day"] > stop
            phase = 0 if row["day"] < 0 else 2 if stopped else 1
            counts[2 * phase] += 1
            counts[2 * phase + 1] += row["state"]
        cells[(_group(who, spec.by), item, int(who["ended"] == "left"), *counts)] += 1
    return {
        "people": all_.sizes(spec.by, cutters),
        "cells": [(*where, count) for where, count in cells.items()],
    }


REFERENCE: dict[str, Callable[[Diaries, MeasureSpec, Sequence[int]], Counted]] = {
    "prevalence": prevalence,
    "drugs": drugs,
    "duration": duration,
    "course": course,
    "cuts": cut_weeks,
    "pace": pace,
    "pooled": pooled,
    "numbness": numbness,
}
