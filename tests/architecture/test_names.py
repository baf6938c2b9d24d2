"""Whoever reads a journal reads it under the names everything else uses."""

import ast
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "landward"
ROOMS = ("app", "web", "cli")


def calls_without_names(text: str) -> list[int]:
    """Lines that fold a journal and do not say what its words mean."""
    tree = ast.parse(text)
    folds = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "landward.model.diary"
        for name in node.names
        if name.name == "fold"
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in folds
        and len(node.args) + len(node.keywords) < 2
    ]


def test_no_journal_is_folded_without_the_names_of_drugs() -> None:
    files = [path for room in ROOMS for path in (SOURCE / room).rglob("*.py")]
    found = {str(path): calls_without_names(path.read_text("utf-8")) for path in files}
    assert not {path: lines for path, lines in found.items() if lines}


def test_a_planted_one_is_found() -> None:
    text = "from landward.model.diary import fold\nfold(entries)\nfold(entries, KNOWN)\n"
    assert calls_without_names(text) == [2]
