"""What goes into the journal comes out of it: every column, whatever it says, in display order."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landward.model.entries import ORDER, Entry, canonical_json
from landward.vault import Vault
from landward.vault.checking import check_vault
from landward.vault.errors import Damaged
from landward.vault.rows import Row, bury, entry_of, insert, row_of
from tests.vault.conftest import NOW, make_entry, make_vault, reopen

# Quotes, controls, a NUL, brackets and commas: what would run two columns into each other.
odd = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
odd |= st.sampled_from(['","', "[]", "\x00", "a\x00b", "\x1f", '\\"', "’喜", "null", "0"])
ids = st.binary(min_size=16, max_size=16).map(bytes.hex)
DAY = date(2026, 3, 1)
zones = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
entries = st.builds(
    Entry,
    id=ids,
    device=odd,
    seq=st.integers(0, 2**53 - 1),
    recorded_at=st.datetimes(datetime(2026, 2, 1), datetime(2026, 5, 1), timezones=zones),
    zone=odd,
    date=st.dates(DAY, DAY + timedelta(days=3)),
    kind=st.from_regex(r"\A[a-z][a-z_]{0,31}\Z").map("x".__add__).map(lambda text: text[:32]),
    version=st.integers(1, 9),
    body=st.dictionaries(odd, odd, max_size=3).map(canonical_json),
    replaces=st.lists(ids, max_size=3).map(tuple),
    origin=odd,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(entries, max_size=8, unique_by=lambda entry: entry.id))
def test_every_column_comes_back_as_it_went_in(vault: Vault, made: list[Entry]) -> None:
    before = {entry.id: entry for entry in vault.entries()}  # the vault is the same for all runs
    vault.append(made)
    there = vault.entries()
    assert {entry.id: entry for entry in there} == {entry.id: entry for entry in made} | before
    assert list(there) == sorted(there, key=ORDER)
    assert all(type(entry.date) is date and entry.recorded_at.tzinfo is UTC for entry in there)


@given(entries)
def test_a_row_is_an_entry_and_back(made: Entry) -> None:
    assert entry_of(row_of(made)) == made


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("date", "2026-13-45"),
        ("recorded_at", "yesterday"),
        ("recorded_at", "2026-01-01T00:00:00"),
        ("zone", ""),
        ("version", 0),
        ("replaces", "[1, 2"),
        ("replaces", "[1, 2]"),
        ("body", "[]"),
        ("body", '{"text":' + "[" * 5000 + "}"),
        ("recorded_at", "9999-12-31T23:59:59-10:00"),
    ],
)
def test_check_names_the_row_that_is_malformed(path: Path, column: str, value: object) -> None:
    with make_vault(path) as vault:
        vault.append([make_entry(1), make_entry(2)])
        broken = vault.entries()[0]
        vault.connection().execute(
            f"UPDATE entry SET {column} = ? WHERE id = ?",
            (value, broken.id),
        )
        found = check_vault(vault, now=NOW).problems
    assert any(broken.id in problem and "malformed" in problem for problem in found), found


def test_check_names_an_entry_whose_scale_is_none(path: Path) -> None:
    says = {"asked": ["day"], "answers": {"day": 1}, "scales": {"day": "0..10 better down"}}
    with make_vault(path) as vault:
        vault.append([make_entry(1, kind="check_in", says=says)])
        (broken,) = vault.entries()
        vault.connection().execute("UPDATE entry SET body = replace(body, '0..10', '0..1e308')")
        found = check_vault(vault, now=NOW).problems
    assert any(broken.id in problem and "malformed" in problem for problem in found), found


def test_a_journal_that_lacks_a_row_is_not_shown_at_all(path: Path) -> None:
    """As when a folder-syncing program mixes pages of two times: each page is authentic."""
    with make_vault(path) as vault:
        vault.append([make_entry(1), make_entry(2)])
    with reopen(path) as vault:
        vault.connection().execute("DELETE FROM entry WHERE seq = 1")
        with pytest.raises(Damaged, match="two different times"):
            vault.entries()


def test_an_append_that_breaks_off_half_way_leaves_nothing_of_itself(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two of three rows are in when the third cannot be: all of them, or none."""
    first, *more = [make_entry(n) for n in range(4)]

    def breaking(entry: Entry) -> Row:
        if entry == more[-1]:
            raise OSError("the disk was pulled out")
        return row_of(entry)

    with make_vault(path) as vault:
        vault.append([first])
        head = vault.head()
        monkeypatch.setattr("landward.vault.rows.row_of", breaking)
        with pytest.raises(OSError, match="pulled out"):
            vault.append(more)
        assert vault.head() == head and vault.entries() == (first,)
    monkeypatch.undo()
    with reopen(path) as vault:
        assert vault.head() == head and vault.entries() == (first,)
        assert vault.append(more) == 3 and not check_vault(vault, now=NOW).problems


def test_a_second_line_under_an_id_or_one_that_was_erased_changes_nothing(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "my.vault")
    first, erased = make_entry(1, says={"text": "first"}), make_entry(2, says={"text": "erased"})
    vault.append([first])
    with vault.changing() as connection:
        bury(connection, [erased.id])
        second = first._replace(body=canonical_json({"text": "second"}))
        assert insert(connection, map(row_of, [second, erased])) == (0, ())
    assert [entry.body for entry in vault.entries()] == [first.body]
    assert check_vault(vault, now=NOW).problems == ()
    vault.lock()
