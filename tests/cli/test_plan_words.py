"""Words a person or prescriber typed are printed as typed: square brackets and all."""

from pathlib import Path

import pytest
from tests.report.looking import flat

from landward.cli.main import run

GIVEN = """
drug = "diazepam"
title = "[/x] [red]Dr [bold]B \\u001b[31m"
source = "[/y]"
held = "20 mg"
products = "tab 2 half"
[[step]]
start = 2026-01-05
days = 14
doses = "[a] 8 mg, [/b] 10 mg"
"""


def test_a_given_plan_with_brackets_in_its_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "given.toml"
    path.write_text(GIVEN, encoding="utf-8")
    assert run(["plan", "check", str(path)]) == 0
    said = capsys.readouterr().out
    assert "[/x] [red]Dr [bold]B" in said and "[/b]" in said and "[/y]" in said
    assert "\x1b[31m" not in said
    assert "DRAFT" in said and "Do not stop suddenly" in said


def test_dose_times_with_brackets(capsys: pytest.CaptureFixture[str]):
    asked = ["--drug=diazepam", "--dose=20", "--method=percent-current", "--rate=10"]
    code = run(["plan", *asked, "--products=tab 2 half", "--times=[/x], [red]b"])
    said = capsys.readouterr().out
    assert code == 0, said
    assert "[/x]" in said and "[red]b" in said


def test_a_change_with_brackets_in_its_dose_times(capsys: pytest.CaptureFixture[str]):
    code = run(["crossover", "--drug=lorazepam", "--products=tab 2",
                "--doses=[/x] 1 mg, night 1 mg", "--equals=1 mg = 10 mg"])  # fmt: skip
    assert code == 0
    assert "[/x]" in capsys.readouterr().out


def test_a_refusal_ends_in_one_full_stop(capsys: pytest.CaptureFixture[str]):
    asked = ["--drug=diazepam", "--dose=20", "--method=percent-current", "--rate=10"]
    assert run(["plan", *asked, "--products=tab 2", "--answered=seizures=yes"]) == 0
    said = capsys.readouterr().out
    assert "No steps: this is planned together with a clinician." in said
    assert ".." not in said


def test_both_drugs_of_one_dose_time_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    sheet = tmp_path / "sheet.pdf"
    code = run(["crossover", "--drug=lorazepam", "--doses=night 1 mg", "--products=tab 5",
                "--equals=1 mg = 10 mg", "--halves", "--start=2026-01-05",
                f"--save={sheet}"])  # fmt: skip
    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    first = next(i for i, line in enumerate(lines) if "5 Jan 2026" in line)
    assert "0.5 mg lorazepam" in lines[first]  # else a reader takes half a dose
    assert "5 mg diazepam: 1 × 5 mg" in lines[first + 1]
    paper = flat(sheet.read_bytes())
    assert "0.5 mg lorazepam" in paper and "1 × 5 mg tablet of diazepam" in paper
