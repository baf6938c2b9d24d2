"""The chart: better upward, gaps kept, true dates, spells told without colour."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import landward.report
from landward.model.scale import Scale
from landward.report.chart_data import (
    ChartData,
    ChartDose,
    ChartShift,
    ChartSpell,
    middles,
    runs,
    tick_positions,
)
from landward.report.chart_labels import Label, change_names
from landward.report.charts import severity_chart
from landward.report.figure.marks import Figure, Words
from landward.report.figure.svg import paper_svg
from landward.report.palette import DIM, PALETTES, PAPER

ANSWERS = (6, 6, None, None, 5, 7, 7, 8, 8, 9, 4, 3, 3, 4)


def data(**changes: Any) -> ChartData:
    given = {
        "first_day": date(2026, 1, 1),
        "answers": ANSWERS,
        "scale": Scale(low=0, high=10),
        "label": "How hard each day was",
        "best_words": "no trouble",
        "worst_words": "worst",
        "dose": ChartDose(
            drug="diazepam", taken_mg=(10.0,) * 7 + (9.0,) * 7, changes=(7,), changed_to=("9",)
        ),
        "spells": (
            ChartSpell(state="wave", start=6, end=9),
            ChartSpell(state="window", start=10, end=12),
        ),
        "sentence": "One sentence.",
    }
    return ChartData.model_validate(given | changes)


def marks(figure: Figure, role: str) -> list[Any]:
    return [mark for mark in figure.marks if getattr(mark, "role", "") == role]


def texts(figure: Figure) -> list[str]:
    return [mark.text for mark in figure.marks if isinstance(mark, Words)]


def svg(**changes: Any) -> str:
    return paper_svg(severity_chart(data(**changes)), PAPER)


def test_runs_weeks_and_ticks() -> None:
    assert runs(ANSWERS) == [(0, 1), (4, 13)]
    assert runs((None, None)) == []
    weeks = [(w.first, w.last, w.low, w.middle, w.high) for w in middles(ANSWERS, 7)]
    assert weeks == [(0, 6, 6, 6, 7), (7, 13, 3.5, 4, 8)]
    assert middles((1, 1, 1, None, None, None, None), 7) == []
    assert middles((1,) * 6, 7) == []
    assert tick_positions(1) == [0]
    assert tick_positions(84) == [13, 27, 41, 55, 69, 83]
    for days in (1, 2, 7, 15, 28, 84, 85, 239, 365, 3650):
        ticks = tick_positions(days)
        assert ticks[-1] == days - 1 and len(ticks) <= 7


@pytest.mark.parametrize("better", ["down", "up"])
def test_better_is_up_and_no_number_stands_at_an_end(better: str) -> None:
    """A reader took a 0 at the top for the bottom of the axis; the sentence has both numbers."""
    figure = severity_chart(data(scale=Scale(low=0, high=10, better=better)))
    heights = {mark.text: mark.y for mark in figure.marks if isinstance(mark, Words)}
    assert heights["no trouble"] < heights["5"] < heights["worst"]
    assert not any(text.startswith(("0 n", "10 n", "0 w", "10 w")) for text in heights)


def dots(figure: Figure, role: str = "fine-dots") -> list[tuple[float, float]]:
    (path,) = marks(figure, role)
    return [(float(x), float(y)) for x, y in re.findall(r"M([\d.]+) ([\d.]+)h", path.d)]


def test_every_answer_is_a_dot_and_a_gap_stays_a_gap() -> None:
    figure = severity_chart(data(dose=None))
    assert len(dots(figure)) == sum(value is not None for value in ANSWERS)
    (line,) = marks(figure, "thin")
    assert line.d.count("M") == 2  # two unbroken runs


def test_years_are_told_in_middles_of_four_weeks_and_named_by_year() -> None:
    days = 800
    doses = tuple(float(40 - i // 30) for i in range(days))
    figure = severity_chart(
        data(
            answers=tuple(float(i % 11) for i in range(days)),
            dose=ChartDose(drug="diazepam", taken_mg=doses),
        )
    )
    assert not marks(figure, "thin") and not marks(figure, "change")
    (middles,) = marks(figure, "middle")
    assert middles.d.count("M") == days // 28
    assert texts(figure)[-1] == "Mar 2028"


def test_without_a_dose_no_line_and_no_row_of_amounts() -> None:
    bare = severity_chart(data(dose=None))
    assert bare.height < severity_chart(data()).height
    assert not marks(bare, "change") and "9 mg" not in texts(bare)


def test_spells_are_told_by_pattern_and_word() -> None:
    figure = severity_chart(data())
    (window,), (wave,) = marks(figure, "window"), marks(figure, "hatch")
    day = (510 - 74 - 8) / 14
    assert (window.x, window.width) == pytest.approx((74 + 10 * day, 3 * day))
    assert (wave.x, wave.width) == pytest.approx((74 + 6 * day, 4 * day))
    assert {"window", "wave"} <= set(texts(figure))


def test_a_lasting_change_is_as_wide_as_the_days_it_lies_between() -> None:
    figure = severity_chart(data(spells=(), shifts=(ChartShift(at=9, first=7, last=10),)))
    day = (510 - 74 - 8) / 14
    bracket = next(m for m in marks(figure, "middle") if m.d.count("V") == 1 and "v" in m.d)
    left, right = float(bracket.d[1:].split()[0]), float(bracket.d.split("H")[1].split("v")[0])
    assert (left, right) == pytest.approx((74 + 7 * day, 74 + 11 * day), abs=0.1)
    assert "lasting change" in texts(figure)


def test_each_dotted_line_has_its_amount_below_the_answers() -> None:
    figure = severity_chart(data())
    (line,) = marks(figure, "change")
    (amount,) = (m for m in figure.marks if isinstance(m, Words) and m.text == "9 mg")
    assert float(line.d[1:].split()[0]) == pytest.approx(amount.x, abs=0.1)
    assert amount.y > float(line.d.split("V")[1])


def test_the_picture_describes_itself_and_reaches_for_nothing() -> None:
    drawn = svg()
    assert 'aria-label="One sentence."' in drawn
    assert "http" not in drawn.replace("http://www.w3.org", "")
    assert "no trouble" in drawn and "14 Jan" in drawn
    assert "Atkinson Hyperlegible" in drawn


def test_the_same_values_give_the_same_picture() -> None:
    assert svg() == svg()


def test_what_lies_beside_the_plotting_area_is_always_the_same() -> None:
    beyond = {severity_chart(data(), height_pt=tall).height - tall for tall in (72, 190)}
    assert len(beyond) == 1


def test_the_width_is_the_width_asked_for() -> None:
    assert ' width="527" ' in paper_svg(severity_chart(data(), width_pt=527), PAPER)


def test_amounts_keep_clear_of_each_other_and_of_the_edge() -> None:
    near = ChartDose(
        drug="x", taken_mg=(5.0,) * 84, changes=(10, 12, 80), changed_to=("10", "9", "8")
    )
    assert change_names(near, 5, 420) == [
        Label(10, "10 mg"),
        Label(12, "9 mg", row=1),
        Label(80, "8 mg", before=True),
    ]
    assert [one.text for one in change_names(near, 40, 3360)] == ["10 mg", "9 mg", "8 mg"]


def test_a_single_other_day_is_neither_named_nor_a_change() -> None:
    dose = ChartDose(drug="x", taken_mg=(4.0,) * 6 + (5.0,) + (4.0,) * 7)
    assert change_names(dose, 30, 420) == []
    assert not marks(severity_chart(data(dose=dose)), "change")


def test_too_many_changes_are_left_to_the_strip() -> None:
    every = tuple(range(0, 60, 4))
    dose = ChartDose(drug="x", taken_mg=(4.0,) * 84, changes=every, changed_to=("4",) * len(every))
    figure = severity_chart(data(answers=(5.0,) * 84, spells=(), dose=dose))
    assert not marks(figure, "change") and "4 mg" not in texts(figure)


def test_dim_colours_reach_the_picture() -> None:
    dim = paper_svg(severity_chart(data()), DIM)
    assert DIM.window_fill in dim and DIM.hatch in dim and PAPER.window_fill not in dim


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", PALETTES)
def test_words_can_be_read_in_every_set_of_colours(name: str) -> None:
    palette = PALETTES[name]
    for ground in (palette.ground, palette.raised, palette.window_fill):
        for words in (palette.ink, palette.quiet, palette.accent):
            assert contrast(words, ground) >= 4.5, (name, words, ground)
    assert contrast(palette.window_edge, palette.ground) >= 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"answers": ()},
        {"carried": (True,)},
        {"dose": ChartDose(drug="x", taken_mg=(1.0,))},
        {"spells": (ChartSpell(state="wave", start=5, end=14),)},
    ],
)
def test_rows_that_do_not_fit_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        data(**wrong)


def test_paper_has_the_same_colours_in_type_and_in_charts() -> None:
    base = (Path(landward.report.__file__).parent / "templates" / "base.typ").read_text("utf-8")
    said = dict(re.findall(r'#let ([a-z-]+) = rgb\("(#[0-9a-f]{6})"\)', base))
    for name in ("ink", "quiet", "hairline", "window-fill", "window-edge", "hatch"):
        assert said[name] == getattr(PAPER, name.replace("-", "_")), name
    assert said["amber"] == PAPER.accent
