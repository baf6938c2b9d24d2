"""An unlocked diary held in memory while someone reads and writes in it.

The journal on disk stays the only truth: whenever its head is not the one expected, everything is
read again. What was saved here is taken in entry by entry, so that a save never waits for a
ten-year diary to be folded, and what a new entry cannot have changed is not computed again.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import Executor
from functools import cache
from operator import attrgetter
from typing import TypeVar

from landward.app.budget.worker import Worker
from landward.app.diary.incremental_diary import IncrementalDiary
from landward.app.diary.profile import WORDS, Person, read_me, take_words
from landward.app.diary.readable import EVERYTHING
from landward.app.diary.result_cache import ResultCache, Stamp
from landward.app.diary.still_diary import StillDiary, stamp_of
from landward.app.library.known_words import KNOWN
from landward.model.bodies import Body
from landward.model.diary import DECIDED_AHEAD, Diary
from landward.model.entries import Entry
from landward.model.identity import Names
from landward.model.journal import JournalIndex
from landward.model.moment import Moment
from landward.vault import Vault

ResultT = TypeVar("ResultT")
BodyT = TypeVar("BodyT", bound=Body)

ABOUT_ME = frozenset({"profile", "prescription", "plan_adopted", "plan_step"})
ABOUT_NO_DAY = ABOUT_ME | {"shared", "retraction"}
ANSWERS = frozenset({"check_in", "feelings"})
DOSES = frozenset({"dose_taken"})
LABELS = frozenset({"user_label"})
PLANS = frozenset({"plan_adopted", "plan_step"})
KIND: Callable[[Entry], str] = attrgetter("kind")


class OpenDiary:
    """A vault's journal by id and by day, and what was computed from it while it stays true.

    Used from one thread. Any other reads what `still` gives it: values that never change.
    """

    def __init__(
        self,
        vault: Vault,
        worker: Worker | None = None,
        clock: Callable[[], Moment] | None = None,
    ) -> None:
        self.vault = vault
        self.worker = worker
        """The process that computes for it; None where this one does."""
        self._clock = clock
        self._latest = dt.date.min
        """The last day something is said about, decisions aside."""
        self._day: dt.date | None = None
        self._cut: tuple[Diary, dt.date | None, Diary] | None = None
        self._head = ""
        self.index = JournalIndex()
        """What stands in the journal, by id and by day."""
        self._said: dict[str, str] = {}
        """What check-ins call items whose ids do not say it, by item."""
        self._times_written: Counter[str] = Counter()
        self._folded = IncrementalDiary()
        self._kept = ResultCache()
        self._still: StillDiary | None = None
        self._still_on: dt.date | None = None
        self._elsewhere: set[Executor] = set()
        self._me: tuple[Person, Names] | None = None
        self._read: dict[str, Body | None] = {}
        """Bodies of single days by entry id: an entry never changes, only what its words mean."""
        self.new_words: bytes | None = None
        """Recovery words that are on the screen and count only after the person's yes."""
        self.refresh()

    # ---- keeping up with the journal ----------------------------------------------------

    @property
    def head(self) -> str:
        """The journal head that everything here was read at."""
        return self._head

    def refresh(self) -> None:
        """Read the journal again if another program changed it. Raises Locked, Damaged."""
        head = self.vault.head()
        if head == self._head:
            return
        self._kept.clear()
        self._me = None
        self._read = {}
        self._take_in_all(self.vault.entries())
        self._turn_to(head)

    def append(self, entries: Iterable[Entry]) -> int:
        """Save entries, durably, and take them in. Returns how many were new to the journal."""
        wanted = tuple(entries)
        new = [entry for entry in wanted if entry.id not in self.index]
        before = self.vault.head()
        added = self.vault.append(wanted)
        if before == self._head and added == len(new):
            for entry in new:
                self._take_in(entry)
            self._turn_to(self.vault.head())
        else:
            self.refresh()
        return added

    def _take_in_all(self, entries: tuple[Entry, ...]) -> None:
        """A whole journal, in its order, in place of what was known of it."""
        self.index = JournalIndex(entries)
        self._folded = IncrementalDiary(entries)
        self._said = {}
        for entry in entries:
            if WORDS in entry.body:
                take_words(self._said, entry)
        about = (entry.date for entry in reversed(entries) if entry.kind not in DECIDED_AHEAD)
        self._latest = max(self._latest, next(about, dt.date.min))
        self._times_written.update(map(KIND, entries))

    def _take_in(self, entry: Entry) -> None:
        self.index.add(entry)
        said = take_words(self._said, entry)
        self._folded.add(entry)
        if entry.kind not in DECIDED_AHEAD and entry.date > self._latest:
            self._latest = entry.date
        touched = [entry.kind]
        if entry.replaces:
            replaced = map(self.index.entry, entry.replaces)
            touched += [old.kind for old in replaced if old is not None]
        for kind in touched:
            self._times_written[kind] += 1
        if said or not ABOUT_ME.isdisjoint(touched):
            self._me = None

    def _turn_to(self, head: str) -> None:
        self._kept.forget(self._head)
        self._head, self._still = head, None

    def close(self) -> None:
        """Forget what was computed; return when no other thread reads the diary any more."""
        self._kept.close()
        self._me = self._still = None
        self._read = {}
        self._folded = IncrementalDiary()
        for elsewhere in self._elsewhere:
            elsewhere.submit(lambda: None).result()

    # ---- reading --------------------------------------------------------------------------

    @property
    def me(self) -> Person:
        """The person's own facts and choices."""
        return self._myself()[0]

    @property
    def names(self) -> Names:
        """What the words of this journal mean, those of the person's own names included."""
        return self._myself()[1]

    def _myself(self) -> tuple[Person, Names]:
        """Read again once a profile, a prescription, a plan or a word for an item is written."""
        if self._me is None:
            me = read_me(self.index.of_kinds(ABOUT_ME), dict(self._said))
            self._me = (me, KNOWN.knowing(me.names))
            self._read = {}
        return self._me

    def read(self, entry: Entry) -> Body | None:
        """The typed body of an entry of this journal, as `Names.read` gives it."""
        names = self.names
        if entry.id not in self._read:
            self._read[entry.id] = names.read(entry)
        return self._read[entry.id]

    @property
    def diary(self) -> Diary:
        """The whole diary, up to today."""
        whole, today = self._folded.diary(), self._today()
        if self._cut is None or self._cut[0] is not whole or self._cut[1] != today:
            self._cut = (whole, today, whole if today is None else whole.up_to(today))
        return self._cut[2]

    def _today(self) -> dt.date | None:
        """The person's own day; None where nobody said what time it is."""
        if self._clock is None:
            return None
        chosen = self.me.settings
        today = self._clock().of_person(chosen.zone, chosen.day_starts_at).today()
        if self._day not in (None, today) and self._latest > min(self._day or today, today):
            self._kept.clear()  # a day that lay ahead has come
        self._day = today
        return today

    def keep(
        self, name: Hashable, make: Callable[[], ResultT], of: frozenset[str] = EVERYTHING
    ) -> ResultT:
        """The result of `make`, computed once for as long as the journal stays the same.

        `of` names the kinds of entries the result is made of, where those are not all: an entry of
        another kind then leaves it standing.
        """
        self._today()
        return self._kept.keep(name, self._stamp(of), make)

    def still(self, elsewhere: Executor) -> StillDiary:
        """The diary as it stands now, for the one thread of `elsewhere`; a first fold of the whole
        journal begins there.
        """
        self._elsewhere.add(elsewhere)
        today = self._today()
        if self._still is None or self._still_on != today:
            self._still_on = today
            begun = self._folded.begin(elsewhere)
            self._still = StillDiary(
                head=self._head,
                me=self.me,
                names=self.names,
                is_empty=self.is_empty,
                fold=begun if today is None else cache(lambda: begun().up_to(today)),
                times_written=dict(self._times_written),
                kept=self._kept,
                worker=self.worker,
            )
        return self._still

    def _stamp(self, of: frozenset[str]) -> Stamp:
        return stamp_of(of, self._head, self._times_written)

    def knows(self, entry_id: str) -> bool:
        """Whether the journal holds an entry of this id, standing or not."""
        return entry_id in self.index

    @property
    def is_empty(self) -> bool:
        """Whether nothing that stands is about a day."""
        return not any(
            entry.kind not in ABOUT_NO_DAY and self.index.stands(entry.id) for entry in self.index
        )

    def on(self, day: dt.date) -> tuple[Entry, ...]:
        """The standing entries about one day, in display order; no retractions."""
        return self.index.on(day)

    def bodies_on(self, day: dt.date, shape: type[BodyT]) -> tuple[tuple[Entry, BodyT], ...]:
        """The standing entries of one kind about one day, with their bodies."""
        pairs = ((entry, self.read(entry)) for entry in self.on(day) if entry.kind == shape.kind)
        return tuple((entry, body) for entry, body in pairs if isinstance(body, shape))
