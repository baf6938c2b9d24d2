"""Where the words of the chart stand: doses, spells, the plan, each clear of its neighbours."""

from dataclasses import dataclass

from landward.model.said import phrase
from landward.report.chart_data import ChartData, ChartDose

TYPE_PT = 10.5
LETTER_PT = 0.56 * TYPE_PT
"""The width of an average letter, near enough to keep labels apart."""

SPELL_LABEL_PT = 38
DOSE_LABEL_PT = 30
AXIS_NAME_LETTERS = 12
MOST_CHANGES = 14
"""More changes than this would hatch the whole picture: then only the dose line tells them."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a slot of the calendar; `value` is how high, where that matters."""

    slot: float
    text: str
    value: float = 0.0


def known_mg(dose: ChartDose) -> list[float]:
    """Every known amount, taken ones first, in date order."""
    return [mg for mg in (*dose.taken_mg, *dose.planned_mg) if mg is not None]


def name_stands_beside(dose: ChartDose) -> bool:
    """Whether the drug's name fits to the left of its line, clear of the zero below."""
    known = known_mg(dose)
    return len(dose.drug) <= AXIS_NAME_LETTERS and known[0] >= 0.3 * (max(known) or 1.0)


def dose_names(dose: ChartDose, slot_pt: float) -> list[Label]:
    """The first amount, and the amount of each lasting change where the one before leaves room."""
    taken = any(mg is not None for mg in dose.taken_mg)
    unit = " mg" if name_stands_beside(dose) else phrase(" mg {drug}", drug=dose.drug)
    if not taken:
        unit += ", planned"
    rows: list[Label] = []
    free_pt = 0.0
    for i, mg in _named(dose.taken_mg, dose.changes) if taken else _steps_of(dose.planned_mg):
        if i * slot_pt >= free_pt:
            text = phrase("{mg}{unit}", mg=f"{mg:.6g}", unit="" if rows else unit)
            rows.append(Label(i, text, mg))
            free_pt = i * slot_pt + max(DOSE_LABEL_PT, len(text) * LETTER_PT)
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


def plan_name(dose: ChartDose) -> Label | None:
    """The word that tells what the dashed line is, at its end; none where nothing was taken."""
    planned = [(i, mg) for i, mg in enumerate(dose.planned_mg) if mg is not None]
    if not planned or all(mg is None for mg in dose.taken_mg):
        return None
    place, mg = planned[-1]
    clear_of_zero = 0.35 * max(known_mg(dose))
    return Label(place + 1, phrase("dashed: planned"), max(mg, clear_of_zero))


def spell_names(data: ChartData, slot_pt: float) -> list[Label]:
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
        Label((spell.start + spell.end) / 2, spell.state)
        for spell in data.spells
        if (spell.end - spell.start + 1) * slot_pt >= SPELL_LABEL_PT
        or spell == longest[spell.state]
    ]
