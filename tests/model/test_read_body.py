"""Every body is validated in full whenever it is read, as `model_validate_json` would."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from landward.model import bodies
from landward.model.bodies import KINDS, Body, CheckIn, Note, read_body
from landward.model.entries import Entry
from making import entry

ITEM = st.sampled_from(("day", "insomnia", "own:1", "Day!", ""))
SCALE = st.sampled_from(("0..10 better down", "0..4 better up", "4..0 better up", "0 to 4"))
WORD = st.sampled_from(("", "x", "diazepam", "answered", "taken", "not_taken", "usual", "ran_out"))
AMOUNT = st.sampled_from((0, 3, -1, 2.5, 11, 1e9, "2.50", "0", "-1", "NaN", "x", None, True))
TIME = st.sampled_from(("2026-03-01", "2026-03-01T22:05:00+01:00", "2026-03-01T22:05:00", "late"))
VALUE = st.one_of(
    WORD, AMOUNT, TIME, SCALE, st.booleans(), st.lists(ITEM, max_size=3),
    st.dictionaries(ITEM, st.one_of(AMOUNT, SCALE), max_size=3),
)  # fmt: skip
GOOD: Mapping[str, dict[str, Any]] = {
    "check_in": {"asked": ["day"], "answers": {"day": 3}, "scales": {"day": "0..10 better down"}},
    "feelings": {"asked": ["joy"], "answers": {"joy": 1}, "scales": {"joy": "0..4 better up"}},
    "scale": {"instrument": "x", "asked": ["q1"], "declined": ["q1"]},
    "dose_taken": {"drug": "diazepam", "dose_mg": "2.5", "at": "2026-03-01T22:05:00+01:00"},
    "glimmer": {"text": "a blackbird", "feeling": "joy", "strength": 2},
    "did_anyway": {"what": "made soup"},
    "event": {"what": "a walk", "valence": 1},
    "sleep": {"hours": 6.5},
    "note": {"text": "x"},
    "prescription": {"drug": "diazepam", "dose_mg_per_day": "10"},
    "plan_adopted": {"plan": "{}", "tables_version": "1"},
    "plan_step": {"drug": "diazepam", "plan": "a1", "step": 1, "through": 1, "start": "2026-03-01"},
    "profile": {"fields": {"name": "x"}},
    "user_label": {"label": "wave", "until": "2026-03-05"},
    "incident": {"what": "ran_out"},
    "shared": {"what": "a letter"},
    "retraction": {},
}


def of_kind(kind: str, text: str) -> Entry:
    return entry(Note(text="x"))._replace(kind=kind, body=text)


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str]:
    """A body of any kind with some fields put in, left out or spoilt; now and then not JSON."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    said = dict(GOOD[kind])
    fields = sorted({*KINDS[kind].model_fields, "nobody_declared_this"})
    for name in draw(st.lists(st.sampled_from(fields), max_size=3)):
        said[name] = draw(VALUE)
    for name in draw(st.lists(st.sampled_from(fields), max_size=1)):
        said.pop(name, None)
    text = json.dumps(said)
    cut = draw(st.one_of(st.just(len(text)), st.integers(0, len(text))))
    return kind, text[:cut]


@given(texts())
def test_what_is_read_is_what_validation_allows(drawn: tuple[str, str]) -> None:
    kind, text = drawn
    try:
        wanted: Body | None = KINDS[kind].model_validate_json(text)
    except ValidationError:
        wanted = None
    if wanted is None:
        with pytest.raises(ValidationError):
            read_body(of_kind(kind, text))
    else:
        found = read_body(of_kind(kind, text))
        assert found == wanted and type(found) is type(wanted)
        assert found.model_fields_set == wanted.model_fields_set


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_read(kind: str) -> None:
    found = read_body(of_kind(kind, json.dumps(GOOD[kind])))
    assert found is not None and type(found) is KINDS[kind] and found.kind == kind


@pytest.mark.parametrize(
    "said",
    [
        {"asked": ["a", "b"], "answers": {"a": 3, "b": 5}, "scales": {"a": "0..10 better down"}},
        {
            "asked": ["a", "b"],
            "answers": {"a": 3, "b": 5},
            "scales": {"a": "0..10 better down", "b": "0..4 better down"},
        },
        {
            "asked": ["a", "b", "c"],
            "answers": {"a": 3, "b": 4, "c": 5},
            "scales": {"a": "0..4 better down", "b": "0..10 better down", "c": "0..4 better down"},
        },
    ],
    ids=["no scale for the second", "off the second scale", "off a scale seen before"],
)
def test_each_answer_is_held_against_its_own_scale(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        CheckIn.model_validate(said)


def test_a_body_of_an_earlier_version_is_brought_forward_and_validated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, _, check = bodies._READERS["note"]
    monkeypatch.setitem(bodies._READERS, "note", (3, 3, check))
    monkeypatch.setitem(bodies.UPCASTS, ("note", 1), lambda raw: {"words": raw["said"]})
    monkeypatch.setitem(bodies.UPCASTS, ("note", 2), lambda raw: {"text": raw["words"]})
    assert read_body(of_kind("note", '{"said":"x"}')) == Note(text="x")
    with pytest.raises(ValidationError):
        read_body(of_kind("note", '{"said":5}'))
