"""The pocket: a small static page for a phone that logs, with no computer running.

It holds what the person chose to have readable on the phone, the country's crisis lines, and the
public key of the diary. What is written there is sealed to that key; the page cannot read it again.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from landward.app.diary.locked_view import STEPS_AHEAD_DAYS, LockedView, planned_now
from landward.app.diary.profile import Person, Pin, PlannedDose
from landward.app.keep.write_file import write_file
from landward.app.phone.page_policy import page_policy
from landward.model.amounts import grammar
from landward.model.base import BadInput, Frozen
from landward.model.crisis import CrisisInfo
from landward.model.item_ids import item_of, names_something
from landward.model.questions import (
    BY_ID,
    OWN_SYMPTOM,
    QUESTIONS,
    SPECIAL_ANSWERS,
    SPECIALS_MEAN,
    Question,
    chosen,
    wordings_daily,
)
from landward.model.said import phrase
from landward.model.stopping import DO_NOT_STOP
from landward.vault.header import Header

SOURCES = Path(__file__).parents[2] / "web" / "phone"
FONTS = Path(__file__).parents[2] / "report" / "fonts"
FONT_FILES = {
    "fonts/regular.ttf": "AtkinsonHyperlegible-Regular.ttf",
    "fonts/bold.ttf": "AtkinsonHyperlegible-Bold.ttf",
    "fonts/OFL.txt": "AtkinsonHyperlegible-OFL.txt",
}
COPIED = (
    "app.js",
    "entries.js",
    "leaving.js",
    "seal.js",
    "signing.js",
    "store.js",
    "style.css",
    "turning.js",
    "icons/mark.svg",
    "icons/mark-192.png",
    "icons/mark-512.png",
)
POLICY = page_policy(forms="none", headers=False)


class Pocket(Frozen):
    """Everything one pocket page shows and knows. All of it is readable on the phone."""

    vault: str
    box: str
    public_key: str
    made_on: dt.date
    name: str = "Landward"
    country: str = ""
    day_starts_at: str = "04:00"
    pins: Annotated[tuple[Pin, ...], Field(max_length=5)] = ()
    asked: tuple[str, ...] = ()
    """Optional questions that were chosen, by id."""
    planned: tuple[PlannedDose, ...] = ()
    card: str = ""
    plan: tuple[tuple[str, str], ...] = ()
    submit: str = ""
    """Where the page may send sealed entries; empty where there is no computer to send to."""

    @property
    def drugs(self) -> tuple[str, ...]:
        """The drugs the page asks about, each once."""
        return tuple(dict.fromkeys(dose.drug for dose in self.planned))

    @property
    def planned_until(self) -> dt.date:
        """After this day the page no longer knows what was planned."""
        return self.made_on + dt.timedelta(days=STEPS_AHEAD_DAYS)

    @property
    def mark(self) -> str:
        """A short form of the public key, to compare by eye."""
        digest = hashlib.sha256(bytes.fromhex(self.public_key)).hexdigest()
        return " ".join(digest[i : i + 4] for i in range(0, 12, 4))


def pocket_of(header: Header, outside: LockedView, made_on: dt.date, *, submit: str = "") -> Pocket:
    """The pocket of a vault, showing what the person chose to have seen outside it."""
    return Pocket(
        vault=header.vault,
        box=header.inbox.id,
        public_key=header.inbox.public_key,
        made_on=made_on,
        name=outside.settings.app_name or "Landward",
        country=outside.settings.country,
        day_starts_at=f"{outside.settings.day_starts_at:%H:%M}",
        pins=outside.pins[:5],
        asked=outside.settings.asked,
        planned=outside.doses,
        card=outside.settings.card,
        plan=outside.plan,
        submit=submit,
    )


def planned_ahead(me: Person, day: dt.date) -> tuple[PlannedDose, ...]:
    """What is planned on a day, and every step of the plan after it that the page will know."""
    horizon = day + dt.timedelta(days=STEPS_AHEAD_DAYS)
    return planned_now(me, day) + tuple(s for s in me.planned if day < s.since <= horizon)


def own_pin(words: str) -> Pin:
    """A symptom named in the person's own words, in any script. Raises BadInput for no words."""
    if not names_something(words):
        raise BadInput(
            phrase("“{words}” is not a name for a symptom; write it like “insomnia”", words=words)
        )
    label = words.strip()[:80]
    return Pin(
        item=item_of(words), label=label if " " in label else label.replace("_", " ").capitalize()
    )


@lru_cache(maxsize=4)
def pocket_files(pocket: Pocket, crisis: CrisisInfo) -> Mapping[str, bytes]:
    """Every file of the pocket by its name. The same pocket gives the same bytes."""
    return whole_page({"index.html": _page(pocket, crisis)}, pocket.name)


def whole_page(own: Mapping[str, bytes], name: str) -> Mapping[str, bytes]:
    """A page with the files every one of them has, and the worker that keeps it on the phone."""
    files = {name: (SOURCES / name).read_bytes() for name in COPIED}
    files |= {name: (FONTS / font).read_bytes() for name, font in FONT_FILES.items()}
    files["amounts.js"] = filled("amounts.js", {"grammar": grammar()})
    files["manifest.webmanifest"] = filled("manifest.webmanifest", {"name": name})
    files["robots.txt"] = b"User-agent: *\nDisallow: /\n"
    files |= own
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.encode() + b"\0" + files[file] + b"\0")
    kept = sorted({"./", *files} - {"index.html", "robots.txt", "fonts/OFL.txt"})
    values = {"version": digest.hexdigest()[:16], "files": json.dumps(kept)}
    files["sw.js"] = filled("sw.js", values)
    return MappingProxyType(files)


def _page(pocket: Pocket, crisis: CrisisInfo) -> bytes:
    steps = [
        {"drug": dose.drug, "since": dose.since.isoformat(), "mg": plain_mg(dose.mg_per_day)}
        for dose in sorted(pocket.planned, key=lambda dose: (dose.since, dose.drug))
    ]
    emergency = next((line for line in crisis.lines if line.kind == "emergency"), None)
    return filled(
        "index.html",
        {
            "pocket": pocket,
            "drugs": pocket.drugs,
            "policy": POLICY,
            "do_not_stop": DO_NOT_STOP,
            "planned": json.dumps(steps),
            "crisis": crisis,
            "emergency": emergency,
            "others": [line for line in crisis.lines if line is not emergency],
            "numbers": [(str(n), str(n)) for n in range(11)],
            "hard": BY_ID["day"],
            "symptom": OWN_SYMPTOM,
            "daily": [q for q in QUESTIONS if q.asked == "today" and q.answers],
            "chosen": chosen(pocket.asked),
            "specials_mean": SPECIALS_MEAN,
            "besides": tuple(SPECIAL_ANSWERS.items()),
            "numbered": _answers_of,
            "worded": lambda one: wordings_daily((one.id,)).get(one.id, ""),
        },
    )


def _answers_of(one: Question) -> list[tuple[str, str]]:
    """What is sent for each answer of a question, and its word."""
    return [(str(n) if one.scale else word, word) for n, word in enumerate(one.answers)]


def filled(name: str, values: Mapping[str, object]) -> bytes:
    """A file of this folder with its values put in."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(SOURCES),
        autoescape=name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name).render(**values).encode()


def plain_mg(amount: Decimal) -> str:
    """Milligrams without trailing zeros, exact: 1.50 is “1.5”."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_pocket(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write the pocket into a new or empty folder, or over an earlier pocket. Raises BadInput.

    The service worker goes last: a phone that looks in between still finds the old version whole.
    """
    if folder.exists() and not folder.is_dir():
        raise BadInput(phrase("{folder} is a file; name a folder for the page", folder=folder))
    if folder.is_dir() and any(folder.iterdir()) and not _is_pocket(folder):
        raise BadInput(
            phrase("{folder} holds other files: choose a new or empty folder", folder=folder)
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in ("icons", "fonts"):
            (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            phrase("{folder} cannot be made: {strerror}", folder=folder, strerror=error.strerror)
        ) from error
    for name in sorted(files, key=lambda name: name == "sw.js"):
        write_file(folder / name, files[name])
    return folder


def _is_pocket(folder: Path) -> bool:
    try:
        return "landward-" in (folder / "sw.js").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return False
