"""Daylio's CSV: one row per moment, with a mood, activities, scales and a note.

Columns `full_date, date, weekday, time, mood, activities, scales, note_title, note`; older exports
have `year` and a date like “March 3” instead. The five moods it comes with become numbers (1 awful
… 5 rad, better upward) in every language it ships; where one mood of a file is not among them, the
person is asked for all of them, and no word becomes a number while others do not.
"""

import datetime as dt
import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from landward.exchange.clocks import read_clock
from landward.exchange.dates import Decided, Moment, moment_of
from landward.exchange.daylio_moods import levels_of, levels_said
from landward.exchange.importer import Circumstances, Head, Importer, Piece
from landward.exchange.stamps import read_stamp
from landward.exchange.text_table import read_table
from landward.model.base import BadInput
from landward.model.bodies import CheckIn
from landward.model.proposals import FileQuestion, FileReading, Proposal, Refusal
from landward.model.said import counted, phrase

SOURCE = "daylio"
SCALE = "1..5 better up"
QUESTION = "moods"
AS_WORDS = "words"
MAX_REFUSALS = 200
MAX_NOTE = 20_000
_BREAK = re.compile(r"<\s*(br|/p|/div|/li)\b[^>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_COLUMNS = (
    "full_date",
    "date",
    "year",
    "time",
    "mood",
    "activities",
    "scales",
    "note_title",
    "note",
)


class _Line(NamedTuple):
    line: int
    when: Moment
    row: Mapping[str, str]
    clock: str


def is_daylio(head: Head) -> bool:
    """Whether this looks like a Daylio export."""
    first = (
        head.data[:4000]
        .replace(b"\x00", b"")
        .decode("utf-8", "ignore")
        .lstrip("\ufeff\ufffd")
        .lower()
    )
    names = {
        name.strip(' "') for name in re.split(r"[,;\t]", first.splitlines()[0] if first else "")
    }
    return {"mood", "activities", "note"} <= names


def read_daylio(pieces: Sequence[Piece], around: Circumstances) -> FileReading:
    """Read a Daylio export. Raises BadInput where it is none; odd lines come back as refusals."""
    with pieces[0].open() as stream:
        table = read_table(stream.read())
    names = {name.lower() for name in table.header}
    if not {"mood", "time"} <= names or not {"full_date", "date"} & names:
        raise BadInput(phrase("this is not a Daylio export: it has no columns date, time and mood"))
    places = {name.lower(): place for place, name in enumerate(table.header)}
    lines: list[_Line] = []
    refusals: list[Refusal] = []
    count = 0
    for line, cells in table.rows():
        count += 1
        if count % 1000 == 0:
            around.patience.check()
        row = {
            name: cells[places[name]]
            for name in _COLUMNS
            if places.get(name, len(cells)) < len(cells)
        }
        try:
            if any(cells[len(table.header) :]):
                raise ValueError(
                    phrase(
                        "{count} cells under a header of {count_2}",
                        count=len(cells),
                        count_2=len(table.header),
                    )
                )
            when, clock = _when(row, around)
            lines.append(_Line(line, when, row, clock))
        except ValueError as error:
            refusals.append(Refusal(line=line, reason=_one_line(error)))
            if len(refusals) >= MAX_REFUSALS:
                break
    if not count:
        raise BadInput(phrase("this Daylio file has a header but no rows"))
    moods = _Moods((entry.row.get("mood", "") for entry in lines), around)
    proposals, more, same = _proposals(lines, moods)
    scales = sum(bool(entry.row.get("scales")) for entry in lines)
    remarks = list(table.decided) + list(moods.remarks)
    if scales:
        remarks.append(
            phrase(
                "Your own scales ({rows}) are kept as words beside each entry: the file "
                "does not say where a scale begins and ends.",
                rows=_rows(scales),
            )
        )
    return FileReading(
        source=SOURCE,
        zone=around.zone,
        proposals=tuple(proposals),
        refusals=tuple(sorted((*refusals, *more), key=lambda one: one.line)),
        remarks=tuple(remarks),
        questions=moods.questions,
        lines=count,
        used=len(proposals),
        same=same,
    )


def _proposals(
    lines: Sequence[_Line], moods: "_Moods"
) -> tuple[list[Proposal], list[Refusal], int]:
    """One check-in a row, the earliest first, so that the last of a day is the last written."""
    proposals: list[Proposal] = []
    refusals: list[Refusal] = []
    seen: dict[str, list[str]] = {}
    same = 0
    read: list[tuple[_Line, str]] = []
    for entry in lines:
        try:
            read.append((entry, _body(entry.row, moods).to_json()))
        except ValueError as error:
            refusals.append(Refusal(line=entry.line, reason=_one_line(error)))
    # The order of a file is newest first or oldest first; the moment decides, not the file.
    read.sort(
        key=lambda one: (one[0].when.at or dt.datetime.min.replace(tzinfo=dt.UTC), _digest(one[1]))
    )
    for entry, body in read:
        at = entry.when.at
        calendar_day = at.date() if at is not None else entry.when.day
        moment = f"{calendar_day.isoformat()} {entry.clock}"
        there = seen.setdefault(moment, [])
        if body in there:
            same += 1
            continue
        there.append(body)
        proposals.append(
            Proposal(
                line=entry.line,
                row_key=f"{moment}/{len(there)}",
                date=entry.when.day,
                kind=CheckIn.kind,
                version=CheckIn.version,
                body=body,
            )
        )
    return proposals, refusals, same


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


class _Moods:
    """What the moods of one file stand for: numbers for all of them, or words for all."""

    def __init__(self, moods: Iterator[str], around: Circumstances) -> None:
        counts = Counter(mood for mood in moods if mood)
        self.levels: Mapping[str, int] = {}
        self.remarks: tuple[str, ...] = ()
        self.questions: tuple[FileQuestion, ...] = ()
        answer = around.answers.get(QUESTION, "").strip()
        if not counts:
            return
        if answer == AS_WORDS:
            self.remarks = (phrase("Moods are kept as words, as you said."),)
        elif answer:
            levels = levels_said(answer, counts)
            if levels is None:
                raise BadInput(
                    phrase(
                        "name every mood of the file, five from best to worst with commas "
                        "between, or each with its number like “Gut=4”; its moods: "
                    )
                    + ", ".join(sorted(counts)[:20])
                )
            self.levels = levels
            self.remarks = (
                phrase("Moods are numbers as you said: {listed}.", listed=_listed(levels)),
            )
        elif (known := levels_of(counts)) is not None:
            self.levels = known
            self.remarks = (phrase("Moods are numbers, 5 best: {listed}.", listed=_listed(known)),)
        else:
            shown = ", ".join(
                f"“{mood[:40]}” ({_rows(count)})" for mood, count in counts.most_common(12)
            )
            self.questions = (
                FileQuestion(
                    id=QUESTION,
                    words=phrase(
                        "Some moods of this file are your own: {shown}. Which is best, which is "
                        "worst? Give each its number, 5 best to 1 worst, or keep them all as "
                        "words.",
                        shown=shown,
                    ),
                    choices=(AS_WORDS,),
                    example="Gut=4, Ok=3",
                ),
            )


def _listed(levels: Mapping[str, int]) -> str:
    ordered = sorted(levels.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{mood} {level}" for mood, level in ordered)


def _when(row: Mapping[str, str], around: Circumstances) -> tuple[Moment, str]:
    full = row.get("full_date", "")
    text = full or f"{row.get('date', '')} {row.get('year', '')}".strip()
    name = "full_date" if full else "date"
    stamp = read_stamp(text)
    if stamp is None or stamp.order is None or not stamp.days():
        raise ValueError(phrase("{name}: “{text}” is not a date", name=name, text=text[:40]))
    said = row.get("time", "")
    clock = read_clock(said)
    if clock is None and said:
        raise ValueError(phrase("time: “{said}” is not a time of day", said=said[:40]))
    when = moment_of(stamp, Decided("ymd"), around.zone, clock, around.day_starts_at)
    if when is None:
        raise ValueError(phrase("{name}: “{text}” is not a date", name=name, text=text[:40]))
    if around.is_ahead(when.day):
        raise ValueError(
            phrase("{day} lies ahead of today; check the date", day=when.day.isoformat())
        )
    return when, f"{clock:%H:%M}" if clock else ""


def _body(row: Mapping[str, str], moods: _Moods) -> CheckIn:
    mood = row.get("mood", "")
    number = moods.levels.get(mood)
    tags = [part.strip()[:200] for part in row.get("activities", "").split("|") if part.strip()]
    tags += [
        " ".join(part.split())[:200] for part in row.get("scales", "").split("|") if part.strip()
    ]
    if number is None and mood:
        tags.insert(0, f"mood: {mood}"[:200])
    note = "\n".join(filter(None, (_plain(row.get("note_title", "")), _plain(row.get("note", "")))))
    if len(note) > MAX_NOTE:
        raise ValueError(phrase("note: longer than {max_note} letters", max_note=MAX_NOTE))
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


def _rows(count: int) -> str:
    return counted(count, "once", "{count} times")


def _one_line(error: ValueError) -> str:
    return " ".join(str(error).split())[:200]


def _wants(name: str) -> bool:
    base = name.rsplit("/", 1)[-1].lower()
    return "daylio" in base and base.endswith(".csv")


IMPORTER = Importer(
    name="daylio",
    words=phrase("Daylio: the CSV it exports (moods, activities, notes)"),
    identify=is_daylio,
    extract=read_daylio,
    wants=_wants,
)
