"""What was felt, written down in the terminal, and words for numb days on paper."""

from pathlib import Path

import pytest

from landward.app.diary.whole import whole_diary
from landward.cli.main import run
from landward.model.bodies import DidAnyway, Feelings, Glimmer, Profile, read_body
from landward.model.journal import standing
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

WORDS = "six grey geese"


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANDWARD_PASSPHRASE", WORDS)
    path = tmp_path / "my.vault"
    Vault.create(path, WORDS, cost=CHEAPEST)[0].lock()
    return path


def found(path: Path) -> list[object]:
    with Vault.open(path, WORDS) as opened:
        return [read_body(e) for e in standing(opened.entries()).entries]


def felt(path: Path, *said: str) -> int:
    return run(["felt", "--vault", str(path), *said])


def test_the_week_a_glimmer_and_what_was_done_anyway(vault: Path) -> None:
    week = ("--week", "joy=1", "--week", "anger=no_occasion", "--week", "body=too_much")
    assert felt(vault, *week, "--glimmer", "awe=2", "--anyway", "Made soup") == 0
    by_kind = {body.kind: body for body in found(vault)}
    assert by_kind["feelings"] == Feelings(
        asked=("joy", "anger", "body"), answers={"joy": 1}, scales={"joy": "0..4 better up"},
        no_occasion=("anger",), too_much=("body",),
    )  # fmt: skip
    assert by_kind["glimmer"] == Glimmer(feeling="awe", strength=2)
    assert by_kind["did_anyway"] == DidAnyway(what="Made soup")


def test_it_needs_no_passphrase(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANDWARD_PASSPHRASE")
    assert felt(vault, "--glimmer", "warmth") == 0
    assert len(list((vault / "inbox").glob("*.sealed"))) == 1


def test_what_can_numb_is_kept_as_the_page_keeps_it(vault: Path) -> None:
    said = ("burnout.from=2025-11-01", "burnout.words=the night shifts", "numb.before=no")
    assert felt(vault, *(part for one in said for part in ("--numbing", one))) == 0
    (body,) = found(vault)
    assert isinstance(body, Profile)
    assert body.fields == {
        "numbing.burnout.from": "2025-11-01",
        "numbing.burnout.words": "the night shifts",
        "numbing.numb.before": "no",
    }


@pytest.mark.parametrize(
    "said",
    [
        [],
        ["--week", "joy=9"],
        ["--week", "calm=1"],
        ["--week", "joy"],
        ["--glimmer", "joy=4"],
        ["--glimmer", "joy", "--date", "tomorrow"],
        ["--glimmer", "joy", "--numbing", "the_moon.before=yes"],
        ["--glimmer", "joy", "--numbing", "burnout.colour=grey"],
        ["--numbing", "burnout.from=2026-03-01", "--numbing", "burnout.until=2026-02-01"],
    ],
)
def test_what_does_not_fit_writes_nothing(vault: Path, said: list[str]) -> None:
    assert felt(vault, *said) == 2
    assert found(vault) == []


def test_the_terminal_tells_what_the_page_tells(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert felt(vault, "--week", "joy=1", "--glimmer", "awe=2", "--anyway", "Made soup") == 0
    log = ["log", "--vault", str(vault), "--day", "6", "--feeling", "pleasant=0"]
    assert run([*log, "--feeling", "painful=0", "--answer", "little_was=numb"]) == 0
    capsys.readouterr()
    assert run(["feelings", "--vault", str(vault)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    for part in ("Days low in both", "Your own word for days with little: numb 1.", "awe, there",
                 "Made soup", "After symptoms? Not enough yet", "Not kept,"):  # fmt: skip
        assert part in said, part


def test_words_for_numb_days_on_paper(vault: Path, tmp_path: Path) -> None:
    page, usual, own = (tmp_path / f"{n}.pdf" for n in range(3))
    assert run(["numb", "-o", str(page)]) == 0
    assert run(["numb", "--card", "-o", str(usual)]) == 0
    with Vault.open(vault, WORDS) as opened:
        whole_diary(opened.entries())
    assert run(["settings", "family_card=Be near me.", "--vault", str(vault)]) == 0
    assert run(["numb", "--card", "-o", str(own), "--vault", str(vault)]) == 0
    texts = [path.read_bytes() for path in (page, usual, own)]
    assert all(text.startswith(b"%PDF-") for text in texts)
    assert len(set(texts)) == 3
