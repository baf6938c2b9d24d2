"""Range and slope by phase on one published person: `… feelings/kossakowski.py DAILY.csv`.

Kossakowski et al. 2017 (J Open Psychol Data 5:1, doi 10.5334/jopd.29): one adult, 239 days, an
antidepressant reduced blind. The file is not shipped (its licence is not verified); it holds daily
means and names no events. How well the night was slept (1 to 7, asked in the morning) stands in for
the day's event, from −2 to +2: a slope on nights, by the code that reads slopes on events.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from landward.engines.patterns.reach import best_events, range_of, reactivity_of

PLEASANT = ("mood_relaxed", "mood_satisfi", "mood_enthus", "mood_cheerf", "mood_strong")
PAINFUL = ("mood_irritat", "mood_suspic", "mood_doubt")
"""Those of which 1 is none. Low mood and loneliness run from 1 to 7 with neither in the middle; the
note of the file says −3 to 3 (docs/decisions/0004-kossakowski-scales.md).
"""
SCALES = {"pleasant": (1.0, 7.0), "painful": (1.0, 7.0)}


def rows(path: Path) -> Iterator[str]:
    """One line a phase and kind of feeling."""
    with path.open(encoding="utf-8") as file:
        days = list(csv.DictReader(file))
    phases = list(dict.fromkeys(day["phase"] for day in days if day["phase"]))
    for phase in phases:
        inside = [day for day in days if day["phase"] == phase]
        for name, items in (("pleasant", PLEASANT), ("painful", PAINFUL)):
            values = np.array([_mean(day, items) for day in inside])
            found = range_of(name, values, SCALES[name])
            share = "–" if found.relative_sd is None else f"{100 * found.relative_sd:.0f} %"
            span = (
                "–"
                if found.interval is None
                else f"{100 * found.interval[0]:.0f} to {100 * found.interval[1]:.0f}"
            )
            mean = "–" if found.mean is None else f"{found.mean:.2f}"
            yield f"| {phase} | {name} | {found.n} | {mean} | {share} | {span} |"


def slopes(path: Path) -> Iterator[str]:
    """One line a phase and kind of feeling: the slope on the night."""
    with path.open(encoding="utf-8") as file:
        days = list(csv.DictReader(file))
    for phase in dict.fromkeys(day["phase"] for day in days if day["phase"]):
        inside = [day for day in days if day["phase"] == phase]
        nights = best_events(
            [(at, _step(day["slept_well"])) for at, day in enumerate(inside) if day["slept_well"]]
        )
        for name, items in (("pleasant", PLEASANT), ("painful", PAINFUL)):
            values = np.array([_mean(day, items) for day in inside])
            found = reactivity_of(name, values, SCALES[name], nights)
            slope = "too few" if found is None else f"{found.slope:+.2f}"
            low_high = "–" if found is None else "{:+.2f} to {:+.2f}".format(*found.interval)
            yield f"| {phase} | {name} | {len(nights)} | {slope} | {low_high} |"


def _step(slept_well: str) -> int:
    """1 to 7 as the five steps of an event, −2 to +2."""
    return round((float(slept_well) - 4) * 2 / 3)


def _mean(day: dict[str, str], items: tuple[str, ...]) -> float:
    known = [float(day[item]) for item in items if day[item]]
    return float(np.mean(known)) if known else float("nan")


if __name__ == "__main__":
    print("| phase | feelings | days | mean | moved, of what the mean allows | 95 % |")
    print("| --- | --- | --- | --- | --- | --- |")
    for line in rows(Path(sys.argv[1])):
        print(line)
    print("\n| phase | feelings | nights | slope, points of 7 for a step of five | 95 % |")
    print("| --- | --- | --- | --- | --- |")
    for line in slopes(Path(sys.argv[1])):
        print(line)
