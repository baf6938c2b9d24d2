"""One reading, declared once: what it reads, from which entries, what it says, what it is as JSON.

The app keeps it while it stays true.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from landward.app.diary.readable import Readable
from landward.model.base import BadInput
from landward.model.diary import Diary
from landward.report.readings.telling import Telling

ResultT = TypeVar("ResultT")


@dataclass(frozen=True)
class Reading(Generic[ResultT]):
    """A reading of a diary, with all that its command and its page need."""

    name: str
    of: frozenset[str]
    """The kinds of entries it is made of."""
    read: Callable[..., ResultT]
    """Diary, and the item or items where it takes some, to the reading. Raises BadInput."""
    tell: Callable[[ResultT, Mapping[str, str]], Telling]
    """What it says, given what items are called."""
    as_json: Callable[[ResultT], dict[str, Any]]
    help: str
    """What `--help` says: a paragraph or two, then examples."""
    takes: Literal["nothing", "item", "items"] = "nothing"

    def held(self, diary: Readable) -> ResultT | None:
        """The reading as it stands, computed once while it stays true; None for too few answers."""
        return diary.keep(self.name, lambda: self._or_none(diary.diary), self.of)

    def _or_none(self, diary: Diary) -> ResultT | None:
        try:
            return self.read(diary)
        except BadInput:
            return None
