"""Curves of made-up people on one axis of days: up to two courses, one full and one dotted.

Each lane has the middle person as a line and eight of ten people as the band behind it (of the
first course). Better is upward, as everywhere: withdrawal and numbness are drawn turned.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from landward.model.course import ArmCourse, Band, Course
from landward.model.said import Words as Said
from landward.model.said import begun, joined, phrase
from landward.report.figure.marks import Figure, Mark, Path, Words

WIDTH, LANE, HEAD, FOOT, GAP = 320.0, 62.0, 16.0, 30.0, 22.0
MOST_POINTS = 160


@dataclass(frozen=True, slots=True)
class LaneWords:
    """What a lane is called and what its two ends mean."""

    curve: str
    name: Said
    top: Said
    bottom: Said
    turned: bool = False


LANES = (
    LaneWords("concentration", phrase("In the blood"), phrase("most"), phrase("none")),
    LaneWords("tone", phrase("Calming that is left"), phrase("calmer"), phrase("less calm")),
    LaneWords("withdrawal", phrase("Withdrawal"), phrase("none"), phrase("harder"), turned=True),
    LaneWords("blunting", phrase("Feelings"), phrase("clear"), phrase("numb"), turned=True),
)


def lab_curves(course: Course, arms: Sequence[ArmCourse]) -> Figure:
    """Four lanes over the days of a course."""
    marks: list[Mark] = []
    top = 0.0
    for lane in LANES:
        marks += _lane(lane, arms, top)
        top += HEAD + LANE + GAP
    days = len(course.days)
    for arm in arms:
        if arm.stop_day < days - 1:
            x = arm.stop_day / max(1, days - 1) * WIDTH
            marks.append(Path("change", f"M{x:.1f} {HEAD}V{top - GAP:.1f}"))
    base = top - GAP + 25
    marks += [
        Words("soft small", 0, base, phrase("day 0")),
        Words("soft small", WIDTH, base, phrase("day {day}", day=days - 1), "end"),
    ]
    return Figure(WIDTH, top - GAP + FOOT, tuple(marks), told(arms), key="lab")


def told(arms: Sequence[ArmCourse]) -> Said:
    """What the picture shows, in sentences about the made-up people."""
    return joined(" ", [_arm_told(arm) for arm in arms])


def _arm_told(arm: ArmCourse) -> Said:
    name = begun(arm.name)
    low, middle, high = (round(day) for day in arm.peak_day)
    days = len(arm.curves["withdrawal"])
    if arm.stop_day >= days - 1:
        return phrase("{name}: the medicine goes on.", name=name)
    return phrase(
        "{name}: in these made-up people withdrawal is worst about day {middle} after the last "
        "dose, in eight of ten between day {low} and {high}.",
        name=name, middle=middle, low=low, high=high,
    )  # fmt: skip


def _lane(lane: LaneWords, arms: Sequence[ArmCourse], top: float) -> list[Mark]:
    rows = [arm.curves[lane.curve] for arm in arms]
    low = min(0.0, *(band[0] for row in rows for band in row))
    high = max((band[2] for row in rows for band in row), default=1.0)
    room = _Room(low, high if high > low else low + 1.0, top + HEAD, lane.turned)
    marks: list[Mark] = [
        Words("words small", 0, top + 11, lane.name),
        Words("soft small", WIDTH, top + 11, lane.top, "end"),
        Words("soft small", WIDTH, top + HEAD + LANE + 10, lane.bottom, "end"),
        Path("axis", f"M0 {top + HEAD + LANE:.1f}H{WIDTH}"),
    ]
    first, *others = rows
    marks.append(Path("range", _band(first, room)))
    marks.append(Path("line", _line(first, room)))
    marks += [Path("second", _line(row, room)) for row in others]
    return marks


@dataclass(frozen=True, slots=True)
class _Room:
    low: float
    high: float
    top: float
    turned: bool

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.top + LANE * (share if self.turned else 1 - share)


def _places(days: int) -> list[int]:
    """At most so many days, evenly apart, the last one among them."""
    if days <= MOST_POINTS:
        return list(range(days))
    return [round(place * (days - 1) / (MOST_POINTS - 1)) for place in range(MOST_POINTS)]


def _points(row: Sequence[Band], which: int, room: _Room) -> list[str]:
    last = max(1, len(row) - 1)
    return [f"{p / last * WIDTH:.1f} {room.y(row[p][which]):.1f}" for p in _places(len(row))]


def _line(row: Sequence[Band], room: _Room) -> str:
    return "M" + "L".join(_points(row, 1, room))


def _band(row: Sequence[Band], room: _Room) -> str:
    there, back = _points(row, 2, room), _points(row, 0, room)
    return "M" + "L".join([*there, *reversed(back)]) + "Z"


def level_curve(
    hours: Sequence[float], usual: Sequence[float], missed: Sequence[float], left_out_h: float
) -> Figure:
    """A level with one dose left out (full) beside the usual one (dotted), of the peak."""
    top, high = 14.0, 120.0

    def line(row: Sequence[float]) -> str:
        step = max(1, len(row) // 300)
        end = hours[-1]
        return "M" + "L".join(
            f"{hour / end * WIDTH:.1f} {top + (1 - share) * high:.1f}"
            for hour, share in list(zip(hours, row, strict=True))[::step]
        )

    x = left_out_h / hours[-1] * WIDTH
    days = round(hours[-1] / 24)
    marks: list[Mark] = [
        Path("axis", f"M0 {top + high}H{WIDTH}"),
        Path("change", f"M{x:.1f} {top}V{top + high}"),
        Path("second", line(usual)),
        Path("line", line(missed)),
        Words("soft small", 0, 10, phrase("the usual highest")),
        Words("soft small", 0, top + high + 12, phrase("none")),
        Words("soft small", WIDTH, top + high + 12, phrase("{days} days", days=days), "end"),
        Words("words small", x, 10, phrase("left out here"), "middle"),
    ]
    words = phrase("A level with one dose left out, beside the usual level, over {days} days.",
                   days=days)  # fmt: skip
    return Figure(WIDTH, top + high + FOOT, tuple(marks), words, key="level")
