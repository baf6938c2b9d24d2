"""Words for people, with what another language needs to say them: one door, in gettext's manner.

    phrase("{count} lines could not be read", count=3)
    counted(days, "{count} day", "{count} days")

What they give is the English text, a string like any other, which remembers its message and its
values. Nobody who makes words knows the reader's language; whoever shows them (a page, a terminal)
holds a `Catalogue` and asks it for the words. `python3 run.py text` collects the messages.
"""

import gettext
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Literal

if TYPE_CHECKING:  # `landward --help` has words, and no values to check
    from pydantic import GetCoreSchemaHandler, SerializationInfo, ValidationInfo
    from pydantic_core import CoreSchema


class Said(str):
    """English text that remembers the message it was made from, its values, and what it counts."""

    __slots__ = ("first", "many", "message", "number", "values")
    message: str
    values: Mapping[str, object]
    many: str
    number: int | None
    first: Literal["", "large", "small"]

    def __str__(self) -> str:
        return self  # so that an error's text still knows how it was made

    def __add__(self, more: str) -> "Said":
        return joined("", (self, more))

    def format(self, *_: object, **values: object) -> "Said":
        """A message kept as a constant, filled where it is said."""
        return phrase(self.message, **values)

    def __radd__(self, before: str) -> "Said":
        return joined("", (before, self))


class _Kept:
    """Lets a field of text keep what is said."""

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        from pydantic_core import core_schema

        kept = core_schema.is_instance_schema(Said)
        sent = core_schema.with_info_plain_validator_function(_from_process)
        return core_schema.union_schema(
            [kept, handler(source), sent],
            mode="left_to_right",
            serialization=core_schema.plain_serializer_function_ser_schema(
                _to_process, info_arg=True, when_used="json"
            ),
        )


Words = Annotated[str, _Kept()]
"""Text of a frozen value that may have been said: a field declared `str` would forget how."""


SENT: Mapping[str, object] = {"said": True}
"""The context of pydantic's JSON between two processes of ours: what is said stays said. Without
it, JSON holds the English text, as files and `--json` want it."""


def parts_of(text: object) -> object:
    """What was said as plain data for another process; anything else as the text it is."""
    if not isinstance(text, Said):
        return str(text)
    values = {name: parts_of(value) for name, value in text.values.items()}
    return [text.message, text.many, text.number, text.first, values]


def from_parts(parts: object) -> str:
    """Back from `parts_of`, checked: another process may answer anything. Raises ValueError."""
    match parts:
        case str(text):
            return text
        case [str(one), str(many), int() | None as number, "" | "large" | "small" as first,
              dict(values)] if all(map(_is_plain, (one, many))):  # fmt: skip
            told: dict[str, object] = {str(n): from_parts(value) for n, value in values.items()}
            try:
                english = one if number in (None, 1) else many
                made = _said(english, told, one, many, number)
            except (KeyError, IndexError) as error:
                raise ValueError("message: value missing") from error
            return {"large": begun, "small": within}.get(first, _as_it_is)(made)
    raise ValueError("nothing said here")


def _as_it_is(text: str) -> str:
    return text


def _is_plain(message: str) -> bool:
    """Whether its braces hold names alone: no look into a value, no form of its own."""
    try:
        found = list(string.Formatter().parse(message))
    except ValueError:
        return False
    return all(
        name is None or (name.isidentifier() and not form and not turned)
        for _, name, form, turned in found
    )


def _from_process(value: object, info: "ValidationInfo") -> str:
    if not (info.context and info.context.get("said")) or isinstance(value, str):
        raise ValueError("not text")
    return from_parts(value)


def _to_process(value: str, info: "SerializationInfo") -> object:
    return parts_of(value) if info.context and info.context.get("said") else str.__str__(value)


def phrase(message: str, /, **values: object) -> Said:
    """A sentence, its values named in braces. The message is a plain string: it is looked up."""
    return _said(message, values, message)


def counted(count: int, one: str, many: str, /, **values: object) -> Said:
    """A sentence about a number of things, `{count}` in it: in English one form for 1, one else."""
    return _said(one if count == 1 else many, {"count": count, **values}, one, many, count)


def _said(
    english: str, values: dict[str, object], message: str = "", many: str = "",
    count: int | None = None,
) -> Said:  # fmt: skip
    made = Said(english.format_map(values) if values else english)
    made.message, made.many, made.number, made.values = message or english, many, count, values
    made.first = ""
    return made


def joined(between: str, parts: Iterable[str]) -> Said:
    """Texts one after another: what `between.join(parts)` gives, and each still knows its words."""
    values: dict[str, object] = {f"part_{number}": part for number, part in enumerate(parts)}
    apart = between.replace("{", "{{").replace("}", "}}")
    return _said(apart.join(f"{{{name}}}" for name in values), values)


def begun(text: str) -> str:
    """Words as a sentence begins with them: the first letter large, in every language."""
    return _with_first(text, text[:1].upper() + text[1:], "large")


def within(text: str) -> str:
    """Words as they stand inside a sentence: the first letter small."""
    return _with_first(text, text[:1].lower() + text[1:], "small")


def _with_first(text: str, changed: str, first: Literal["large", "small"]) -> str:
    if not isinstance(text, Said):
        return changed
    made = Said(changed)
    made.message, made.many, made.number = text.message, text.many, text.number
    made.values, made.first = text.values, first
    return made


@dataclass(frozen=True)
class Catalogue:
    """One language: its code, and its words for the messages that it has."""

    language: str = "en"
    translations: gettext.NullTranslations = field(default_factory=gettext.NullTranslations)

    @property
    def is_english(self) -> bool:
        """Whether nothing needs to be looked up: English is what the messages are written in."""
        return type(self.translations) is gettext.NullTranslations

    def text(self, message: str) -> str:
        """A message in this language; English where it has none, or one that lost a value."""
        found = self.translations.gettext(message) if message else ""
        return found if names_in(found) == names_in(message) else message

    def text_many(self, one: str, many: str, count: int) -> str:
        """The form of a counted message for a number, its braces not filled yet. A form for one
        may leave the number out, as “a day” does."""
        found = self.translations.ngettext(one, many, count)
        return found if names_in(found) <= names_in(many) else (one if count == 1 else many)

    def words(self, said: Any) -> Any:
        """What was said, in this language. Anything that is not `Said` comes back as it is."""
        if not isinstance(said, Said):
            return said
        found = (
            self.text(said.message)
            if said.number is None
            else self.text_many(said.message, said.many, said.number)
        )
        if said.values:
            found = found.format_map({n: self.words(value) for n, value in said.values.items()})
        if not said.first:
            return found
        return (found[:1].upper() if said.first == "large" else found[:1].lower()) + found[1:]


ENGLISH = Catalogue()


def names_in(message: str) -> frozenset[str]:
    """The values a message names. A message whose braces are broken names one that nobody has."""
    try:
        return frozenset(name for _, name, _, _ in string.Formatter().parse(message) if name)
    except ValueError:
        return frozenset({"{"})
