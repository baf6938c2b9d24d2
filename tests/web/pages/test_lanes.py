"""The lanes: spells as they are up close, and only what lasted when looked at from far."""

import datetime as dt
import re

from landward.app.read.journey_shapes import Band, Journey, Lane, Track
from landward.web.pages.lanes import draw

FIRST = dt.date(2020, 1, 1)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def journey(slots: int, slot_days: int, *bands: tuple[str, int, int]) -> Journey:
    values = tuple(5.0 for _ in range(slots))
    lanes = tuple(
        Lane(name, 0, 10, "top", "bottom", (Track(name, values),)) for name in ("a", "b", "c")
    )
    shown = tuple(Band(state, day(start), day(end), own=False) for state, start, end in bands)
    last = day(slots * slot_days - 1)
    return Journey(FIRST, last, slot_days, lanes, shown, "", (), ("day",))


def drawn(picture_of: Journey) -> list[tuple[str, float, float]]:
    svg = str(draw(picture_of, "all").lanes[0].svg)
    found = re.findall(r'<rect class="(window|edge)" x="([\d.]+)%" width="([\d.]+)%"', svg)
    return [(kind, float(x), float(width)) for kind, x, width in found]


def test_up_close_every_spell_stands_where_it_was() -> None:
    found = drawn(journey(100, 1, ("window", 10, 19), ("wave", 50, 50)))
    assert found == [("window", 10.0, 10.0), ("edge", 50.0, 1.0)]


def test_from_far_a_band_means_at_least_half_of_the_days() -> None:
    found = drawn(
        journey(10, 28, ("window", 0, 13), ("window", 28, 40), ("wave", 56, 83), ("wave", 84, 99))
    )
    # 14 of 28 days: drawn. 13 of 28: not. 28 and 16 of 28 side by side: one band.
    assert found == [("window", 0.0, 10.0), ("edge", 20.0, 20.0)]


def test_short_spells_in_one_slot_are_counted_together() -> None:
    found = drawn(journey(4, 7, ("window", 0, 1), ("window", 4, 5), ("wave", 21, 23)))
    assert found == [("window", 0.0, 25.0)]


def test_what_was_as_needed_is_dots_apart_from_the_dose() -> None:
    tracks = (
        Track("taken", (5.0, 5.0, 5.0), "step"),
        Track("as needed", (None, 2.0, None), "marks"),
    )
    whole = journey(3, 1)
    dose = Lane("Dose: x", 0, 10, "5 mg a day", "0", tracks)
    view = Journey(whole.first, whole.last, 1, (dose, *whole.lanes[1:]), (), "", (), whole.columns)
    drawn_dose = draw(view, "all").lanes[1]
    assert drawn_dose.key == "solid: taken, dots: as needed"
    assert re.findall(r'<path class="(\w+)" d="(M[^"]*)"', str(drawn_dose.svg)) == [
        ("line", "M0.0 52.0V52.0H333.3V52.0H666.7V52.0H1000.0"),
        ("dots", "M500.0 83.2h.01"),
    ]


def lane(name: str, *values: float | None) -> Lane:
    return Lane(name, 0, 4, "top", "bottom", (Track(name, values),), turned=name == "hard")


def three(dose: Lane, feelings: Lane, hard: Lane) -> Journey:
    slots = len(hard.tracks[0].values)
    return Journey(FIRST, day(slots - 1), 1, (dose, feelings, hard), (), "", (), ("day",))


def test_how_hard_stands_first_and_each_lane_says_what_upward_means() -> None:
    one = draw(three(lane("dose", 1, 2), lane("feelings", 1, 2), lane("hard", 1, 2)), "all")
    assert [(drawn.name, drawn.key) for drawn in one.lanes] == [
        ("hard", "higher is easier"),
        ("dose", ""),
        ("feelings", "; higher is more"),
    ]


def test_a_lane_nobody_answered_is_left_out() -> None:
    only = draw(three(lane("dose", None), lane("feelings", None), lane("hard", 3)), "all")
    assert [drawn.name for drawn in only.lanes] == ["hard"]


def test_feelings_of_many_weeks_are_drawn_as_the_middle_of_each_week() -> None:
    daily = tuple(float(number % 7) / 2 for number in range(50))  # 0 to 3 in each week
    shown = draw(three(lane("dose", None), lane("feelings", *daily), lane("hard", *daily)), "all")
    feelings = str(shown.lanes[1].svg)
    assert feelings.count("L") == 7  # eight weeks, the last of them one day
    assert "the middle of each week" in shown.lanes[1].key
    assert max(float(x) for x in re.findall(r"[ML]([\d.]+) ", feelings)) <= 1000
