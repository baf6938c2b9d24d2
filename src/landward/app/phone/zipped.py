"""The phone's page as one file, for someone who saves it from the app."""

import datetime as dt
import io
import zipfile
from collections.abc import Collection

from landward.app.diary.locked_view import LockedView
from landward.app.library.tables import load_catalog
from landward.app.phone.make_page import pocket_files, pocket_of
from landward.vault import Vault

OFFERED = (
    ("doses", "My medicine and its planned dose, to write doses there"),
    ("card", "My emergency card"),
    ("plan", "My safety plan"),
)
"""What the page holds only where the person asks for it: it may stand where anyone can find it."""


def offered(outside: LockedView) -> tuple[tuple[str, str], ...]:
    """Those of them that there are, of what may be seen outside at all."""
    return tuple((name, words) for name, words in OFFERED if getattr(outside, name))


def pocket_zip(
    vault: Vault, outside: LockedView, made_on: dt.date, *, asked: Collection[str]
) -> bytes:
    """The page in a zip: of what the locked app shows, the symptoms and what was asked for."""
    left_out = {name: type(getattr(outside, name))() for name, _ in OFFERED if name not in asked}
    pocket = pocket_of(vault.header, outside.model_copy(update=left_out), made_on)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in pocket_files(pocket, load_catalog().crisis(pocket.country)).items():
            archive.writestr(zipfile.ZipInfo(f"landward-phone/{name}", (2020, 1, 1, 0, 0, 0)), data)
    return packed.getvalue()
