"""Who sees what: a named reader, the parts of the page they may see, the days, the free words.

Kept in the profile, one text a reader. A page for a reader who is kept never holds more than they
may see, from the screen or from the terminal; thoughts of suicide are not among what is kept: they
are chosen anew for each page.
"""

import hashlib
import json
from collections.abc import Collection, Iterable
from datetime import date

from landward.model.base import BadInput, Frozen
from landward.model.bodies import Body, Profile
from landward.model.entries import Entry
from landward.model.said import phrase

FAMILY = "reader."
NAME_LETTERS = 60


class Reader(Frozen):
    """One reader. `hidden` are the parts they may not see, by name; days outside stay away."""

    name: str
    hidden: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    own_words: bool = True
    days: int | None = None
    """The last so many days only; None for as many as are asked for."""


def reader_key(name: str) -> str:
    """The profile's field for a reader: names that differ only in their letters' size are one."""
    plain = " ".join(name.casefold().split())
    return FAMILY + hashlib.sha256(plain.encode()).hexdigest()[:16]


def reader_body(reader: Reader) -> Profile:
    """What keeps a reader. Raises BadInput for a reader without a name, or days that cross."""
    name = " ".join(reader.name.split())
    if not name or len(name) > NAME_LETTERS:
        raise BadInput(phrase("for whom? A name of at most {many} letters", many=NAME_LETTERS))
    if reader.since and reader.until and reader.until < reader.since:
        raise BadInput(phrase("the last day they may see lies before the first"))
    kept = {
        "name": name, "hidden": list(reader.hidden), "own_words": reader.own_words,
        "since": reader.since.isoformat() if reader.since else "",
        "until": reader.until.isoformat() if reader.until else "",
        "days": reader.days,
    }  # fmt: skip
    return Profile(fields={reader_key(name): json.dumps(kept, ensure_ascii=False)})


def forgotten_body(name: str) -> Profile:
    """What forgets a reader: an empty text, as every setting is taken back."""
    return Profile(fields={reader_key(name): ""})


def kept_readers(lines: Iterable[tuple[Entry, Body]]) -> tuple[Reader, ...]:
    """Every reader who is kept, by name."""
    found = [_read(text, "?") for text in _texts(lines).values() if text]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.name)))


def kept_reader(lines: Iterable[tuple[Entry, Body]], name: str) -> Reader | None:
    """The reader of this name; None where none is kept."""
    text = _texts(lines).get(reader_key(name), "")
    return _read(text, name) if text else None


def _texts(lines: Iterable[tuple[Entry, Body]]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for _, body in lines:
        if isinstance(body, Profile):
            texts.update({k: v for k, v in body.fields.items() if k.startswith(FAMILY)})
    return texts


def _read(text: str, name: str) -> Reader:
    """A kept reader. One that cannot be read whole sees nothing: a limit is never lost."""
    try:
        raw = json.loads(text)
        return Reader(
            name=str(raw["name"]), hidden=tuple(str(one) for one in raw["hidden"]),
            since=date.fromisoformat(raw["since"]) if raw["since"] else None,
            until=date.fromisoformat(raw["until"]) if raw["until"] else None,
            own_words=bool(raw["own_words"]),
            days=int(raw["days"]) if raw.get("days") else None,
        )  # fmt: skip
    except (ValueError, LookupError, TypeError, AttributeError):
        return Reader(name=name, hidden=(EVERYTHING,), own_words=False)


EVERYTHING = "*"
"""In place of a part's name: all of them, also those a newer version brings."""


def hidden_parts(reader: Reader, offered: Collection[str]) -> tuple[str, ...]:
    """Which of the parts there are stay away from a reader."""
    if EVERYTHING in reader.hidden:
        return tuple(offered)
    return tuple(part for part in offered if part in reader.hidden)
