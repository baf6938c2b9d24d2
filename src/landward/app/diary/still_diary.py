"""A diary as it stood at one head of its journal: frozen values, for any thread to read.

A page that reads for long is made from one of these, so that whoever writes meanwhile waits for
nothing, and no page mixes what was read before an entry with what was read after it.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from landward.app.budget.worker import Worker
from landward.app.diary.profile import Person
from landward.app.diary.readable import EVERYTHING
from landward.app.diary.result_cache import ResultCache, Stamp
from landward.model.diary import Diary
from landward.model.identity import Names

ResultT = TypeVar("ResultT")


@dataclass(frozen=True, eq=False)
class StillDiary:
    """What a reading needs of an open diary, at one head. Holds no vault and no key."""

    head: str
    me: Person
    names: Names
    is_empty: bool
    fold: Callable[[], Diary]
    times_written: Mapping[str, int]
    kept: ResultCache
    """Shared with the open diary: what an entry cannot have changed is not computed again."""
    worker: Worker | None
    """The process that computes for it; None where this one does."""

    @property
    def diary(self) -> Diary:
        """The whole diary."""
        return self.fold()

    def keep(
        self, name: Hashable, make: Callable[[], ResultT], of: frozenset[str] = EVERYTHING
    ) -> ResultT:
        """The result of `make`, computed once while it is true. Raises Locked after a lock."""
        return self.kept.keep(name, stamp_of(of, self.head, self.times_written), make)


def stamp_of(of: frozenset[str], head: str, times_written: Mapping[str, int]) -> Stamp:
    """What changes with every entry, or with every one of some kinds."""
    return tuple(times_written.get(kind, 0) for kind in sorted(of)) if of else head
