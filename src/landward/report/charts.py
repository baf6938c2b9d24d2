"""The main chart on paper: the dose above, how hard each day was below, one calendar for both.

Better is upward. A window is open light with a fine edge, a wave is hatched, a lasting change is
a bracket as wide as the days between which it lies. Drawn by the one renderer of `figure`.
"""

from landward.model.said import joined, phrase
from landward.report.chart_data import ChartData, ChartDose, middles, tick_positions
from landward.report.chart_labels import (
    MOST_CHANGES,
    TYPE_PT,
    dose_names,
    known_mg,
    name_stands_beside,
    plan_name,
    spell_names,
)
from landward.report.figure.lane import Bar, Bracket, Lane, Stretch, Track, lane_marks
from landward.report.figure.marks import Figure, Mark, Path, Words
from landward.report.figure.scales import Across, Upright
from landward.report.words import date_words, month_words

AXIS_PT = 74.0
"""Room for the words at the ends of the axis."""
RIGHT_PT = 8.0
DOSE_PT, NO_DOSE_PT = 48.0, 16.0
DOSE_HEADROOM = 1.5
"""The axis of the doses ends above the largest one, so that its label has room."""
BETWEEN_PT, TITLE_PT, SPELLS_PT, DATES_PT = 8.0, 15.0, 13.0, 19.0
BOLD_LETTER_PT, NOTE_LETTER_PT = 0.55 * TYPE_PT, 0.48 * TYPE_PT
ASCENT_PT, DROP_PT = 0.36 * TYPE_PT, 3.0


def severity_chart(data: ChartData, *, width_pt: float = 510, height_pt: float = 190) -> Figure:
    """The chart, `width_pt` wide; `height_pt` is the plotting area of the answers.

    The doses are left out where the diary holds none. A screen reader says `data.sentence`.
    """
    across = Across(data.days, AXIS_PT, width_pt - AXIS_PT - RIGHT_PT)
    top, marks = 2.0, list[Mark]()
    if data.dose is not None:
        tall = DOSE_PT if max(known_mg(data.dose)) else NO_DOSE_PT
        marks += _doses(data.dose, across, top, tall)
        top += tall + BETWEEN_PT
    top += TITLE_PT
    marks += _title(data, top - 4, width_pt)
    top += SPELLS_PT if data.spells or data.shifts else DROP_PT
    marks += _answers(data, across, top, height_pt)
    marks += _calendar(data, across, top + height_pt)
    height = top + height_pt + DATES_PT
    return Figure(width_pt, height, tuple(marks), data.sentence, key="chart")


def frame_pt(data: ChartData) -> float:
    """What the whole picture needs beyond the plotting area of the answers."""
    return severity_chart(data, height_pt=100).height - 100


def _title(data: ChartData, top: float, width_pt: float) -> list[Mark]:
    """The name at the left, what is drawn at the right; the least needed goes where room ends."""
    span = phrase("every four weeks") if data.long else phrase("each week")
    parts = [phrase("dots: days")]
    if middles(data.answers, data.middle_days):
        parts.append(phrase("bars: the middle of {span}", span=span))
    if _shown_changes(data):
        parts.append(phrase("dotted: dose changed"))
    free = width_pt - len(data.label) * BOLD_LETTER_PT - 12
    while len(parts) > 1 and len(joined(", ", parts)) * NOTE_LETTER_PT > free:
        parts.pop()
    note = Words("soft", width_pt - RIGHT_PT, top, joined(", ", parts), "end")
    return [Words("strong", 0, top, data.label), note]


def _shown_changes(data: ChartData) -> tuple[int, ...]:
    changes = data.dose.changes if data.dose else ()
    return changes if len(changes) <= MOST_CHANGES else ()


def _doses(dose: ChartDose, across: Across, top: float, tall: float) -> list[Mark]:
    known = known_mg(dose)
    high = (max(known) or 1.0) * DOSE_HEADROOM
    upright = Upright(0, high, top, tall)
    tracks = (Track("planned", dose.planned_mg, "planned"), Track("taken", dose.taken_mg, "step"))
    marks: list[Mark] = list(lane_marks(Lane("", 0, high, "", "", tracks), across, upright))
    marks.append(_beside(across, upright.at(0), "0 mg"))
    if name_stands_beside(dose):
        marks.append(_beside(across, upright.at(known[0]), dose.drug))
    named = plan_name(dose)
    if named:
        y = upright.at(named.value) + 4 + 2 * ASCENT_PT
        marks.append(Words("soft", across.edge(named.slot), y, named.text, "end"))
    for label in dose_names(dose, across.slot):
        y = upright.at(label.value) - 4
        marks.append(Words("words", across.edge(label.slot), y, label.text, dx=3))
    return marks


def _beside(across: Across, y: float, text: str) -> Words:
    return Words("words", across.left - 6, y + ASCENT_PT, text, "end")


def _answers(data: ChartData, across: Across, top: float, tall: float) -> list[Mark]:
    scale = data.scale
    upright = Upright(scale.low, scale.high, top, tall, turned=scale.better == "down")
    style = "tiny" if data.long else "fine"
    bars = tuple(
        Bar(first, last + 1, middle)
        for first, last, middle in middles(data.answers, data.middle_days)
    )
    lane = Lane(
        data.label, scale.low, scale.high, "", "",
        (Track(data.label, data.answers, style, data.carried),), bars=bars,
        brackets=tuple(Bracket(one.at, one.first, one.last + 1) for one in data.shifts),
    )  # fmt: skip
    behind = [Stretch(spell.state, spell.start, spell.end + 1) for spell in data.spells]
    bottom = top + tall
    marks: list[Mark] = list(lane_marks(lane, across, upright, behind, _shown_changes(data)))
    marks += [
        Words("soft", across.middle(label.slot), top - 3, label.text, "middle")
        for label in spell_names(data, across.slot)
    ]
    marks += [
        Words("words", across.edge(shift.at), top - 3, phrase("lasting change"), "middle")
        for shift in data.shifts
    ]
    best, worst = (scale.low, scale.high) if scale.better == "down" else (scale.high, scale.low)
    middle = (scale.low + scale.high) / 2
    ends = ((best, data.best_words), (middle, ""), (worst, data.worst_words))
    for value, words in ends:
        text = f"{value:g} {words}".replace("-", "−").rstrip()
        marks.append(_beside(across, upright.at(value), text))
        y = upright.at(value)
        marks.append(Path("axis", f"M{across.left - 4:g} {y:.1f}h4"))
    marks.append(Path("axis", f"M{across.left:g} {top:g}V{bottom:g}"))
    return marks


def _calendar(data: ChartData, across: Across, y: float) -> list[Mark]:
    """The line under the answers with its dates: “3 Feb”, or “Feb 2026” in a chart of years."""
    right = across.left + across.width
    marks: list[Mark] = [Path("axis", f"M{across.left:g} {y:.1f}H{right:.1f}")]
    for place in tick_positions(data.days):
        x = across.middle(place)
        day = data.date_of(place)
        text = month_words(day, year=True) if data.long else date_words(day, year=False)
        last = place == data.days - 1
        marks.append(Path("axis", f"M{x:.1f} {y:.1f}v4"))
        at = right if last else x
        marks.append(Words("words", at, y + 15, text, "end" if last else "middle"))
    return marks
