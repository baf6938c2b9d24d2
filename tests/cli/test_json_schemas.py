"""What every command prints as JSON, held against the schemas programs may rely on."""

import json
from pathlib import Path

import jsonschema
import pytest
from tests.cli.json_runs import PLAN, RUNS, outputs, small_vault

from landward.cli.main import run
from making import MOMENT

SCHEMAS = Path(__file__).parents[2] / "docs" / "reference" / "schemas"

DESIGNED = {
    "doses": ("drugs",),
    "waves": ("coverage", "scale", "days", "spells", "level_shifts", "sentence"),
    "plan": ("draft", "drug", "method", "refused", "ends", "steps", "supply"),
    "feelings": ("items", "both_low_days", "range", "lag_behind_symptoms_days", "sentence"),
    "level": ("drug", "substances", "half_life_h", "gone_10pct_h", "gone_1pct_h", "sources"),
    "lab": ("scenario", "people", "days", "stop_day", "curves", "assumed"),
    "facts-check": ("tables", "errors"),
    "cohort-run": ("study", "engine", "people", "measures", "disclosure"),
}
"""The keys the design promises for good."""


def schema(name: str) -> dict:
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A small diary on disk, and a plan file."""
    folder = tmp_path_factory.mktemp("papers")
    assert run([*PLAN, "--save", str(folder / "plan.json")]) == 0
    return small_vault(folder, MOMENT), folder / "plan.json"


@pytest.mark.parametrize("name", RUNS)
def test_output_keeps_to_its_schema(name, papers, monkeypatch, capsys) -> None:
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "pw")
    check = jsonschema.Draft202012Validator(schema(name))
    for printed in outputs(name, *papers, lambda: capsys.readouterr().out):
        assert [error.message[:200] for error in check.iter_errors(printed)] == []
        if isinstance(printed, dict):
            for key in schema(name)["required"]:
                without = {k: v for k, v in printed.items() if k != key}
                assert not check.is_valid(without), f"{name} may lose “{key}” unseen"


def test_every_schema_is_used_and_sound() -> None:
    assert {path.stem for path in SCHEMAS.glob("*.json")} == set(RUNS)
    for name in RUNS:
        jsonschema.Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("name", DESIGNED)
def test_the_keys_of_the_design_stay(name: str) -> None:
    assert set(DESIGNED[name]) <= set(schema(name)["required"])


def test_the_keys_of_a_drug_and_its_days_stay() -> None:
    drug = schema("doses")["properties"]["drugs"]["items"]
    assert {"drug", "own_word", "settled_mg", "planned_mg", "prescribed_mg", "last_change", "days",
            "supply_days"} <= set(drug["required"])  # fmt: skip
    day, change = (drug["properties"][name] for name in ("days", "last_change"))
    assert {"date", "taken_mg", "as_needed_mg", "state"} <= set(day["items"]["required"])
    assert {"date", "from_mg", "to_mg", "percent"} <= set(change["required"])


def test_a_wrong_state_or_a_dose_as_a_number_is_caught() -> None:
    day = {"date": "2026-01-01", "severity": 3.0, "state": "usual", "p_window": 0.1, "p_wave": 0.1,
           "baseline": 3.0, "too_early": False}  # fmt: skip
    waves = {"coverage": {"days": 1, "answered": 1}, "scale": [0, 10], "items": ["day"],
             "turned": False, "method": "x", "days": [day], "spells": [], "level_shifts": [],
             "sentence": "."}  # fmt: skip
    check = jsonschema.Draft202012Validator(schema("waves"))
    assert check.is_valid(waves)
    assert not check.is_valid({**waves, "days": [{**day, "state": "relapse"}]})
    assert not check.is_valid({**waves, "days": [{**day, "date": "1 Jan 2026"}]})
    made = schema("plan")["properties"]["steps"]["items"]["properties"]["made_mg"]
    assert jsonschema.Draft202012Validator(made).is_valid("18")
    assert not jsonschema.Draft202012Validator(made).is_valid(18)
