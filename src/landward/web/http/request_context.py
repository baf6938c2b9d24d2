"""One question from a browser, as the pages see it: who asks, about which diary, saying what."""

import datetime as dt
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from starlette.responses import HTMLResponse, RedirectResponse, Response

from landward.app.diary.locked_view import LockedView, planned_now
from landward.app.diary.open_diary import OpenDiary
from landward.app.diary.profile import PlannedDose
from landward.app.diary.readable import Readable
from landward.app.diary.settings import Settings
from landward.app.diary.still_diary import StillDiary
from landward.app.library.languages import words_in
from landward.app.write.save import Corrects, fresh_key, save
from landward.app.write.writer import Writer
from landward.model.base import BadInput
from landward.model.bodies import Body
from landward.model.entries import Entry
from landward.model.moment import Moment
from landward.model.said import Catalogue, phrase
from landward.web.http.diary_sessions import AppState, DiarySession
from landward.web.http.security import is_own_path
from landward.web.http.sessions import Session, draft_name
from landward.web.http.templates import render
from landward.web.http.upload import HandedFile

SHORT, LONG = 200, 20_000
FIRST_YEAR = 1900
Fields = Mapping[str, list[str]]


@dataclass(slots=True)
class RequestContext:
    """A request that came through the guard, with its fields already read."""

    app_state: AppState
    session: Session | None
    room: DiarySession | None
    path: str
    query: Fields
    form: Fields
    moment: Moment
    htmx: bool = False
    params: Mapping[str, str] | None = None
    at_once: bool = False
    """Whether the page is served without waiting for anything that reads a diary."""
    still: StillDiary | None = None
    """The diary as it stood, for a page that is made in a lane of its own."""
    afterwards: Callable[[], object] | None = None
    """What such a page wants written before it is handed over; done in the vault's thread."""
    ending: Future[None] | None = None
    """What a page began and does not wait for to its end: locking, while a slow page runs."""
    file: HandedFile | None = None
    """The file that came with a form, where the page takes one."""

    # ---- what was said ----------------------------------------------------------------------

    def said(self, name: str, limit: int = SHORT) -> str:
        """A field of the form as clean text. Raises BadInput if it is too long to keep."""
        return clean(_last(self.form, name), limit, name)

    def said_all(self, name: str, limit: int = SHORT) -> tuple[str, ...]:
        """Every value of a field, empty ones left out."""
        found = (clean(text, limit, name) for text in self.form.get(name, ()))
        return tuple(dict.fromkeys(text for text in found if text))

    def asked(self, name: str, limit: int = SHORT) -> str:
        """A field of the address."""
        return clean(_last(self.query, name), limit, name)

    def asked_all(self, name: str, limit: int = SHORT) -> tuple[str, ...]:
        """Every value of a field of the address, empty ones left out."""
        found = (clean(text, limit, name) for text in self.query.get(name, ()))
        return tuple(dict.fromkeys(text for text in found if text))

    # ---- which diary ------------------------------------------------------------------------

    @property
    def diary_session(self) -> DiarySession:
        """The room this session stands in front of."""
        assert self.room is not None
        return self.room

    @property
    def browser_session(self) -> Session:
        """The session that asks."""
        assert self.session is not None
        return self.session

    @property
    def unlocked(self) -> bool:
        """Whether this session may read the diary. A page that is served at once knows no more."""
        if not self.at_once:
            return self.still is not None or self.diary is not None
        reads = self.session is not None and self.session.reading
        return reads and self.room is not None and self.room.kept_settings is not None

    @property
    def diary(self) -> OpenDiary | None:
        """The open diary, if this session may read it and this page waits for it."""
        if self.at_once or self.still is not None or self.session is None or self.room is None:
            return None
        if not self.session.reading:
            return None
        diary = self.room.diary
        return None if diary is None or diary.vault.locked else diary

    @property
    def reading(self) -> OpenDiary:
        """The open diary of a page that is only shown unlocked."""
        diary = self.diary
        assert diary is not None
        return diary

    @property
    def standing(self) -> Readable:
        """The diary as it stood, of a page that is made in a lane of its own."""
        return self.reading if self.still is None else self.still

    @property
    def outside(self) -> LockedView:
        """What may be seen without unlocking; the plain default where there is no diary yet."""
        return self.room.outside if self.room is not None else LockedView()

    @property
    def settings(self) -> Settings:
        """The person's choices, as far as they may be known here."""
        if self.at_once and self.unlocked and self.room is not None and self.room.kept_settings:
            return self.room.kept_settings
        if self.still is not None:
            return self.still.me.settings
        return self.diary.me.settings if self.diary else self.outside.settings

    # ---- which day ----------------------------------------------------------------------------

    @property
    def day_turns_at(self) -> dt.time:
        """When the person's day turns, by the wall clock."""
        return self.settings.day_starts_at

    @property
    def today(self) -> dt.date:
        """The person's own today: their day turns when they said it does."""
        return self.moment.today(self.day_turns_at)

    def day(self, text: str) -> dt.date:
        """The day a page is about: today unless given, or any day that has been. Raises
        BadInput.
        """
        today = self.today
        if not text:
            return today
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            raise BadInput(
                phrase("“{text}” is not a date; write it like 2026-03-01", text=text[:40])
            ) from None
        if day > today and not (self.diary is not None and self.diary.on(day)):
            raise BadInput(
                phrase(
                    "{day} lies ahead; a diary is about days that have been", day=day.isoformat()
                )
            )
        if day.year < FIRST_YEAR:
            raise BadInput(phrase("{day} cannot be right: check the year", day=day.isoformat()))
        return day

    def planned(self, day: dt.date) -> tuple[PlannedDose, ...]:
        """The planned doses of a day, as far as they may be known here."""
        return planned_now(self.diary.me, day) if self.diary else self.outside.planned(day)

    # ---- saving -------------------------------------------------------------------------------

    @property
    def writer(self) -> Writer:
        """Where entries go, open or locked."""
        return self.diary_session.writer(self.diary)

    def save(
        self,
        day: dt.date,
        bodies: Sequence[tuple[str, Body]],
        idempotency_key: str = "",
        *,
        corrects: Corrects | None = None,
        kind: str | None = "",
    ) -> tuple[Entry, ...]:
        """Save what a page said, under its own key: once, however often it is sent. With a `kind`
        the page after saving says so and offers to undo it; with None nothing is said.
        """
        saved = save(
            self.writer,
            day,
            bodies,
            idempotency_key or self.said("once") or fresh_key(),
            self.moment,
            corrects=corrects,
            today=self.today,
        )
        if kind is None:
            self._tidy(day)
        else:
            self.after_saving(day, saved, kind)
        return saved

    def after_saving(
        self, day: dt.date, saved: Sequence[Entry], kind: str = "", hard: float | None = None
    ) -> None:
        """Remember what was just saved, for the page that says so and for undo; the draft of the
        day is done with.
        """
        self.browser_session.remember_act(tuple(entry.id for entry in saved), kind, hard)
        self._tidy(day)

    def _tidy(self, day: dt.date) -> None:
        diary = self.diary
        self.browser_session.drafts.pop(draft_name(day), None)
        if diary is None:
            self.diary_session.take_up()
            return
        if diary.vault.fact("draft") is not None:
            diary.vault.remember("draft", None)
        self.diary_session.keep_locked_view(self.today)

    # ---- answering ----------------------------------------------------------------------------

    @property
    def catalogue(self) -> Catalogue:
        """The words of the language this diary is shown in, before unlocking too."""
        chosen = self.settings.language
        return self.app_state.catalogue if chosen == "en" else words_in(chosen)

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page of the app."""
        found = render(template, self.shared() | values, self.catalogue)
        return HTMLResponse(found, status)

    def go(self, path: str, said: str = "") -> Response:
        """Send the browser on to another page, with one line to show there."""
        if said and self.session is not None:
            self.session.said = said
        return RedirectResponse(path if is_own_path(path) else "/", 303)

    def shown_look(self, name: str) -> str:
        """What holds of how it looks, by the name of its setting: chosen while locked, or kept."""
        session = self.session
        chosen = {"theme": session.theme, "text": session.text} if session else {}
        return chosen.get(name) or self.settings.text(name)

    def shared(self) -> dict[str, Any]:
        """What every page needs: looks, name, where it is, one line to show once."""
        session, diary = self.session, self.still or self.diary
        me = diary.me if diary else None
        said = ""
        if session is not None:
            said, session.said = session.said, ""
        chosen = self.settings
        return {
            "theme": (session.theme if session else "") or chosen.theme,
            "text": (session.text if session else "") or chosen.text_percent,
            "app_name": chosen.app_name or "Landward",
            "country": chosen.country,
            "label": self.room.label if self.room else "",
            "at": self.path,
            "inside": session is not None and self.room is not None,
            "unlocked": self.unlocked,
            "own": self.room is not None and self.room.passphrase is None,
            "said": said,
            "me": me,
        }


def _last(fields: Fields, name: str) -> str:
    values = fields.get(name)
    return values[-1] if values else ""


def clean(text: str, limit: int, name: str = phrase("this field")) -> str:
    """Text as it is kept: composed, without control characters, trimmed. Raises BadInput if long.

    Emoji, right-to-left words and angle brackets stay: they are words like any other, and every
    page escapes what it shows.
    """
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    kept = kept.strip()
    if len(kept) > limit:
        raise BadInput(
            phrase(
                "“{name}” holds at most {limit} characters; this has {count}",
                name=name,
                limit=limit,
                count=len(kept),
            )
        )
    return kept
