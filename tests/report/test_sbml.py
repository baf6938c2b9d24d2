"""The SBML document says the same equations as the engine: read back by a small interpreter."""

import math
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from landward.engines.pharmacology.adaptation import slopes
from landward.engines.pharmacology.people import typical_person
from landward.model.dosing_text import parse_dosing
from landward.report.sbml import Felt, sbml_model
from tests.engines.pharmacology.made import ADAPTATION, TWO_BOXES, rate_matrix

NS = {"s": "http://www.sbml.org/sbml/level3/version2/core"}
MATH = "{http://www.w3.org/1998/Math/MathML}"
DOSING = parse_dosing("long", "10 mg nightly x 3")


def evaluate(node: ET.Element, values: dict[str, float]) -> float:
    """The value of one MathML element."""
    if node.tag == MATH + "cn":
        return float(node.text or "")
    if node.tag == MATH + "ci":
        return values[node.text or ""]
    head, *rest = node
    parts = [evaluate(child, values) for child in rest]
    match head.tag.removeprefix(MATH):
        case "plus":
            return sum(parts)
        case "times":
            return math.prod(parts)
        case "minus":
            return -parts[0] if len(parts) == 1 else parts[0] - parts[1]
        case "divide":
            return parts[0] / parts[1]
        case "max":
            return max(parts)
        case "min":
            return min(parts)
        case other:
            raise AssertionError(other)


def rates_of(root: ET.Element, state: dict[str, float]) -> dict[str, float]:
    values = {
        one.attrib["id"]: float(one.attrib["value"]) for one in root.iterfind(".//s:parameter", NS)
    } | state
    for rule in root.iterfind(".//s:assignmentRule", NS):
        values[rule.attrib["variable"]] = evaluate(rule[0][0], values)
    return {
        rule.attrib["variable"]: evaluate(rule[0][0], values)
        for rule in root.iterfind(".//s:rateRule", NS)
    }


@pytest.mark.parametrize(
    "slow",
    [(0.1, 0.05, 0.2, 0.3, 0.4), (0.0, 0.0, 0.0, 0.0, 0.0), (0.5, 0.2, 0.9, 0.1, 0.01)],
)
def test_the_document_holds_the_engines_equations(slow: tuple[float, ...]) -> None:
    root = ET.fromstring(sbml_model("test", [(TWO_BOXES, DOSING)], ADAPTATION))
    boxes = (3.0, 8.0, 20.0, 15.0)
    state = dict(zip(("G_1", "A_1", "P_1", "M_1"), boxes, strict=True))
    state |= dict(zip(("X1", "X2", "K", "S", "B"), slow, strict=True))
    found = rates_of(root, state)
    person = typical_person([TWO_BOXES], ADAPTATION)
    linear = rate_matrix(person.rates[0], 0) @ np.array(boxes)
    u = (
        boxes[1] * person.rates[0].parent_scale * person.potencies[0][0]
        + boxes[3] * person.rates[0].metabolite_scale * person.potencies[0][1]
    )
    daily = slopes(np.array(slow)[:, None], u, person.traits)[:, 0]
    assert [found[n] for n in ("G_1", "A_1", "P_1", "M_1")] == pytest.approx(linear.tolist())
    assert [24 * found[n] for n in ("X1", "X2", "K", "S", "B")] == pytest.approx(daily.tolist())


def test_every_dose_and_stimulus_is_an_event_at_its_time() -> None:
    text = sbml_model("test", [(TWO_BOXES, DOSING)], ADAPTATION, [Felt(30.0, 0.1)])
    events = ET.fromstring(text).findall(".//s:event", NS)
    times = [float(event.find(f".//{MATH}cn").text) for event in events]
    assert times == pytest.approx([22.2, 46.2, 70.2, 30.0])
    targets = [event.find(".//s:eventAssignment", NS) for event in events]
    assert [one.attrib["variable"] for one in targets if one is not None] == ["G_1"] * 3 + ["S"]


def test_the_document_is_the_same_every_time() -> None:
    first, again = (sbml_model("test", [(TWO_BOXES, DOSING)], ADAPTATION) for _ in range(2))
    assert first == again
