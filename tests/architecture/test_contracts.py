"""The walls between the rooms hold, and each of them would be noticed if it fell.

The planted violations are made in a copy of the source, one at a time.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "landward"

PLANTED = {
    "a room nobody planned": ("helpers.py", "VALUE = 1\n"),
    "model imports an engine": ("model/planted.py", "import landward.engines.patterns\n"),
    "an engine imports another": (
        "engines/patterns/planted.py",
        "import landward.engines.safety\n",
    ),
    "an engine reads the catalog": ("engines/safety/planted.py", "import landward.catalog\n"),
    "report calls an engine": ("report/planted.py", "import landward.engines.patterns\n"),
    "the vault reads foreign files": ("vault/planted.py", "import landward.exchange\n"),
    "web imports the terminal": ("web/planted.py", "import landward.cli\n"),
    "app imports the web": ("app/planted.py", "import landward.web\n"),
    "a page opens the vault itself": ("web/pages/planted.py", "import landward.vault\n"),
    "a page reads the tables itself": ("web/pages/planted.py", "import landward.catalog\n"),
    "a page calls an engine": ("web/pages/planted.py", "import landward.engines.patterns\n"),
    "a command opens the vault itself": ("cli/planted.py", "import landward.vault.rows\n"),
    "a command reads a foreign file": ("cli/planted.py", "import landward.exchange.daylio\n"),
    "a command reads a stranger's file outside the budget": (
        "cli/planted.py",
        "import landward.app.transfer.read_elsewhere\n",
    ),
    "a reading reaches for the report": ("app/read/planted.py", "import landward.app.share\n"),
    "only for its types": (
        "cli/planted.py",
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from landward.vault import Vault\n",
    ),
    "sqlite in an engine": ("engines/patterns/planted.py", "import sqlite3\n"),
    "a socket in the model": ("model/planted.py", "import socket\n"),
    "http in report": ("report/planted.py", "import urllib.request\n"),
    "the relay looks into a diary": ("relay/planted.py", "import landward.model.errors\n"),
    "a diary dials by itself": ("app/share/planted.py", "import landward.relay.client\n"),
    "a page dials by itself": ("web/pages/planted.py", "import landward.relay.client\n"),
    "sqlite in exchange": ("exchange/planted.py", "import sqlcipher3\n"),
}


def lint_imports(checkout: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts of pyproject.toml on the source in `checkout`."""
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=checkout,
        env={"PYTHONPATH": str(checkout / "src"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    checkout = tmp_path_factory.mktemp("copy")
    shutil.copy(ROOT / "pyproject.toml", checkout)
    ignore = shutil.ignore_patterns("__pycache__", "tables", "fonts", "static", "templates")
    shutil.copytree(SRC, checkout / "src" / "landward", ignore=ignore)
    return checkout


def test_the_contracts_hold(copy: Path) -> None:
    result = lint_imports(copy)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-2000:]


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_violation_is_caught(copy: Path, what: str) -> None:
    name, text = PLANTED[what]
    planted = copy / "src" / "landward" / name
    planted.write_text(f'"""Planted."""\n\n{text}', encoding="utf-8")
    try:
        assert lint_imports(copy).returncode != 0, f"not caught: {what} ({name}: {text.strip()})"
    finally:
        planted.unlink()


OPENS = re.compile(
    r"""/\s*["']tables["']|["'][^"'\n]*/tables["'/]|landward\.tables|joinpath\(\s*["']tables"""
)


def reads_tables(source: str) -> bool:
    """Whether code names the tables folder, as anything that opens it has to."""
    code = "\n".join(line.partition("#")[0] for line in source.splitlines())
    code = re.sub(r'(""").*?\1', "", code, flags=re.S)
    return OPENS.search(code) is not None


def test_only_the_catalog_opens_the_tables() -> None:
    rooms = [p for p in SRC.rglob("*.py") if "catalog" not in p.relative_to(SRC).parts]
    assert [str(p.relative_to(SRC)) for p in rooms if reads_tables(p.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "line",
    [
        'files("landward.tables")',
        'Path(__file__).parent / "tables"',
        'open("src/tables/drugs.csv")',
    ],
)
def test_a_room_that_opens_the_tables_would_be_caught(line: str) -> None:
    assert reads_tables(f"x = {line}\n")
