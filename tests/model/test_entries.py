import copy
import datetime as dt
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from landward.model.bodies import Note, read_body
from landward.model.entries import Entry, canonical_json, id_from_source
from making import START, entry

words = st.text(st.characters(blacklist_categories=["Cs"]), max_size=200)


@given(words, words)
def test_a_line_reads_back_as_the_same_entry(text: str, origin: str) -> None:
    made = entry(Note(text=text), origin=origin or "app")
    assert Entry.from_line(made.to_line()) == made
    assert Entry.from_line(made.to_line()).to_line() == made.to_line()


def test_the_body_of_a_kind_from_the_future_is_kept_to_the_letter() -> None:
    body = '{"b": 1.50, "a":[1,2],  "text":"}{\\"}"}'
    made = entry(Note(text="x")).but(kind="dream", version=7, body=body)
    assert Entry.from_line(made.to_line()).body == body


def test_times_are_kept_in_utc_and_need_a_zone() -> None:
    made = entry(Note(text="x"))
    east = made.recorded_at.astimezone(dt.timezone(dt.timedelta(hours=9)))
    again = made.but(recorded_at=east)
    assert again.to_line() == made.to_line()
    with pytest.raises(ValidationError, match="zone"):
        made.but(recorded_at=dt.datetime(2026, 1, 1))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "short"),
        ("id", "G" * 32),
        ("kind", "Check-in"),
        ("version", 0),
        ("seq", -1),
        ("body", "[1]"),
        ("body", '{"a":\n1}'),
        ("body", "x" * 70_000),
        ("zone", ""),
        ("seq", 2**53),
        ("version", 2**63),
        ("replaces", ("an older one",)),
        ("replaces", ("\ud800",)),
        ("recorded_at", "9999-12-31T23:59:59-10:00"),
        ("recorded_at", "0001-01-01T00:00:00+10:00"),
    ],
)
def test_a_malformed_entry_is_refused_at_birth(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        entry(Note(text="x")).but(**{field: value})


@pytest.mark.parametrize("line", ["", "{}", "[]", "null", '{"body":3}', "not json", '{"body":{}}'])
def test_what_is_no_line_of_a_journal_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        Entry.from_line(line)


def test_an_imported_row_always_has_the_same_id() -> None:
    assert id_from_source("a", "b") == id_from_source("a", "b")
    assert id_from_source("a", "b") != id_from_source("ab", "")


def test_the_order_is_total() -> None:
    one, two = entry(Note(text="x"), key="1"), entry(Note(text="x"), key="2")
    assert one.order != two.order
    assert one.order[0] == START


def test_not_a_number_cannot_be_stored() -> None:
    with pytest.raises(Exception, match="JSON"):
        canonical_json({"a": float("nan")})


def test_an_entry_is_a_value_and_survives_the_journey_to_another_process() -> None:
    made = entry(Note(text="x"))
    assert pickle.loads(pickle.dumps(made)) == made
    assert copy.deepcopy(made) == made
    assert {made: 1}[made.but()] == 1
    with pytest.raises(AttributeError):
        made.kind = "dream"  # what is tried here


def test_changing_an_entry_checks_it_anew() -> None:
    with pytest.raises(ValidationError, match="seq"):
        entry(Note(text="x")).but(seq=-1)
    with pytest.raises(ValidationError, match="mood"):
        entry(Note(text="x")).but(mood=1)


def test_what_is_wrong_with_an_entry_is_said_without_its_words() -> None:
    """A traceback or a server's log may hold this text."""
    words = "the worst night so far"
    made = entry(Note(text=words))
    with pytest.raises(ValidationError) as of_entry:
        made.but(body=words)
    with pytest.raises(ValidationError) as of_body:
        Note.model_validate({"text": words * 2000})
    with pytest.raises(ValidationError) as of_json:
        read_body(made.but(body=canonical_json({"text": words, "more": words})))
    for caught in (of_entry, of_body, of_json):
        assert "worst night" not in str(caught.value)
