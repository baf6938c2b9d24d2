"""The kinds of setting: how each is read, checked, stored as text, and offered on a page.

What is stored is always a short text in a profile entry, so an older Landward keeps what a newer
one stored. A text that is no choice here reads as the default and stays as it is until the person
chooses anew.
"""

import datetime as dt
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar, overload
from zoneinfo import ZoneInfo, available_timezones

from landward.model.base import BadInput
from landward.model.item_ids import item_of
from landward.model.said import phrase

ValueT = TypeVar("ValueT")
Options = Mapping[str, str] | Callable[[], Mapping[str, str]]

ALWAYS, NEVER = "always", "never"
LONGEST_TEXT = 20_000
MOST_BUTTONS = 6
MOST_PINS = 6


class Texts(Protocol):
    """Whatever holds the stored texts by name."""

    def text(self, name: str) -> str:
        """What is stored under a name, else what holds until something is."""


class Setting(ABC, Generic[ValueT]):
    """One setting: its name, its part of the page, its words, and what holds until it is set.

    `locked` says who may see it before unlocking: always, never, or where another setting, named
    here, is on.
    """

    widget: ClassVar[str]
    """The shape that offers it on the page: a macro of that name in the settings template."""

    def __init__(
        self,
        group: str,
        words: str,
        *,
        default: str = "",
        hint: str = "",
        locked: str = NEVER,
        stored: str = "",
    ) -> None:
        self.group, self.words, self.hint = group, words, hint
        self.default, self.locked = default, locked
        self.name = stored
        """The name it is stored under, which is its name in the class unless told."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = self.name or name

    @overload
    def __get__(self, settings: None, owner: type) -> Self: ...
    @overload
    def __get__(self, settings: Texts, owner: type) -> ValueT: ...
    def __get__(self, settings: Texts | None, owner: type) -> "Self | ValueT":
        if settings is None:
            return self
        try:
            return self.read(settings.text(self.name))
        except ValueError:
            return self.read(self.default)

    @abstractmethod
    def read(self, text: str) -> ValueT:
        """The value of a stored text. Raises ValueError for a text of no meaning here."""

    def check(self, text: str) -> str:
        """What is stored for a text somebody typed. Raises BadInput."""
        try:
            self.read(text)
        except ValueError as error:
            raise BadInput(str(error)) from None
        return text

    def fields(self, text: str, names: Mapping[str, str]) -> dict[str, str]:
        """The profile fields of what was typed. Raises BadInput. `names` are the person's words."""
        return {self.name: self.check(text)}

    def from_form(self, values: list[str] | None) -> str | None:
        """What a form says of it, None where it says nothing."""
        return values[-1] if values else None

    def said(self, text: str) -> str:
        """A stored text in words."""
        return text


class _Offered(Setting[ValueT]):
    """Something out of a list, which may be made when it is first asked for."""

    def __init__(self, group: str, words: str, options: Options, **more: Any) -> None:
        super().__init__(group, words, **more)
        self._options = options

    @property
    def options(self) -> Mapping[str, str]:
        """The words by stored name, in order."""
        return self._options() if callable(self._options) else self._options


class _Choice(_Offered[ValueT]):
    """One of a few words, stored under a short name."""

    widget = "choice"

    @property
    def is_long(self) -> bool:
        """Whether a list to open is kinder than buttons."""
        return len(self.options) > MOST_BUTTONS

    def check(self, text: str) -> str:
        """The stored name; the words of a choice mean it too."""
        if text in self.options:
            return text
        meant = [
            name for name, words in self.options.items() if words.casefold() == text.casefold()
        ]
        if not meant:
            raise BadInput(
                phrase(
                    "“{text}” is not one of the choices for {name}: ",
                    text=text[:40],
                    name=self.name,
                )
                + ", ".join(name for name in self.options if name)
            )
        return meant[0]

    def said(self, text: str) -> str:
        return self.options.get(text, text)


class Choice(_Choice[str]):
    """A choice read as its stored name."""

    def read(self, text: str) -> str:
        """The stored name itself."""
        if text not in self.options:
            raise ValueError(
                phrase(
                    "“{text}” is not one of the choices for {name}", text=text[:40], name=self.name
                )
            )
        return text


class Code(Choice):
    """A choice by a code in capitals, such as a country's; one that is not offered is kept."""

    def read(self, text: str) -> str:
        """The code in capitals."""
        return text.strip().upper()

    def check(self, text: str) -> str:
        """The code, however it was written; the words of a choice mean it too."""
        code = self.read(text)
        return super().check(code if code in self.options else text)


class Number(_Choice[int]):
    """A choice among whole numbers."""

    def read(self, text: str) -> int:
        """The number."""
        if text not in self.options:
            raise ValueError(
                phrase(
                    "“{text}” is not one of the choices for {name}", text=text[:40], name=self.name
                )
            )
        return int(text)


class Tick(Setting[bool]):
    """Yes or no."""

    widget = "tick"

    def __init__(self, group: str, words: str, *, default: str = "no", **more: Any) -> None:
        super().__init__(group, words, default=default, **more)

    def read(self, text: str) -> bool:
        """Whether it is on."""
        if text not in ("yes", "no"):
            raise ValueError(
                phrase("{name} is yes or no, not “{text}”", name=self.name, text=text[:40])
            )
        return text == "yes"

    def from_form(self, values: list[str] | None) -> str | None:
        """A box left unticked sends nothing."""
        return "no" if not values or values[-1] in ("", "no") else "yes"


class Line(Setting[str]):
    """A few words on one line."""

    widget = "line"

    def __init__(self, group: str, words: str, *, longest: int = 200, **more: Any) -> None:
        super().__init__(group, words, **more)
        self.longest = longest

    def read(self, text: str) -> str:
        """The words."""
        return text

    def check(self, text: str) -> str:
        """The words, trimmed, if they are not too many."""
        if len(text := text.strip()) > self.longest:
            raise BadInput(
                phrase(
                    "{name}: at most {longest} letters fit; this has {text}",
                    name=self.name,
                    longest=self.longest,
                    text=len(text),
                )
            )
        return text


class Prose(Line):
    """Sentences."""

    widget = "prose"

    def __init__(self, group: str, words: str, *, rows: int = 3, **more: Any) -> None:
        super().__init__(group, words, longest=LONGEST_TEXT, **more)
        self.rows = rows


class Clock(Setting[dt.time]):
    """A time of day, stored as HH:MM."""

    widget = "clock"

    def read(self, text: str) -> dt.time:
        """The time by the wall clock."""
        try:
            return dt.datetime.strptime(text, "%H:%M").time()
        except ValueError:
            raise ValueError(
                phrase(
                    "“{text}” is not a time of day; write it like {default}",
                    text=text[:20],
                    default=self.default,
                )
            ) from None

    def check(self, text: str) -> str:
        """The time in the one way it is stored."""
        super().check(text)
        return f"{self.read(text):%H:%M}"


class Day(Setting[dt.date | None]):
    """A date, stored as 1980-05-01, or none."""

    widget = "day"

    def read(self, text: str) -> dt.date | None:
        """The date, None where there is none."""
        if not text:
            return None
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise ValueError(
                phrase("“{text}” is not a date; write it like 1980-05-01", text=text[:40])
            ) from None


class Zone(Setting[str]):
    """A time zone by its name, such as Europe/Berlin; "" for this machine's own."""

    widget = "zone"

    @property
    def options(self) -> tuple[str, ...]:
        """Every place with a zone of its own."""
        return tuple(sorted(name for name in available_timezones() if "/" in name))

    def read(self, text: str) -> str:
        """The name of a zone that is known here."""
        if not text:
            return ""
        try:
            return ZoneInfo(text).key
        except (ValueError, OSError, LookupError):
            raise ValueError(
                phrase(
                    "“{text}” is no time zone known here; write it like Europe/Berlin",
                    text=text[:40],
                )
            ) from None


class Several(_Offered[tuple[str, ...]]):
    """Any number of things out of a list, stored with blanks between."""

    widget = "several"

    def read(self, text: str) -> tuple[str, ...]:
        """What was chosen, unknown names included: what is not asked here is asked elsewhere."""
        return tuple(text.split())

    def check(self, text: str) -> str:
        """The names in the order of the list."""
        chosen = text.replace(",", " ").split()
        for name in chosen:
            if name not in self.options:
                raise BadInput(
                    phrase(
                        "“{name}” is not one of the choices for {name_2}: ",
                        name=name[:40],
                        name_2=self.name,
                    )
                    + ", ".join(self.options)
                )
        return " ".join(name for name in self.options if name in chosen)

    def from_form(self, values: list[str] | None) -> str | None:
        """Boxes left unticked send nothing."""
        return " ".join(values or ())


class Kept(Setting[str]):
    """What Landward itself remembers in the profile; on no page."""

    widget = ""

    def read(self, text: str) -> str:
        """The text."""
        return text


class Pins(Setting[tuple[str, ...]]):
    """Symptoms to watch, by id; their words are kept beside them, as the person wrote them."""

    widget = "pins"
    most = MOST_PINS

    def read(self, text: str) -> tuple[str, ...]:
        """The ids, in the person's order."""
        return tuple(text.split())

    def fields(self, text: str, names: Mapping[str, str]) -> dict[str, str]:
        """Ids and words of symptoms given in words, one a line or with commas between."""
        parts = text.splitlines() if "\n" in text else text.split(",")
        return pin_fields(parts, names)

    def from_form(self, values: list[str] | None) -> str | None:
        """One box a symptom; a comma in one is the person's own."""
        return "".join(f"{value}\n" for value in values or ())


def pin_fields(symptoms: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """The profile fields that pin symptoms given in words. Raises BadInput for too many."""
    wanted = {item_of(words): words.strip() for words in symptoms if words.strip()}
    if len(wanted) > MOST_PINS:
        raise BadInput(
            phrase(
                "at most {most_pins} symptoms can be pinned; two are enough for most days",
                most_pins=MOST_PINS,
            )
        )
    kept = {**names, **wanted}
    return {"pins": " ".join(wanted), "names": json.dumps(kept, ensure_ascii=False)}
