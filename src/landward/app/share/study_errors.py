"""What is wrong with a `study.toml`, in one line: where, what, and what to write instead."""

from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from landward.model.said import phrase
from landward.model.study import DisclosureRule, Filter, MeasureSpec, Protocol, Study

SECTIONS: dict[str, type[BaseModel]] = {
    "measures": MeasureSpec,
    "population": Filter,
    "protocol": Protocol,
    "disclosure": DisclosureRule,
}
"""The parts of the file that have settings of their own; all others are the study's."""


def what_is_wrong(error: ValidationError) -> str:
    """The first fault of a study, for the person who wrote it."""
    first = error.errors()[0]
    where, name = _place(first["loc"]), str(first["loc"][-1]) if first["loc"] else ""
    if first["type"] == "extra_forbidden":
        return phrase(
            "{where}: there is no setting “{name}”{instead}",
            where=where,
            name=name,
            instead=_instead(name, first["loc"]),
        )
    if first["type"] == "missing":
        return phrase("{where}: “{name}” is missing; add a line {name} = …", where=where, name=name)
    if first["loc"][:1] == ("disclosure",) and first["type"] == "greater_than_equal":
        least = first["ctx"]["ge"]
        return phrase(
            "{where}: {first} is too low. A study may be stricter than the rule of "
            "this program, never laxer: {least} or more",
            where=where,
            first=first["input"],
            least=least,
        )
    return f"{where}: {first['msg'].removeprefix('Value error, ')}"


def _place(loc: tuple[Any, ...]) -> str:
    """`measures.0.items` as a person counts: “measures, number 1, items”."""
    words = [
        phrase("number {part}", part=part + 1) if isinstance(part, int) else str(part)
        for part in loc
    ]
    return ", ".join(words) or phrase("the file")


def _instead(name: str, loc: tuple[Any, ...]) -> str:
    shape = SECTIONS.get(str(loc[0]), Study) if len(loc) > 1 else Study
    known = sorted(field.alias or key for key, field in shape.model_fields.items())
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    return (
        phrase(". Did you mean “{near}”?", near=near[0])
        if near
        else phrase(". There are: {known}", known=", ".join(known))
    )
