"""The page for programs that import Landward is run, example by example."""

import ast
import doctest
import re
import subprocess
import sys
from pathlib import Path

import landward
import landward.api

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "python.md"


def test_every_example_of_the_page_says_what_it_prints() -> None:
    said: list[str] = []
    examples = doctest.DocTestParser().get_doctest(
        re.sub(r"^```\w*$", "", PAGE.read_text("utf-8"), flags=re.M), {}, PAGE.name, str(PAGE), 0
    )
    assert len(examples.examples) > 30
    doctest.DocTestRunner(verbose=False).run(examples, out=said.append)
    assert said == []


def test_a_wrong_example_would_be_seen() -> None:
    said: list[str] = []
    wrong = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "wrong", None, 0)
    doctest.DocTestRunner(verbose=False).run(wrong, out=said.append)
    assert said


def test_every_name_is_on_the_page_and_has_its_words() -> None:
    text = PAGE.read_text("utf-8")
    offered = set(landward.__all__) - {"__version__"}
    types = {"Catalog", "Diary", "MedicineRecord", "TaperPlan"}
    assert {name for name in offered - types if name not in text} == set()
    assert {name for name in offered if not getattr(landward, name).__doc__} == set()


def test_what_type_checkers_see_is_what_there_is() -> None:
    tree = ast.parse(Path(landward.__file__).read_text("utf-8"))
    seen = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "landward.api"
        for alias in node.names
    }
    assert (
        seen | {"__version__"}
        == set(landward.__all__)
        == set(landward.api.__all__) | {"__version__"}
    )
    assert (Path(landward.__file__).parent / "py.typed").exists()


def test_importing_it_loads_nothing_heavy() -> None:
    code = "import landward, sys; print([m for m in ('numpy', 'pydantic') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_name_there_is_not_is_said() -> None:
    try:
        landward.read_tea_leaves  # noqa: B018 - the look-up is the test
    except AttributeError as error:
        assert "read_tea_leaves" in str(error)
    else:
        raise AssertionError("it was found")
