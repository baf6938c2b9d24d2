"""A computer with a diary that knows a relay: pairs phones, visits their shelves."""

import datetime as dt
from pathlib import Path

from tests.making import entry

from landward.app.diary.open_diary import OpenDiary
from landward.app.phone.face import Face
from landward.app.phone.relay_host import Host
from landward.app.phone.relay_shelf import (
    RelayPhone,
    confirm_phone,
    look_for_hello,
    pair_phone,
    phones,
    sync_phones,
)
from landward.app.share.fictional import fictional_entries
from landward.app.share.for_phone import face_for_phone
from landward.model.bodies import Profile
from landward.model.moment import Moment
from landward.vault import Vault
from landward.vault.cost import CHEAPEST


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Computer:
    """A vault with a made-up diary of `days`, open. `sheet`: whether page one is set in type."""

    def __init__(self, folder: Path, *, days: int = 60, sheet: bool = False) -> None:
        self.vault, _ = Vault.create(folder / "my.vault", "a quiet shore", cost=CHEAPEST)
        moment = Moment(at=now(), zone="Europe/London")
        if days:
            self.vault.append(fictional_entries(self.vault, moment, days))
        me = {
            "locked_page": "plain",
            "country": "GB",
            "card": "Clonazepam 0.5 mg, as agreed\nDr Example 020 7946 0000",
        }
        self.vault.append([entry(Profile(fields=me), moment.today(), key="me")])
        self.diary = OpenDiary(self.vault)
        self.sheet = sheet

    def pair(self, host: Host, where: tuple[str, str], address: str) -> RelayPhone:
        """A shelf for a phone, beside the shelf and write token of `where`."""
        shelf, token = where
        return pair_phone(self.vault, host, shelf, token, address, now())

    def say_yes(self, host: Host, shelf: str) -> tuple[str, ...]:
        """Whatever phone asks is let in; the words that stood on this screen."""
        asked = look_for_hello(self.vault, host, shelf, now())
        confirm_phone(self.vault, shelf, asked.words, now())
        return asked.words

    def sync(self, host: Host) -> list[str]:
        """One visit to every shelf; what is told."""

        def face() -> Face:
            self.diary.refresh()
            moment = Moment(at=now(), zone="Europe/London")
            return face_for_phone(self.diary, moment, with_sheet=self.sheet)

        done = sync_phones(self.vault, host, face, now())
        self.diary.refresh()
        return [line for one in done for line in (*one.told, one.trouble) if line]

    def phone_lines(self) -> list[tuple[str, str, str]]:
        """What phones wrote: kind, origin, body; in the order of their numbers."""
        found = (one for one in self.vault.entries() if one.device.startswith("pocket-"))
        return [(one.kind, one.origin, one.body) for one in sorted(found, key=lambda one: one.seq)]

    @property
    def phones(self) -> tuple[RelayPhone, ...]:
        return phones(self.vault)
