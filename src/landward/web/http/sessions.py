"""Who is let in: a random launch token for this run, exchanged for a session cookie.

The token only proves that someone saw the address this run printed. Reading a diary takes more:
each session must give the passphrase itself, so an address left in a browser's history opens
nothing that was written.
"""

import datetime as dt
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

SESSION_LIVES_S = 12 * 3600.0
MAX_SESSIONS = 64
MAX_DRAFT_CHARS = 32 * 1024
MAX_ACTS = 50
MAX_WAITING = 20


@dataclass(slots=True)
class Draft:
    """A half-finished page: its fields, the day it is about, whether it was begun unlocked."""

    fields: dict[str, list[str]]
    begun_reading: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A form that met a locked diary: its page, its address, its fields."""

    page: str
    path: str
    form: dict[str, list[str]]


@dataclass(slots=True)
class Session:
    """One browser that was let in. Everything in it dies with the program."""

    id: str
    used_s: float
    room: str = ""
    """Which diary it stands in front of: mine, fictional, published, or none yet."""
    reading: bool = False
    """Whether this session gave the passphrase since the last lock."""
    theme: str = ""
    text: str = ""
    """The look chosen in this browser while no diary was open."""
    said: str = ""
    """One line to show on the next page."""
    drafts: dict[str, Draft] = field(default_factory=dict)
    acts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What each of the last saves wrote, by a name its page knows; empty once it is taken back."""
    saved_act: str = ""
    saved_kind: str = ""
    saved_hard: float | None = None
    """What the page after saving needs to know; kept out of addresses, which browsers remember."""
    waiting: list[Waiting] = field(default_factory=list)
    """The forms that met a locked diary, in the order they came."""

    @property
    def last_act(self) -> str:
        """The name of what was saved last and still stands, or ""."""
        return next((name for name in reversed(self.acts) if self.acts[name]), "")

    def remember_act(self, ids: tuple[str, ...], kind: str = "", hard: float | None = None) -> None:
        """Remember what was just saved, and what the page after saving needs to know of it."""
        if ids:
            self.acts.pop(ids[0], None)
            self.acts[ids[0]] = ids
        while len(self.acts) > MAX_ACTS:
            del self.acts[next(iter(self.acts))]
        self.saved_act, self.saved_kind, self.saved_hard = ids[0] if ids else "", kind, hard

    def enter(self, room: str) -> None:
        """Stand in front of another diary: nothing of the one before comes along."""
        self.room, self.reading = room, False
        self.drafts.clear()
        self.acts.clear()
        self.waiting.clear()


def draft_name(day: dt.date) -> str:
    """What the draft of one day's page is called."""
    return f"today {day.isoformat()}"


class SessionStore:
    """The launch token of this run and the sessions it let in."""

    def __init__(self, port: int, clock_s: Callable[[], float] = time.monotonic) -> None:
        self.launch_token = secrets.token_urlsafe(24)
        # Cookies do not keep ports apart: two runs on one machine must not overwrite each other.
        self.cookie = f"landward_{port}"
        self._clock_s = clock_s
        self._sessions: dict[str, Session] = {}

    def admit(self, token: str) -> Session | None:
        """A new session for whoever shows the launch token, else None."""
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self.launch_token.encode()):
            return None
        return self.new_session()

    def new_session(self) -> Session:
        """A new session. The caller has checked by what right."""
        while len(self._sessions) >= MAX_SESSIONS:
            oldest = min(self._sessions.values(), key=lambda session: session.used_s)
            del self._sessions[oldest.id]
        session = Session(id=secrets.token_urlsafe(32), used_s=self._clock_s())
        self._sessions[session.id] = session
        return session

    def find(self, cookie: str | None) -> Session | None:
        """The living session a cookie names, or None."""
        session = self._sessions.get(cookie or "")
        if session is None:
            return None
        now = self._clock_s()
        if now - session.used_s > SESSION_LIVES_S:
            del self._sessions[session.id]
            return None
        session.used_s = now
        return session

    def close_reading(self, room: str) -> None:
        """A room was locked: no session reads in it any more."""
        for session in self._sessions.values():
            if session.room == room:
                session.reading = False
