"""What a phone shows that computes nothing: ready words and pictures, made here and sealed for it.

`Outside` is what the person chose to have seen with the diary locked, and whom to call; the phone
shows it at once. `Inside` needs the phone's own passcode. A dose on it is the last line of a plan
that was said yes to, as text, with the day it holds from.
"""

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from landward.app.diary.profile import Pin, PlannedDose
from landward.app.phone.make_page import plain_mg
from landward.app.phone.relay_phone import RelayPhone
from landward.model.base import Frozen
from landward.model.crisis import CrisisInfo, CrisisLine
from landward.model.questions import (
    BY_ID,
    OWN_SYMPTOM,
    QUESTIONS,
    SPECIAL_ANSWERS,
    SPECIALS_MEAN,
    Question,
    chosen,
)
from landward.model.said import Catalogue, Words, phrase
from landward.model.stopping import DO_NOT_STOP
from landward.vault.header import Header
from landward.vault.phone_shelf import seal_to_phone

VERSION = 1


class Asked(Frozen):
    """One question of the form, in the words it is asked in."""

    id: str
    words: Words
    hint: Words = ""
    scale: str = ""
    """How its numbers are read; empty where it is answered with a word."""
    options: tuple[tuple[str, Words], ...]
    """What is stored, and its word or number."""
    besides: tuple[tuple[str, Words], ...] = ()


class Form(Frozen):
    """What Today asks on the phone."""

    questions: tuple[Asked, ...]
    specials_mean: Words = SPECIALS_MEAN
    planned: tuple[PlannedDose, ...] = ()
    planned_until: dt.date
    day_starts_at: str


class Help(Frozen):
    """Whom to call. Open to whoever holds the phone."""

    crisis: CrisisInfo
    safety_plan: tuple[tuple[Words, Words], ...] = ()


class Outside(Frozen):
    """What the phone shows without its passcode."""

    name: str
    made_on: dt.date
    form: Form
    help: Help
    card: str = ""


class Picture(Frozen):
    """A drawing in the page's own colours, its sentence, its signs, and the same as a table."""

    title: Words
    sentence: Words
    svg: str
    signs: tuple[tuple[str, Words], ...] = ()
    """Each sign's drawing and its word."""
    beside: Words = ""
    columns: tuple[Words, ...] = ()
    rows: tuple[tuple[Words, ...], ...] = ()


class Sheet(Frozen):
    """Page one as it is printed, and as six lines."""

    png: bytes
    lines: tuple[Words, ...]


class PlanDays(Frozen):
    """What one medicine's plan says and from which day on: only what was said yes to."""

    drug: str
    agreed: Words
    days: tuple[tuple[dt.date, Words], ...]


class Inside(Frozen):
    """What the phone shows once its passcode was typed."""

    form: Form
    plans: tuple[PlanDays, ...]
    plans_until: dt.date
    """After this day the words are not known to hold."""
    doses: tuple[tuple[Words, tuple[Words, ...]], ...]
    """Each medicine, and its lines."""
    card: str
    safety_plan: tuple[tuple[Words, Words], ...]
    pictures: tuple[Picture, ...]
    sheet: Sheet | None = None


class Face(Frozen):
    """Everything a phone is given to show."""

    made_on: dt.date
    outside: Outside
    inside: Inside


# ---- the form ------------------------------------------------------------------------------------


def questions_for(pins: Iterable[Pin], asked: Iterable[str]) -> tuple[Asked, ...]:
    """How the day was, what is watched, the two feelings, what was chosen."""
    day = BY_ID["day"]
    numbers = tuple((str(n), str(n)) for n in range(11))
    hint = phrase("0 no trouble · 5 hard going · 10 the worst")
    found = [Asked(id="day", words=day.words, hint=hint, scale=str(day.scale), options=numbers)]
    scale, answers = str(OWN_SYMPTOM.scale), _answers(OWN_SYMPTOM)
    found += [Asked(id=pin.item, words=pin.label, scale=scale, options=answers) for pin in pins]
    daily = [one for one in QUESTIONS if one.asked == "today" and one.answers]
    return (*found, *(_asked(one) for one in (*daily, *chosen(tuple(asked)))))


def _asked(one: Question) -> Asked:
    return Asked(
        id=one.id,
        words=one.words,
        scale=str(one.scale) if one.scale else "",
        options=_answers(one),
        besides=tuple(SPECIAL_ANSWERS.items()) if one.special else (),
    )


def _answers(one: Question) -> tuple[tuple[str, str], ...]:
    return tuple((str(n) if one.scale else word, word) for n, word in enumerate(one.answers))


# ---- as bytes for one phone ----------------------------------------------------------------------


def door(phone: RelayPhone, header: Header, number: int, made_at: dt.datetime) -> bytes:
    """What a phone that has only the code learns: which diary its lines are sealed to."""
    return _content(phone, header, number, made_at, (b"", b""))


def sealed_face(  # noqa: PLR0917 - what it says, for whom, when, in which language
    face: Face,
    phone: RelayPhone,
    header: Header,
    number: int,
    made_at: dt.datetime,
    catalogue: Catalogue,
) -> bytes:
    """A face's content, both parts sealed to the keys of the phone that was said yes to."""
    known = phone.paired
    if known is None:
        return door(phone, header, number, made_at)
    parts = ((known.opens, face.outside), (known.passcode_opens, face.inside))
    outside, inside = (
        seal_to_phone(phone.shelf, key, _compressed(plain_part(part, catalogue)))
        for key, part in parts
    )
    return _content(phone, header, number, made_at, (outside, inside))


def mark_of(face: Face, phone: RelayPhone, header: Header, catalogue: Catalogue) -> str:
    """What changes whenever a phone should be given another face."""
    said = {
        "face": plain_part(face, catalogue),
        "phone": phone.paired and phone.paired.model_dump(),
        "taken": _taken(phone),
        "door": _door(header),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _content(
    phone: RelayPhone,
    header: Header,
    number: int,
    made_at: dt.datetime,
    parts: tuple[bytes, bytes],
) -> bytes:
    said = {
        "kind": "face",
        "v": VERSION,
        "n": number,
        "made_at": made_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "door": _door(header),
        "for": phone.paired.device if phone.paired else "",
        "taken": _taken(phone),
        "parts": [len(part) for part in parts],
    }
    return json.dumps(said, separators=(",", ":")).encode() + b"\n" + b"".join(parts)


def _door(header: Header) -> dict[str, str]:
    box = header.inbox
    return {"vault": header.vault, "box": box.id, "key": box.public_key}


def _taken(phone: RelayPhone) -> dict[str, list[object]]:
    return {device: [one.through, list(one.also)] for device, one in phone.taken.items()}


def _compressed(said: Mapping[str, Any]) -> bytes:
    import gzip

    return gzip.compress(json.dumps(said, ensure_ascii=False).encode(), mtime=0)


def plain_part(part: object, catalogue: Catalogue) -> Any:
    """Texts in the reader's language, numbers as they are, pictures as base64."""
    match part:
        case CrisisLine():
            return {
                "kind": part.kind, "name": part.name, "phone": part.phone,
                "text_to": part.text_to, "hours": part.hours, "note": part.note,
            }  # fmt: skip
        case PlannedDose():
            return {"drug": part.drug, "since": part.since.isoformat(),
                    "mg": plain_mg(part.mg_per_day)}  # fmt: skip
        case Form():
            stop = catalogue.words(DO_NOT_STOP)
            return _fields(part, catalogue) | {"do_not_stop": stop}
        case CrisisInfo():
            checked = part.oldest_check.isoformat() if part.oldest_check else ""
            return {
                "first_words": catalogue.words(part.first_words),
                "lines": plain_part(part.lines, catalogue),
                "checked": checked,
                "warning": catalogue.words(part.warning),
            }
        case Frozen():
            return _fields(part, catalogue)
        case bytes():
            return base64.b64encode(part).decode()
        case dt.date():
            return part.isoformat()
        case str():
            return catalogue.words(part)
        case tuple():
            return [plain_part(one, catalogue) for one in part]
    return part


def _fields(part: Frozen, catalogue: Catalogue) -> dict[str, Any]:
    return {name: plain_part(getattr(part, name), catalogue) for name in type(part).model_fields}
