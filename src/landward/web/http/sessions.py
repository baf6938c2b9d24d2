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
MAX_OF_ONE = 8
"""Sessions of one paired phone: it can crowd out its own, nobody else's."""
FIRST_VISIT = "landward.first_visit"
"""In a request that was given a session just now: whether its cookie comes back is not known."""
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
    owner: str = ""
    """Which paired phone it belongs to; empty for the browsers of this computer."""
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
    chosen: object | None = None
    """The file chosen to bring in, until it is brought in or the diary is locked."""
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
        self.chosen = None


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
        self._offered: dict[str, Session] = {}
        """Handed out, and not seen again yet: any number of them costs nobody a session."""

    def admit(self, token: str) -> Session | None:
        """A new session for whoever shows the launch token, else None."""
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self.launch_token.encode()):
            return None
        return self.new_session()

    def new_session(self, owner: str = "") -> Session:
        """A new session, which counts once its cookie came back. The caller has checked by what
        right; `owner` is the phone it belongs to.
        """
        session = Session(id=secrets.token_urlsafe(32), used_s=self._clock_s(), owner=owner)
        self._offered[session.id] = session
        while len(self._offered) > MAX_SESSIONS:
            del self._offered[next(iter(self._offered))]
        return session

    def _take_in(self, session: Session) -> None:
        """A cookie came back. Where there are too many, the oldest go that are missed least: of
        the same phone, of any phone, of a browser that does not read, and only then of any.
        """
        del self._offered[session.id]
        own = [one for one in self._sessions.values() if one.owner == session.owner]
        if session.owner and len(own) >= MAX_OF_ONE:
            del self._sessions[min(own, key=lambda one: (one.reading, one.used_s)).id]
        while len(self._sessions) >= MAX_SESSIONS:
            kept = self._sessions.values()
            gone = min(kept, key=lambda one: (not one.owner, one.reading, one.used_s))
            del self._sessions[gone.id]
        self._sessions[session.id] = session

    def find(self, cookie: str | None, *, came_back: bool = True) -> Session | None:
        """The living session a cookie names, or None."""
        session = self._offered.get(cookie or "")
        if session is not None and came_back:
            self._take_in(session)
        session = session or self._sessions.get(cookie or "")
        if session is None:
            return None
        now = self._clock_s()
        if now - session.used_s > SESSION_LIVES_S:
            self._sessions.pop(session.id, None)
            self._offered.pop(session.id, None)
            return None
        session.used_s = now
        return session

    def close_reading(self, room: str) -> None:
        """A room was locked: no session reads in it any more."""
        for session in (*self._sessions.values(), *self._offered.values()):
            if session.room == room:
                session.reading = False
                session.chosen = None
