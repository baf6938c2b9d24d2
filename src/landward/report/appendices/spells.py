"""Windows, waves and lasting changes as this program reads them, each with how sure it is."""

from datetime import date

from landward.model.said import Words, phrase
from landward.model.waves import LevelShift, Spell, State, WaveReading
from landward.report.appendices.part import Leaf, Part
from landward.report.blocks.scope import Scope
from landward.report.blocks.shape import Column, Lines, Row, Table, row
from landward.report.pattern_words import own_levels
from landward.report.words import count_words, date_words, number_words

_STATES = {State.WINDOW: phrase("window"), State.WAVE: phrase("wave")}
TITLE = phrase("Windows and waves, day by day")
NOTE = phrase(
    "A window is easier, a wave harder than the days around it. A reading by this program, not "
    "the patient’s own words and no diagnosis. The true first and last day probably lie within "
    "the days in brackets. After is not because."
)


def spells(scope: Scope) -> tuple[Leaf, ...]:
    """Every window and wave that touches the period, then the changes of level that stayed."""
    reading = scope.reading
    if reading is None or reading.first_day is None or not _read(reading):
        return (_leaf(Lines(said=(phrase("Too few days for a reading."),))),)
    found = [
        one for one in reading.spells if one.state in _STATES and _touches(scope, reading, one)
    ]
    shifts = [one for one in reading.level_shifts if scope.holds(reading.date_of(one.index))]
    if not (found or shifts):
        return (_leaf(Lines(said=(phrase("No window and no wave was found in these days."),))),)
    leaves = []
    if found:
        table = Table(
            columns=(
                Column(head=""), Column(head=phrase("from"), share=1),
                Column(head=phrase("to"), share=1), Column(head=phrase("length"), right=True),
                Column(head=phrase("points from usual"), right=True),
            ),
            rows=tuple(_row(reading, one) for one in found),
            note=NOTE,
        )  # fmt: skip
        leaves.append(_leaf(table))
    if shifts:
        table = Table(
            columns=(
                Column(head=phrase("from"), share=1),
                Column(head=phrase("middle before"), right=True),
                Column(head=phrase("middle after"), right=True),
                Column(head=phrase("since then"), share=1),
            ),
            rows=tuple(_shift(scope, reading, one) for one in shifts),
            note=NOTE if not found else "",
        )  # fmt: skip
        leaves.append(_leaf(table, phrase("Changes of level that lasted")))
    return tuple(leaves)


def _read(reading: WaveReading) -> bool:
    """Whether there were days enough to call any of them usual, a window or a wave."""
    return any(day.state != State.UNKNOWN for day in reading.days)


def _leaf(shape: Table | Lines, title: Words = TITLE) -> Leaf:
    return Leaf(part=SPELLS.name, title=title, shape=shape)


def _touches(scope: Scope, reading: WaveReading, one: Spell) -> bool:
    return (
        reading.date_of(one.start) <= scope.last_day and reading.date_of(one.end) >= scope.first_day
    )


def _row(reading: WaveReading, one: Spell) -> Row:
    return row(
        _STATES[one.state],
        _day(reading, one.start, one.start_interval),
        _day(reading, one.end, one.end_interval),
        count_words(one.days, "day"),
        _points(one.amplitude),
    )


def _shift(scope: Scope, reading: WaveReading, one: LevelShift) -> Row:
    before, after = own_levels(one, reading.scale, scope.main.scale.better == "up")
    return row(
        _day(reading, one.index, one.interval),
        number_words(round(before, 1)),
        number_words(round(after, 1)),
        phrase("it stays") if one.stays else phrase("eased over the months after"),
    )


def _day(reading: WaveReading, place: int, within: tuple[int, int]) -> Words:
    """“3 Mar 2026 (1 Mar to 5 Mar)”."""
    first, last = (_bounded(reading, at) for at in within)
    day = date_words(reading.date_of(place))
    if first == last:
        return day
    span = (date_words(one, year=False) for one in (first, last))
    return phrase("{day} ({first} to {last})", day=day, first=next(span), last=next(span))


def _bounded(reading: WaveReading, place: int) -> date:
    return reading.date_of(max(0, min(place, len(reading.days) - 1)))


def _points(amplitude: float) -> Words:
    size = number_words(abs(round(amplitude, 1)))
    if amplitude < 0:
        return phrase("{size} easier", size=size)
    return phrase("{size} harder", size=size)


SPELLS = Part(
    "spells",
    phrase("windows and waves with how sure they are"),
    spells,
    tells=("chart", "days"),
    reads=True,
)
