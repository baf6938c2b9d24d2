"""The pictures of Journey on a page: words in HTML, lines in SVG, so that letters keep their size.

The pictures are stretched to the width there is, with strokes that do not scale. Nothing needs a
style attribute, so the strict policy holds.
"""

import datetime as dt
from dataclasses import dataclass

from markupsafe import Markup

from landward.app.read.journey import ZOOMS
from landward.app.read.journey_lanes import HARD
from landward.app.read.journey_shapes import Journey
from landward.model.said import ENGLISH, Catalogue, joined, phrase
from landward.report.figure.lane import Lane, Stretch, lane_marks
from landward.report.figure.marks import Figure, Path
from landward.report.figure.scales import Across, Upright
from landward.report.figure.svg import page_svg
from landward.report.words import date_words

LANE_PX, SMALL_PX = 104.0, 58.0
WIDE = 1000.0
MOST_LINKS = 12
CLOSER = {"all": "26w", "1y": "12w", "26w": "4w", "12w": "4w"}
_SIGNS = {
    "line": phrase("solid"), "step": phrase("solid"), "second": phrase("dotted"),
    "planned": phrase("dashed"), "marks": phrase("dots"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """One lane: its name, what its lines are, the words at its ends, the picture between them."""

    name: str
    key: str
    top_words: str
    bottom_words: str
    svg: Markup


@dataclass(frozen=True, slots=True)
class NearerView:
    """A part of the picture that opens a closer view."""

    zoom: str
    until: dt.date
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The lanes, the dates under them, and the stretches over them."""

    lanes: tuple[DrawnLane, ...]
    dates: tuple[str, ...]
    stretches: tuple[NearerView, ...]
    brackets: bool
    """Whether any lane shows a lasting change."""


def draw(journey: Journey, zoom: str, catalogue: Catalogue = ENGLISH) -> Picture:
    """The picture of one view, its lanes in the order they have; the spells behind the first."""
    slots = journey.days / journey.slot_days
    across = Across(slots, 0, WIDE)
    behind = behind_of(journey)
    drawn = tuple(
        drawn_lane(lane, across, behind if lane.key == HARD else (), number, catalogue)
        for number, lane in enumerate(journey.lanes)
    )
    dates = dates_under(journey.first, journey.last)
    brackets = any(lane.brackets for lane in journey.lanes)
    return Picture(drawn, dates, _nearer(journey, slots, zoom), brackets)


def drawn_lane(
    lane: Lane,
    across: Across,
    behind: tuple[Stretch, ...],
    number: int,
    catalogue: Catalogue = ENGLISH,
) -> DrawnLane:
    """One lane as a picture of its own; `number` tells it from the others of a page."""
    height = SMALL_PX if lane.small else LANE_PX * lane.tall
    upright = Upright(lane.low, lane.high, 4, height - 8, lane.turned)
    marks = lane_marks(lane, across, upright, behind)
    floor = Path("axis", f"M0 {height:g}H{WIDE:g}")
    words = phrase("{name}, drawn; the table below holds the same", name=lane.name)
    figure = Figure(WIDE, height, (*marks, floor), words, key=f"lane{number}", hatch_gap=7)
    svg = Markup(page_svg(figure, catalogue))  # noqa: S704 - the renderer escapes every word
    return DrawnLane(lane.name, _key(lane), lane.top_words, lane.bottom_words, svg)


def _key(lane: Lane) -> str:
    """What belongs beside the name, and what the lines of a lane are by how they are drawn."""
    drawn = [track for track in lane.tracks if track.style in _SIGNS]
    signs = joined(
        ", ", (phrase("{sign}: {name}", sign=_SIGNS[one.style], name=one.name) for one in drawn)
    )
    bars = phrase("bars: the middle half") if any(bar.low is not None for bar in lane.bars) else ""
    parts = (lane.note, signs if len(drawn) > 1 else "", bars)
    return joined("; ", filter(None, parts))


def behind_of(journey: Journey) -> tuple[Stretch, ...]:
    """Spells behind the answers. Zoomed out, slots that lie in one by half or more: single days
    would be thinner than their own edges, and would look like more than they are.
    """
    return tuple(_by_day(journey) if journey.slot_days == 1 else _mostly(journey))


def _by_day(journey: Journey) -> list[Stretch]:
    return [
        Stretch(band.state, (band.first - journey.first).days, (band.last - journey.first).days + 1)
        for band in journey.bands
    ]


def _mostly(journey: Journey) -> list[Stretch]:
    slots = -(-journey.days // journey.slot_days)
    found: list[Stretch] = []
    for state in ("window", "wave"):
        days = [0] * slots
        for one in _by_day(journey):
            if one.state == state:
                for day in range(int(one.start), int(one.end)):
                    days[day // journey.slot_days] += 1
        for slot, count in enumerate(days):
            if count * 2 < journey.slot_days:
                continue
            if found and found[-1].state == state and found[-1].end == slot:
                found[-1] = Stretch(state, found[-1].start, slot + 1)
            else:
                found.append(Stretch(state, slot, slot + 1))
    return found


def dates_under(first: dt.date, last: dt.date) -> tuple[str, ...]:
    """The two ends of the calendar and, where there is room between them, its middle."""
    days = (last - first).days + 1
    middle = first + dt.timedelta(days=days // 2)
    shown = (first, middle, last) if days > 4 else (first, last)
    return tuple(date_words(day, year=days > 370) for day in shown)


def _nearer(journey: Journey, slots: float, zoom: str) -> tuple[NearerView, ...]:
    """At most twelve stretches that open a closer view; in the closest view the calendar does."""
    if zoom not in CLOSER or journey.days <= ZOOMS["4w"]:
        return ()
    count = min(MOST_LINKS, int(slots))
    found = []
    for i in range(count):
        start, end = i * slots / count, (i + 1) * slots / count
        first = journey.first + dt.timedelta(days=int(start * journey.slot_days))
        until = min(
            journey.last, journey.first + dt.timedelta(days=int(end * journey.slot_days) - 1)
        )
        words = phrase(
            "Look closer at {first} to {until}", first=date_words(first), until=date_words(until)
        )
        found.append(NearerView(CLOSER[zoom], until, words))
    return tuple(found)
