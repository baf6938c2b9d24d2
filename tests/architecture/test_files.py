"""Small promises about the files themselves."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_LINES = 400


def tracked(*patterns: str) -> list[Path]:
    """Files git tracks, or would if they were added."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return sorted({ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()})


def test_no_file_of_code_is_longer_than_one_idea() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked("src/*.py", "tests/*.py", "benchmarks/*.py", "run.py")
        if (lines := len(path.read_text("utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


ADDRESS = re.compile(r"https?://", re.I)


@pytest.mark.parametrize("name", ["runtime", "test", "build", "tools"])
def test_requirements_are_pinned_by_hash_and_name_no_registry(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    assert not ADDRESS.search(text)
    assert "--index-url" not in text and "--find-links" not in text
    for entry in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[A-Za-z0-9._-]+(\[.*?\])?==\S+", entry), entry.splitlines()[0]
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_nothing_names_the_machine_it_was_made_on() -> None:
    machine = re.compile(r"/work/(?:main|shared)|/tmp/brief|/root/|/home/[a-z]+/")
    mine = Path(__file__).resolve()
    found = []
    for path in tracked():
        if path.resolve() == mine or path.suffix in {".ttf", ".otf", ".woff2", ".png", ".pdf"}:
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        if machine.search(text):
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_tests_stand_in_the_rooms_of_the_source() -> None:
    """CONTRIBUTING says so: a test is looked for in the folder of what it tests."""
    rooms = {path.name for path in (ROOT / "src/landward").iterdir() if path.is_dir()}
    stray = {
        path.relative_to(ROOT).as_posix()
        for path in tracked("tests/*.py")
        if (inside := path.relative_to(ROOT / "tests")).parts[0] in rooms
        and not (ROOT / "src/landward" / inside.parent).is_dir()
    }
    assert stray == set()
