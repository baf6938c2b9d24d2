"""Coming in and going out: the three doors, Start, unlocking, locking, hiding."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from landward.app.diary.change_profile import changed
from landward.app.diary.settings import AGE_BANDS, Settings, shown_in
from landward.app.keep.keys import set_passphrase, words
from landward.app.keep.passphrase import how_hard, new_passphrase, offers
from landward.app.keep.start import Beginning, start_diary
from landward.app.keep.vault import Cost, Vault
from landward.app.library.help_now import countries
from landward.app.library.known_words import drug_meant, drug_names, symptom_names
from landward.app.read.doses import parse_mg
from landward.model.base import BadInput
from landward.model.errors import WrongKey
from landward.model.moment import read_clocks
from landward.model.said import phrase
from landward.web.http.diary_sessions import DiarySession
from landward.web.http.request_context import LONG, RequestContext
from landward.web.http.routing import Page, Pages
from landward.web.http.security import is_own_path
from landward.web.pages.ask_once import already_asked, ask_about_drug
from landward.web.pages.today import restore_draft

MAX_SECRET = 4096


@dataclass(frozen=True, slots=True)
class DiaryChoice:
    """One way in: a room that is there already, or one that is made on first entering."""

    name: str
    title: str
    words: str
    make: Callable[[], DiarySession] | None = None


class Entering:
    """The pages of coming in. They know the doors of this run; nothing else does."""

    def __init__(
        self, pages: Pages, doors: tuple[DiaryChoice, ...], cost: Cost | None = None
    ) -> None:
        self.pages, self.doors, self.cost = pages, doors, cost

    def all(self) -> tuple[Page, ...]:
        """Every page of this file."""
        return (
            Page("/", self.front, needs="nothing"),
            Page("/doors", self.show_doors, needs="session"),
            Page("/doors", self.go_in, "POST", needs="session"),
            Page("/start", self.show_start),
            Page("/start", self.start, "POST", keep=False),
            Page("/unlock", self.show_unlock),
            Page("/unlock", self.unlock, "POST", keep=False),
            Page("/recover", self.recover, "POST", keep=False),
            Page("/lock", self.lock, "POST", keep=False, at_once=True),
            Page("/away", self.away, needs="nothing", at_once=True),
            Page("/look", self.set_look, "POST", needs="session", keep=False),
        )

    def front(self, context: RequestContext) -> Response:
        """Where the launch address leads: doors, Start, or Today."""
        if context.session is None:
            return context.page("closed.html", 403)
        return context.go("/today" if context.room else "/doors")

    def show_doors(self, context: RequestContext) -> Response:
        """Start mine, Look around, A published diary."""
        mine = context.app_state.rooms.get("mine")
        shown = [
            DiaryChoice(
                door.name, phrase("Open mine"), phrase("Your own diary, encrypted on this machine.")
            )
            if door.name == "mine" and mine is not None and mine.exists
            else door
            for door in self.doors
        ]
        return context.page("doors.html", rooms=shown)

    def go_in(self, context: RequestContext) -> Response:
        """Choose a door. Demonstration diaries open by themselves."""
        chosen = next((door for door in self.doors if door.name == context.said("door")), None)
        if chosen is None:
            raise BadInput(phrase("there is no such door"))
        room = context.app_state.rooms.get(chosen.name)
        if room is None:
            assert chosen.make is not None
            room = chosen.make()
            context.app_state.rooms[chosen.name] = room
        session = context.browser_session
        session.enter(room.name)
        if room.passphrase is not None:
            room.unlock(room.passphrase, context.moment)
            session.reading = True
            return context.go("/journey")
        return context.go("/today" if room.exists else "/start")

    # ---- starting ------------------------------------------------------------------------------

    def show_start(self, context: RequestContext) -> Response:
        """Begin a diary in under two minutes."""
        if context.diary_session.exists:
            return context.go("/today")
        return self._start_page(context, {})

    def _start_page(
        self, context: RequestContext, filled: dict[str, str], wrong: BadInput | None = None
    ) -> Response:
        return context.page(
            "start.html",
            status=422 if wrong else 200,
            filled=filled,
            wrong=str(wrong) if wrong else "",
            asked_already=already_asked(context, wrong),
            drugs=drug_names(),
            symptoms=symptom_names(),
            countries=countries(),
            ages=AGE_BANDS,
            where=str(context.diary_session.path),
            offers=offers(),
            shown=context.asked("show") == "1",
        )

    def start(self, context: RequestContext) -> Response:
        """Make the diary, and show its recovery words once."""
        if context.diary_session.exists:
            return context.go("/today")
        shown = {
            name: values[-1]
            for name, values in context.form.items()
            if name not in ("passphrase", "again") and values
        }
        try:
            passphrase = self._new_secret(context, "passphrase")
            said = self._beginning(context)
            vault, recovery = start_diary(
                context.diary_session.path, passphrase, said, context.moment, cost=self.cost
            )
        except BadInput as error:
            return self._start_page(context, shown, error)
        context.diary_session.take(vault)
        context.browser_session.reading = True
        context.diary_session.keep_locked_view(context.moment.today())
        return context.page("words.html", words=recovery, why="new", hard=how_hard(passphrase))

    @staticmethod
    def _new_secret(context: RequestContext, name: str) -> str:
        """A new passphrase, typed twice."""
        return new_passphrase(
            _secret(context, name), _secret(context, "again"), sure=context.said("sure") == "yes"
        )

    @staticmethod
    def _beginning(context: RequestContext) -> Beginning:
        drug, amount = context.said("drug"), context.said("dose")
        if bool(drug) != bool(amount):
            raise BadInput(phrase("give the drug and its dose together, or leave both for later"))
        if context.said("locked_page") not in ("named", "plain"):
            raise BadInput(phrase("choose what may be seen before unlocking"))
        meant = drug_meant(drug) if drug else None
        if meant is not None:
            ask_about_drug(context, meant)
        return Beginning(
            drug=meant.drug if meant else "",
            own_word=meant.own_word if meant else "",
            mg_per_day=parse_mg(amount) if amount else None,
            times=read_clocks(context.said("times")),
            why=context.said("why"),
            before=context.said("before", LONG),
            attempts=context.said("attempts", LONG),
            country=context.said("country", 2).upper(),
            age_band=context.said("age_band") if context.said("age_band") in AGE_BANDS else "",
            symptoms=(*context.said_all("symptom", 60),),
            locked_page=context.said("locked_page"),
        )

    # ---- unlocking -----------------------------------------------------------------------------

    def show_unlock(self, context: RequestContext) -> Response:
        """Ask for the passphrase."""
        if not context.diary_session.exists:
            return context.go("/start")
        if context.diary is not None:
            return context.go("/today")
        context.diary_session.get_ready()
        return self._unlock_page(context, context.asked("then", 300), "")

    def _unlock_page(self, context: RequestContext, then: str, wrong: str) -> Response:
        return context.page(
            "unlock.html",
            status=422 if wrong else 200,
            then=then if is_own_path(then) else "/today",
            wrong=wrong,
            looks=shown_in("look"),
            holds=context.shown_look,
            waiting=bool(context.browser_session.waiting),
            offers=offers(),
            shown=context.asked("show") == "1",
        )

    def unlock(self, context: RequestContext) -> Response:
        """Open the diary for this session, and save what had to wait for it."""
        then = context.said("then", 300)
        try:
            passphrase = context.diary_session.passphrase or _secret(context, "passphrase")
            owner = context.browser_session.owner
            diary = context.diary_session.unlock(passphrase, context.moment, owner)
        except BadInput as error:
            return self._unlock_page(context, then, str(error).split("; nothing was changed")[0])
        return self._opened(context, diary.vault, then)

    def _opened(self, context: RequestContext, vault: Vault, then: str) -> Response:
        context.browser_session.reading = True
        if vault.notices:
            context.browser_session.said = " ".join(f"{notice}." for notice in vault.notices)
        restore_draft(context)
        self._take_over_look(context)
        return self.pages.go_on(context) or context.go(
            then if is_own_path(then) else "/today", context.browser_session.said
        )

    def recover(self, context: RequestContext) -> Response:
        """Open with the recovery words and set a new passphrase."""
        room = context.diary_session
        try:
            if (wait := room.tries(context.browser_session.owner).seconds_to_wait()) > 0:
                raise BadInput(
                    phrase(
                        "too many tries: wait {wait} seconds, then try again", wait=int(wait) + 1
                    )
                )
            new = self._new_secret(context, "new")
            secret = words.from_words(context.said("words", MAX_SECRET))
            room.lock()
            self.pages.doors.close_reading(room.name)
            vault = Vault.open_with(room.path, secret, "recovery", now=context.moment.at)
        except WrongKey as error:
            room.tries(context.browser_session.owner).was_wrong()
            return self._unlock_page(context, "", str(error).split("; nothing was changed")[0])
        except BadInput as error:
            return self._unlock_page(context, "", str(error))
        set_passphrase(vault, new, now=context.moment.at)
        room.take(vault)
        return self._opened(context, vault, "/today")

    def lock(self, context: RequestContext) -> Response:
        """Show nothing more from this moment, and forget the key: now, or as soon as the page that
        is being made has ended.
        """
        room = context.diary_session
        self.pages.doors.close_reading(room.name)
        room.lockings += 1
        room.kept_settings = None
        context.ending = context.app_state.lock(room)
        context.browser_session.said = ""
        if context.diary_session.passphrase is not None:
            context.browser_session.room = ""
            return context.go("/doors")
        return context.go("/today", phrase("Locked. Writing still works."))

    def away(self, context: RequestContext) -> Response:
        """A page that says nothing, for when someone looks over a shoulder."""
        return context.page("away.html")

    def set_look(self, context: RequestContext) -> Response:
        """How this browser looks while no diary is open; kept beside a locked one of one's own."""
        theme, text = context.said("theme"), context.said("text")
        session, room = context.browser_session, context.room
        session.theme = theme if theme in Settings.theme.options else ""
        session.text = text if text in Settings.text_percent.options else ""
        if room is not None and room.exists and context.diary is None:
            room.keep_look(session.theme, session.text)
        then = context.said("then", 300)
        return context.go(then if is_own_path(then) else "/doors")

    def _take_over_look(self, context: RequestContext) -> None:
        """The look that was chosen while locked becomes the setting once the diary is open."""
        session = context.browser_session
        chosen = {"theme": session.theme, "text": session.text}
        body = changed(context.reading.me, {name: said for name, said in chosen.items() if said})
        if body is not None:
            context.save(context.today, [("profile", body)], kind=None)
        session.theme = session.text = ""


def _secret(context: RequestContext, name: str) -> str:
    """A passphrase exactly as typed: nothing trimmed, nothing cleaned."""
    values = context.form.get(name)
    text = values[-1] if values else ""
    if len(text) > MAX_SECRET:
        raise BadInput(phrase("the passphrase is longer than this page takes"))
    return text
