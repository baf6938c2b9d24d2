"""Who takes what is written: an open diary, or the inbox of a locked one."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Protocol

from landward.app.diary.open_diary import OpenDiary
from landward.app.write.entry import Numbering, WhileLocked
from landward.model.entries import Entry
from landward.model.errors import Locked
from landward.model.journal import JournalIndex
from landward.model.moment import Moment
from landward.vault import Vault

REMEMBERED_PAGES = 200


class PageMemory:
    """What each page wrote, by its idempotency key: entry ids by place. The newest pages only."""

    def __init__(self) -> None:
        self._pages: dict[str, dict[str, str]] = {}

    def of(self, idempotency_key: str) -> dict[str, str]:
        """The places of one page, to read and to add to."""
        if idempotency_key not in self._pages:
            while len(self._pages) >= REMEMBERED_PAGES:
                del self._pages[next(iter(self._pages))]
            self._pages[idempotency_key] = {}
        return self._pages[idempotency_key]

    def clear(self) -> None:
        """Forget every page."""
        self._pages.clear()


class Writer(Protocol):
    """An open diary or a sealed inbox: everything that is saved goes through one of them."""

    @property
    def path(self) -> Path:
        """The vault's folder."""

    @property
    def pages(self) -> PageMemory:
        """What pages wrote so far, so that one sent twice is kept once."""

    @property
    def index(self) -> JournalIndex:
        """What stands, as far as this writer may know it."""

    @property
    def numbering(self) -> Numbering:
        """Who gives new entries their place."""

    @property
    def sees_all(self) -> bool:
        """Whether `index` is the whole journal, rather than what was sealed here."""

    def append(self, entries: Iterable[Entry], moment: Moment) -> None:
        """Make entries durable: they are on disk when this returns. Raises the vault's errors."""


class SealedInbox:
    """A locked vault: entries are sealed to its public key. It knows only what it sealed itself."""

    sees_all = False
    numbering: Numbering = WhileLocked()

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pages = PageMemory()
        self.index = JournalIndex()

    def append(self, entries: Iterable[Entry], moment: Moment) -> None:
        """Seal each entry that was not sealed here before; each is durable before the next."""
        for entry in entries:
            if entry.id not in self.index:
                Vault.seal(self.path, entry, now=moment.at)
                self.index.add(entry)

    def forget(self, drained: JournalIndex | None = None) -> None:
        """The vault was opened: what has come into its journal is no longer sealed here."""
        self.index = JournalIndex(
            () if drained is None else (e for e in self.index if e.id not in drained)
        )


class OpenWriter:
    """An open diary. What meets a vault that another program locked meanwhile is sealed instead."""

    sees_all = True

    def __init__(self, diary: OpenDiary, inbox: SealedInbox) -> None:
        self.diary, self.inbox = diary, inbox

    @property
    def path(self) -> Path:
        """The vault's folder."""
        return self.inbox.path

    @property
    def pages(self) -> PageMemory:
        """The same pages as while locked: one may be sent before and after unlocking."""
        return self.inbox.pages

    @property
    def index(self) -> JournalIndex:
        """The journal, with what is still sealed laid over it."""
        journal = self.diary.index
        return self.inbox.index.over(journal) if len(self.inbox.index) else journal

    @property
    def numbering(self) -> Numbering:
        """The open vault."""
        return self.diary.vault

    def append(self, entries: Iterable[Entry], moment: Moment) -> None:
        """All of them in one transaction, or sealed one by one where the vault was locked."""
        wanted = tuple(entries)
        try:
            self.diary.append(wanted)
        except Locked:
            self.inbox.append(wanted, moment)


class OpenVault:
    """A vault opened for one command: its journal is read only if somebody asks what stands."""

    sees_all = True

    def __init__(self, vault: Vault) -> None:
        self.vault, self.path = vault, vault.path
        self.pages = PageMemory()

    @cached_property
    def index(self) -> JournalIndex:
        """What stood when it was first asked for, and what was added since."""
        return JournalIndex(self.vault.entries())

    @property
    def numbering(self) -> Numbering:
        """The open vault."""
        return self.vault

    def append(self, entries: Iterable[Entry], moment: Moment) -> None:
        """All of them in one transaction."""
        wanted = tuple(entries)
        self.vault.append(wanted)
        if "index" in vars(self):
            for entry in wanted:
                self.index.add(entry)
