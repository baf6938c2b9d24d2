"""An unlocked diary held in memory while someone reads and writes in it.

The journal on disk stays the only truth: whenever its head is not the one expected, everything is
read again. What was saved here is taken in entry by entry, so that a save never waits for a
ten-year diary to be folded.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from landward.app.profile import Me, read_me
from landward.model.bodies import Body, read_body
from landward.model.diary import Diary, fold
from landward.model.entries import Entry
from landward.vault import Vault

ResultT = TypeVar("ResultT")
BodyT = TypeVar("BodyT", bound=Body)

ABOUT_ME = frozenset({"profile", "prescription", "plan_adopted"})


class OpenDiary:
    """A vault's journal by id and by day, and what was computed from it, kept by journal head."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self._head = ""
        self._by_id: dict[str, Entry] = {}
        self._by_day: defaultdict[dt.date, list[Entry]] = defaultdict(list)
        self._about_me: list[Entry] = []
        self._replaced: set[str] = set()
        self._kept: dict[Hashable, object] = {}
        self._me: Me | None = None
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
        self._by_id.clear()
        self._by_day.clear()
        self._about_me.clear()
        self._replaced.clear()
        for entry in self.vault.entries():
            self._take_in(entry)
        self._turn_to(head)

    def append(self, entries: Iterable[Entry]) -> int:
        """Save entries, durably, and take them in. Returns how many were new to the journal."""
        wanted = tuple(entries)
        new = [entry for entry in wanted if entry.id not in self._by_id]
        before = self.vault.head()
        added = self.vault.append(wanted)
        if before == self._head and added == len(new):
            for entry in new:
                self._take_in(entry)
            self._turn_to(self.vault.head())
        else:
            self.refresh()
        return added

    def _take_in(self, entry: Entry) -> None:
        self._by_id[entry.id] = entry
        self._by_day[entry.date].append(entry)
        self._replaced.update(entry.replaces)
        if entry.kind in ABOUT_ME:
            self._about_me.append(entry)

    def _turn_to(self, head: str) -> None:
        self._head = head
        self._kept.clear()
        self._me = None

    # ---- reading --------------------------------------------------------------------------

    @property
    def me(self) -> Me:
        """The person's own facts and choices."""
        if self._me is None:
            standing = [e for e in self._about_me if e.id not in self._replaced]
            self._me = read_me(sorted(standing, key=lambda entry: entry.order))
        return self._me

    @property
    def diary(self) -> Diary:
        """The whole diary, folded once per journal head."""
        return self.keep("diary", lambda: fold(self._by_id.values()))

    def keep(self, name: Hashable, make: Callable[[], ResultT]) -> ResultT:
        """The result of `make`, computed once per journal head."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]  # type: ignore[return-value]  # one name, one maker, one type

    def knows(self, entry_id: str) -> bool:
        """Whether the journal holds an entry of this id, standing or not."""
        return entry_id in self._by_id

    def entry(self, entry_id: str) -> Entry | None:
        """One entry by its id, standing or not."""
        return self._by_id.get(entry_id)

    def stands(self, entry_id: str) -> bool:
        """Whether an entry is there and nothing replaces it."""
        return entry_id in self._by_id and entry_id not in self._replaced

    @property
    def is_empty(self) -> bool:
        """Whether nothing about any day was ever written."""
        return all(entry.kind in ABOUT_ME for entry in self._by_id.values())

    def on(self, day: dt.date) -> tuple[Entry, ...]:
        """The standing entries about one day, in display order; no retractions."""
        found = [
            entry
            for entry in self._by_day.get(day, ())
            if entry.id not in self._replaced and entry.kind != "retraction"
        ]
        return tuple(sorted(found, key=lambda entry: entry.order))

    def bodies_on(self, day: dt.date, shape: type[BodyT]) -> tuple[tuple[Entry, BodyT], ...]:
        """The standing entries of one kind about one day, with their bodies."""
        pairs = ((entry, read_body(entry)) for entry in self.on(day) if entry.kind == shape.kind)
        return tuple((entry, body) for entry, body in pairs if isinstance(body, shape))
