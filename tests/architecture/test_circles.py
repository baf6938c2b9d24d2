"""No two files of the source need each other, directly or in a round."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src"


def imports(source: str, known: set[str]) -> set[str]:
    """The modules of ours that code names anywhere, inside functions and for types only too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            whole = {f"{node.module}.{name.name}" for name in node.names}
            found |= {name if name in known else node.module for name in whole}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found & known


def needs(folder: Path) -> dict[str, set[str]]:
    """Every module below `folder` with the modules it imports."""
    files = {
        ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__"): path
        for path in folder.rglob("*.py")
    }
    return {
        name: imports(path.read_text("utf-8"), set(files)) - {name} for name, path in files.items()
    }


def test_no_file_needs_itself_in_a_round() -> None:
    tuple(TopologicalSorter(needs(SRC)).static_order())  # raises CycleError and names the round


def test_a_circle_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("import two\n")
    (tmp_path / "two.py").write_text("def f():\n    from one import x\n")
    with pytest.raises(CycleError):
        tuple(TopologicalSorter(needs(tmp_path)).static_order())
