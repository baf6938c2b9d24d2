"""The phone's page as one file, for someone who saves it from the app."""

import datetime as dt
import io
import zipfile

from landward.app.diary.locked_view import LockedView
from landward.app.library.tables import load_catalog
from landward.app.phone.make_page import pocket_files, pocket_of
from landward.report.words import list_words
from landward.vault import Vault


def pocket_zip(vault: Vault, outside: LockedView, made_on: dt.date) -> bytes:
    """The page in a zip. It shows what the locked app shows, by the same choice, and no more."""
    pocket = pocket_of(vault.header, outside, made_on)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in pocket_files(pocket, load_catalog().crisis(pocket.country)).items():
            archive.writestr(zipfile.ZipInfo(f"landward-phone/{name}", (2020, 1, 1, 0, 0, 0)), data)
    return packed.getvalue()


def readable_on_it(outside: LockedView) -> str:
    """What anyone who opens the page can read, in words: “the numbers of your country”."""
    parts = ["the numbers to call"]
    if outside.pins:
        parts.append("the symptoms you watch")
    if outside.doses:
        parts.append("your medicine and its planned dose")
    if outside.card:
        parts.append("your emergency card")
    if outside.plan:
        parts.append("your safety plan")
    return list_words(parts)
