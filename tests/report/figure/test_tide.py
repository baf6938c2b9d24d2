"""The tide calendar: every day where its week is, never a shade without an answer."""

import datetime as dt
import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landward.report.figure.legend import legend
from landward.report.figure.marks import Box, Figure, Hatched, Link, Path, Words
from landward.report.figure.svg import page_svg, paper_svg
from landward.report.figure.tide import Tide, TideDay, TideDose, shade_of
from landward.report.figure.tide_grid import WIDTH, beside, grid_of, taps
from landward.report.figure.tide_marks import tide_figure
from landward.report.palette import PAPER

MONDAY = dt.date(2026, 1, 5)


def days(count: int, first: dt.date = MONDAY, **changes: Any) -> tuple[TideDay, ...]:
    """A made-up run: every day answered 5 unless `changes[position]` says otherwise."""
    made = []
    for place in range(count):
        given_ = {"kind": "answered", "shade": 5, "words": "5", **changes.get(f"d{place}", {})}
        made.append(TideDay(first + dt.timedelta(days=place), **given_))
    return tuple(made)


def cells(figure: Figure) -> dict[str, list[tuple[float, float]]]:
    found: dict[str, list[tuple[float, float]]] = {}
    for mark in figure.marks:
        if isinstance(mark, Path) and mark.role.startswith("cell"):
            places = re.findall(r"M([\d.]+) ([\d.]+)h", mark.d)
            found[mark.role] = [(float(x), float(y)) for x, y in places]
    return found


def test_weeks_run_down_with_the_newest_last() -> None:
    figure = tide_figure(Tide(days(70)))
    (places,) = cells(figure).values()
    assert len(places) == 70
    grid = grid_of(Tide(days(70)))
    assert places[0] == pytest.approx((grid.x(0), grid.y(0)), abs=0.06)
    assert places[69] == pytest.approx((grid.x(6), grid.y(9)), abs=0.06)
    assert grid.pitch == 12 and 36 <= grid.column <= 46


@pytest.mark.parametrize(
    ("count", "layout", "rows"),
    [(1, "days", 1), (40, "days", 6), (43, "weeks", 7), (427, "weeks", 61), (3652, "months", 121)],
)
def test_as_many_days_as_there_are_choose_the_rows(count: int, layout: str, rows: int) -> None:
    tide = Tide(days(count, dt.date(2016, 1, 4)))
    assert (tide.layout, grid_of(tide).rows) == (layout, rows)


def test_fourteen_months_fit_a_phone() -> None:
    assert tide_figure(Tide(days(427))).height <= 844 - 48


def test_a_day_without_an_answer_is_a_sign_and_never_a_shade() -> None:
    none = {"kind": "none", "shade": None, "words": ""}
    unwell = {"kind": "unwell", "shade": None, "words": ""}
    figure = tide_figure(Tide(days(50, d3=none, d4=unwell)))
    assert sum(map(len, cells(figure).values())) == 48
    roles = [mark.role for mark in figure.marks if isinstance(mark, Path)]
    assert roles.count("sign-dots") == 1 and roles.count("dash") == 1


def test_a_window_is_one_edge_a_row_and_a_wave_is_hatched_in_ink_its_ground_carries() -> None:
    window = {f"d{n}": {"state": "window"} for n in range(5, 10)}
    wave = {f"d{n}": {"state": "wave", "shade": n - 15} for n in (20, 21, 22)}
    figure = tide_figure(Tide(days(50, **window, **wave)))
    lit = [mark for mark in figure.marks if isinstance(mark, Box) and mark.role == "lit"]
    column = grid_of(Tide(days(50))).column
    assert [round(box.width / column, 1) for box in lit] == [2.0, 3.0]  # Sat, Sun; Mon to Wed
    hatched = [mark.role for mark in figure.marks if isinstance(mark, Hatched)]
    assert hatched == ["hatch5", "hatch6", "hatch7"]  # Sunday, then Monday and Tuesday


def test_own_words_carry_a_bookmark() -> None:
    own = {f"d{n}": {"state": "wave", "own": True} for n in (1, 2, 3)}
    marks = tide_figure(Tide(days(50, **own))).marks
    assert len([m for m in marks if isinstance(m, Box) and m.role == "own"]) == 1


def test_the_dose_is_a_step_that_gets_narrower_where_it_does() -> None:
    dose = TideDose("x", (2.0,) * 30 + (None,) * 3 + (1.0,) * 17, "2 mg", "now 1 mg")
    figure = tide_figure(Tide(days(50), (dose,)))
    (fill,) = [m for m in figure.marks if isinstance(m, Path) and m.role == "dose"]
    assert fill.d.count("M") == 2  # a gap stays a gap
    texts = {m.text for m in figure.marks if isinstance(m, Words)}
    assert {"2 mg", "now 1 mg"} <= texts


def test_beside_a_few_days_no_stub_of_a_dose_is_drawn_and_the_days_have_the_width() -> None:
    """One row cannot show a course: a day's dose was a dash cut off at the edge of a phone."""
    dose = (TideDose("clonazepam", (1.0,), "1 mg", "now 1 mg"),)
    beside_one = tide_figure(Tide(days(1), dose))
    assert not [m for m in beside_one.marks if isinstance(m, Path) and m.role.startswith("dose")]
    assert grid_of(Tide(days(1), dose)).column == grid_of(Tide(days(1))).column
    two_weeks = (TideDose("clonazepam", (1.0,) * 14, "1 mg", "now 1 mg"),)
    drawn = tide_figure(Tide(days(14), two_weeks))
    assert [m for m in drawn.marks if isinstance(m, Path) and m.role == "dose"]


def test_two_drugs_stand_beside_each_other() -> None:
    doses = tuple(TideDose(name, (1.0,) * 50, "1 mg", "") for name in "ab")
    figure = tide_figure(Tide(days(50), doses))
    fills = [m.d for m in figure.marks if isinstance(m, Path) and m.role == "dose"]
    left = [float(d[1:].split()[0]) for d in fills]
    right = [max(float(x) for x in re.findall(r"H([\d.]+)", d)) for d in fills]
    assert right[0] < left[1] and right[1] <= WIDTH


def test_from_right_to_left_all_changes_sides_and_time_still_runs_down() -> None:
    doses = (TideDose("x", (1.0,) * 50, "1 mg", "now 1 mg"),)
    plain = tide_figure(Tide(days(50, d3={"state": "window"}), doses))
    turned = tide_figure(Tide(days(50, d3={"state": "window"}), doses, right_to_left=True))
    lit = [next(m for m in f.marks if getattr(m, "role", "") == "lit") for f in (plain, turned)]
    assert isinstance(lit[0], Box) and isinstance(lit[1], Box)
    assert lit[1].x == pytest.approx(WIDTH - lit[0].x - lit[0].width) and lit[1].y == lit[0].y
    monday = next(m for m in turned.marks if isinstance(m, Words) and m.text == "Mo")
    assert monday.x > WIDTH / 2
    assert (turned.width, turned.height) == (plain.width, plain.height)


def test_on_paper_nothing_is_tapped_and_on_a_page_every_day_is_reached_once() -> None:
    tide = Tide(days(427, dt.date(2025, 9, 25)))
    assert not any(isinstance(mark, Link) for mark in tide_figure(tide).marks)
    found = taps(tide, grid_of(tide))
    assert found[0].first == tide.first and found[-1].last == tide.last
    for one, after in pairwise(found):
        assert after.first == one.last + dt.timedelta(days=1)
        assert after.first_row == one.first_row + one.rows
    assert all(tap.rows * 12 >= 44 for tap in found)


def test_large_days_are_links_a_finger_hits() -> None:
    figure = tide_figure(
        Tide(days(28)),
        enlarge=lambda first, _: f"/day/{first}",
        label=lambda first, _: str(first),
    )
    links = [mark for mark in figure.marks if isinstance(mark, Link)]
    assert len(links) == 28
    boxes = [mark for link in links for mark in link.marks if isinstance(mark, Box)]
    assert all(box.height >= 48 for box in boxes)


def test_months_stand_at_the_left_and_never_in_one_row() -> None:
    for count in (20, 60, 427, 731, 3652):
        tide = Tide(days(count, dt.date(2016, 1, 29)))
        rows = [(word.row, word.small) for word in beside(tide, grid_of(tide))]
        assert len(set(rows)) == len(rows)


@settings(deadline=None)  # a slow machine fails no property
@given(st.integers(1, 4000), st.integers(0, 4000))
def test_every_day_has_a_place_of_its_own(count: int, later: int) -> None:
    tide = Tide(days(count, MONDAY + dt.timedelta(days=later)))
    grid = grid_of(tide)
    places = [grid.place(one.day) for one in tide.days]
    assert len(set(places)) == count and places == sorted(places)
    assert places[0][0] == 0 and places[-1][0] == grid.rows - 1
    assert all(0 <= column < grid.columns for _, column in places)


@pytest.mark.parametrize(
    ("value", "shade"), [(0, 0), (10, 10), (5, 5), (4.5, 5), (-3, 0), (99, 10)]
)
def test_the_ramp_has_a_shade_for_every_answer(value: float, shade: int) -> None:
    assert shade_of(value, 0, 10) == shade
    assert shade_of(4, 0, 4, better_up=True) == 0


def test_days_that_do_not_follow_each_other_are_refused() -> None:
    one = TideDay(MONDAY, "none")
    with pytest.raises(ValueError, match="follow"):
        Tide((one, TideDay(MONDAY + dt.timedelta(days=2), "none")))
    with pytest.raises(ValueError, match="at least one"):
        Tide(())
    with pytest.raises(ValueError, match="covers"):
        Tide((one,), (TideDose("x", (), "", ""),))
    with pytest.raises(ValueError, match="shade"):
        Tide((TideDay(MONDAY, "answered", 11),))


def test_the_legend_names_only_what_occurs() -> None:
    plain = [sign.words for sign in legend(Tide(days(50)), ("no trouble", "the worst"))]
    assert plain == ["no trouble to the worst"]
    full = Tide(days(50, d1={"state": "wave", "own": True}, d2={"kind": "none", "shade": None}))
    words = [sign.words for sign in legend(full, ("a", "b"))]
    assert words == ["a to b", "wave", "no entry", "my own word"]


def test_ten_years_are_a_small_picture_and_the_same_one_twice() -> None:
    tide = Tide(days(3652))
    assert len(page_svg(tide_figure(tide))) < 150_000
    assert paper_svg(tide_figure(tide), PAPER) == paper_svg(tide_figure(tide), PAPER)


@given(st.integers(1, 1200), st.integers(0, 800))
def test_all_places_at_once_are_the_place_of_each_day(count: int, later: int) -> None:
    tide = Tide(days(count, MONDAY + dt.timedelta(days=later)))
    grid = grid_of(tide)
    assert list(grid.places(tide.days)) == [grid.place(one.day) for one in tide.days]
