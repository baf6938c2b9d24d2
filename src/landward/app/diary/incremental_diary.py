"""The diary of a journal that grows: folded whole once, then carried on entry by entry."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor

from landward.app.diary.once import Once
from landward.app.diary.whole import whole_diary
from landward.model.diary import Diary
from landward.model.entries import Entry

AT_ONCE = 40
"""More new entries than this are folded together with all others rather than one by one."""


class IncrementalDiary:
    """The entries of one journal, and the diary they say when it is asked for.

    Used from one thread; `begin` lets another do the long first fold.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries = list(entries)
        self._folded = 0
        self._diary: Diary | None = None
        self._coming: Once[Diary] | None = None

    def add(self, entry: Entry) -> None:
        """One entry that is new to the journal."""
        self._entries.append(entry)

    def diary(self) -> Diary:
        """The diary of all entries so far."""
        if self._coming is not None:
            coming, self._coming = self._coming, None
            self._diary = coming.result()
        new = self._entries[self._folded :]
        if self._diary is None or len(new) > AT_ONCE:
            self._diary = whole_diary(self._entries)
        else:
            for entry in new:
                self._diary = self._diary.with_entry(entry)
        self._folded = len(self._entries)
        return self._diary

    def begin(self, elsewhere: Executor) -> Callable[[], Diary]:
        """The diary as it stands now, for use in the one other thread of `elsewhere`.

        A first fold begins there; whatever is handed to `elsewhere` after it finds it done.
        """
        if self._diary is not None or self._coming is not None:
            diary = self.diary()
            return lambda: diary
        known = tuple(self._entries)
        self._folded = len(known)
        self._coming = Once(lambda: whole_diary(known), elsewhere)
        return self._coming.result
