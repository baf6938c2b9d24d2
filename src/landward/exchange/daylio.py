"""Daylio's CSV: one row per moment, with a mood, activities and a note.

Columns `full_date, date, weekday, time, mood, activities, note_title, note`; older exports have
`year` and a date like “March 3” instead. Mood names can be renamed in the app: the five it comes
with become numbers (1 awful … 5 rad, better upward), any other stays a word.
"""

import csv
import datetime as dt
import html
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from landward.exchange.limits import Patience, text_of
from landward.model.base import BadInput
from landward.model.bodies import CheckIn
from landward.model.proposals import FileReading, Proposal, Refusal

SOURCE = "daylio"
MOODS: Mapping[str, int] = {"awful": 1, "bad": 2, "meh": 3, "good": 4, "rad": 5}
SCALE = "1..5 better up"
MAX_REFUSALS = 200
MAX_NOTE = 20_000
_BREAK = re.compile(r"<\s*(br|/p|/div|/li)\b[^>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_OLD_DATES = ("%B %d %Y", "%d %B %Y", "%b %d %Y", "%d %b %Y")
_TIMES = ("%H:%M", "%I:%M %p", "%H.%M")


def is_daylio(data: bytes) -> bool:
    """Whether this looks like a Daylio export."""
    head = data[:2000].decode("utf-8", "replace").lstrip("\ufeff").lower().splitlines()[:1]
    return bool(head) and {"mood", "activities", "note"} <= set(_names(head[0]))


def read_daylio(data: bytes, zone: str, patience: Patience | None = None) -> FileReading:
    """Read a Daylio export. Raises BadInput where it is none; odd lines come back as refusals."""
    patience = patience or Patience()
    proposals: list[Proposal] = []
    refusals: list[Refusal] = []
    own_words: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    lines = 0
    for line, row in _rows(text_of(data)):
        lines += 1
        if lines % 1000 == 0:
            patience.check()
        try:
            day = _day(row)
            moment = f"{day.isoformat()} {_time(row.get('time', ''))}"
            seen[moment] += 1
            body = _body(row, own_words)
        except ValueError as error:
            refusals.append(Refusal(line=line, reason=_one_line(error)))
            if len(refusals) >= MAX_REFUSALS:
                break
            continue
        proposals.append(
            Proposal(
                line=line,
                row_key=f"{moment}/{seen[moment]}",
                date=day,
                kind=CheckIn.kind,
                version=CheckIn.version,
                body=body.to_json(),
            )
        )
    if not lines:
        raise BadInput("this Daylio file has a header but no rows")
    return FileReading(
        source=SOURCE,
        zone=zone,
        proposals=tuple(proposals),
        refusals=tuple(refusals),
        remarks=_remarks(own_words),
        lines=lines,
    )


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if not {"mood", "time"} <= set(header) or not {"full_date", "date"} & set(header):
            raise BadInput("this is not a Daylio export: it has no columns date, time and mood")
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, dict(zip(header, map(str.strip, cells), strict=False))
    except csv.Error as error:
        raise BadInput(f"line {reader.line_num}: not CSV ({error})") from error


def _names(line: str) -> list[str]:
    return [name.strip().strip('"') for name in line.split(",")]


def _day(row: Mapping[str, str]) -> dt.date:
    full = row.get("full_date", "")
    if full:
        try:
            day = dt.date.fromisoformat(full)
        except ValueError:
            raise ValueError(f"full_date: “{full[:40]}” is not a date") from None
    else:
        text = f"{row.get('date', '')} {row.get('year', '')}"
        for form in _OLD_DATES:
            try:
                day = dt.datetime.strptime(text, form).date()
                break
            except ValueError:
                continue
        else:
            raise ValueError(f"date: “{text[:40]}” is not a date")
    if not 1900 <= day.year < 2200:
        raise ValueError(f"{day.isoformat()} is not a day this diary can be about")
    return day


def _time(text: str) -> str:
    """The time of a row in one form, so that a changed clock setting does not double a row."""
    plain = text.replace("\u202f", " ").replace("\xa0", " ").replace(".m.", "m").strip()
    for form in _TIMES:
        try:
            return dt.datetime.strptime(plain.upper(), form).strftime("%H:%M")
        except ValueError:
            continue
    return plain[:40]


def _body(row: Mapping[str, str], own_words: Counter[str]) -> CheckIn:
    mood = row.get("mood", "")
    number = MOODS.get(mood.lower())
    tags = [part.strip()[:200] for part in row.get("activities", "").split("|") if part.strip()]
    if number is None and mood:
        own_words[mood[:40]] += 1
        tags.insert(0, f"mood: {mood}"[:200])
    note = "\n".join(filter(None, (_plain(row.get("note_title", "")), _plain(row.get("note", "")))))
    if len(note) > MAX_NOTE:
        raise ValueError(f"note: longer than {MAX_NOTE} letters")
    return CheckIn(
        asked=("mood",) if number else (),
        answers={"mood": number} if number else {},
        scales={"mood": SCALE} if number else {},
        tags=tuple(tags),
        note=note,
    )


def _plain(note: str) -> str:
    """A note without the HTML that Daylio's formatting leaves in it."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", note))).strip()


def _remarks(own_words: Counter[str]) -> tuple[str, ...]:
    return tuple(
        f"“{word}” ({_times(count)}) is a mood of your own: kept as a word, not as a number"
        for word, count in sorted(own_words.items())[:20]
    )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _one_line(error: ValueError) -> str:
    return " ".join(str(error).split())[:200]
