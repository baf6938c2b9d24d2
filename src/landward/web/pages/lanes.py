"""The three lanes: words in HTML, lines in SVG, so that letters keep their size on any screen.

The pictures are stretched to the width there is, with strokes that do not scale; bands stand at
percentages. Nothing needs a style attribute, so the strict policy holds.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from markupsafe import Markup, escape

from landward.app.read.journey import ZOOMS
from landward.app.read.journey_shapes import Journey, Lane, Track
from landward.report.words import date_words

LANE_PX = 104
MOST_DAILY_DAYS = 42
WIDE = 1000.0
MOST_LINKS = 12
CLOSER = {"all": "26w", "1y": "12w", "26w": "4w", "12w": "4w"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where slots lie across the picture."""

    slots: float
    """How many fit; the last one may be cut short, as a week of three days is."""

    def middle(self, slot: float) -> float:
        """The middle of a slot, 0 to WIDE."""
        return min(WIDE, (slot + 0.5) / self.slots * WIDE)

    def percent(self, slot: float) -> str:
        """The left edge of a slot as a percentage."""
        return f"{max(0.0, min(100.0, slot / self.slots * 100)):.3f}%"


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """One lane: its name, what its lines are, the words at its ends, the picture between them."""

    name: str
    key: str
    top_words: str
    bottom_words: str
    svg: Markup


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the picture that opens a closer view."""

    zoom: str
    until: dt.date
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Three lanes, the dates under them, and the stretches over them."""

    lanes: tuple[DrawnLane, ...]
    dates: tuple[str, ...]
    stretches: tuple[Stretch, ...]


def draw(journey: Journey, zoom: str) -> Picture:
    """The picture of one view: how hard the days were first, a lane without an answer left out."""
    dose, feelings, symptoms = journey.lanes
    days = Place(len(symptoms.tracks[0].values))
    easier = "higher is easier" if symptoms.turned else "higher is better"
    drawn = [_lane(symptoms, days, easier, _bands(journey, days))]
    if _is_known(dose):
        drawn.append(_lane(dose, days, _legend(dose)))
    if _is_known(feelings):
        drawn.append(_feelings(feelings, days, journey))
    return Picture(tuple(drawn), _dates(journey), _stretches(journey, days, zoom))


def _lane(lane: Lane, place: Place, key: str, behind: Sequence[str] = ()) -> DrawnLane:
    lines = [part for track in lane.tracks for part in _track(lane, track, place)]
    return DrawnLane(lane.name, key, lane.top_words, lane.bottom_words, _svg(lane, behind, lines))


def _feelings(lane: Lane, place: Place, journey: Journey) -> DrawnLane:
    """Two lines that cross daily are a tangle over months: there each week is drawn as its middle.

    Higher is more of either, which is neither better nor worse, and the lane says so.
    """
    by_week = journey.slot_days == 1 and journey.days > MOST_DAILY_DAYS
    if by_week:
        lane = replace(lane, tracks=tuple(_by_week(track) for track in lane.tracks))
        place = Place(place.slots / 7)
    each = ", the middle of each week" if by_week else ""
    return _lane(lane, place, f"{_legend(lane)}{each}; higher is more")


def _by_week(track: Track) -> Track:
    """The middle answer of every seven days from the first; the last days may be fewer."""
    weeks = (
        [value for value in track.values[at : at + 7] if value is not None]
        for at in range(0, len(track.values), 7)
    )
    return replace(track, values=tuple(median(week) if week else None for week in weeks))


def _is_known(lane: Lane) -> bool:
    return any(value is not None for track in lane.tracks for value in track.values)


def _svg(lane: Lane, behind: Sequence[str], lines: Sequence[str]) -> Markup:
    words = escape(f"{lane.name}, drawn; the table below holds the same")
    return Markup(  # noqa: S704 - numbers and escaped words only
        f'<svg class="lane" width="100%" height="{LANE_PX}" role="img" aria-label="{words}">'
        '<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="7"/>'
        "</pattern></defs>"
        f"{''.join(behind)}"
        f'<line class="axis" x1="0" x2="100%" y1="{LANE_PX}" y2="{LANE_PX}"/>'
        f'<svg width="100%" height="{LANE_PX}" viewBox="0 0 {WIDE:g} {LANE_PX}" '
        f'preserveAspectRatio="none" overflow="visible">{"".join(lines)}</svg></svg>'
    )


def _legend(lane: Lane) -> str:
    """What the lines of a lane are, in words and by how they are drawn."""
    signs = {
        "line": "solid",
        "step": "solid",
        "second": "dotted",
        "planned": "dashed",
        "marks": "dots",
    }
    if len(lane.tracks) < 2:
        return ""
    return ", ".join(f"{signs[t.style]}: {t.name}" for t in lane.tracks if t.style in signs)


def _track(lane: Lane, track: Track, place: Place) -> list[str]:
    points = [
        None if value is None else (place.middle(slot), _height(lane, value))
        for slot, value in enumerate(track.values)
    ]
    runs = _runs(points)
    if track.style == "dots":
        line = "".join(_polyline(run) for run in runs)
        dots = [p for p in points if p is not None]
        hollow = [p for p, c in zip(points, track.carried, strict=False) if p is not None and c]
        return [
            f'<path class="thin" d="{line}"/>',
            f'<path class="dots" d="{_dots(dots)}"/>',
            f'<path class="dots hollow" d="{_dots(hollow)}"/>' if hollow else "",
        ]
    if track.style == "marks":
        return [f'<path class="dots" d="{_dots([p for p in points if p is not None])}"/>']
    if track.style in ("step", "planned"):
        half = WIDE / place.slots / 2
        line = "".join(_steps(run, half) for run in runs)
        kind = "planned" if track.style == "planned" else "line"
        return [f'<path class="{kind}" d="{line}"/>']
    line = "".join(_polyline(run) for run in runs)
    alone = [run[0] for run in runs if len(run) == 1]
    return [f'<path class="{track.style}" d="{line}"/>', f'<path class="dots" d="{_dots(alone)}"/>']


def _height(lane: Lane, value: float) -> float:
    share = (value - lane.low) / (lane.high - lane.low)
    return LANE_PX * (share if lane.turned else 1 - share)


Point = tuple[float, float]


def _runs(points: Sequence[Point | None]) -> list[list[Point]]:
    """Unbroken runs of known points: a gap stays a gap."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            if runs[-1]:
                runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _polyline(run: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run)


def _steps(run: Sequence[Point], half: float) -> str:
    first_x, first_y = run[0]
    text = f"M{first_x - half:.1f} {first_y:.1f}"
    for x, y in run:
        text += f"V{y:.1f}H{x + half:.1f}"
    return text


def _dots(points: Sequence[Point]) -> str:
    """Dots as lines of no length with round ends: they stay round however wide the picture is."""
    return "".join(f"M{x:.1f} {y:.1f}h.01" for x, y in points)


def _bands(journey: Journey, place: Place) -> list[str]:
    """Spells behind the answers. Zoomed out, slots that lie in one by half or more: single days
    would be thinner than their own edges, and would look like more than they are.
    """
    parts = []
    for state, start, end in _stretched(journey) if journey.slot_days == 1 else _mostly(journey):
        box = (
            f'x="{place.percent(start)}" width="{(end - start) / place.slots * 100:.3f}%" '
            f'y="0" height="{LANE_PX}"'
        )
        if state == "window":
            parts.append(f'<rect class="window" {box}/>')
        else:
            parts.append(f'<rect fill="url(#hatch)" {box}/><rect class="edge" {box}/>')
    return parts


Stretched = tuple[str, int, int]
"""State, first slot, and the slot after the last one."""


def _stretched(journey: Journey) -> list[Stretched]:
    return [
        (band.state, (band.first - journey.first).days, (band.last - journey.first).days + 1)
        for band in journey.bands
    ]


def _mostly(journey: Journey) -> list[Stretched]:
    slots = (journey.days + journey.slot_days - 1) // journey.slot_days
    found: list[Stretched] = []
    for state in ("window", "wave"):
        days = [0] * slots
        for kind, start, end in _stretched(journey):
            if kind == state:
                for day in range(start, end):
                    days[day // journey.slot_days] += 1
        for slot, count in enumerate(days):
            if count * 2 < journey.slot_days:
                continue
            if found and found[-1][0] == state and found[-1][2] == slot:
                found[-1] = (state, found[-1][1], slot + 1)
            else:
                found.append((state, slot, slot + 1))
    return found


def _dates(journey: Journey) -> tuple[str, ...]:
    """The two ends of the calendar and, where there is room between them, its middle."""
    middle = journey.first + dt.timedelta(days=journey.days // 2)
    days = (
        (journey.first, middle, journey.last) if journey.days > 4 else (journey.first, journey.last)
    )
    return tuple(date_words(day, year=journey.days > 370) for day in days)


def _stretches(journey: Journey, place: Place, zoom: str) -> tuple[Stretch, ...]:
    """At most twelve stretches that open a closer view; in the closest view the calendar does."""
    if zoom not in CLOSER or journey.days <= ZOOMS["4w"]:
        return ()
    count = min(MOST_LINKS, int(place.slots))
    found = []
    for i in range(count):
        start, end = i * place.slots / count, (i + 1) * place.slots / count
        first = journey.first + dt.timedelta(days=int(start * journey.slot_days))
        until = min(
            journey.last, journey.first + dt.timedelta(days=int(end * journey.slot_days) - 1)
        )
        words = f"Look closer at {date_words(first)} to {date_words(until)}"
        found.append(Stretch(CLOSER[zoom], until, words))
    return tuple(found)
