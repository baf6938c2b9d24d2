"""Whoever reads a journal reads it under the names everything else uses."""

import ast
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "landward"
ROOMS = ("app", "web", "cli")
NEEDED = {"fold": 2, "bodies_on": 4, "read_body": 99}
"""How many arguments a call has that says what the words mean; `read_body` never does."""
BEFORE_NAMES_ARE_KNOWN = SOURCE / "app" / "diary" / "profile.py"


def calls_without_names(text: str) -> list[int]:
    """Lines that read a journal and do not say what its words mean."""
    tree = ast.parse(text)
    calls = [
        (node.lineno, node.func.id, len(node.args) + len(node.keywords))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    return [line for line, name, given in calls if given < NEEDED.get(name, 0)]


def test_no_journal_is_folded_without_the_names_of_drugs() -> None:
    files = {path for room in ROOMS for path in (SOURCE / room).rglob("*.py")}
    files -= {BEFORE_NAMES_ARE_KNOWN}
    found = {str(path): calls_without_names(path.read_text("utf-8")) for path in files}
    assert not {path: lines for path, lines in found.items() if lines}


def test_a_planted_one_is_found() -> None:
    text = "fold(entries)\nfold(entries, KNOWN)\nread_body(entry)\nbodies_on(index, day, Note)\n"
    assert calls_without_names(text) == [1, 3, 4]
