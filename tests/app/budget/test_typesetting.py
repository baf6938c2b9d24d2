"""A page is set in a process of its own: the same page, and no harm where the typesetter breaks."""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from landward.app.budget.amounts import Budget
from landward.app.budget.typesetting import set_apart, set_pages_apart
from landward.model.base import LandwardError
from landward.report import typesetting
from landward.report.setting_job import Setting, packed, set_pages, unpacked

DAY = dt.date(2026, 3, 1)
PAGE = {"title": "A page", "blocks": [{"text": "Slept badly. #panic() “x”"}]}


@pytest.fixture
def apart() -> Iterator[None]:
    before = Setting.by
    set_pages_apart()
    yield
    Setting.by = staticmethod(before)


def job(folder: Path, template: str) -> bytes:
    file = folder / "t.typ"
    file.write_text(template, encoding="utf-8")
    told = {"template": str(file), "root": str(folder), "fonts": [], "inputs": {}}
    return json.dumps({**told, "standards": [], "date": "2026-03-01", "ppi": None}).encode()


def test_it_is_the_same_page_to_the_byte(apart: None) -> None:
    elsewhere = typesetting.typeset("plain", PAGE, date=DAY)
    pictures = typesetting.page_pictures("plain", PAGE, date=DAY)
    Setting.by = staticmethod(set_pages)
    assert elsewhere == typesetting.typeset("plain", PAGE, date=DAY)
    assert pictures == typesetting.page_pictures("plain", PAGE, date=DAY)


def test_a_program_that_set_a_page_never_loaded_the_typesetter(tmp_path: Path) -> None:
    code = (
        "import datetime as dt, json, sys\n"
        "from landward.cli import main\n"
        "from landward.report.typesetting import typeset\n"
        "main.run = lambda _: len(typeset('plain', json.loads(sys.argv[1]),"
        " date=dt.date(2026, 3, 1))) and 10 + ('typst' in sys.modules)\n"
        "main.main([])\n"
    )
    ran = subprocess.run([sys.executable, "-c", code, json.dumps(PAGE)], check=False)
    assert ran.returncode == 10


@pytest.mark.parametrize(
    "template",
    [
        "#{ let n = 0; while true { n += 1 } }",
        '#{ let all = (); let n = 0; while n < 900000000 { all.push("x" * 4096); n += 1 } }',
    ],
)
def test_what_never_ends_or_grows_is_ended_in_one_line(tmp_path: Path, template: str) -> None:
    with pytest.raises(LandwardError) as met:
        # typst itself stops some loops; what it does not stop, the budget does
        pieces = unpacked(set_apart(job(tmp_path, template), Budget(2, 250)))
        raise LandwardError(pieces[0].decode().splitlines()[0])
    assert "\n" not in str(met.value)


@pytest.mark.parametrize(
    ("does", "budget"),
    [
        ("held = bytearray(350_000_000)", Budget(20, 250)),  # less than a page usually may
        ("while True: pass", Budget(1, 250)),
    ],
)
def test_the_budget_of_a_page_is_the_one_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, budget: Budget
) -> None:
    # A package of the same name, found first: it says it is done once it took what it wanted.
    code = (
        "class TypstError(Exception):\n    message = 'took what it wanted'\n"
        "class Fonts:\n    def __init__(self, *_, **__): pass\n"
        f"def compile_with_warnings(*_, **__):\n    {does}\n    raise TypstError\n"
    )
    (tmp_path / "typst.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(LandwardError, match="longer or more memory than a page may"):
        set_apart(job(tmp_path, "Hello"), budget)


def test_a_typesetter_that_ends_its_process_ends_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A package of the same name, found first, that aborts as a library in C or Rust may.
    (tmp_path / "typst.py").write_text("import os\nos.abort()\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(LandwardError, match="the typesetter broke off") as met:
        set_apart(job(tmp_path, "Hello"))
    assert "nothing was written" in str(met.value)


def test_what_the_other_process_answers_is_checked() -> None:
    pieces = [b"", b"[]", bytes(range(256))]
    assert unpacked(packed(pieces)) == pieces
    for cut in (1, 7, 12, 100):
        with pytest.raises(ValueError, match="cut short"):
            unpacked(packed(pieces)[:-cut])
