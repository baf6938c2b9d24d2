"""The terminal in a made-up language that accents every letter: what stays plain passed no door."""

import re
from pathlib import Path

import pytest
from tests.cli.json_runs import small_vault

from landward.cli import terminal
from landward.cli.main import COMMANDS, run
from making import MOMENT
from pseudo import PSEUDO

PLAIN = re.compile(r"(?<![^\W_])[a-z]{3,}(?![^\W_])")
TYPED = re.compile(
    r"`[^`]*`|^\s*(?:landward |    --).*|your passphrase"
    r"|recovery words|--?[a-z][\w-]*|\b[A-Z_]{2,}\b|\S*/\S*|\S*\.\w+|“[^”]*”|\[[^]]*\]"
    r"|\([a-z: .0-9]*\)|\bNAME=\S+|\b\w+=\S+", re.M
)  # fmt: skip
"""Commands, options, files, choices, names kept in the diary: the same in any language."""

FIRST_COLUMN = re.compile(r"^│ [* ]{0,3}[\w-]+ ")
"""The name of a command beside what it does."""

SAID = {
    "an empty diary": ("doses", "--vault", "mine"),
    "a log": ("log", "--vault", "mine", "--day", "6"),
    "nothing to log": ("log", "--vault", "mine"),
    "settings as they are": ("settings", "--vault", "mine", "theme=paper"),
    "an answer about itself": ("log", "--vault", "mine", "--symptom", "zzz"),
    "who opens it": ("vault", "keys", "mine"),
    "a check": ("vault", "check", "mine"),
    "a file that is not there": ("import", "no.csv", "--vault", "mine"),
    "a wrong seed": ("lab", "--seed", "-1"),
    "no letter": ("report", "--vault", "mine"),
}
THEIRS = frozenset({"landward", "diazepam", "zzz", "owner", "utc", "csv", "mine"})


@pytest.fixture(scope="module")
def diaries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small diary called “mine”."""
    folder = tmp_path_factory.mktemp("diaries")
    small_vault(folder, MOMENT).rename(folder / "mine")
    return folder


@pytest.fixture
def accented(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that speaks the made-up language."""
    monkeypatch.setenv("LANDWARD_LANGUAGE", "en-XA")
    monkeypatch.setattr(terminal, "catalogue", lambda: PSEUDO)


def left(text: str) -> list[str]:
    """The lines that hold an English word."""
    return [
        line for line in text.splitlines()
        if any(word not in THEIRS for word in PLAIN.findall(TYPED.sub("", line)))
    ]  # fmt: skip


@pytest.mark.usefixtures("accented")
@pytest.mark.parametrize("what", SAID)
def test_what_a_command_says(
    what: str, diaries: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(diaries)
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "pw")
    monkeypatch.setenv("COLUMNS", "400")
    run(SAID[what])
    said = capsys.readouterr()
    assert left(said.out + said.err) == []


@pytest.mark.usefixtures("accented")
@pytest.mark.parametrize("name", ["", *(name for name, *_ in COMMANDS)])
def test_what_help_says(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    capsys.readouterr()
    monkeypatch.setenv("COLUMNS", "400")  # no line is broken in two
    assert run([*filter(None, [name]), "--help"]) == 0
    _, *lines = capsys.readouterr().out.strip().splitlines()  # how it is called stands first
    assert left("\n".join(FIRST_COLUMN.sub("", line) for line in lines)) == []


def test_a_language_without_words_here_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANDWARD_LANGUAGE", "tlh")
    terminal.catalogue.cache_clear()
    assert terminal.catalogue().is_english
    terminal.catalogue.cache_clear()
