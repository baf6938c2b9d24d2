"""SECURITY.md and the vault's format name their tests: every name must lead to one."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES = {
    name
    for file in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
}


def named_in(page: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", (ROOT / page).read_text("utf-8"))


@pytest.mark.parametrize("page", ["SECURITY.md", "docs/reference/vault-format.md"])
def test_every_test_that_is_named_exists(page: str) -> None:
    found = 0
    for text in named_in(page):
        file, _, rest = text.partition("::")
        if file.endswith(".py") and "/" in file and not file.startswith("benchmarks"):
            path = ROOT / (file if file.startswith("tests/") else f"tests/{file}")
            assert path.is_file(), text
            found += 1
        wanted = rest or (text if text.startswith(("test_", "…")) else "")
        if wanted and not wanted.endswith(".py"):
            pieces = [piece for piece in re.split("…", wanted) if piece]
            assert any(all(piece in name for piece in pieces) for name in NAMES), text
            found += 1
    assert found > 15


def test_every_promise_names_what_holds_it() -> None:
    lines = [*(ROOT / "SECURITY.md").read_text("utf-8").splitlines(), ""]
    rows = [
        line.split("|")[1:-1]
        for line, below in pairwise(lines)
        if line.startswith("| ") and not below.startswith("|---")  # a table's own heading
    ]
    assert len(rows) > 25
    for promise, against, held in rows:
        assert promise.strip() and set(against.split(", ")) and "`" in held, promise
