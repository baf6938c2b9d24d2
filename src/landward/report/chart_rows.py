"""The rows a chart draws, by name: plain numbers from plain values, before any drawing library.

Horizontal places are days from the first one (0); a day reaches from half before to half after.
"""

from typing import Any

from landward.report.chart_data import ChartData, ChartDose, middles, runs
from landward.report.hatching import hatch_lines

TYPE_PX = 10.5
LETTER_PX = 0.56 * TYPE_PX
"""The width of an average letter, near enough to keep labels apart."""

HATCH_PX = 5.0
SPELL_LABEL_PX = 38
DOSE_LABEL_PX = 30
AXIS_NAME_LETTERS = 12
MOST_CHANGES = 14
"""More changes than this would hatch the whole picture: then only the dose line tells them."""

Rows = list[dict[str, Any]]


def chart_rows(data: ChartData, width_px: float, height_px: float) -> dict[str, Rows]:
    """Every set of rows that is not empty, by the name the panels ask for.

    `width_px` and `height_px` are the plotting area of the answers; hatching and labels need them.
    """
    px_per_day = width_px / data.days
    rows: dict[str, Rows] = {
        "answers": answer_rows(data),
        "middles": [
            {"day": first, "until": last, "answer": middle}
            for first, last, middle in middles(data.answers, data.middle_days)
        ],
        "windows": [
            {"day": spell.start - 0.5, "until": spell.end + 0.5}
            for spell in data.spells
            if spell.state == "window"
        ],
        "hatching": hatching_rows(data, px_per_day, height_px),
        "spell_names": spell_names(data, px_per_day),
    }
    if data.dose is not None:
        rows["taken"] = step_rows(data.dose.taken_mg)
        rows["planned"] = step_rows(data.dose.planned_mg)
        rows["plan_name"] = plan_name(data.dose)
        rows["dose_names"] = dose_names(data.dose, px_per_day)
        changes = data.dose.changes
        rows["changes"] = [{"day": i - 0.5} for i in changes if len(changes) <= MOST_CHANGES]
    return {name: found for name, found in rows.items() if found}


def answer_rows(data: ChartData) -> Rows:
    """One row per answered day; `run` numbers the unbroken runs, so that gaps stay gaps."""
    carried = data.carried or (False,) * data.days
    return [
        {
            "day": i,
            "answer": data.answers[i],
            "run": number,
            "carried": carried[i],
            "date": data.date_of(i).isoformat(),
        }
        for number, (first, last) in enumerate(runs(data.answers))
        for i in range(first, last + 1)
    ]


def step_rows(values: tuple[float | None, ...]) -> Rows:
    """Corner points of a step line, one unbroken line per run of known days."""
    rows: Rows = []
    for number, (first, last) in enumerate(runs(values)):
        rows += [{"day": i - 0.5, "mg": values[i], "run": number} for i in range(first, last + 1)]
        rows.append({"day": last + 0.5, "mg": values[last], "run": number})
    return rows


def known_mg(dose: ChartDose) -> list[float]:
    """Every known amount, taken ones first, in date order."""
    return [mg for mg in (*dose.taken_mg, *dose.planned_mg) if mg is not None]


def name_stands_beside(dose: ChartDose) -> bool:
    """Whether the drug's name fits to the left of its line, clear of the zero below."""
    known = known_mg(dose)
    return len(dose.drug) <= AXIS_NAME_LETTERS and known[0] >= 0.3 * (max(known) or 1.0)


def dose_names(dose: ChartDose, px_per_day: float) -> Rows:
    """The first amount, and the amount of each lasting change where the one before leaves room."""
    taken = any(mg is not None for mg in dose.taken_mg)
    unit = " mg" if name_stands_beside(dose) else f" mg {dose.drug}"
    if not taken:
        unit += ", planned"
    rows: Rows = []
    free_px = 0.0
    for i, mg in _named(dose.taken_mg, dose.changes) if taken else _steps_of(dose.planned_mg):
        if i * px_per_day >= free_px:
            text = f"{mg:.6g}{'' if rows else unit}"
            rows.append({"day": i - 0.5, "mg": mg, "text": text})
            free_px = i * px_per_day + max(DOSE_LABEL_PX, len(text) * LETTER_PX)
    return rows


def _named(taken: tuple[float | None, ...], changes: tuple[int, ...]) -> list[tuple[int, float]]:
    """The first known day, and the first day on each new lasting dose."""
    first = next(i for i, mg in enumerate(taken) if mg is not None)
    found = ((i, taken[i]) for i in sorted({first, *changes}))
    return [(i, mg) for i, mg in found if mg is not None]


def _steps_of(planned: tuple[float | None, ...]) -> list[tuple[int, float]]:
    """The first day on each planned amount."""
    found: list[tuple[int, float]] = []
    for i, mg in enumerate(planned):
        if mg is not None and (not found or mg != found[-1][1]):
            found.append((i, mg))
    return found


def plan_name(dose: ChartDose) -> Rows:
    """The word that tells what the dashed line is, at its end; none where nothing was taken."""
    planned = [(i, mg) for i, mg in enumerate(dose.planned_mg) if mg is not None]
    if not planned or all(mg is None for mg in dose.taken_mg):
        return []
    place, mg = planned[-1]
    clear_of_zero = 0.35 * max(known_mg(dose))
    return [{"day": place + 0.5, "mg": max(mg, clear_of_zero), "text": "dashed: planned"}]


def hatching_rows(data: ChartData, px_per_day: float, height_px: float) -> Rows:
    """Short slanted rules that fill the bands of the waves, in days and points of the scale."""
    scale = data.scale
    top, down = (scale.high, -1.0) if scale.better == "up" else (scale.low, 1.0)
    per_px = down * scale.width / height_px
    return [
        {
            "day": x1 / px_per_day - 0.5,
            "until": x2 / px_per_day - 0.5,
            "answer": top + y1 * per_px,
            "answer2": top + y2 * per_px,
        }
        for spell in data.spells
        if spell.state == "wave"
        for x1, y1, x2, y2 in hatch_lines(
            spell.start * px_per_day, (spell.end + 1) * px_per_day, height_px, HATCH_PX
        )
    ]


def spell_names(data: ChartData, px_per_day: float) -> Rows:
    """Name every band with room for its name; of each kind at least the longest."""
    longest = {
        state: max(
            (spell for spell in data.spells if spell.state == state),
            key=lambda spell: (spell.end - spell.start, -spell.start),
            default=None,
        )
        for state in ("window", "wave")
    }
    return [
        {"day": (spell.start + spell.end) / 2, "text": spell.state}
        for spell in data.spells
        if (spell.end - spell.start + 1) * px_per_day >= SPELL_LABEL_PX
        or spell == longest[spell.state]
    ]
