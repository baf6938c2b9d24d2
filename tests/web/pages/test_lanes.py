"""The lanes: spells as they are up close, and only what lasted when looked at from far."""

import datetime as dt
import re

from landward.app.read.journey_shapes import Band, Journey
from landward.report.figure.lane import Bar, Lane, Stretch, Track
from landward.report.figure.tide import Tide, TideDay
from landward.web.pages.lanes import behind_of, draw

FIRST = dt.date(2020, 1, 1)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def journey(slots: int, slot_days: int, *bands: tuple[str, int, int], **lanes: Lane) -> Journey:
    values = tuple(5.0 for _ in range(slots))
    hard = Lane("How hard", 0, 10, "top", "bottom", (Track("hard", values),), key="hard")
    shown = tuple(Band(state, day(start), day(end), own=False) for state, start, end in bands)
    last = day(slots * slot_days - 1)
    tide = Tide((TideDay(FIRST, "none"),))
    drawn = tuple(lanes.values()) or (hard,)
    return Journey(FIRST, last, slot_days, drawn, shown, "", (), ("day",), tide)


def test_up_close_every_spell_stands_where_it_was() -> None:
    shown = journey(100, 1, ("window", 10, 19), ("wave", 50, 50))
    assert behind_of(shown) == (Stretch("window", 10, 20), Stretch("wave", 50, 51))
    svg = draw(shown, "all").lanes[0].svg
    assert 'class="window" x="10%"' in svg and 'width="10%"' in svg
    assert 'fill="url(#lane0-hatch)" x="50%"' in svg


def test_from_far_a_band_means_at_least_half_of_the_days() -> None:
    found = behind_of(
        journey(10, 28, ("window", 0, 13), ("window", 28, 40), ("wave", 56, 83), ("wave", 84, 99))
    )
    # 14 of 28 days: drawn. 13 of 28: not. 28 and 16 of 28 side by side: one band.
    assert found == (Stretch("window", 0, 1), Stretch("wave", 2, 4))


def test_short_spells_in_one_slot_are_counted_together() -> None:
    found = behind_of(journey(4, 7, ("window", 0, 1), ("window", 4, 5), ("wave", 21, 23)))
    assert found == (Stretch("window", 0, 1),)


def test_what_was_as_needed_is_dots_apart_from_the_dose() -> None:
    tracks = (
        Track("taken", (5.0, 5.0, 5.0), "step"),
        Track("as needed", (None, 2.0, None), "marks"),
    )
    dose = Lane("Dose: x", 0, 10, "5 mg a day", "0", tracks, note="now 5 mg", key="dose")
    (drawn,) = draw(journey(3, 1, dose=dose), "all").lanes
    assert drawn.key == "now 5 mg; solid: taken, dots: as needed"
    assert re.findall(r'<path class="(\w+)" d="(M[^"]*)"', str(drawn.svg)) == [
        ("line", "M0.0 52.0V52.0H333.3V52.0H666.7V52.0H1000.0"),
        ("dots", "M500.0 80.8h.01"),
        ("axis", "M0 104H1000"),
    ]


def test_lanes_stand_in_the_order_they_came_and_small_ones_are_lower() -> None:
    small = Lane("Anxiety", 0, 4, "none", "extreme", (Track("a", (1.0,)),), key="a", small=True)
    dose = Lane("Dose", 0, 4, "4 mg", "0", (Track("b", (1.0,)),), key="dose")
    found = draw(journey(1, 1, dose=dose, small=small), "all").lanes
    assert [lane.name for lane in found] == ["Dose", "Anxiety"]
    heights = [float(re.findall(r'height="([\d.]+)rem"', str(lane.svg))[0]) for lane in found]
    assert heights[1] < heights[0]


def test_a_week_is_a_band_from_quarter_to_quarter_with_its_middle() -> None:
    lane = Lane(
        "Pleasant", 0, 4, "fully", "not at all", (Track("p", (1.0,) * 14, "table"),),
        bars=(Bar(0, 7, 2.0, 1.0, 3.0), Bar(7, 14, 3.0)), note="higher is more of it",
    )  # fmt: skip
    (drawn,) = draw(journey(14, 1, lane=lane), "all").lanes
    assert drawn.key == "higher is more of it; bars: the middle half"
    assert str(drawn.svg).count('class="range"') == 1
    (middles,) = re.findall(r'class="middle" d="([^"]+)"', str(drawn.svg))
    assert middles.count("M") == 2
    assert 'class="line"' not in drawn.svg  # no zigzag
