"""What is said keeps its message on the way to another process and back, and is checked there."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic_core import from_json, to_json

from landward.model.base import Frozen
from landward.model.said import (
    SENT,
    Words,
    begun,
    counted,
    from_parts,
    joined,
    parts_of,
    phrase,
)
from pseudo import PSEUDO


class Reading(Frozen):
    """Something another process answers with."""

    remarks: tuple[Words, ...]


@given(st.text(max_size=20), st.integers(0, 9))
def test_there_and_back(name: str, count: int) -> None:
    inner = counted(count, "{count} row", "{count} rows")
    said = begun(phrase("of {name}: {rows}", name=name, rows=inner))
    whole = joined(", ", (said, "a person’s words", phrase("all")))
    answer = Reading(remarks=(said, whole, name))
    sent = to_json(answer, context=dict(SENT))
    back = TypeAdapter(Reading).validate_json(sent, context=dict(SENT))
    assert back == answer
    assert [PSEUDO.words(x) for x in back.remarks] == [PSEUDO.words(x) for x in answer.remarks]


def test_a_file_and_json_hold_english() -> None:
    answer = Reading(remarks=(phrase("{count} rows", count=3),))
    assert from_json(answer.model_dump_json()) == {"remarks": ["3 rows"]}
    assert from_json(to_json(answer)) == {"remarks": ["3 rows"]}


@pytest.mark.parametrize(
    "parts",
    [
        ["{a.__class__}", "", None, "", {"a": "x"}],
        ["{a[0]}", "", None, "", {"a": "x"}],
        ["{a:>9999999999}", "", None, "", {"a": "x"}],
        ["{a} {b}", "", None, "", {"a": "x"}],
        ["{", "", None, "", {}],
        ["a", "", None, "loud", {}],
        ["a", "", "1", "", {}],
        [1, "", None, "", {}],
        {"a": 1},
        None,
    ],
)
def test_words_that_are_none_are_refused(parts: Any) -> None:
    with pytest.raises(ValueError, match=r"said|missing"):
        from_parts(parts)
    with pytest.raises(ValueError, match="remarks"):
        Reading.model_validate({"remarks": [parts]}, context=dict(SENT))


def test_without_the_context_only_text_is_text() -> None:
    with pytest.raises(ValueError, match="remarks"):
        Reading.model_validate({"remarks": [parts_of(phrase("all"))]})
