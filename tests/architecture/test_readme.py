"""Every command a newcomer reads is run, or at least known, as it is written."""

import re
import shlex
import sys
from pathlib import Path

import pytest

from landward.cli.main import COMMANDS, run

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(text: str) -> list[str]:
    """The commands of the indented blocks, continued lines joined, comments dropped."""
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [line.partition("  #")[0].strip() for line in lines if line.startswith("    ")]


LANDWARD = [line for line in blocks(README) if line.startswith("landward ")]


def test_the_readme_shows_commands() -> None:
    assert len(LANDWARD) >= 10


def test_a_newcomer_can_type_them_one_after_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "six grey geese over water")
    for line in LANDWARD:
        code = run(shlex.split(line)[1:])
        assert code == 0, (line, capsys.readouterr().err)
    made = {path.name for path in tmp_path.iterdir()}
    assert {"my.vault", "report.pdf", "week.pdf", "my-page", "copy.landward"} <= made


def test_what_run_py_is_asked_for_is_there() -> None:
    sys.path.insert(0, str(ROOT))
    from run import USAGE

    known = set(re.findall(r"^python3 run\.py (\w+)", USAGE, re.M))
    asked = {
        word
        for path in (*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "translations" / "README.md")
        for word in re.findall(r"python3 run\.py (\w+)", path.read_text("utf-8"))
    }
    assert asked - known == set()
    assert asked


@pytest.mark.parametrize("page", [str(path.relative_to(ROOT)) for path in PAGES])
def test_every_command_a_page_names_is_one(page: str) -> None:
    known = {name for name, *_ in COMMANDS}
    text = (ROOT / page).read_text("utf-8")
    named = set(re.findall(r"`landward ([a-z]+)\b(?! line 1)", text))  # that is what a phone signs
    named |= {line.split()[1] for line in blocks(text) if re.match(r"landward [a-z]", line)}
    assert named - known == set()


@pytest.mark.parametrize("picture", re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", README))
def test_pictures_are_there_and_described(picture: tuple[str, str]) -> None:
    words, path = picture
    assert len(words) > 40 and (ROOT / path).stat().st_size < 400_000
