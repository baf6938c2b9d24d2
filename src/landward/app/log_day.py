"""Log one day: how hard it was, symptoms in words, feelings, a note."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from landward.app.save_entry import save_one
from landward.model.base import BadInput
from landward.model.bodies import CheckIn
from landward.model.entries import Entry
from landward.model.moment import Moment
from landward.model.scale import DAY, FEELING, SYMPTOM, Scale

FEELINGS = ("pleasant", "painful")
"""The two daily feelings: pleasant and painful feelings reached me, none to fully."""


def scale_of(item: str) -> Scale:
    """The scale the diary itself asks an item on."""
    if item == "day":
        return DAY
    return FEELING if item in FEELINGS else SYMPTOM


def check_in(
    answers: Mapping[str, float],
    *,
    note: str = "",
    tags: tuple[str, ...] = (),
    mode: Literal["answered", "unwell", "resting"] = "answered",
) -> CheckIn:
    """A check-in from answers by item. Raises BadInput naming the answer that does not fit."""
    for item, value in answers.items():
        scale = scale_of(item)
        if not scale.holds(value):
            raise BadInput(f"“{item}” runs from {scale.low:g} to {scale.high:g}, not {value:g}")
    try:
        return CheckIn(
            asked=tuple(answers),
            answers=dict(answers),
            scales={item: str(scale_of(item)) for item in answers},
            mode=mode,
            note=note,
            tags=tags,
        )
    except ValidationError as error:
        first = error.errors()[0]
        if first["loc"][0] in ("asked", "answers"):
            raise BadInput(
                f"“{first['input']}” is not a name for an item: use small letters, numbers and _"
            ) from error
        where = ".".join(str(part) for part in first["loc"])
        raise BadInput(f"this check-in cannot be saved: {where}: {first['msg']}") from error


def log_day(
    path: Path,
    passphrase: str | None,
    answers: Mapping[str, float],
    moment: Moment,
    *,
    day: str | None = None,
    note: str = "",
    mode: Literal["answered", "unwell", "resting"] = "answered",
) -> Entry:
    """Save a check-in; it is on disk when this returns. Raises BadInput if it says nothing."""
    if not answers and not note and mode == "answered":
        raise BadInput(
            "there is nothing to log yet: say --day 0-10, --symptom NAME=0-4, --note, or --unwell"
        )
    return save_one(path, passphrase, check_in(answers, note=note, mode=mode), day, moment)
