"""What an entry says, kind by kind: flat, frozen, versioned bodies.

Bodies stay flat (`dict[str, float]` rather than nested models) because the diary is folded from
thousands of them. The stored text is never rewritten: an older version is upcast on reading.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, ClassVar, Literal

from pydantic import ConfigDict, Field, model_validator

from landward.model.base import Frozen
from landward.model.body_fields import (
    ChoiceWord,
    DoseMg,
    ItemId,
    Number,
    Short,
    Text,
    Wording,
    is_item_id,
)
from landward.model.entries import Entry, canonical_json
from landward.model.scale import Scale


class Body(Frozen):
    """Base of every body. `kind` and `version` name the shape in the journal."""

    model_config = ConfigDict(hide_input_in_errors=True)  # nobody's words in a traceback or a log

    kind: ClassVar[str]
    version: ClassVar[int] = 1
    oldest: ClassVar[int] = 1
    """From this version on fields were only added: an older body is one of the newest."""

    @property
    def written_as(self) -> int:
        """The version to write: the oldest that can say this, so that an older Landward reads on
        whatever it can understand.
        """
        return self.version

    def to_json(self) -> str:
        """The canonical text that is stored. Fields left at their default are not written."""
        return canonical_json(self.model_dump(mode="json", exclude_defaults=True))


class Answers(Body):
    """Answers to items, with what was asked kept beside them: "not asked" is not "no answer".

    `scales` holds, per item, the scale as given (`0..10 better down`). `declined`, `no_occasion`
    and `too_much` name items that were answered in words rather than with a number.

    Every name here is an `ItemId`. A long diary repeats a handful of lists of items thousands of
    times, so each list is checked once (`item_ids`), and what was answered against what was asked.
    """

    asked: tuple[str, ...] = ()
    answers: dict[str, Number] = Field(default_factory=dict)
    scales: dict[str, str] = Field(default_factory=dict)
    declined: tuple[str, ...] = ()
    no_occasion: tuple[str, ...] = ()
    too_much: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _answers_fit_what_was_asked(self) -> "Answers":
        asked, answers, scales = item_ids(self.asked), self.answers, self.scales
        said = (answers, self.declined, self.no_occasion, self.too_much)
        if not all(map(asked.issuperset, said)):
            stray = next(item for part in said for item in part if item not in asked)
            raise ValueError(f"“{stray}” was answered but not asked")
        if not asked.issuperset(scales):
            item_ids(tuple(scales))
        scale = ""
        for item, value in answers.items():
            text = scales.get(item)
            if text is None:
                raise ValueError(f"“{item}” has an answer but no scale")
            if text != scale:
                scale, (low, high) = text, _ends(text)
            if not low <= value <= high:
                raise ValueError(f"“{item}” is {value:g}, off its scale {text}")
        return self


@lru_cache(maxsize=256)
def item_ids(names: tuple[str, ...]) -> frozenset[str]:
    """A list of items as a set. Raises ValueError for a name that is no `ItemId`."""
    for name in names:
        if not is_item_id(name):
            raise ValueError(f"“{name[:80]}” cannot be the name of an item")
    return frozenset(names)


@lru_cache(maxsize=256)
def _ends(scale: str) -> tuple[float, float]:
    """The ends of a scale, read once per distinct text: a long diary repeats a handful of them."""
    read = Scale.parse(scale)
    return read.low, read.high


class CheckIn(Answers):
    """The daily check-in. `mode` tells apart the days that were too unwell and the days of rest.

    Version 2 adds `choices`, answers that are words and no numbers, by the id of their question,
    and `words`, what the person called an item whose id does not say it. Version 3 adds `wordings`,
    as in `Feelings`, for what is asked about feeling; where it says nothing it is not known.
    """

    kind: ClassVar[str] = "check_in"
    version: ClassVar[int] = 3
    choices: dict[ItemId, ChoiceWord] = Field(default_factory=dict)
    words: dict[ItemId, Short] = Field(default_factory=dict)
    wordings: dict[ItemId, Wording] = Field(default_factory=dict)
    mode: Literal["answered", "unwell", "resting"] = "answered"
    carried: bool = False
    """Filled by "same as yesterday": shown hollow, left out of change tests."""
    tags: tuple[Short, ...] = ()
    note: Text = ""

    @property
    def written_as(self) -> int:
        """1 unless there is an answer in words, a name or a wording to keep."""
        if self.wordings:
            return 3
        return 2 if self.choices or self.words else 1


class Feelings(Answers):
    """The weekly look at emotional range: items 0 to 4, better upward, no total.

    Version 2 adds `wordings`: the version of the words each statement was asked in and their
    language, “1.en”. Where it says nothing they were the first ones, in English.
    """

    kind: ClassVar[str] = "feelings"
    version: ClassVar[int] = 2
    wordings: dict[ItemId, Wording] = Field(default_factory=dict)
    note: Text = ""

    @property
    def written_as(self) -> int:
        """1 unless wordings are kept."""
        return 2 if self.wordings else 1


class ScaleAnswers(Answers):
    """A questionnaire whose licence allows it, answered item by item."""

    kind: ClassVar[str] = "scale"
    instrument: Short
    total: float | None = Field(default=None, ge=-1_000_000, le=1_000_000)


class DoseTaken(Body):
    """One dose. `status` compares with the plan; `at` is the local wall time with its offset.

    Version 2 adds `own_word`: the person's own word for the drug, where it is not `drug`.
    """

    kind: ClassVar[str] = "dose_taken"
    version: ClassVar[int] = 2
    drug: Short
    own_word: Short = ""
    dose_mg: DoseMg | None = None
    at: datetime | None = None
    status: Literal["taken", "as_planned", "different", "not_taken"] = "taken"
    as_needed: bool = False
    day_total: bool = False
    """True where a source only knows the whole day's amount, not single doses."""
    product: Short = ""

    @property
    def written_as(self) -> int:
        """1 unless there is an own word to keep."""
        return 2 if self.own_word else 1

    @model_validator(mode="after")
    def _amount_fits_status(self) -> "DoseTaken":
        if self.status in ("taken", "different") and self.dose_mg is None:
            raise ValueError("a dose that was taken needs its amount in mg")
        if self.status == "not_taken" and self.dose_mg:
            raise ValueError("a dose that was not taken has no amount")
        return self


class Glimmer(Body):
    """A small moment in which something reached the person: any feeling, of any strength.

    Version 2 adds `feeling`, its name or the person's own word for it, and `strength` (1 barely
    there, 2 there, 3 strong); then no sentence is needed.
    """

    kind: ClassVar[str] = "glimmer"
    version: ClassVar[int] = 2
    text: Text = ""
    feeling: Short = ""
    strength: Literal[1, 2, 3] | None = None

    @property
    def written_as(self) -> int:
        """1 where it is a sentence and nothing else."""
        return 2 if self.feeling or self.strength or not self.text else 1


class DidAnyway(Body):
    """Something done for somebody, or for oneself, without feeling it."""

    kind: ClassVar[str] = "did_anyway"
    what: Text


class Event(Body):
    """Something that happened, with how it felt to have it happen (−2 painful … +2 pleasant)."""

    kind: ClassVar[str] = "event"
    what: Short
    valence: int | None = Field(default=None, ge=-2, le=2)
    note: Text = ""


class Sleep(Body):
    """One night, dated by the morning it ended."""

    kind: ClassVar[str] = "sleep"
    hours: float = Field(ge=0, le=24)
    started_at: datetime | None = None
    ended_at: datetime | None = None
    source: Short = ""


class Note(Body):
    """Free words. They never leave the vault unless the person puts them into a report."""

    kind: ClassVar[str] = "note"
    text: Text


class Prescription(Body):
    """What the prescriber ordered, as the person copied it from the label.

    Version 2 adds `own_word`: the label's own word for the drug, where it is not `drug`.
    """

    kind: ClassVar[str] = "prescription"
    version: ClassVar[int] = 2
    drug: Short
    own_word: Short = ""
    dose_mg_per_day: DoseMg
    times: tuple[Short, ...] = ()
    form: Short = ""
    started_on: date | None = None
    supply_mg: DoseMg | None = None
    why: Short = ""

    @property
    def written_as(self) -> int:
        """1 unless there is an own word to keep."""
        return 2 if self.own_word else 1


class PlanAdopted(Body):
    """A plan as it stood when it was adopted. Its steps are stored and never recomputed.

    Version 2 adds `agreed_on`, and `confirmed`: how many steps were said yes to by then. Every
    later one waits for a `PlanStep`; without it all stand as they are dated.
    """

    kind: ClassVar[str] = "plan_adopted"
    version: ClassVar[int] = 2
    plan: Text
    """The whole plan as JSON text."""
    tables_version: Short
    prescriber: Short = ""
    confirmed: int | None = Field(default=None, ge=0, le=12_000)
    agreed_on: date | None = None

    @property
    def written_as(self) -> int:
        """1 where nothing of version 2 is said."""
        return 1 if self.confirmed is None and self.agreed_on is None else 2


class PlanStep(Body):
    """Going on to steps (from 1) of an adopted `plan` from a day; without a day, staying."""

    kind: ClassVar[str] = "plan_step"
    drug: Short
    plan: Short
    step: int = Field(ge=1, le=12_000)
    through: int = Field(ge=1, le=12_000)
    start: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "PlanStep":
        if self.through < self.step:
            raise ValueError("the last step of several is not before their first")
        return self


class Profile(Body):
    """Facts the person stated about themselves and choices about the diary, as flat texts."""

    kind: ClassVar[str] = "profile"
    fields: dict[ItemId, Text]


class UserLabel(Body):
    """The person's own name for a run of days. It stands before any machine label."""

    kind: ClassVar[str] = "user_label"
    label: Literal["window", "usual", "wave"]
    until: date
    helped: Text = ""

    # The entry's own date is the first day of the run.


class Incident(Body):
    """A safety fact the person stated, such as "ran out" or "vomited doses"."""

    kind: ClassVar[str] = "incident"
    what: ItemId
    note: Text = ""


class Shared(Body):
    """What was given to whom."""

    kind: ClassVar[str] = "shared"
    what: Short
    reader: Short = ""


class Retraction(Body):
    """Takes back the entries named in `replaces`. Nothing is removed; they no longer stand."""

    kind: ClassVar[str] = "retraction"
    reason: Short = ""


KINDS: Mapping[str, type[Body]] = {
    body.kind: body
    for body in (
        CheckIn,
        DoseTaken,
        Feelings,
        Glimmer,
        DidAnyway,
        ScaleAnswers,
        Event,
        Sleep,
        Note,
        Prescription,
        PlanAdopted,
        PlanStep,
        Profile,
        UserLabel,
        Incident,
        Shared,
        Retraction,
    )
}

UPCASTS: Mapping[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""(kind, version) -> how a body of that version becomes one of the next."""


def read_body(entry: Entry) -> Body | None:
    """The typed body of an entry, or None where this version of Landward does not know its shape.

    A kind nobody knows, and a known kind of a newer version, are kept in the journal and counted,
    never guessed at. Raises ValueError where a known body is malformed.
    """
    known = _READERS.get(entry.kind)
    if known is None:
        return None
    oldest, version, check = known
    if oldest <= entry.version <= version:
        return check(entry.body)
    if entry.version > version:
        return None
    raw = json.loads(entry.body)
    for earlier in range(entry.version, version):
        raw = UPCASTS[entry.kind, earlier](raw)
    return KINDS[entry.kind].model_validate(raw)


_READERS: Mapping[str, tuple[int, int, Callable[[str], Body]]] = {
    kind: (shape.oldest, shape.version, shape.__pydantic_validator__.validate_json)
    for kind, shape in KINDS.items()
}
"""kind -> its versions, and what `model_validate_json` itself calls: a third faster, and a long
diary has thousands of bodies, each validated in full whenever it is read."""
