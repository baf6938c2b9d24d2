"""The chart: better upward, gaps kept, true dates, spells told without colour."""

import json
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
    ChartSpell,
    middles,
    runs,
    tick_positions,
)
from landward.report.chart_rows import chart_rows, dose_names
from landward.report.charts import severity_chart
from landward.report.drawing import draw_svg
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
        "dose": ChartDose(drug="diazepam", taken_mg=(10.0,) * 7 + (9.0,) * 7, changes=(7,)),
        "spells": (
            ChartSpell(state="wave", start=6, end=9),
            ChartSpell(state="window", start=10, end=12),
        ),
        "sentence": "One sentence.",
    }
    return ChartData.model_validate(given | changes)


def layers(spec: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for panel in spec["vconcat"]:
        for layer in panel["layer"]:
            found[layer["data"]["name"] + ":" + layer["mark"]["type"]] = layer
    return found


def test_runs_weeks_and_ticks() -> None:
    assert runs(ANSWERS) == [(0, 1), (4, 13)]
    assert runs((None, None)) == []
    assert middles(ANSWERS, 7) == [(0, 6, 6), (7, 13, 4)]
    assert middles((1, 1, 1, None, None, None, None), 7) == []
    assert middles((1,) * 6, 7) == []
    assert tick_positions(1) == [0]
    assert tick_positions(84) == [13, 27, 41, 55, 69, 83]
    for days in (1, 2, 7, 15, 28, 84, 85, 239, 365, 3650):
        ticks = tick_positions(days)
        assert ticks[-1] == days - 1 and len(ticks) <= 7


@pytest.mark.parametrize(("better", "reverse"), [("down", True), ("up", False)])
def test_better_is_up_and_numbers_stay_as_given(better: str, reverse: bool) -> None:
    spec = severity_chart(data(scale=Scale(low=0, high=10, better=better)))
    upright = layers(spec)["answers:point"]["encoding"]["y"]
    assert upright["scale"]["domain"] == [0, 10]
    assert upright["scale"]["reverse"] is reverse
    assert [row["answer"] for row in spec["datasets"]["answers"]] == [
        value for value in ANSWERS if value is not None
    ]
    top = 0 if better == "down" else 10
    assert f'datum.value == {top}.0 ? "{top} no trouble"' in upright["axis"]["labelExpr"]


def test_a_gap_stays_a_gap() -> None:
    rows = chart_rows(data(), 420, 150)["answers"]
    assert [(row["day"], row["run"]) for row in rows][:3] == [(0, 0), (1, 0), (4, 1)]
    taken = chart_rows(data(dose=ChartDose(drug="x", taken_mg=(1.0, None) * 7)), 420, 150)["taken"]
    assert len({row["run"] for row in taken}) == 7


def test_years_are_told_in_middles_of_four_weeks_and_named_by_year() -> None:
    days = 800
    doses = tuple(float(40 - i // 30) for i in range(days))
    years = data(
        answers=tuple(float(i % 11) for i in range(days)),
        dose=ChartDose(drug="diazepam", taken_mg=doses),
    )
    spec = severity_chart(years)
    found = layers(spec)
    assert "answers:line" not in found and "changes:rule" not in found
    assert len(spec["datasets"]["middles"]) == days // 28
    assert "bars the middle of every four weeks" in json.dumps(spec)
    assert '"799": "Mar 2028"' in found["answers:point"]["encoding"]["x"]["axis"]["labelExpr"]


def test_no_doses_no_panel() -> None:
    spec = severity_chart(data(dose=None))
    assert len(spec["vconcat"]) == 1
    assert "taken" not in spec["datasets"]


def test_spells_are_told_by_pattern_and_word() -> None:
    spec = severity_chart(data())
    window = layers(spec)["windows:rect"]["mark"]
    assert window["fill"] != window["stroke"]
    assert spec["datasets"]["windows"] == [{"day": 9.5, "until": 12.5}]
    hatching = spec["datasets"]["hatching"]
    assert min(row["day"] for row in hatching) == pytest.approx(5.5)
    assert max(row["until"] for row in hatching) == pytest.approx(9.5)
    assert all(0 <= row["answer"] <= row["answer2"] + 1e-9 <= 10 + 1e-6 for row in hatching)
    assert {row["text"] for row in spec["datasets"]["spell_names"]} == {"window", "wave"}


def test_the_picture_describes_itself_and_reaches_for_nothing() -> None:
    spec = severity_chart(data())
    assert spec["description"] == "One sentence."
    svg = draw_svg(spec)
    assert "http" not in svg.replace("http://www.w3.org", "")
    assert "How hard each day was" in svg and "no trouble" in svg and "14 Jan" in svg
    assert "Atkinson Hyperlegible" in svg


def test_the_same_values_give_the_same_picture() -> None:
    once = json.dumps(severity_chart(data()))
    assert json.dumps(severity_chart(data())) == once
    assert draw_svg(json.loads(once)) == draw_svg(json.loads(once))


def test_the_width_is_the_width_asked_for() -> None:
    svg = draw_svg(severity_chart(data(), width_px=510))
    width = float(svg.split(' width="')[1].split('"')[0])
    assert abs(width - 510) <= 6


@pytest.mark.parametrize(
    ("drug", "first"), [("diazepam", "10 mg"), ("chlordiazepoxide", "10 mg chlordiazepoxide")]
)
def test_a_long_name_moves_onto_the_line(drug: str, first: str) -> None:
    dose = ChartDose(drug=drug, taken_mg=(10.0,) * 7 + (9.0,) * 7, changes=(7,))
    assert dose_names(dose, 5)[0]["text"] == first
    assert ("9" in {row["text"] for row in dose_names(dose, 5)}) is (drug == "diazepam")
    assert "9" in {row["text"] for row in dose_names(dose, 40)}


def test_a_single_other_day_is_neither_named_nor_a_change() -> None:
    dose = ChartDose(drug="x", taken_mg=(4.0,) * 6 + (5.0,) + (4.0,) * 7)
    rows = chart_rows(data(dose=dose), 420, 150)
    assert [row["text"] for row in rows["dose_names"]] == ["4 mg"] and "changes" not in rows


def test_a_planned_dose_is_dashed_and_apart_from_what_was_taken() -> None:
    dose = ChartDose(drug="x", taken_mg=(4.0,) * 14, planned_mg=(4.0,) * 7 + (3.0,) * 7)
    found = layers(severity_chart(data(dose=dose)))
    assert found["planned:line"]["mark"]["strokeDash"] == [4, 3]
    assert "strokeDash" not in found["taken:line"]["mark"]
    rows = chart_rows(data(dose=dose), 420, 150)
    assert rows["plan_name"] == [{"day": 13.5, "mg": 3.0, "text": "dashed: planned"}]
    alone = ChartDose(drug="x", taken_mg=(None,) * 14, planned_mg=(4.0,) * 14)
    only_planned = chart_rows(data(dose=alone), 420, 150)
    assert only_planned["dose_names"][0]["text"] == "4 mg, planned"
    assert "plan_name" not in only_planned


def test_a_drug_named_by_a_joker_is_only_a_name() -> None:
    svg = draw_svg(severity_chart(data(dose=ChartDose(drug="\"'</text>", taken_mg=(2.0,) * 14))))
    assert "&quot;'&lt;/text&gt;" in svg or "\"'&lt;/text&gt;" in svg


def test_dim_colours_reach_the_picture() -> None:
    svg = draw_svg(severity_chart(data(), palette=DIM))
    assert DIM.window_fill in svg and DIM.hatch in svg and PAPER.window_fill not in svg


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
