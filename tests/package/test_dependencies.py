"""What the source imports is what an installation brings: no more was only there by chance."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMES_WITH = {"starlette": "fastapi", "markupsafe": "jinja2", "pydantic-core": "pydantic",
              "pyarrow": "ibis-framework"}  # fmt: skip
"""Libraries that another one brings and answers for."""


def imported(folder: Path) -> dict[str, str]:
    """The packages that files below `folder` import, with one file that does."""
    found: dict[str, str] = {}
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            found |= {name.partition(".")[0]: str(path.relative_to(ROOT)) for name in names}
    return {name: path for name, path in found.items() if name not in sys.stdlib_module_names}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=~! ;]", name)[0]).lower()


def test_every_library_that_is_imported_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [name for names in project["optional-dependencies"].values() for name in names]
    asked = {plain(name) for name in (*project["dependencies"], *extras)}
    brought = packages_distributions()
    missing = {
        name: path
        for name, path in imported(ROOT / "src").items()
        if name != "landward"
        and not {COMES_WITH.get(plain(d), plain(d)) for d in brought.get(name, [name])} & asked
    }
    assert missing == {}
