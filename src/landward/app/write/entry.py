"""Make entries for what a person just said."""

import datetime as dt
import secrets
from typing import Protocol

from landward.model.bodies import Body
from landward.model.diary import FILLED_IN_LATER
from landward.model.entries import Entry
from landward.model.moment import Moment


class Numbering(Protocol):
    """Whatever hands out the place of an entry in its device's sequence: an unlocked vault."""

    @property
    def device(self) -> str:
        """The name of this copy of the journal."""

    def next_seq(self) -> int:
        """The next number on this device."""


class WhileLocked:
    """Numbering where the vault is locked: time alone orders what is written meanwhile."""

    device = "while-locked"

    def next_seq(self) -> int:
        """Always 0: the order then falls to the time of writing and the id."""
        return 0


def new_entry(
    numbering: Numbering,
    body: Body,
    day: dt.date,
    moment: Moment,
    *,
    replaces: tuple[str, ...] = (),
    origin: str | None = None,
) -> Entry:
    """An entry with a fresh random id. A day before today is marked as filled in later."""
    return Entry(
        id=secrets.token_hex(16),
        device=numbering.device,
        seq=numbering.next_seq(),
        recorded_at=moment.at,
        zone=moment.zone,
        date=day,
        kind=body.kind,
        version=body.written_as,
        body=body.to_json(),
        replaces=replaces,
        origin=origin or (FILLED_IN_LATER if day < moment.today() else "app"),
    )
