"""What one person gives to one study: rows of codes and numbers, their consent, a signature.

Days count from the person's first cut (or the first day they give). Nothing in it is a word the
person wrote, a date, a name, or an id that any other study knows them by.
"""

from typing import Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from landward.model.base import Frozen
from landward.model.said import phrase

FIXED = ("day", "doses", "drug", "age_band", "country", "indication", "feelings")
"""The elements that are no symptom. `day` is the day's 0–10 answer, `doses` doses and changes,
`feelings` the daily pair and the weekly statements with the words they were asked in."""

SAID = ("answered", "no_occasion", "too_much", "left_open")
"""How a question about feelings was answered, by its number in a row."""


class GivenDay(Frozen):
    """One day: the day's answer, and milligrams × 1000 taken; None where not known."""

    day: int
    severity: int | None = Field(default=None, ge=0, le=10)
    dose_ug: int | None = Field(default=None, ge=0)


class GivenChange(Frozen):
    """One lasting change of dose."""

    day: int
    nth: int
    from_ug: int = Field(ge=0)
    to_ug: int = Field(ge=0)


class GivenAnswer(Frozen):
    """One item on one day: 0 absent, 1 present, 2 not asked; the 0–4 answer where there is one."""

    day: int
    item: str
    state: Literal[0, 1, 2]
    value: int | None = Field(default=None, ge=0, le=4)


class GivenFeeling(Frozen):
    """One question about feelings on one day it was asked: `said` is a number of `SAID`, `value`
    0 to 4 where it was answered with a number, `wording` the version and language of its words.
    """

    day: int
    item: str
    said: Literal[0, 1, 2, 3]
    value: int | None = Field(default=None, ge=0, le=4)
    wording: str


class GivenPerson(Frozen):
    """The row about the person."""

    zero: Literal["first_cut", "first_day"]
    first_day: int
    last_day: int
    last_dose_day: int | None = None
    ended: Literal["data_cut", "left"] = "data_cut"
    start_dose_ug: int | None = None
    drug: str | None = None
    age_band: str | None = None
    country: str | None = None
    indication: str | None = None


class GivenRows(Frozen):
    """Every row of a gift, in order."""

    person: GivenPerson
    days: tuple[GivenDay, ...]
    dose_changes: tuple[GivenChange, ...]
    answers: tuple[GivenAnswer, ...]
    feelings: tuple[GivenFeeling, ...] = ()
    """Not written where there are none: gifts from before it keep their signature."""

    @model_serializer(mode="wrap")
    def _without_nothing(self, make: SerializerFunctionWrapHandler) -> dict[str, Any]:
        made: dict[str, Any] = make(self)
        if not self.feelings:
            made.pop("feelings", None)
        return made

    def lines(self) -> list[str]:
        """Every row in words, for the person to read before anything is written."""
        about = self.person
        facts = [f"{n} {v}" for n, v in about.model_dump().items() if v is not None]
        told: list[str] = [phrase("about you: ") + ", ".join(facts).replace("_", " ")]
        for day in self.days:
            parts = [
                "answer –"
                if day.severity is None
                else phrase("answer {severity}", severity=day.severity)
            ]
            parts += (
                []
                if day.dose_ug is None
                else [phrase("dose {dose_ug} mg", dose_ug=format(day.dose_ug / 1000, "g"))]
            )
            told.append(phrase("day {day}: {parts}", day=day.day, parts=", ".join(parts)))
        for change in self.dose_changes:
            amounts = f"{change.from_ug / 1000:g} to {change.to_ug / 1000:g} mg"
            told.append(
                phrase("day {day}: dose changed, {amounts}", day=change.day, amounts=amounts)
            )
        for answer in self.answers:
            state = (phrase("not there"), "there", phrase("not asked"))[answer.state]
            value = "" if answer.value is None else f" ({answer.value} of 4)"
            told.append(
                phrase(
                    "day {day}: {item} {state}{value}",
                    day=answer.day,
                    item=answer.item.replace("_", " "),
                    state=state,
                    value=value,
                )
            )
        for one in self.feelings:
            said = f"{one.value} of 4" if one.value is not None else SAID[one.said]
            told.append(
                phrase("day {day}: {item} {said}, asked in words {wording}", day=one.day,
                       item=one.item, said=said.replace("_", " "), wording=one.wording)
            )  # fmt: skip
        return told


class Gift(Frozen):
    """The file a person hands over themselves."""

    schema_version: Literal["landward-gift/1"] = Field(default="landward-gift/1", alias="schema")
    study: str
    consent_version: str
    consent_text: str
    person: int
    verify_key: str
    rows: GivenRows
    signature: str = ""

    model_config = Frozen.model_config | {"populate_by_name": True}


class Withdrawal(Frozen):
    """The file that takes a gift back. Only whoever gave can sign it."""

    schema_version: Literal["landward-withdrawal/1"] = Field(
        default="landward-withdrawal/1", alias="schema"
    )
    study: str
    person: int
    verify_key: str
    signature: str = ""

    model_config = Frozen.model_config | {"populate_by_name": True}
