"""The phone's page as one file, for someone who saves it from the app."""

import datetime as dt
import io
import zipfile
from collections.abc import Collection, Mapping
from typing import Any

from landward.app.diary.locked_view import LockedView
from landward.app.library.tables import load_catalog
from landward.app.phone.make_page import pocket_files, pocket_of
from landward.model.said import phrase
from landward.vault import Vault

OFFERED = (
    ("doses", phrase("My medicine and its planned dose, to write doses there")),
    ("card", phrase("My emergency card")),
    ("plan", phrase("My safety plan")),
)
"""What the page holds only where the person asks for it: it may stand where anyone can find it."""


EMPTY: Mapping[str, Mapping[str, Any]] = {
    "doses": {"planned": ()},
    "card": {"card": ""},
    "plan": {"plan": ()},
}
"""The page without each of them."""


def offered(outside: LockedView) -> tuple[tuple[str, str], ...]:
    """Those of them that there are, of what may be seen outside at all."""
    there = {"doses": outside.doses, "card": outside.settings.card, "plan": outside.plan}
    return tuple((name, words) for name, words in OFFERED if there[name])


def pocket_zip(
    vault: Vault, outside: LockedView, made_on: dt.date, *, asked: Collection[str]
) -> bytes:
    """The page in a zip: of what the locked app shows, the symptoms and what was asked for."""
    pocket = pocket_of(vault.header, outside, made_on)
    for name in EMPTY.keys() - set(asked):
        pocket = pocket.model_copy(update=EMPTY[name])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in pocket_files(pocket, load_catalog().crisis(pocket.country)).items():
            archive.writestr(zipfile.ZipInfo(f"landward-phone/{name}", (2020, 1, 1, 0, 0, 0)), data)
    return packed.getvalue()
