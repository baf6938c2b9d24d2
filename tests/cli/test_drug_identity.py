"""Valium is diazepam at every door (case 05): one drug on the page, in the plan, in FHIR."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from tests.report.looking import flat

from landward.app.library.known_words import KNOWN
from landward.app.write.entry import new_entry
from landward.cli.main import run
from landward.model.bodies import DoseTaken, Prescription
from landward.model.diary import fold
from landward.vault import Vault
from landward.vault.cost import CHEAPEST
from making import MOMENT

PLAN = """drug = "Valium"
[[step]]
start = 2026-02-01
days = 3
doses = "morning 4 mg, night 5 mg"
"""


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "pw")
    Vault.create(tmp_path / "v", "pw", now=MOMENT.at, cost=CHEAPEST)[0].lock()
    return tmp_path / "v"


def doses(vault: Path) -> list[tuple[str, str, int]]:
    with Vault.open(vault, "pw", now=MOMENT.at) as journal:
        taken = fold(journal.entries(), KNOWN).of(DoseTaken)
        return [(body.drug, body.own_word, entry.version) for entry, body in taken]


def dose(vault: Path, drug: str, mg: str, at: str) -> int:
    return run(["dose", "--vault", str(vault), "--drug", drug, "--dose", mg, "--at", at])


def test_three_days_of_a_generic_and_its_brand_are_one_drug(vault: Path, tmp_path: Path) -> None:
    for day in (1, 2, 3):
        assert run(["log", "--vault", str(vault), "--day", "5", "--date", f"2026-02-0{day}"]) == 0
        assert dose(vault, "diazepam", "4", f"2026-02-0{day}T08:00") == 0
        assert dose(vault, "Valium", "5", f"2026-02-0{day}T22:00") == 0
    assert doses(vault)[:2] == [("diazepam", "", 1), ("diazepam", "Valium", 2)]

    assert run(["report", "--vault", str(vault), "-o", str(tmp_path / "r.pdf")]) == 0
    page = flat((tmp_path / "r.pdf").read_bytes()).lower()
    assert "9 mg" in page and "valium 5" not in page

    (tmp_path / "plan.toml").write_text(PLAN)
    assert run(["plan", "adopt", str(tmp_path / "plan.toml"), "--vault", str(vault)]) == 0
    assert run(["fhir", "--vault", str(vault), "-o", str(tmp_path / "f.json")]) == 0
    bundle = json.loads((tmp_path / "f.json").read_text())
    named = [
        entry["resource"]["medicationCodeableConcept"]
        for entry in bundle["entry"]
        if "medicationCodeableConcept" in entry["resource"]
    ]
    assert {concept["text"] for concept in named} == {"diazepam"}
    assert all(concept.get("coding") for concept in named), "one coded drug"


def test_taken_beside_a_plan_that_names_the_brand(
    vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plan.toml").write_text(PLAN)
    run(["plan", "adopt", str(tmp_path / "plan.toml"), "--vault", str(vault)])
    dose(vault, "diazepam", "4", "2026-02-01T08:00")
    dose(vault, "Valium", "5", "2026-02-01T22:00")
    capsys.readouterr()
    span = ["--from", "2026-02-01", "--until", "2026-02-01"]
    assert run(["plan", "taken", "--vault", str(vault), *span]) == 0
    assert "as planned" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "drug", "own_word"),
    [
        ("VALIUM", "diazepam", "VALIUM"),
        (" Klonopin ", "clonazepam", "Klonopin"),
        ("Diazepam", "diazepam", ""),
        ("nordiazepam", "nordazepam", "nordiazepam"),
        ("clonazolam", "clonazolam", ""),
        ("Grandma's drops", "grandma's drops", ""),
    ],
)
def test_what_is_typed_in_the_terminal(vault: Path, typed: str, drug: str, own_word: str) -> None:
    assert dose(vault, typed, "1", "2026-02-01T08:00") == 0
    assert doses(vault)[0][:2] == (drug, own_word)


def test_a_script_is_told_about_a_near_spelling_and_nothing_is_guessed(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dose(vault, "diazepan", "5", "2026-02-01T08:00") == 0
    assert "Did you mean diazepam?" in capsys.readouterr().err
    assert doses(vault)[0][:2] == ("diazepan", "")


@pytest.mark.parametrize(
    ("answer", "kept"), [("y\n", ("diazepam", "diazepan")), ("n\n", ("diazepan", ""))]
)
def test_a_person_is_asked_about_a_near_spelling(
    vault: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    kept: tuple[str, str],
) -> None:
    monkeypatch.setattr("landward.cli.ask.someone_answers", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    assert dose(vault, "diazepan", "5", "2026-02-01T08:00") == 0
    assert doses(vault)[0][:2] == kept


def test_a_csv_map_that_names_a_brand(
    vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "d.csv").write_text("date,mg\n2026-02-01,5\n")
    for number, word in enumerate(("Valium", "diazepan")):
        (tmp_path / "m.toml").write_text(
            f'source = "mine {number}"\n[constants]\ndrug = "{word}"\n'
            '[date]\ncolumn = "date"\n[dose]\ncolumn = "mg"\n'
        )
        args = ["import", str(tmp_path / "d.csv"), "--map", str(tmp_path / "m.toml")]
        assert run([*args, "--vault", str(vault)]) == 0
    assert "Did you mean diazepam?" in capsys.readouterr().err
    assert {kept[:2] for kept in doses(vault)} == {("diazepam", "Valium"), ("diazepan", "")}


def prescribe(vault: Path, drug: str, mg: str) -> None:
    with Vault.open(vault, "pw", now=MOMENT.at) as journal:
        body = Prescription.model_validate({"drug": drug, "dose_mg_per_day": mg})
        journal.append([new_entry(journal, body, dt.date(2026, 1, 1), MOMENT)])


def test_a_script_is_refused_an_amount_far_above_the_label_unless_it_says_yes(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prescribe(vault, "klonopin", "1.25")
    assert dose(vault, "Klonopin", "125", "2026-02-01T08:00") == 2
    said = capsys.readouterr().err
    assert "125 mg? Prescribed is 1.25 mg a day" in said and "--yes" in said
    assert doses(vault) == []
    args = ["dose", "--vault", str(vault), "--drug", "Klonopin", "--dose", "125", "--yes"]
    assert run([*args, "--at", "2026-02-01T08:00"]) == 0
    assert doses(vault)[0][:2] == ("clonazepam", "Klonopin")


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 2), ("", 2)])
def test_a_person_is_asked_about_the_amount(
    vault: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    prescribe(vault, "clonazepam", "1.25")
    monkeypatch.setattr("landward.cli.ask.someone_answers", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    assert dose(vault, "clonazepam", "125", "2026-02-01T08:00") == code
    assert len(doses(vault)) == (code == 0)


def test_an_import_lists_what_is_far_above_the_label(
    vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prescribe(vault, "clonazepam", "1.25")
    (tmp_path / "d.csv").write_text('date,mg\n2026-02-01,"1,25 mg"\n2026-02-02,125\n')
    (tmp_path / "m.toml").write_text(
        'source = "mine"\n[constants]\ndrug = "Klonopin"\n[date]\ncolumn = "date"\n'
        '[dose]\ncolumn = "mg"\n'
    )
    args = ["import", str(tmp_path / "d.csv"), "--map", str(tmp_path / "m.toml")]
    for more in (["--dry-run"], []):
        assert run([*args, "--vault", str(vault), *more]) == 0
        listed = [line for line in capsys.readouterr().out.splitlines() if "Look at this" in line]
        assert listed == ["Look at this: 2026-02-02: 125 mg? Prescribed is 1.25 mg a day"]
