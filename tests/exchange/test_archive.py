"""Export and its way back; spreadsheets must not run what people wrote."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landward.exchange.archive import from_jsonl, safe_cell, to_csvs, to_jsonl
from landward.model.base import BadInput
from landward.model.bodies import CheckIn, Note
from making import entry

anything = st.text(st.characters(blacklist_categories=["Cs"]), max_size=100)


@given(st.lists(anything, min_size=1, max_size=6))
def test_export_reads_back_to_the_same_bytes(texts: list[str]) -> None:
    entries = [entry(Note(text=text), key=str(n)) for n, text in enumerate(texts)]
    data = to_jsonl(entries)
    assert to_jsonl(from_jsonl(data)) == data


@pytest.mark.parametrize(
    "word",
    ["=1+1", "+SUM(A1)", "-cmd|' /C calc'!A0", "@x", "\tx", "\rx", "\uff1d1+1", "\uff20x"],
)
def test_a_cell_that_would_run_is_disarmed(word: str) -> None:
    (data,) = to_csvs([entry(Note(text=word))]).values()
    cell = next(csv.DictReader(io.StringIO(data.decode(), newline="")))["text"]
    assert cell == f"'{word}"


@pytest.mark.parametrize("between", [";", "\t", "\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", "=+-@")
def test_a_spreadsheet_that_splits_elsewhere_runs_nothing_either(between: str, start: str) -> None:
    """One set to semicolons opens our commas: what follows a semicolon becomes a cell."""
    word = f"slept badly{between}{start}cmd|' /C calc'!A0{between}and so on"
    (data,) = to_csvs([entry(Note(text=word))]).values()
    for cell in re.split(r"[;\t\r\n]", data.decode()):
        assert not cell.lstrip('"').startswith(("=", "+", "-", "@")), cell


def test_no_column_name_or_envelope_runs_either() -> None:
    strange = entry(Note(text="x"), origin="=origin").but(
        kind="dream", zone="@zone", body='{"=column":{"=deep":1},"@list":["=a","b"]}'
    )
    rows = list(csv.reader(io.StringIO(to_csvs([strange])["dream.csv"].decode(), newline="")))
    assert all(not cell.startswith(("=", "@")) for row in rows for cell in row), rows
    assert "'=column.=deep" in rows[0] and "'=a b" in rows[1] and "'@zone" in rows[1]


def test_numbers_stay_numbers() -> None:
    assert [safe_cell(v) for v in ("-3", "+4.5", -3, "words")] == ["-3", "+4.5", -3, "words"]


def test_one_file_a_kind_with_a_column_for_each_answer() -> None:
    body = CheckIn(asked=("day",), answers={"day": 4}, scales={"day": "0..10 better down"})
    files = to_csvs([entry(body, key="1"), entry(Note(text="x"), key="2")])
    assert sorted(files) == ["check_in.csv", "note.csv"]
    row = next(csv.DictReader(io.StringIO(files["check_in.csv"].decode(), newline="")))
    assert row["answers.day"] == "4" and row["date"] == "2026-01-01"


@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n", b"{}", b"\xff", b'{"body":{}}\n', b"[" * 100_000, b'{"body":' + b"[" * 9000],
    ids=["empty", "blank", "no body", "not text", "no envelope", "deep", "deep body"],
)
def test_what_is_no_export_is_one_clear_line(data: bytes) -> None:
    with pytest.raises(BadInput) as caught:
        from_jsonl(data)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    ['{"a":"\\ud800"}', '{"\\ud800":"x"}', '{"a":' * 400 + "1" + "}" * 400],
    ids=["half a character", "half a name", "deep"],
)
def test_a_kind_nobody_knows_never_stops_the_export(body: str) -> None:
    strange = entry(Note(text="x")).but(kind="dream", body=body)
    files = to_csvs([strange, entry(Note(text="mine"), key="2")])
    assert b"mine" in files["note.csv"] and strange.id.encode() in files["dream.csv"]
    assert to_jsonl([strange]).decode().startswith(f'{{"body":{body},')
