"""Whether the sheet that was printed last still fits the plan as it is lived.

What is kept of a print is its version and the first day of every line as the sheet showed it. A
line nobody said yes to stands on it as “from 12 Jan, if you go on”: it is held against the plan
only once it has begun, each line and not only the first.
"""

import datetime as dt
from itertools import groupby, pairwise

from landward.app.plan.standing import Standing
from landward.model.said import Said, phrase


def print_of(one: Standing) -> str:
    """The version and the days of its lines, a run of equal lines as one: “2 2026-01-05 14x3 7x1”.

    The last line's length is no day of another line and is left out.
    """
    days = [step.start for step in one.plan.steps]
    apart = [(after - before).days for before, after in pairwise(days)]
    runs = (f"{gap}x{sum(1 for _ in same)}" for gap, same in groupby(apart))
    return " ".join([f"{one.plan.version}", days[0].isoformat(), *runs])


def starts_in(printed: str) -> tuple[str, list[dt.date]]:
    """The version and the days that were printed; no days where the text says none."""
    version, *rest = printed.split()
    if not rest:
        return version, []
    days = [dt.date.fromisoformat(rest[0])]
    for run in rest[1:]:
        gap, _, count = run.partition("x")
        for _ in range(int(count)):
            days.append(days[-1] + dt.timedelta(days=int(gap)))
    return version, days


def outdated(printed: str, one: Standing) -> Said | str:
    """What to say of a print that no longer fits, “” where it fits or none was made."""
    if not printed:
        return ""
    version, days = starts_in(printed)
    if version != f"{one.plan.version}":
        return phrase("Your printed sheet, version {version}, no longer fits.", version=version)
    begun = [step.start for step in one.plan.steps[: one.begun]]
    if any(shown != lived for shown, lived in zip(days, begun, strict=False)):
        return phrase(
            "Your printed sheet, version {version}, has other days now: lines moved.",
            version=version,
        )
    return ""
