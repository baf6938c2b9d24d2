"""`landward level` and `landward lab`: the shapes programs rely on, and the words beside them."""

import json
from pathlib import Path

import pytest

from landward.cli.main import run


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> object:
    assert run(words) == 0
    return json.loads(capsys.readouterr().out)


def test_level_json_has_its_shape(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "level", "--drug", "diazepam", "--dose", "10 mg nightly x 28", "--json")
    assert isinstance(found, dict)
    assert {"drug", "substances", "half_life_h", "gone_10pct_h", "gone_1pct_h", "sources"} <= set(
        found
    )
    for one in found["substances"]:
        assert len(one["times_h"]) == len(one["concentration_ng_ml"])
    for name in ("half_life_h", "gone_10pct_h", "gone_1pct_h"):
        low, usual, high = found[name]
        assert 0 < low <= usual <= high


def test_lab_lists_its_scenarios(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "lab", "--list", "--json")
    assert {f"abrupt-stop-{drug}" for drug in ("alprazolam", "lorazepam", "clonazepam",
            "diazepam")} <= set(found)  # fmt: skip


def test_lab_json_has_its_shape(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "lab", "abrupt-stop-diazepam", "--people", "20", "--json")
    assert isinstance(found, dict)
    assert found["people"] == 20
    assert found["scenario"] == "abrupt-stop-diazepam"
    assert {"concentration", "tone", "withdrawal", "kindling", "sensitisation", "blunting"} <= set(
        found["curves"]
    )
    for bands in found["curves"].values():
        assert len(bands) == len(found["days"])
        assert all(len(band) == 3 for band in bands)
    assert found["stop_day"] in found["days"]
    assert found["assumed"]


def test_the_words_say_what_it_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(("lab", "missed-doses", "--people", "5")) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "made up" in text
    assert "not a forecast" in text
    assert "Asserted without measurements in people: each stop" in text
    assert "Do not stop suddenly" in text


def test_lab_never_takes_a_vault() -> None:
    assert run(("lab", "missed-doses", "--vault", "x")) == 2
    assert run(("level", "--drug", "diazepam", "--dose", "1 mg once", "--vault", "x")) == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("level", "--drug", "unobtainium", "--dose", "1 mg once"), "unobtainium"),
        (("level", "--drug", "diazepam", "--dose", "1 mg sometimes x 3"), "time of day"),
        (("level", "--drug", "etizolam", "--dose", "1 mg once"), "no clearance"),
        (("lab",), "--list"),
        (("lab", "abrupt-stop-aspirin"), "did you mean"),
        (("lab", "missed-doses", "--people", "0"), "people"),
        (("lab", "missed-doses", "--seed", "-1"), "seed"),
        (("lab", "missed-doses", "--structure", "sideways"), "feedback"),
        (("lab", "missed-doses", "--occupancy", "all"), "imaging"),
    ],
)
def test_bad_input_is_one_line_on_stderr_and_exit_2(
    words: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert says in shown.err
    assert len(shown.err.strip().splitlines()) == 1


def test_sensitivity_names_every_number_that_moves_something(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = answer(capsys, "lab", "abrupt-stop-lorazepam", "--sensitivity", "--json")
    assert isinstance(found, dict)
    assert found["outcomes"][0] == "worst_day"
    assert len(found["moves"]) > 15


def test_sbml_is_written_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "model.xml"
    assert run(("lab", "same-stimuli", "--sbml", str(target))) == 0
    assert target.read_text().startswith("<?xml")
    assert "model.xml" in capsys.readouterr().err


def test_every_constant_tells_its_standing_and_its_source(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = answer(capsys, "lab", "--parameters", "--json")
    assert isinstance(found, list)
    assert {"a1", "EC50.alprazolam", "body_weight"} <= {row["symbol"] for row in found}
    for row in found:
        assert row["standing"] in {"measured", "derived", "assumed"}
        assert row["source"]
