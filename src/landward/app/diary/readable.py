"""What a reading asks of a diary: the same of one that is open and of one as it stood."""

from collections.abc import Callable, Hashable
from typing import Protocol, TypeVar

from landward.app.budget.worker import Worker
from landward.app.diary.profile import Person
from landward.model.diary import Diary
from landward.model.identity import Names

ResultT = TypeVar("ResultT")

EVERYTHING: frozenset[str] = frozenset()
"""For what may depend on any entry: kept until the journal has another head."""


class Readable(Protocol):
    """A diary to be read, and what was computed from it while that stays true."""

    @property
    def head(self) -> str:
        """The journal head that everything here was read at."""

    @property
    def diary(self) -> Diary:
        """The whole diary."""

    @property
    def me(self) -> Person:
        """The person's own facts and choices."""

    @property
    def names(self) -> Names:
        """What the words of this journal mean."""

    @property
    def worker(self) -> Worker | None:
        """The process that computes for it; None where this one does."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing that stands is about a day."""

    def keep(
        self, name: Hashable, make: Callable[[], ResultT], of: frozenset[str] = EVERYTHING
    ) -> ResultT:
        """The result of `make`, computed once for as long as no entry of the kinds `of` is new."""
