"""A lane: answers of one kind on one axis, over a run of equal slots of time."""

from collections.abc import Sequence
from dataclasses import dataclass

from landward.report.figure.marks import Box, Hatched, Mark, Path
from landward.report.figure.scales import Across, Upright

Row = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """One line in a lane: a value per slot (a day or a week), None where nothing is known."""

    name: str
    values: Row
    style: str = "line"
    """line, second, step, planned, dots (a thin line with a dot a day), fine or tiny (dots alone,
    the fine ones on a thin line), marks, lights, floods, asides; “table” is in the table alone."""
    carried: tuple[bool, ...] = ()
    per_slot: int = 1
    """How many of its values share one slot: days behind weeks."""
    behind: bool = False
    """Whether it is drawn behind the bars instead of over them."""
    told: bool = True
    """Whether its values stand in the table; what is drawn turned over is told by another one."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The middle of several slots, `end` not included, and the middle half of them if known."""

    start: float
    end: float
    middle: float
    low: float | None = None
    high: float | None = None
    base: float | None = None
    """From where it is filled, if it is."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """A lasting change: the slot where it most likely began, and the two it lies between."""

    at: float
    first: float
    end: float


@dataclass(frozen=True, slots=True)
class Lane:
    """Tracks and bars on one axis, with the words at its two ends."""

    name: str
    low: float
    high: float
    top_words: str
    bottom_words: str
    tracks: tuple[Track, ...]
    turned: bool = False
    """Whether small values are drawn on top, because small is better."""
    bars: tuple[Bar, ...] = ()
    note: str = ""
    """What belongs beside the name: the dose now, what upward means."""
    key: str = ""
    """What the lane is called in an address."""
    brackets: tuple[Bracket, ...] = ()
    line_at: float | None = None
    """A value at which a fine line goes through: the middle of two halves."""
    tall: float = 1.0
    """How many times as tall as the others it is drawn."""
    small: bool = False
    """Whether it is one of several beside each other, drawn lower."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A window or a wave behind a lane, from one slot to another, the last one not included."""

    state: str
    start: float
    end: float


def lane_marks(
    lane: Lane,
    across: Across,
    upright: Upright,
    behind: Sequence[Stretch] = (),
    changes: Sequence[int] = (),
) -> tuple[Mark, ...]:
    """Everything inside a lane's frame, from back to front. A gap stays a gap.

    `changes` are slots on which something began, drawn as fine dotted lines.
    """
    marks: list[Mark] = []
    for stretch in behind:
        marks += _stretch(stretch, across, upright)
    bottom = upright.top + upright.height
    marks += [
        Path("change", f"M{across.edge(slot):.1f} {upright.top:g}V{bottom:g}") for slot in changes
    ]
    if lane.line_at is not None:
        right = across.left + across.width
        marks.append(Path("axis", f"M{across.left:g} {upright.at(lane.line_at):.1f}H{right:g}"))
    for track in lane.tracks:
        if track.behind:
            marks += _track(track, across, upright)
    marks += _bars(lane.bars, across, upright)
    for track in lane.tracks:
        if not track.behind:
            marks += _track(track, across, upright)
    for one in lane.brackets:
        below = _above_middle(lane, one, upright)
        edge, way = (bottom, -1.0) if below else (upright.top, 1.0)
        marks += _bracket(one, across, edge, way)
    return tuple(mark for mark in marks if not isinstance(mark, Path) or mark.d)


def _stretch(stretch: Stretch, across: Across, upright: Upright) -> list[Mark]:
    left, right = across.edge(stretch.start), across.edge(stretch.end)
    place = (left, upright.top, right - left, upright.height)
    if stretch.state == "window":
        return [Box("window", *place)]
    return [Hatched("hatch", *place), Box("edge", *place)]


def _above_middle(lane: Lane, one: Bracket, upright: Upright) -> bool:
    """Whether the answers around a bracket lie in the upper half: it stands below them then."""
    reach = max(one.end - one.first, 2.0)
    first, end = one.first - reach, one.end + reach
    near = [bar.middle for bar in lane.bars if first <= bar.start < end]
    near += [
        value
        for track in lane.tracks
        if track.style != "table"
        for value in track.values[_whole(first, track) : _whole(end, track)]
        if value is not None
    ]
    if not near:
        return lane.small
    return upright.at(sum(near) / len(near)) < upright.top + upright.height / 2


def _whole(slot: float, track: Track) -> int:
    return max(int(slot * track.per_slot), 0)


def _bracket(one: Bracket, across: Across, edge: float, way: float) -> list[Mark]:
    """As wide as the days between which the change lies, with a tick at the likeliest; `way` is
    1 where it opens downward from the edge, −1 where upward.
    """
    left, right, at = across.edge(one.first), across.edge(one.end), across.edge(one.at)
    return [
        Path("middle", f"M{left:.1f} {edge + 5 * way:g}V{edge + way:g}H{right:.1f}v{4 * way:g}"),
        Path("line", f"M{at:.1f} {edge + way:g}v{8 * way:g}"),
    ]


LEAST_RANGE = 3.0
"""A range of one number is drawn this tall, so that it can be seen."""


def _bars(bars: Sequence[Bar], across: Across, upright: Upright) -> list[Mark]:
    """Every middle half, and over them all middles as one path: ten years are hundreds of each."""
    marks: list[Mark] = []
    middles = []
    for bar in bars:
        left, right = across.edge(bar.start), across.edge(bar.end)
        gap = min(1.0, (right - left) / 8)
        if bar.low is not None and bar.high is not None:
            top, bottom = sorted((upright.at(bar.low), upright.at(bar.high)))
            room = max(bottom - top, LEAST_RANGE)
            top = (top + bottom - room) / 2
            marks.append(Box("range", left + gap, top, right - left - 2 * gap, room))
        if bar.base is not None:
            ends = sorted((upright.at(bar.middle), upright.at(bar.base)))
            place = (left + gap, ends[0], right - left - 2 * gap, ends[1] - ends[0])
            marks.append(Box("reach", *place))
        middles.append(f"M{left + gap:.1f} {upright.at(bar.middle):.1f}H{right - gap:.1f}")
    return [*marks, Path("middle", "".join(middles))]


Point = tuple[float, float]


def _track(track: Track, across: Across, upright: Upright) -> list[Mark]:
    if track.style == "table":
        return []
    points: list[Point | None] = [
        None if value is None else (_place(track, across, slot), upright.at(value))
        for slot, value in enumerate(track.values)
    ]
    runs = _runs(points)
    known = [point for point in points if point is not None]
    if track.style in ("dots", "fine", "tiny", "marks"):
        role = {"fine": "fine-dots", "tiny": "tiny-dots"}.get(track.style, "dots")
        line = "".join(_polyline(run) for run in runs) if track.style in ("dots", "fine") else ""
        hollow = [p for p, c in zip(points, track.carried, strict=False) if p is not None and c]
        return [Path("thin", line), Path(role, _dots(known)), Path("hollow", _dots(hollow))]
    if track.style in ("lights", "floods"):
        return [Path("light" if track.style == "lights" else "flood", _dots(known))]
    if track.style == "asides":
        return [Path("sign-dots", _dots(known))]
    if track.style in ("step", "planned"):
        line = "".join(_steps(run, across) for run in runs)
        return [Path("planned" if track.style == "planned" else "line", line)]
    line = "".join(_polyline(run) for run in runs)
    alone = [run[0] for run in runs if len(run) == 1]
    return [Path(track.style, line), Path("dots", _dots(alone))]


def _place(track: Track, across: Across, number: int) -> float:
    if track.per_slot == 1:
        return across.middle(number)
    return across.edge((number + 0.5) / track.per_slot)


def _runs(points: Sequence[Point | None]) -> list[list[Point]]:
    """Unbroken runs of known points."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point is not None:
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _polyline(run: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run)


def _steps(run: Sequence[Point], across: Across) -> str:
    (first_x, first_y), half, end = run[0], across.slot / 2, across.left + across.width
    text = f"M{first_x - half:.1f} {first_y:.1f}"
    for x, y in run:
        text += f"V{y:.1f}H{min(x + half, end):.1f}"
    return text


def _dots(points: Sequence[Point]) -> str:
    """Dots as lines of no length with round ends: they stay round however wide the picture is."""
    return "".join(f"M{x:.1f} {y:.1f}h.01" for x, y in points)
