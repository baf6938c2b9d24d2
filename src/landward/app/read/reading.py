"""One way from a diary to a reading: which entries it is made of, and how it is kept while true."""

from collections.abc import Callable, Hashable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Generic, TypeVar

from landward.app.diary.open_diary import OpenDiary
from landward.model.base import BadInput
from landward.model.diary import Diary

ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True)
class Reading(Generic[ResultT]):
    """A reading of a diary as the app holds it. `of` names the kinds of entries it is made of."""

    name: Hashable
    of: frozenset[str]
    read: Callable[[Diary], ResultT]

    def held(self, diary: OpenDiary) -> ResultT | None:
        """The reading as it stands, computed once while it stays true; None for too few answers."""
        return diary.keep(self.name, lambda: self._or_none(diary.diary), self.of)

    def begin(self, diary: OpenDiary, elsewhere: Executor) -> Future[object] | None:
        """Begin in another thread what a page is about to wait for, and say when it is there."""
        diary.begin(self.name, self._or_none, self.of, elsewhere)
        return diary.hurry(self.name)

    def _or_none(self, diary: Diary) -> ResultT | None:
        try:
            return self.read(diary)
        except BadInput:
            return None
