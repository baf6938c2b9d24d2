"""No letter of anybody's ends the program that draws."""

import pytest

from landward.report.drawing import draw_svg


@pytest.mark.parametrize("name", ["\uffff", "\x1b[31mred", "\x00", "clon\ufffeazepam", "𐏿"])
def test_a_letter_that_xml_cannot_hold_is_left_out(name: str) -> None:
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": [{"x": 1, "drug": name}]},
        "mark": "text",
        "encoding": {"text": {"field": "drug"}, "x": {"field": "x", "type": "quantitative"}},
    }
    assert draw_svg(spec).startswith("<svg")
