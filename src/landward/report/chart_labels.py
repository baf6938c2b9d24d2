"""Where the words of the chart stand: changes of the dose and spells, clear of their neighbours."""

from dataclasses import dataclass

from landward.report.chart_data import ChartData, ChartDose

TYPE_PT = 10.5
LETTER_PT = 0.56 * TYPE_PT
"""The width of an average letter, near enough to keep labels apart."""

SPELL_LABEL_PT = 38
ARROW_PT = 2 * LETTER_PT
"""What stands at the left of its line points to it."""
ROWS = 2
"""Amounts that would touch stand in a second row; what has no room there either is left out."""

MOST_CHANGES = 14
"""More changes than this would hatch the whole picture: then only the strip above tells them."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a slot of the calendar."""

    slot: float
    text: str
    before: bool = False
    """Whether it stands at the left of its slot, because the right has no room."""
    row: int = 0
    """Its row, counted from above."""


def shown_changes(data: ChartData) -> tuple[int, ...]:
    """The changes drawn as dotted lines; none where there are too many to be told apart."""
    changes = data.dose.changes if data.dose else ()
    return changes if len(changes) <= MOST_CHANGES else ()


def change_names(dose: ChartDose, slot_pt: float, width_pt: float) -> list[Label]:
    """The amount from each change on, at the right of its line, in the first row with room for it.

    Near the right edge it stands at the left of its line instead, and points to it.
    """
    found: list[Label] = []
    free_pt = [0.0] * ROWS
    for slot, amount in zip(dose.changes, dose.changed_to, strict=False):
        text = f"{amount} mg"
        x, wide = slot * slot_pt, len(text) * LETTER_PT + 6
        before = x + wide > width_pt
        wide += ARROW_PT if before else 0
        left = x - wide if before else x
        row = next((number for number, free in enumerate(free_pt) if left >= free), None)
        if row is not None:
            found.append(Label(slot, text, before, row))
            free_pt[row] = left + wide
    return found


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
