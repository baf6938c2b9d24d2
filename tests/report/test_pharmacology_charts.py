"""The lab's picture: what it must say, and that better is upward."""

import json

import pytest

from landward.app.library.lab import UNMEASURED, run_lab
from landward.report.drawing import draw_svg
from landward.report.pharmacology_charts import lab_chart

COURSE = run_lab("slower-taper", people=20)
SPEC = lab_chart(COURSE)


def test_every_picture_says_what_nobody_measured_and_that_it_is_no_forecast() -> None:
    told = " ".join(SPEC["title"]["subtitle"])
    for behaviour in UNMEASURED:
        assert behaviour in told
    assert "made up" in told
    assert "Not a forecast" in told
    assert "Do not stop suddenly" in told


@pytest.mark.parametrize(("panel", "reversed_"), [(0, False), (1, False), (2, True), (3, True)])
def test_better_is_upward(panel: int, reversed_: bool) -> None:
    scales = [
        layer["encoding"]["y"]["scale"]["reverse"]
        for layer in SPEC["vconcat"][panel]["layer"]
        if "scale" in layer["encoding"].get("y", {})
    ]
    assert scales
    assert set(scales) == {reversed_}


def test_every_arm_is_drawn_and_named_without_a_legend() -> None:
    text = json.dumps(SPEC, ensure_ascii=False)
    for number, arm in enumerate(COURSE.arms):
        assert arm.name in SPEC["datasets"][f"arm_{number}"][0]["text"]
        assert f"withdrawal_{number}" in SPEC["datasets"]
    assert '"legend": {' not in text


def test_the_same_course_is_drawn_the_same_way() -> None:
    assert draw_svg(SPEC) == draw_svg(lab_chart(COURSE))
