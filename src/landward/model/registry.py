"""Names given once: a registry refuses a second thing under a name as it is imported."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from landward.model.said import phrase

ThingT = TypeVar("ThingT")


class NameTaken(ValueError):
    """Two things in one registry bear one name: one of them would be silently lost."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(
            phrase(
                "two {what} are called “{name}”: give one of them another name",
                what=what,
                name=name,
            )
        )


def by_name(
    what: str, things: Iterable[ThingT], name_of: Callable[[ThingT], str]
) -> Mapping[str, ThingT]:
    """The things by name, in their order. Raises NameTaken where a name comes twice.

    `what` is the plural for the message: “report blocks”.
    """
    found: dict[str, ThingT] = {}
    for thing in things:
        name = name_of(thing)
        if name in found:
            raise NameTaken(what, name)
        found[name] = thing
    return MappingProxyType(found)


class EachNameOnce(type):
    """The class of a class whose body may give no name twice: Python itself keeps the last."""

    @classmethod
    def __prepare__(
        cls, name: str, bases: tuple[type, ...], /, **kwargs: Any
    ) -> "dict[str, object]":
        """The namespace its body is written into."""
        return _Once(name)

    def __new__(
        cls, name: str, bases: tuple[type, ...], body: dict[str, object], /
    ) -> "EachNameOnce":
        """The class itself, over an ordinary namespace."""
        return super().__new__(cls, name, bases, dict(body))


class _Once(dict[str, object]):
    def __init__(self, owner: str) -> None:
        super().__init__()
        self.owner = owner

    def __setitem__(self, name: str, value: object) -> None:
        if name in self and not name.startswith("__"):
            raise NameTaken(f"lines of {self.owner}", name)
        super().__setitem__(name, value)
