"""The app over a throw-away diary, with a clock that tests turn by hand."""

import datetime as dt
import re
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from starlette.testclient import TestClient

from landward.app.keep.start import Beginning, start_diary
from landward.model.entries import Entry
from landward.model.journal import standing
from landward.model.moment import Moment
from landward.model.said import ENGLISH, Catalogue
from landward.vault import Vault
from landward.vault.cost import CHEAPEST
from landward.web.http.diary_sessions import AppState, DiarySession
from landward.web.http.security import local_hosts
from landward.web.http.sessions import SessionStore
from landward.web.http.site import create_app
from landward.web.pages.entering import DiaryChoice

PORT = 8123
HOME = f"http://localhost:{PORT}"
PASSPHRASE = "six grey geese over water"
EVENING = Moment(at=dt.datetime(2026, 3, 10, 20, 30, tzinfo=dt.UTC), zone="Europe/Dublin")
TODAY = dt.date(2026, 3, 10)
BEGINNING = Beginning(
    drug="clonazepam", mg_per_day=None, country="IE", symptoms=("Anxiety", "Light hurts"),
    locked_page="named",
)  # fmt: skip


class AppHere:
    """A run of the app: its clock, its doors, its one room, and a browser without scripts."""

    def __init__(
        self,
        folder: Path,
        beginning: Beginning | None = BEGINNING,
        mg: str = "1",
        catalogue: Catalogue = ENGLISH,
    ) -> None:
        self.now = EVENING
        self.path = folder / "mine.vault"
        if beginning is not None:
            from decimal import Decimal

            said = beginning.model_copy(update={"mg_per_day": Decimal(mg)} if mg else {"drug": ""})
            before = Moment(at=EVENING.at - dt.timedelta(days=30), zone=EVENING.zone)
            vault, _ = start_diary(self.path, PASSPHRASE, said, before, cost=CHEAPEST)
            vault.lock()
        self.app_state = AppState(
            [DiarySession("mine", self.path)], clock=lambda: self.now, catalogue=catalogue
        )
        self.doors = SessionStore(PORT)
        self.room = self.app_state.rooms["mine"]
        ways = (DiaryChoice("mine", "Start mine", "A new diary."),)
        self.app = create_app(
            self.app_state, self.doors, ways, hosts=local_hosts(PORT), cost=CHEAPEST
        )
        self.browser = self.new_browser()

    def new_browser(self, *, let_in: bool = True) -> TestClient:
        """Another browser, let in at the launch address unless told not to."""
        client = TestClient(self.app, base_url=HOME, follow_redirects=True)
        if let_in:
            client.get(f"/open?token={self.doors.launch_token}")
        return client

    def __enter__(self) -> Self:
        self.browser.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.browser.__exit__(kind, error, trace)

    # ---- what people do -----------------------------------------------------------------------

    def unlock(self, browser: TestClient | None = None) -> Any:
        return (browser or self.browser).post("/unlock", data={"passphrase": PASSPHRASE})

    def lock(self) -> None:
        self.browser.post("/lock")

    def idempotency_key(self, path: str = "/today") -> str:
        """The name of a freshly rendered page."""
        found = re.search(r'name="once" value="([^"]+)"', self.browser.get(path).text)
        assert found, path
        return found.group(1)

    def save(
        self, idempotency_key: str | None = None, browser: TestClient | None = None, **fields: Any
    ) -> Any:
        """Fill Today in and save it."""
        data = {
            "once": idempotency_key or self.idempotency_key(), "day": TODAY.isoformat(),
            "asked": ["day", "anxiety", "light_hurts", "pleasant", "painful"],
            "planned": ["clonazepam=1"], **fields,
        }  # fmt: skip
        return (browser or self.browser).post("/today", data=data)

    # ---- what is there ------------------------------------------------------------------------

    def entries(self) -> tuple[Entry, ...]:
        """Everything that stands, read with the passphrase by another program."""
        with Vault.open(self.path, PASSPHRASE, now=self.now.at) as vault:
            return standing(vault.entries()).entries

    def about(self, kind: str) -> list[Entry]:
        return [entry for entry in self.entries() if entry.kind == kind]

    def sealed_files(self) -> list[Path]:
        return sorted((self.path / "inbox").glob("*.sealed"))
