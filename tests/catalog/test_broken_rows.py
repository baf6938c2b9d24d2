"""`landward facts check` says what is wrong, whatever row is broken in whichever table."""

import json
import re
import shutil
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from landward.app.library import facts, help_now
from landward.catalog import Catalog, check_tables
from landward.catalog.read import TABLES
from landward.cli.main import run
from landward.model.base import LandwardError

FILES = sorted(
    path.relative_to(TABLES).as_posix()
    for path in TABLES.rglob("*")
    if path.suffix in (".csv", ".toml", ".bib")
)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("broken") / "tables"
    shutil.copytree(TABLES, folder)
    return folder


def broken(name: str, text: str) -> str:
    """One row that cannot be read: cells that are gone, a value that is gone, no title."""
    if name.endswith(".bib"):
        return text.replace("title = ", "titel = ", 1)
    if name.endswith(".toml"):
        return re.sub(r"(?m)^(\w+ =).*$", r"\1", text, count=1)
    head, first, *rest = text.split("\n")
    return "\n".join([head, first.split(",")[0], *rest])


def checked(folder: Path, monkeypatch, capsys, *more: str) -> tuple[int, str, str]:
    monkeypatch.setattr(facts, "check_tables", partial(check_tables, folder))
    monkeypatch.setattr(facts, "load_catalog", lambda: Catalog(folder))
    try:
        code = run(["facts", "check", *more])
    except SystemExit as left:
        code = int(str(left.code))
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.mark.parametrize("name", FILES)
def test_a_broken_row_is_named_and_the_rest_is_counted(
    copied: Path, name: str, monkeypatch, capsys
) -> None:
    path = copied / name
    whole = path.read_bytes()
    try:
        path.write_text(broken(name, whole.decode()), encoding="utf-8")
        code, out, err = checked(copied, monkeypatch, capsys)
    finally:
        path.write_bytes(whole)
    assert code == 1, (name, out, err)
    assert name in err, err[:400]
    assert "Traceback" not in err and "broke inside" not in err
    assert "drugs" in out and " errors, " in out


@pytest.mark.parametrize("name", ["drugs.csv", "references.bib", "guidelines/asam2025.toml"])
def test_bytes_that_are_no_text_are_named(copied: Path, name: str, monkeypatch, capsys) -> None:
    path = copied / name
    whole = path.read_bytes()
    try:
        path.write_bytes(whole + b"\xff\xfe\n")
        code, out, err = checked(copied, monkeypatch, capsys)
    finally:
        path.write_bytes(whole)
    assert code == 1 and name in err and "symptoms" in out


def test_json_names_the_errors_too(copied: Path, monkeypatch, capsys) -> None:
    path = copied / "drugs.csv"
    whole = path.read_bytes()
    try:
        path.write_bytes(broken("drugs.csv", whole.decode()).encode())
        code, out, _ = checked(copied, monkeypatch, capsys, "--json")
    finally:
        path.write_bytes(whole)
    found = json.loads(out)
    assert code == 1 and any("drugs.csv line 2" in line for line in found["errors"])
    assert found["tables"]["symptoms"]["rows"] > 0


def test_an_unbroken_copy_has_no_errors(copied: Path, monkeypatch, capsys) -> None:
    code, out, _ = checked(copied, monkeypatch, capsys)
    assert code == 0 and "0 errors" in out


@pytest.mark.parametrize("name", ["drugs", "products", "interactions", "crisis_lines"])
def test_an_added_column_is_named_and_the_rows_are_still_read(
    copied: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = copied / f"{name}.csv"
    whole = path.read_bytes()
    head, *rows = whole.decode().splitlines()
    try:
        path.write_text("\n".join([f"{head},colour", *(f"{row},blue" for row in rows), ""]))
        assert f"{name}.csv: unknown column “colour”" in check_tables(copied).errors
        read = Catalog(copied).rows_by_table[name]
    finally:
        path.write_bytes(whole)
    assert read == Catalog(copied).rows_by_table[name] != ()
    assert caplog.messages == [f"{name}.csv: unknown column “colour”, passed over"]


def test_a_renamed_column_is_never_passed_over(copied: Path) -> None:
    path = copied / "products.csv"
    whole = path.read_bytes()
    try:
        path.write_bytes(whole.replace(b",parts,", b",pieces,", 1))
        with pytest.raises(LandwardError, match="the table “products” cannot be read"):
            _ = Catalog(copied).product_rows
    finally:
        path.write_bytes(whole)


def test_help_has_its_general_words_where_the_numbers_cannot_be_read(
    copied: Path, monkeypatch
) -> None:
    path = copied / "crisis_lines.csv"
    whole = path.read_bytes()
    try:
        path.write_text(broken("crisis_lines.csv", whole.decode()))
        monkeypatch.setattr(help_now, "load_catalog", lambda: Catalog(copied))
        info = help_now.crisis_for("US", date(2026, 11, 27))
        assert "112, 911 or 999" in info.first_words and "crisis_lines" in info.warning
        assert help_now.countries() == ()
        assert help_now.emergency_number("US") == "your emergency number"
    finally:
        path.write_bytes(whole)
