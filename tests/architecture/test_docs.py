"""Docs are part of the change: what a newcomer reads is checked against what is there."""

import os
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(Path(__file__).parent))

from cli_reference import commands, page  # noqa: E402 - this folder is not a package

from landward.cli.main import build  # noqa: E402 - after the path

CLI_PAGE = ROOT / "docs" / "reference" / "cli.md"


def test_the_command_line_page_is_current() -> None:
    if os.environ.get("LANDWARD_SNAPSHOTS") == "refresh":
        CLI_PAGE.write_text(page(), "utf-8")
    assert CLI_PAGE.read_text("utf-8") == page()


@pytest.mark.parametrize("path", [" ".join(path) for path, _ in commands(build())])
def test_every_command_shows_an_example_or_its_members(path: str) -> None:
    text = CLI_PAGE.read_text("utf-8")
    section = text.partition(f"\n## landward {path}\n")[2].partition("\n## ")[0]
    assert "Example" in section or "Commands" in section, f"landward {path} --help has no example"


LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def pages() -> list[Path]:
    return [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md")), ROOT / "examples/README.md"]


@pytest.mark.parametrize("page_", [str(p.relative_to(ROOT)) for p in pages()])
def test_links_between_pages_lead_somewhere(page_: str) -> None:
    path = ROOT / page_
    dead = [link for link in LINK.findall(path.read_text("utf-8"))
            if not (path.parent / link).exists()]  # fmt: skip
    assert dead == []


ENGINES = sorted(
    p.parent.name
    for p in (ROOT / "src/landward/engines").glob("*/__init__.py")
    if len(list(p.parent.glob("*.py"))) > 1
)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_has_its_methods_page(engine: str) -> None:
    text = (ROOT / "docs" / "methods" / f"{engine}.md").read_text("utf-8")
    assert re.search(r"^#+ .*(limit|fails?|not )", text, re.I | re.M), "a page says where it fails"
