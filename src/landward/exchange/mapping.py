"""The map that tells how to read somebody's CSV: a small TOML file, checked before use.

source = "jang2024"
zone = "Asia/Seoul"
on_duplicate = "refuse"            # or "first", "last"

[filter]
id = "SYM2-1-341"                  # only rows where this column holds this text

[constants]
person = "SYM2-1-341"              # goes into the source name
drug = "diazepam"                  # needed where [dose] is mapped; or drug in [dose], a column

[date]
column = "date"                    # ISO dates; or day numbers with start = 2021-03-01

[items.anxiety]
column = "anx"
scale = [0, 3]
better = "down"
missing = ["", "NA"]
words = { none = 0, severe = 3 }   # where levels are written as words

[long]                             # instead of items: one row a symptom
item = "Symptom"
value = "Severity"
scale = [0, 10]

What a file shows by itself (encoding, separator, header, decimal comma, date-times) is not asked.
"""

import datetime as dt
import tomllib
import unicodedata
from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from landward.model.base import BadInput, Frozen
from landward.model.body_fields import ItemId
from landward.model.moment import zone_of
from landward.model.questions import BY_ID
from landward.model.said import phrase
from landward.model.scale import Scale


class DateRule(Frozen):
    """Where the day stands: dates, or numbers counted from `start` (number `first` = start).

    `order` answers whether 03/04 is day or month first where the file does not show it; `format`
    is a form of `strptime`, for dates nothing else reads; `time` is a column with the clock.
    """

    column: str
    start: dt.date | None = None
    first: int = 1
    order: Literal["", "dmy", "mdy", "day first", "month first", "1900", "1904"] = ""
    format: str = ""
    time: str = ""


class LevelRule(Frozen):
    """Answers on one scale: as given, what stands for "no answer", and what words stand for."""

    scale: tuple[float, float]
    better: Literal["up", "down"] = "down"
    missing: tuple[str, ...] = ("", "NA", "NaN", "-", "–")
    words: dict[str, float] = Field(default_factory=dict)

    @field_validator("words")
    @classmethod
    def _whatever_their_capitals(cls, words: dict[str, float]) -> dict[str, float]:
        return {unicodedata.normalize("NFC", word).casefold(): n for word, n in words.items()}

    @model_validator(mode="after")
    def _scale_is_one(self) -> Self:
        scale = self.as_scale()
        for word, level in self.words.items():
            if not scale.holds(level):
                raise ValueError(
                    phrase(
                        "“{word}” stands for {level}, off the scale {span}",
                        word=word,
                        level=format(level, "g"),
                        span=scale.span,
                    )
                )
        return self

    def as_scale(self) -> Scale:
        """The scale of the answers."""
        low, high = self.scale
        return Scale(low=low, high=high, better=self.better)


class ItemRule(LevelRule):
    """One answered item and its column."""

    column: str


class LongRule(LevelRule):
    """One row a symptom: the column that names it, and the column with its answer."""

    item: str
    value: str


class ColumnRule(Frozen):
    """A column taken over as it is: a day's dose in mg, hours of sleep, a note."""

    column: str
    missing: tuple[str, ...] = ("", "NA", "NaN", "-", "–")


class SleepRule(ColumnRule):
    """Hours of sleep. `unit` is needed where plain numbers are minutes."""

    unit: Literal["h", "min"] = "h"


class DoseRule(ColumnRule):
    """Doses in mg: one row a day is the day's dose, several rows are the doses of that day.

    `drug` is the column that names the drug of a row, where the file is about more than one.
    """

    drug: str = ""


class CsvMap(Frozen):
    """A whole map. Unknown keys are errors, because a misspelt one would drop data silently."""

    source: str = Field(min_length=1, max_length=80)
    zone: str = "UTC"
    delimiter: str = Field(default="", max_length=1)
    encoding: str = ""
    decimal: Literal["", ",", "."] = ""
    on_duplicate: Literal["refuse", "first", "last"] = "refuse"
    filter: dict[str, str] = Field(default_factory=dict)
    constants: dict[Literal["drug", "person"], str] = Field(default_factory=dict)
    date: DateRule
    items: dict[ItemId, ItemRule] = Field(default_factory=dict)
    dose: DoseRule | None = None
    long: LongRule | None = None
    sleep_hours: SleepRule | None = None
    note: ColumnRule | None = None

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, zone: str) -> str:
        try:
            zone_of(zone)
        except Exception as error:
            raise ValueError(
                phrase("“{zone}” is not a time zone such as Europe/London", zone=zone)
            ) from error
        return zone

    @model_validator(mode="after")
    def _maps_something(self) -> "CsvMap":
        if not (self.items or self.long or self.dose or self.sleep_hours or self.note):
            raise ValueError(
                phrase("the map names no column to read: add [items.NAME], [dose] or [note]")
            )
        if self.dose and not self.dose.drug and "drug" not in self.constants:
            raise ValueError(
                phrase(
                    "[dose] is mapped, so [constants] must name the drug, or drug in [dose] "
                    "its column"
                )
            )
        return self

    @field_validator("items")
    @classmethod
    def _own_questions_keep_their_scale(cls, items: dict[str, ItemRule]) -> dict[str, ItemRule]:
        for item in items.keys() & BY_ID.keys():
            own, scale = BY_ID[item].scale, items[item].as_scale()
            if own is None:
                raise ValueError(
                    phrase(
                        "“{item}” is answered in words; a column of numbers is not it", item=item
                    )
                )
            if own != scale:
                raise ValueError(
                    phrase(
                        "“{item}” is the diary's own question and runs {own}, not {scale}; name "
                        "this column otherwise, such as [items.other_{item}]",
                        item=item,
                        own=own,
                        scale=scale,
                    )
                )
        return items

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column the map reads, in order, without doubles."""
        extra = [rule.column for rule in (self.dose, self.sleep_hours, self.note) if rule]
        extra += [self.dose.drug] if self.dose and self.dose.drug else []
        extra += [self.date.time] if self.date.time else []
        extra += [self.long.item, self.long.value] if self.long else []
        named = [*self.filter, self.date.column, *(r.column for r in self.items.values()), *extra]
        return tuple(dict.fromkeys(named))


def read_map(text: str, name: str = phrase("the map")) -> CsvMap:
    """Read a map from TOML text. Raises BadInput naming the first thing that is wrong."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(
            phrase("{name} is not valid TOML: {error}", name=name, error=error)
        ) from error
    return map_of(raw, name)


def map_of(raw: Mapping[str, Any], name: str = phrase("the map")) -> CsvMap:
    """A map from plain values. Raises BadInput naming the first thing that is wrong."""
    try:
        return CsvMap.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or phrase("the whole")
        why = first["msg"].removeprefix("Value error, ")
        raise BadInput(f"{name}, {where}: {why}") from error
