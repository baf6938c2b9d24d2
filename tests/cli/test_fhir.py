"""`landward fhir`: a published diary and a person's own as bundles, with the tables' codes."""

import json
import stat
from pathlib import Path

import pytest
from fhir.resources.R4B.bundle import Bundle

from landward.cli.main import run
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

ROOT = Path(__file__).parents[2]
JANG = [str(ROOT / "examples" / "jang2024.csv"), "--map", str(ROOT / "examples/maps/jang.toml")]


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "pw")
    monkeypatch.chdir(tmp_path)
    Vault.create(tmp_path / "my.vault", "pw", cost=CHEAPEST)[0].lock()
    return "my.vault"


def test_the_published_diary_as_a_bundle(vault: str) -> None:
    assert run(["import", *JANG, "--vault", vault]) == 0
    assert run(["fhir", "--vault", vault, "-o", "b.json", "--from", "2022-05-01"]) == 0
    raw = Path("b.json").read_bytes()
    bundle = json.loads(raw)
    Bundle.model_validate(bundle)
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert kinds.count("Observation") == 15 * 6
    assert stat.S_IMODE(Path("b.json").stat().st_mode) == 0o600
    anxiety = next(
        e["resource"]["code"]
        for e in bundle["entry"]
        if e["resource"].get("code", {}).get("text") == "anxiety"
    )
    assert anxiety["coding"] == [
        {"system": "http://human-phenotype-ontology.org", "code": "HP:0000739"}
    ]


def test_a_dose_carries_the_tables_codes_and_none_that_circulates_wrongly(vault: str) -> None:
    assert run(["dose", "--vault", vault, "--drug", "diazepam", "--dose", "2.5"]) == 0
    assert run(["fhir", "--vault", vault, "-o", "b.json", "--for", "Clinic"]) == 0
    text = Path("b.json").read_text("utf-8")
    assert '"N05BA01"' in text and '"value": 2.5' in text
    assert "F13" not in text
    with Vault.open(Path(vault), "pw") as journal:
        shared = [e.body for e in journal.entries() if e.kind == "shared"]
    assert shared == ['{"reader":"Clinic","what":"FHIR bundle"}']


def test_an_empty_diary_is_one_line(vault: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fhir", "--vault", vault, "-o", "b.json"]) == 2
    assert "empty" in capsys.readouterr().err
    assert not Path("b.json").exists()
