import json
from decimal import Decimal

import pytest
from pydantic import ValidationError

from landward.model.bodies import KINDS, CheckIn, DoseTaken, Note, read_body
from making import entry

SCALES = {"day": "0..10 better down"}


DESIGNED = """check_in dose_taken feelings glimmer scale event sleep note prescription plan_adopted
plan_step profile user_label incident shared retraction did_anyway"""


def test_the_kinds_are_those_of_the_design() -> None:
    assert set(KINDS) == set(DESIGNED.split())


@pytest.mark.parametrize(
    "body",
    [
        {"asked": ["day"], "answers": {"day": 11}, "scales": SCALES},
        {"asked": [], "answers": {"day": 3}, "scales": SCALES},
        {"asked": ["day"], "answers": {"day": 3}},
        {"asked": ["day"], "answers": {"day": float("nan")}, "scales": SCALES},
        {"asked": ["Day!"], "declined": ["Day!"]},
        {"asked": ["day"], "scales": {"Mood!": "0..10 better down"}},
        {"asked": ["day"], "answers": {"day": 3, "Mood!": 3}, "scales": SCALES},
        {"asked": ["day"], "answers": {"day": 3}, "scales": SCALES, "mood": 1},
    ],
    ids=[
        "off its scale",
        "not asked",
        "no scale",
        "no number",
        "odd name",
        "odd scale",
        "odd answer",
        "unknown field",
    ],
)
def test_a_check_in_that_contradicts_itself_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        CheckIn.model_validate(body)


def test_defaults_are_not_written_and_whole_numbers_stay_whole() -> None:
    body = CheckIn(asked=("day",), answers={"day": 3.0}, scales=SCALES)
    assert body.to_json() == (
        '{"answers":{"day":3},"asked":["day"],"scales":{"day":"0..10 better down"}}'
    )


@pytest.mark.parametrize("text", ["0.1", "2.50", "0.0625", "100"])
def test_a_dose_is_stored_as_the_decimal_it_was(text: str) -> None:
    body = DoseTaken(drug="diazepam", dose_mg=Decimal(text))
    assert json.loads(body.to_json())["dose_mg"] == text
    assert DoseTaken.model_validate_json(body.to_json()) == body


def test_a_dose_not_taken_has_no_amount() -> None:
    with pytest.raises(ValidationError, match="no amount"):
        DoseTaken(drug="diazepam", dose_mg=Decimal(2), status="not_taken")
    with pytest.raises(ValidationError, match="amount"):
        DoseTaken(drug="diazepam")


def test_a_kind_or_version_nobody_knows_is_not_guessed_at() -> None:
    made = entry(Note(text="x"))
    assert read_body(made) == Note(text="x")
    assert read_body(made.but(kind="dream")) is None
    assert read_body(made.but(version=2)) is None
