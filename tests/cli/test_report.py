"""`landward report`: one page from a vault, nothing else changed, bad input in one line."""

import io
import stat
from pathlib import Path

import pikepdf
import pytest
from tests.report.looking import flat, pages

from landward.cli.main import run
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

ROOT = Path(__file__).parents[2]
JANG = [str(ROOT / "examples" / "jang2024.csv"), "--map", str(ROOT / "examples/maps/jang.toml")]
KOSSAKOWSKI = ROOT.parent / "shared" / "data" / "kossakowski_daily.csv"


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "pw")
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "my.vault"
    Vault.create(path, "pw", cost=CHEAPEST)[0].lock()
    return path


def landward(*arguments: object) -> int:
    return run([str(argument) for argument in arguments])


def test_the_published_diary_as_a_page(vault: Path) -> None:
    assert landward("import", *JANG, "--vault", vault) == 0
    before = (vault / "journal.db").read_bytes()
    assert landward("report", "--vault", vault, "-o", "report.pdf") == 0
    page = Path("report.pdf")
    pdf = page.read_bytes()
    assert pages(pdf) == 1
    assert "Written by the patient, 21 Feb 2022 to 15 May 2022." in flat(pdf)
    assert "(nearly every day), 82 of the 84 days shown." in flat(pdf)
    assert "No medicine is written down." in flat(pdf)
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert (vault / "journal.db").read_bytes() == before
    assert sorted(p.name for p in page.parent.iterdir()) == ["my.vault", "report.pdf"]
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"


def test_a_chosen_time_an_item_and_a_reader(vault: Path) -> None:
    assert landward("import", *JANG, "--vault", vault) == 0
    asked = ["--from", "2021-06-01", "--until", "2021-07-31", "--item", "anxiety", "--for", "Dr Q"]
    assert landward("report", "--vault", vault, "-o", "a.pdf", *asked, "--paper", "letter") == 0
    text = flat(Path("a.pdf").read_bytes())
    assert "1 Jun 2021 to 31 Jul 2021" in text
    assert "Anxiety" in text and "Dots: days" in text
    assert "for Dr Q" in text
    with Vault.open(vault, "pw") as journal:
        shared = [entry for entry in journal.entries() if entry.kind == "shared"]
    assert [entry.body for entry in shared] == ['{"reader":"Dr Q","what":"report"}']
    assert landward("report", "--vault", vault, "-o", "b.pdf") == 0
    assert "15 May 2022" in flat(Path("b.pdf").read_bytes())


@pytest.mark.skipif(not KOSSAKOWSKI.is_file(), reason="the second diary may not be shipped; absent")
def test_a_diary_with_a_reduction_shows_its_changes(vault: Path) -> None:
    rules = ROOT / "examples/maps/kossakowski.toml"
    assert landward("import", KOSSAKOWSKI, "--map", rules, "--vault", vault) == 0
    assert landward("report", "--vault", vault, "-o", "k.pdf", "--until", "2012-12-15") == 0
    pdf = Path("k.pdf").read_bytes()
    text = flat(pdf)
    assert pages(pdf) == 1
    assert "Taper and symptom page" in text
    assert "9 to 0" in text and "−100 %" in text
    assert "Before and after the last changes" in text


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["-o", "r.pdf"], "empty"),
        (["-o", "r.pdf", "--until", "2026-02-30"], "until"),
        (["-o", "r.pdf", "--paper", "a0"], "paper"),
    ],
)
def test_bad_input_is_one_line_and_nothing_is_written(
    vault: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], why: str
) -> None:
    assert landward("report", "--vault", vault, *arguments) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and why in said.err.lower(), said.err
    assert not Path("r.pdf").exists()


def test_places_that_cannot_be_written(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert landward("log", "--vault", vault, "--day", "5") == 0
    capsys.readouterr()
    Path("here").mkdir()
    for place, why in (("here", "is a folder"), ("nowhere/r.pdf", "make it first")):
        assert landward("report", "--vault", vault, "-o", place) == 2
        assert why in capsys.readouterr().err


def test_a_single_logged_day_is_a_page(vault: Path) -> None:
    assert landward("log", "--vault", vault, "--day", "5", "--symptom", "insomnia=3") == 0
    assert landward("report", "--vault", vault, "-o", "r.pdf") == 0
    assert "A new diary: its 1 day is answered." in flat(Path("r.pdf").read_bytes())


def test_doses_alone_are_a_page_too(vault: Path) -> None:
    assert landward("dose", "--vault", vault, "--drug", "diazepam", "--dose", "5") == 0
    assert landward("report", "--vault", vault, "-o", "r.pdf") == 0
    text = flat(Path("r.pdf").read_bytes())
    assert "5 mg" in text and "Do not stop suddenly" in text


def test_parts_are_left_out_on_request_and_the_warning_never(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert landward("dose", "--vault", vault, "--drug", "diazepam", "--dose", "5") == 0
    less = ["--without", "doses", "--without", "request"]
    assert landward("report", "--vault", vault, "-o", "r.pdf", *less) == 0
    text = flat(Path("r.pdf").read_bytes())
    assert "Takes now" not in text and "For the prescriber" not in text
    assert "Left out by choice: my request, dose now and the whole taper." in text
    assert "Do not stop suddenly" in text and "Safety, as stated by the patient" in text
    capsys.readouterr()
    assert landward("report", "--vault", vault, "-o", "s.pdf", "--without", "safety") == 2
    assert "safety" in capsys.readouterr().err


def test_six_lines_of_plain_text_answer_the_six_questions(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert landward("log", "--vault", vault, "--day", "5") == 0
    assert landward("dose", "--vault", vault, "--drug", "diazepam", "--dose", "5") == 0
    capsys.readouterr()
    assert landward("report", "--vault", vault, "--text", "--request", "Please hold.") == 0
    lines = capsys.readouterr().out.splitlines()
    heads = (
        "Takes: diazepam 5 mg",
        "Last change: ",
        "How hard the days are: ",
        "Safety: ",
        "Written by the patient, ",
        "Asks: Please hold.",
    )
    assert len(lines) == 6
    assert all(line.startswith(head) for line, head in zip(lines, heads, strict=True)), lines
    assert sorted(path.name for path in Path().iterdir()) == ["my.vault"]
    assert landward("report", "--vault", vault) == 2
    assert "-o FILE" in capsys.readouterr().err
