"""Coming in and going out: the three doors, Start, unlocking, locking, hiding."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from landward.app.doses import parse_mg
from landward.app.help_now import countries
from landward.app.known_words import drug_names, known_drug, symptom_names
from landward.app.start_diary import Beginning, refuse_weak, start_diary
from landward.model.base import BadInput
from landward.vault import Vault, words
from landward.vault.cost import Cost
from landward.vault.errors import WrongKey
from landward.vault.keys import set_passphrase
from landward.web.ask import LONG, Ask
from landward.web.guard import is_own_path
from landward.web.rooms import Room
from landward.web.routing import Page, Pages
from landward.web.today import restore_draft

AGE_BANDS = ("", "under 18", "18–29", "30–44", "45–64", "65–79", "80 or older")
MAX_SECRET = 4096


@dataclass(frozen=True, slots=True)
class Door:
    """One way in: a room that is there already, or one that is made on first entering."""

    name: str
    title: str
    words: str
    make: Callable[[], Room] | None = None


class Entering:
    """The pages of coming in. They know the doors of this run; nothing else does."""

    def __init__(self, pages: Pages, doors: tuple[Door, ...], cost: Cost | None = None) -> None:
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
            Page("/lock", self.lock, "POST", keep=False),
            Page("/away", self.away, needs="nothing"),
            Page("/theme", self.set_theme, "POST", needs="session", keep=False),
        )

    def front(self, ask: Ask) -> Response:
        """Where the launch address leads: doors, Start, or Today."""
        if ask.session is None:
            return ask.page("closed.html", 403)
        return ask.go("/today" if ask.room else "/doors")

    def show_doors(self, ask: Ask) -> Response:
        """Start mine, Look around, A published diary."""
        mine = ask.house.rooms.get("mine")
        shown = [
            Door(door.name, "Open mine", "Your own diary, encrypted on this machine.")
            if door.name == "mine" and mine is not None and mine.exists
            else door
            for door in self.doors
        ]
        return ask.page("doors.html", rooms=shown)

    def go_in(self, ask: Ask) -> Response:
        """Choose a door. Demonstration diaries open by themselves."""
        chosen = next((door for door in self.doors if door.name == ask.said("door")), None)
        if chosen is None:
            raise BadInput("there is no such door")
        room = ask.house.rooms.get(chosen.name)
        if room is None:
            assert chosen.make is not None
            room = chosen.make()
            ask.house.rooms[chosen.name] = room
        session = ask.who
        session.enter(room.name)
        if room.passphrase is not None:
            room.unlock(room.passphrase, ask.moment)
            session.reading = True
            return ask.go("/journey")
        return ask.go("/today" if room.exists else "/start")

    # ---- starting ------------------------------------------------------------------------------

    def show_start(self, ask: Ask) -> Response:
        """Begin a diary in under two minutes."""
        if ask.here.exists:
            return ask.go("/today")
        return self._start_page(ask, {}, "")

    def _start_page(self, ask: Ask, filled: dict[str, str], wrong: str) -> Response:
        return ask.page(
            "start.html",
            status=422 if wrong else 200,
            filled=filled,
            wrong=wrong,
            drugs=drug_names(),
            symptoms=symptom_names(),
            countries=countries(),
            ages=AGE_BANDS,
            where=str(ask.here.path),
        )

    def start(self, ask: Ask) -> Response:
        """Make the diary, and show its recovery words once."""
        if ask.here.exists:
            return ask.go("/today")
        shown = {
            name: values[-1] for name, values in ask.form.items() if name != "passphrase" and values
        }
        try:
            passphrase = _secret(ask, "passphrase")
            refuse_weak(passphrase)
            said = self._beginning(ask)
            vault, recovery = start_diary(
                ask.here.path, passphrase, said, ask.moment, cost=self.cost
            )
        except BadInput as error:
            return self._start_page(ask, shown, str(error))
        ask.here.take(vault)
        ask.who.reading = True
        ask.here.keep_outside(ask.moment.today())
        return ask.page("words.html", words=recovery, why="new")

    @staticmethod
    def _beginning(ask: Ask) -> Beginning:
        drug, amount = ask.said("drug"), ask.said("dose")
        if bool(drug) != bool(amount):
            raise BadInput("give the drug and its dose together, or leave both for later")
        if ask.said("locked_page") not in ("named", "plain"):
            raise BadInput("choose what may be seen before unlocking")
        return Beginning(
            drug=known_drug(drug) if drug else "",
            mg_per_day=parse_mg(amount) if amount else None,
            times=tuple(part.strip() for part in ask.said("times").split(",") if part.strip())[:8],
            why=ask.said("why"),
            before=ask.said("before", LONG),
            attempts=ask.said("attempts", LONG),
            country=ask.said("country", 2).upper(),
            age_band=ask.said("age_band") if ask.said("age_band") in AGE_BANDS else "",
            symptoms=(*ask.said_all("symptom", 60),),
            locked_page=ask.said("locked_page"),
        )

    # ---- unlocking -----------------------------------------------------------------------------

    def show_unlock(self, ask: Ask) -> Response:
        """Ask for the passphrase."""
        if not ask.here.exists:
            return ask.go("/start")
        if ask.diary is not None:
            return ask.go("/today")
        return self._unlock_page(ask, ask.asked("then", 300), "")

    def _unlock_page(self, ask: Ask, then: str, wrong: str) -> Response:
        return ask.page(
            "unlock.html",
            status=422 if wrong else 200,
            then=then if is_own_path(then) else "/today",
            wrong=wrong,
            waiting=bool(ask.who.waiting),
        )

    def unlock(self, ask: Ask) -> Response:
        """Open the diary for this session, and save what had to wait for it."""
        then = ask.said("then", 300)
        try:
            passphrase = ask.here.passphrase or _secret(ask, "passphrase")
            diary = ask.here.unlock(passphrase, ask.moment)
        except BadInput as error:
            return self._unlock_page(ask, then, str(error).split("; nothing was changed")[0])
        return self._opened(ask, diary.vault, then)

    def _opened(self, ask: Ask, vault: Vault, then: str) -> Response:
        ask.who.reading = True
        if vault.notices:
            ask.who.said = " ".join(f"{notice}." for notice in vault.notices)
        restore_draft(ask)
        return self.pages.go_on(ask) or ask.go(
            then if is_own_path(then) else "/today", ask.who.said
        )

    def recover(self, ask: Ask) -> Response:
        """Open with the recovery words and set a new passphrase."""
        room = ask.here
        try:
            if (wait := room.seconds_to_wait()) > 0:
                raise BadInput(f"too many tries: wait {int(wait) + 1} seconds, then try again")
            new = _secret(ask, "new")
            refuse_weak(new)
            secret = words.from_words(ask.said("words", MAX_SECRET))
            room.lock()
            self.pages.doors.close_reading(room.name)
            vault = Vault.open_with(room.path, secret, "recovery", now=ask.moment.at)
        except WrongKey as error:
            room.wrong_tries += 1
            return self._unlock_page(ask, "", str(error).split("; nothing was changed")[0])
        except BadInput as error:
            return self._unlock_page(ask, "", str(error))
        set_passphrase(vault, new, now=ask.moment.at)
        room.take(vault)
        return self._opened(ask, vault, "/today")

    def lock(self, ask: Ask) -> Response:
        """Forget the key now."""
        ask.here.lock()
        self.pages.doors.close_reading(ask.here.name)
        ask.who.said = ""
        if ask.here.passphrase is not None:
            ask.who.room = ""
            return ask.go("/doors")
        return ask.go("/today", "Locked. Writing still works.")

    def away(self, ask: Ask) -> Response:
        """A page that says nothing, for when someone looks over a shoulder."""
        return ask.page("away.html")

    def set_theme(self, ask: Ask) -> Response:
        """How this browser looks, before any diary says otherwise."""
        theme = ask.said("theme")
        ask.who.theme = theme if theme in ("dim", "paper", "contrast") else ""
        return ask.go(ask.said("then", 300) or "/doors")


def _secret(ask: Ask, name: str) -> str:
    """A passphrase exactly as typed: nothing trimmed, nothing cleaned."""
    values = ask.form.get(name)
    text = values[-1] if values else ""
    if len(text) > MAX_SECRET:
        raise BadInput("the passphrase is longer than this page takes")
    return text
