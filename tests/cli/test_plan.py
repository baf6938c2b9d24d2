"""`landward plan`, `crossover`, `supply`: the JSON contract, and one clear line for bad input."""

import datetime as dt
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from landward.cli.main import run
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

USUAL = {
    "--drug": "diazepam", "--dose": "20", "--method": "percent-current", "--rate": "10",
    "--every": "14d", "--start": "2026-01-05",
    "--products": "tab 2 half, tab 5, liquid 0.4 mg/mL mark 0.1 mL",
}  # fmt: skip


def arguments(changes: dict[str, str]) -> list[str]:
    given = {**USUAL, **changes}
    return ["plan", *(f"{flag}={value}" for flag, value in given.items()), "--json"]


def planned(capsys: pytest.CaptureFixture[str], **changes: str) -> dict:
    code = run(arguments({f"--{name.replace('_', '-')}": value for name, value in changes.items()}))
    said = capsys.readouterr()
    assert code == 0, said.err
    return json.loads(said.out)


def exact(text: str) -> Decimal:
    assert re.fullmatch(r"\d+(\.\d*[1-9])?", text), text
    return Decimal(text)


def test_the_documented_command_gives_the_documented_shape(capsys):
    plan = planned(capsys)
    assert plan["draft"] is True
    assert (plan["drug"], plan["method"], plan["refused"]) == ("diazepam", "percent-current", None)
    first = plan["steps"][0]
    assert (first["step"], first["start"], first["days"]) == (1, "2026-01-05", 14)
    assert (first["ideal_mg"], first["made_mg"], first["cut_percent"]) == ("18", "18", "10.0")
    before = Decimal(20)
    for step in plan["steps"]:
        made = exact(step["made_mg"])
        assert exact(step["ideal_mg"]) <= made <= before
        assert made >= before * Decimal("0.9")
        assert {check["ok"] for check in step["checks"]} == {True}
        assert all(check["rule"] and check["source"] for check in step["checks"])
        total = Decimal(0)
        for dose in step["doses"]:
            pieces = sum((exact(piece["mg"]) for piece in dose["pieces"]), Decimal(0))
            assert pieces == exact(dose["made_mg"])
            total += pieces
        assert total == made
        before = made
    assert plan["ends"]["at_mg"] == "0.36"
    assert plan["supply"][0].keys() >= {"from", "to", "product", "count"}
    assert plan["supervision"]["unanswered"] == 16
    assert plan["warning"].startswith("Do not stop suddenly")


def test_a_help_can_be_typed_back_and_carries_the_plan_on(capsys):
    plan = planned(capsys, products="tab 2 half")
    assert plan["ends"]["at_mg"] == "9"
    for product in plan["ends"]["would_help"]:
        again = planned(capsys, products=f"tab 2 half, {product}")
        assert Decimal(again["ends"]["at_mg"]) < 9


def test_finishing_reaches_zero_with_marks(capsys):
    plan = planned(capsys, products="tab 2 half", finish="smallest-step")
    assert plan["ends"]["at_mg"] == plan["steps"][-1]["made_mg"] == "0"
    assert any(not check["ok"] for step in plan["steps"] for check in step["checks"])


def test_a_refusal_explains_itself_and_is_done(capsys):
    plan = planned(capsys, answered="pregnancy=yes")
    assert plan["steps"] == []
    assert "you and the baby" in plan["refused"]["reason"]
    coarse = planned(capsys, products="tab 10", method="fixed", rate="1")
    assert coarse["refused"]["would_help"] == coarse["ends"]["would_help"] != []
    assert coarse["ends"]["at_mg"] == "20"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"--dose": "0"}, "the dose is 0"),
        ({"--dose": "-5"}, "below zero"),
        ({"--dose": "1000000000"}, "more than any dose"),
        ({"--dose": "1e9"}, "not a number"),
        ({"--dose": "10 mL"}, "a volume"),
        ({"--dose": "1,000"}, "with a point"),
        ({"--dose": "twice a day 10 mg"}, "not an amount"),
        ({"--dose": "20.3"}, "cannot be made from"),
        ({"--products": "10"}, "does not say what it is"),
        ({"--products": ""}, "no products"),
        ({"--products": "liquid 0.4 mL/mg mark 0.1 mL"}, "wrong way round"),
        ({"--products": "liquid 0.4 mg/mL mark 0.1 mg"}, "is a volume"),
        ({"--products": "liquid 0.4 mg/mL"}, "how small a volume"),
        ({"--products": "er tab 0.5 half"}, "never split"),
        ({"--products": "cap 5 half"}, "not divided"),
        ({"--drug": "aspirin"}, "no drug called"),
        ({"--until": "2025-12-31"}, "not after the start"),
        ({"--start": "2026-02-30"}, "2026-02-30"),
        ({"--rate": "0"}, "the rate is 0"),
        ({"--rate": "150"}, "no taper"),
        ({"--rate": "1 mg"}, "takes percent"),
        ({"--every": "soon"}, "number of days"),
        ({"--method": "cold turkey"}, "choose one of"),
        ({"--finish": "quickly"}, "smallest-step"),
        ({"--to": "25"}, "below today's dose"),
        ({"--answered": "x=no"}, "no question is called"),
        ({"--answered": "seizures=perhaps"}, "yes or no"),
        ({"--packs": "28"}, "pack size"),
        ({"--save": "plan.docx"}, "ends in .pdf"),
        ({"--country": "FR", "--supply-every": "0"}, "1 to 366"),
    ],
)
def test_bad_input_is_one_line_and_nothing_is_written(changes, says, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code = run(arguments(changes))
    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert says in said.err
    assert said.err.startswith("landward: ") and said.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("start", ["2028-02-15", "2026-03-20", "2026-10-20"])
def test_leap_days_and_clock_changes(start, capsys):
    steps = planned(capsys, start=start, products="tab 2 half")["steps"]
    days = [step["start"] for step in steps]
    assert days[0] == start
    if start == "2028-02-15":
        assert days[1] == "2028-02-29"


def test_the_plan_in_words(capsys):
    assert run([word for word in arguments({"--products": "tab 2 half"}) if word != "--json"]) == 0
    said = capsys.readouterr().out
    assert "8 ½ × 2 mg" in said
    assert "The plan ends at 9 mg" in " ".join(said.split())
    assert "Do not stop suddenly" in said
    assert "DRAFT" in said


def test_from_plan_to_paper_calendar_code_and_back(capsys, tmp_path: Path):
    saves = [f"--save={tmp_path / name}" for name in ("p.json", "p.pdf", "p.ics", "p.svg")]
    assert run([*arguments({"--products": "tab 2 half"}), *saves]) == 0
    written = json.loads(capsys.readouterr().out)
    assert (tmp_path / "p.pdf").read_bytes().startswith(b"%PDF")
    assert b"diazepam" not in (tmp_path / "p.ics").read_bytes().lower()
    assert (tmp_path / "p.svg").read_bytes().startswith(b"<?xml")

    assert run(["plan", "check", str(tmp_path / "p.json"), "--json"]) == 0
    checked = json.loads(capsys.readouterr().out)
    made = [[step["made_mg"] for step in plan["steps"]] for plan in (written, checked)]
    assert made[0] == made[1]

    assert run(["supply", str(tmp_path / "p.json"), "--every=14d", "--packs=tab 2 = 28"]) == 0
    said = capsys.readouterr().out
    assert "126 tablets (5 packs)" in said
    assert "Not a prescription" in said

    sheet = tmp_path / "days.pdf"
    assert run(["plan", "sheet", str(tmp_path / "p.json"), "-o", str(sheet), "--lines=day"]) == 0
    assert sheet.read_bytes().startswith(b"%PDF")


def test_a_prescribers_plan_always_prints(capsys, tmp_path: Path):
    path = tmp_path / "plan.toml"
    path.write_text('drug = "clonazepam"\nheld = "2 mg"\n[[step]]\nstart = 2026-01-05\ndays = 7\n'
                    'doses = "night 500 micrograms"\n')  # fmt: skip
    assert run(["plan", "check", str(path), "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    (step,) = plan["steps"]
    assert (step["made_mg"], step["cut_percent"]) == ("0.5", "75.0")
    assert {check["id"]: check["ok"] for check in step["checks"]}["asam2025.ceiling"] is False
    assert plan["refused"] is None


def test_published_schedules(capsys):
    assert run(["plan", "schedule"]) == 0
    assert "nice-cks" in capsys.readouterr().out
    assert run(["plan", "schedule", "nice-cks", "--start=2026-01-05", "--dose=20", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["steps"]) == 20


def test_the_crossover(capsys):
    words = ["crossover", "--drug=lorazepam", "--doses=morning 1 mg, night 1 mg",
             "--products=tab 2 half, tab 5, tab 10", "--start=2026-01-05", "--json"]  # fmt: skip
    assert run(words) == 0
    open_ = json.loads(capsys.readouterr().out)
    assert open_["steps"] == []
    assert "2.5 to 10 mg" in open_["refused"]["reason"]
    assert run([*words, "--equals=1 mg = 10 mg"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert [step["made_mg"] for step in plan["steps"]] == ["20", "20"]
    assert plan["equal"]["low_per_mg"] == "2.5"
    assert run([*words, "--equals=ten"]) == 2


def test_living_with_a_plan(capsys, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "pw")
    vault = tmp_path / "v"
    Vault.create(vault, "pw", cost=CHEAPEST)[0].lock()
    plan = tmp_path / "p.json"
    assert run([*arguments({"--products": "tab 2 half"}), f"--save={plan}"]) == 0
    at = f"--vault={vault}"
    assert run(["plan", "show", at]) == 2
    assert run(["plan", "adopt", str(plan), at]) == 0
    capsys.readouterr()
    assert run(["plan", "hold", at, "--days=7", "--on=2026-01-10", "--keep", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["version"] == 2
    assert run(["plan", "show", at, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["version"], shown["replaces"], shown["steps"][0]["days"]) == (2, 1, 21)
    change = ["plan", "change", at, "--on=2026-02-02", "--method=fixed", "--rate=500 micrograms"]
    assert run([*change, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["from_mg"] == "17"
    assert run([*change, "--keep", "--json"]) == 0  # whole milligrams cannot fall by half of one
    said = capsys.readouterr()
    assert json.loads(said.out)["refused"]["would_help"] and "nothing was written" in said.err
    assert run(["plan", "show", at, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["version"] == 2
    assert run(["plan", "back", at, "--on=2026-02-03"]) == 0
    assert "question for your prescriber" in capsys.readouterr().out
    assert run(["plan", "taken", at, "--from=2026-01-05", "--until=2026-01-06", "--json"]) == 0
    assert [row["words"] for row in json.loads(capsys.readouterr().out)] == ["not known"] * 2


def test_in_the_terminal_a_line_waits_for_a_word_too(capsys, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "pw")
    vault, plan = tmp_path / "v", tmp_path / "p.json"
    Vault.create(vault, "pw", cost=CHEAPEST)[0].lock()
    at, today = f"--vault={vault}", dt.date.today()
    assert run(["plan", "go-on", at]) == 2
    assert "no plan is kept yet" in capsys.readouterr().err
    made = {"--products": "tab 2 half, tab 5", "--start": f"{today}"}
    assert run([*arguments(made), f"--save={plan}"]) == 0
    capsys.readouterr()
    assert run(["plan", "adopt", str(plan), at]) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "0 of" in said and "20 mg → 18 mg" in said and "untouched the dose stays" in said
    assert run(["dose", at, "--drug=diazepam", "--dose=20"]) == 0
    assert run(["plan", "stay", at]) == 0
    assert "you stay on 20 mg of diazepam; nothing else changed" in capsys.readouterr().err
    assert run(["doses", at, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["drugs"][0]["planned_mg"] == "20"
    assert run(["plan", "go-on", at, "--drug=diazepam"]) == 0
    tomorrow = today + dt.timedelta(days=1)
    assert f"from {tomorrow}: 18 mg of diazepam a day" in capsys.readouterr().err
    assert run(["doses", at, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["drugs"][0]["planned_mg"] == "20", "until tomorrow"
    calendar = tmp_path / "c.ics"
    assert run(["plan", "show", at, f"--save={calendar}"]) == 0
    text = calendar.read_text("utf-8")
    assert text.count("STATUS:CONFIRMED") == 1 and text.count("STATUS:TENTATIVE") > 3
    assert f"DTSTART;VALUE=DATE:{tomorrow:%Y%m%d}" in text
    assert run(["plan", "adopt", str(plan), at]) == 0, "keeping the file again lowers nothing"
    assert run(["plan", "adopt", str(plan), at, "--begun=99"]) == 2
    assert run(["doses", at, "--json"]) == 0
    capsys.readouterr()
