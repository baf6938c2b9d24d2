"""One HTML file that holds the report, the tables and the FHIR bundle, sealed with a passcode.

It opens in any browser without a network: the page unseals itself with WebCrypto (PBKDF2, then
AES-GCM) and asks for nothing. A browser has no memory-hard derivation, so the passcode is never
chosen by a person: 16 signs of 32, 80 bits.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Literal

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from landward.app.diary.whole import whole_diary
from landward.app.share.fhir import make_fhir
from landward.app.share.report import make_report
from landward.app.share.seen_by import reader_of, seen_by
from landward.app.transfer.export import day_doses_csv
from landward.model.base import BadInput, Frozen
from landward.model.entries import Entry
from landward.model.moment import Moment
from landward.model.readers import Reader
from landward.model.said import phrase
from landward.report.context import ReportContext
from landward.report.six_lines import six_lines

SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
"""32 signs without those that look alike (i, l, o, u)."""

LENGTH, GROUP = 16, 4
ROUNDS = 1_000_000
"""PBKDF2-HMAC-SHA-256; about a second in a browser. The passcode's own 80 bits carry the weight."""

TYPES = {"pdf": "application/pdf", "json": "application/fhir+json", "csv": "text/csv"}


class Passcode(Frozen):
    """A generated passcode, as it is read out and typed."""

    text: str

    @property
    def plain(self) -> bytes:
        """What is derived from: without the dashes it is shown with."""
        return self.text.replace("-", "").encode()


def typed_passcode(text: str) -> Passcode:
    """A passcode of `new_passcode` that comes back from a page. Raises BadInput for another one:
    none is ever chosen by a person.
    """
    plain = text.replace("-", "")
    if len(plain) != LENGTH or any(sign not in SIGNS for sign in plain):
        raise BadInput(phrase("this is no passcode that was drawn here; begin again on Report"))
    return Passcode(text=text)


def new_passcode() -> Passcode:
    """A passcode nobody chose: 80 random bits."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return Passcode(text="-".join(signs[i : i + GROUP] for i in range(0, LENGTH, GROUP)))


def sealed_file(
    lines: Sequence[str],
    contents: Mapping[str, bytes],
    passcode: Passcode,
    *,
    salt: bytes | None = None,
    nonce: bytes | None = None,
) -> bytes:
    """The HTML file. `lines` are shown when it is open; `contents` are files by name, to save.

    `salt` (16 bytes) and `nonce` (12 bytes) are random unless a test passes them.
    """
    salt, nonce = salt or secrets.token_bytes(16), nonce or secrets.token_bytes(12)
    inside = {
        "lines": [str(line) for line in lines],
        "files": [
            {"name": name, "type": TYPES[name.rsplit(".", 1)[-1]], "data": _base64(data)}
            for name, data in contents.items()
        ],
    }
    key = PBKDF2HMAC(SHA256(), 32, salt, ROUNDS).derive(passcode.plain)
    text = json.dumps(inside, ensure_ascii=False).encode()
    sealed = AESGCM(key).encrypt(nonce, text, None)
    parts = {"salt": salt, "nonce": nonce, "sealed": sealed}
    box = json.dumps({name: _base64(data) for name, data in parts.items()} | {"rounds": ROUNDS})
    folder = files("landward.app.share")
    script = folder.joinpath("sealed_file.js").read_text("utf-8")
    page = folder.joinpath("sealed_file.html").read_text("utf-8")
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    filled = page.replace("@HASH@", allowed).replace("@SCRIPT@", script).replace("@BOX@", box)
    return filled.encode()


def sealed_report(
    entries: Sequence[Entry],
    page: ReportContext,
    moment: Moment,
    passcode: Passcode,
    *,
    paper: Literal["a4", "letter"] = "a4",
    share_suicidal_thoughts: bool = False,
    own_words: bool = True,
) -> bytes:
    """The page's six lines, its PDF, the doses day by day, and the FHIR bundle, in one sealed file.

    The table and the bundle are made from what the page's reader may see: its days, and none of the
    parts it leaves out. Neither holds free words.
    """
    contents = {"report.pdf": make_report(page, today=moment.today(), paper=paper)}
    seen = reader_of(page, own_words=own_words)
    if not {"doses", "taper"} & set(page.hidden):
        contents["doses_by_day.csv"] = _doses(entries, page, seen)
    contents["diary.fhir.json"] = make_fhir(
        entries,
        moment,
        first_day=page.first_day,
        last_day=page.last_day,
        share_suicidal_thoughts=share_suicidal_thoughts,
        seen=seen,
    )
    return sealed_file(six_lines(page), contents, passcode)


def _doses(entries: Sequence[Entry], page: ReportContext, seen: Reader) -> bytes:
    """The table of doses by day, of the days the page is about."""
    diary = seen_by(whole_diary(entries), seen)
    head, *rows = day_doses_csv(diary).decode().splitlines(keepends=True)
    first, last = page.first_day.isoformat(), page.last_day.isoformat()
    return (head + "".join(row for row in rows if first <= row[:10] <= last)).encode()


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
