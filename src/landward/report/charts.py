"""The main chart on paper: how hard each day was, and where a lasting change of the dose lies.

Better is upward. The dose of the same days stands in the strip above; here its lasting changes are
dotted lines with their amount. A window is open light with a fine edge, a wave is hatched, a
lasting change of the answers is a bracket: readings of this program, drawn only where asked for.
"""

from landward.report.chart_data import ChartData, middles, tick_positions
from landward.report.chart_labels import TYPE_PT, Label, change_names, shown_changes, spell_names
from landward.report.figure.lane import Bar, Bracket, Lane, Stretch, Track, lane_marks
from landward.report.figure.marks import Figure, Mark, Path, Words
from landward.report.figure.scales import Across, Upright
from landward.report.words import date_words

AXIS_PT = 74.0
"""Room for the words at the ends of the axis."""
RIGHT_PT = 8.0
SPELLS_PT, DATES_PT, AMOUNTS_PT = 13.0, 19.0, 13.0
ASCENT_PT, TOP_PT = 0.36 * TYPE_PT, 5.0


def severity_chart(data: ChartData, *, width_pt: float = 510, height_pt: float = 190) -> Figure:
    """The chart, `width_pt` wide; `height_pt` is the plotting area of the answers.

    A screen reader says `data.sentence`.
    """
    across = Across(data.days, AXIS_PT, width_pt - AXIS_PT - RIGHT_PT)
    top = TOP_PT + (SPELLS_PT if data.spells or data.shifts else 0)
    marks = _answers(data, across, top, height_pt)
    bottom = top + height_pt
    if shown_changes(data):
        names = change_names(data.dose, across.slot, across.width) if data.dose else []
        marks += [_amount(one, across, bottom + AMOUNTS_PT * (one.row + 1) - 2) for one in names]
        bottom += AMOUNTS_PT * (1 + max((one.row for one in names), default=0))
    marks += _calendar(data, across, bottom)
    return Figure(width_pt, bottom + DATES_PT, tuple(marks), data.sentence, key="chart")


def _amount(one: Label, across: Across, y: float) -> Mark:
    """The amount a dotted line stands for, below the answers."""
    x = across.edge(one.slot)
    if one.before:
        # A reader took an amount at the left of its line for that of the line before it.
        return Words("words", x, y, f"{one.text} →", "end", dx=-3)
    return Words("words", x, y, one.text, dx=3)


def _beside(across: Across, y: float, text: str) -> Words:
    return Words("words", across.left - 6, y + ASCENT_PT, text, "end")


def _answers(data: ChartData, across: Across, top: float, tall: float) -> list[Mark]:
    scale = data.scale
    upright = Upright(scale.low, scale.high, top, tall, turned=scale.better == "down")
    style = "tiny" if data.long else "fine"
    bars = tuple(
        Bar(one.first, one.last + 1, one.middle, one.low, one.high)
        for one in middles(data.answers, data.middle_days)
    )
    lane = Lane(
        data.label, scale.low, scale.high, "", "",
        (Track(data.label, data.answers, style, data.carried),), bars=bars,
        brackets=tuple(Bracket(one.at, one.first, one.last + 1) for one in data.shifts),
    )  # fmt: skip
    behind = [Stretch(spell.state, spell.start, spell.end + 1) for spell in data.spells]
    bottom = top + tall
    marks: list[Mark] = list(lane_marks(lane, across, upright, behind, shown_changes(data)))
    marks += [
        Words("soft", across.middle(label.slot), top - 3, label.text, "middle")
        for label in spell_names(data, across.slot)
    ]
    marks += [
        Words("words", across.edge(shift.at), top - 3, "lasting change", "middle")
        for shift in data.shifts
    ]
    best, worst = (scale.low, scale.high) if scale.better == "down" else (scale.high, scale.low)
    middle = (scale.low + scale.high) / 2
    # No number at the ends: a 0 at the top is read as the bottom of an axis. The sentence has them.
    ends = ((best, data.best_words), (middle, f"{middle:g}"), (worst, data.worst_words))
    for value, words in ends:
        text = words.replace("-", "−")
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
        words = date_words(data.date_of(place), year=data.long)
        text = words.split(" ", 1)[1] if data.long else words
        last = place == data.days - 1
        marks.append(Path("axis", f"M{x:.1f} {y:.1f}v4"))
        at = right if last else x
        marks.append(Words("words", at, y + 15, text, "end" if last else "middle"))
    return marks
