"""Fitbit's sleep: its website's CSV, or `sleep-*.json`, `UserSleeps_*.csv` from Google Takeout.

The CSV has a line `Sleep`, then `Start Time, End Time, Minutes Asleep, …`. The JSON is a list of
logs with `logId, dateOfSleep, startTime, endTime, minutesAsleep`. Times carry no zone: they are
taken as they stand, in the zone of the diary. `UserSleeps` has `sleep_id, minutes_asleep,
sleep_start, sleep_end` in UTC and `start_utc_offset`, by which they become the clock on the wall;
it tells the same nights as the JSON beside it, under other numbers. One log that was synced twice
is one log, the newest; logs that overlap are one sleep, and what they share is counted once.
"""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from landward.exchange.dates import QUESTION, Decided, Evidence, moment_of
from landward.exchange.importer import Circumstances, Head, Importer, Piece
from landward.exchange.letters import decoded
from landward.exchange.limits import MAX_RECORDS, LeftOut
from landward.exchange.nights import Night, as_proposals, date_of, is_a_stretch, shared, time_in
from landward.exchange.stamps import read_stamp
from landward.model.base import BadInput
from landward.model.moment import zone_of
from landward.model.proposals import FileReading
from landward.model.said import phrase

SOURCE = "fitbit"
_MIDNIGHT = dt.time()


class _Raw(NamedTuple):
    """One log as its file says it."""

    line: int
    start: object
    end: object
    minutes: object
    day: object = None
    log_id: object = None
    manual: bool = False
    offset: object = None
    """The wall clock of the sleeper, where the times are in UTC: “+01:00”."""


class _Log(NamedTuple):
    start: dt.datetime
    end: dt.datetime
    minutes: int
    day: dt.date | None
    manual: bool


def is_fitbit(head: Head) -> bool:
    """Whether this looks like Fitbit's sleep, as CSV or JSON."""
    data = head.data[:4000].lstrip(b"\xef\xbb\xbf \r\n")
    if data.startswith(b"{"):
        return b'"sleep"' in data and b'"dateOfSleep"' in head.data
    if data.startswith(b"["):
        return b'"dateOfSleep"' in head.data or (
            data[1:].lstrip()[:1] == b"]" and head.name.lower().startswith("sleep-")
        )
    lines = [
        line.strip(b'" \r,;').lower() for line in head.data.lstrip(b"\xef\xbb\xbf").split(b"\n")
    ]
    return any(
        (line.startswith((b"start time", b'"start time')) and b"minutes asleep" in line)
        or (line.startswith(b"sleep_id") and b"sleep_start" in line and b"minutes_asleep" in line)
        for line in lines
    )


def read_fitbit(pieces: Sequence[Piece], around: Circumstances) -> FileReading:
    """Read the nights in one CSV, or in the files of one Takeout. Raises BadInput for others."""
    raws: list[_Raw] = []
    remarks: list[str] = []
    left_out = LeftOut()
    for piece in pieces:
        with piece.open() as stream:
            text, decided_letters = decoded(stream.read())
        remarks += decided_letters
        for raw in _json_logs(text) if text.lstrip().startswith(("[", "{")) else _csv_logs(text):
            raws.append(raw)
            if len(raws) % 1000 == 0:
                around.patience.check()
            if len(raws) > MAX_RECORDS:
                raise BadInput(
                    phrase(
                        "more than {max_records} sleep records: nothing was read",
                        max_records=MAX_RECORDS,
                    )
                )
    if not raws:
        raise BadInput(phrase("this Fitbit file holds no sleep"))
    decided = _order(raws, around)
    newest, again = _newest(raws)
    logs: list[_Log] = []
    for raw in newest:
        try:
            logs.append(_log(raw, decided, around))
        except (ValueError, OverflowError) as error:
            left_out.add(f"line {raw.line}: {' '.join(str(error).split())[:200]}")
    left_out.refuse_if_nothing_else(len(logs))
    once = tuple(dict.fromkeys(logs))
    nights, overlapping = _nights(once, zone_of(around.zone))
    if again:
        remarks.append(
            phrase("{again} in the files twice: the newest of each counts", again=_logs(again))
        )
    if overlapping:
        remarks.append(
            phrase(
                "{overlapping} another: what they share is counted once",
                overlapping=_logs(overlapping, "overlaps", "overlap"),
            )
        )
    return FileReading(
        source=SOURCE,
        zone=around.zone,
        proposals=as_proposals(nights, SOURCE),
        remarks=(*decided.remarks, *remarks, *left_out.remarks()),
        questions=decided.questions,
        lines=len(raws),
        used=len(once),
        same=again + len(logs) - len(once),
        left_out=left_out.count,
    )


def _order(raws: Sequence[_Raw], around: Circumstances) -> Decided:
    evidence = Evidence()
    for raw in raws:
        for cell in (raw.start, raw.end):
            if isinstance(cell, str) and (stamp := read_stamp(cell)) is not None:
                evidence.add(raw.line, cell[:40], stamp)
    decided = evidence.decide(around.answers.get(QUESTION, ""))
    if decided.problem:
        raise BadInput(phrase("{problem}; nothing was read", problem=decided.problem))
    return decided


def _newest(raws: Sequence[_Raw]) -> tuple[list[_Raw], int]:
    """Each log once: of those with one number the one that ends last, then the later file's."""
    best: dict[object, _Raw] = {}
    for place, raw in enumerate(raws):
        key = raw.log_id if isinstance(raw.log_id, int | str) else (place,)
        there = best.get(key)
        if there is None or str(raw.end) >= str(there.end):
            best[key] = raw
    return list(best.values()), len(raws) - len(best)


def _nights(logs: Sequence[_Log], zone: dt.tzinfo) -> tuple[list[Night], int]:
    """Logs that overlap are joined first; each sleep is dated after."""
    by_day: dict[dt.date, list[tuple[float, list[_Log]]]] = {}
    overlapping = 0
    for group in _groups(logs):
        overlapping += len(group) - 1
        longest = max(group, key=lambda log: (log.end - log.start, log.start))
        first, last = group[0].start, max(log.end for log in group)
        day = longest.day or date_of(first, last)
        by_day.setdefault(day, []).append((_asleep(group), group))
    nights = []
    for day in sorted(by_day):
        parts = [log for _, group in by_day[day] for log in group]
        hours = sum(minutes for minutes, _ in by_day[day]) / 60
        nights.append(
            Night(
                day,
                min(round(hours, 2), 24.0),
                min(log.start for log in parts).replace(tzinfo=zone),
                max(log.end for log in parts).replace(tzinfo=zone),
            )
        )
    return nights, overlapping


def _groups(logs: Iterable[_Log]) -> list[list[_Log]]:
    groups: list[list[_Log]] = []
    until = dt.datetime.min
    for log in sorted(logs, key=lambda log: (log.start, log.end, log.minutes)):
        if groups and log.start < until:
            groups[-1].append(log)
        else:
            groups.append([log])
        until = max(until, log.end)
    return groups


def _asleep(group: Sequence[_Log]) -> float:
    """Minutes asleep in logs that overlap. What a device saw goes before what was typed, a longer
    log before a shorter one; of each only the part that none before it covers, and never more than
    the time there was.
    """
    covered: list[tuple[dt.datetime, dt.datetime]] = []
    minutes = 0.0
    for log in sorted(group, key=lambda log: (log.manual, log.start - log.end, log.start)):
        length = log.end - log.start
        new = length - shared((log.start, log.end), covered)
        minutes += log.minutes * (new / length)
        covered.append((log.start, log.end))
    return min(minutes, time_in(covered) / dt.timedelta(minutes=1))


def _csv_logs(text: str) -> Iterator[_Raw]:
    reader = csv.reader(io.StringIO(text, newline=""))
    header: list[str] = []
    found = False
    line = 1
    try:
        for cells in reader:
            names = [cell.strip().lower() for cell in cells]
            if names and names[0] in ("start time", "sleep_id"):
                header, found = names, True
            elif header and len([name for name in names if name]) <= 1:
                header = [] if any(names) else header  # the title of another table
            elif header and any(names):
                row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
                yield (
                    _user_sleep(line, row)
                    if header[0] == "sleep_id"
                    else _Raw(
                        line, row.get("start time"), row.get("end time"), row.get("minutes asleep")
                    )
                )
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadInput(phrase("line {line}: not CSV ({error})", line=line, error=error)) from error
    if not found:
        raise BadInput(phrase("this is not Fitbit's sleep: no column “Start Time”"))


def _user_sleep(line: int, row: Mapping[str, str]) -> _Raw:
    return _Raw(
        line,
        row.get("sleep_start"),
        row.get("sleep_end"),
        row.get("minutes_asleep"),
        log_id=row.get("sleep_id") or None,
        manual=row.get("data_source") == "MANUAL",
        offset=row.get("start_utc_offset", ""),
    )


def _json_logs(text: str) -> Iterator[_Raw]:
    try:
        logs = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(
            phrase("this is not whole JSON: export it again and try once more")
        ) from error
    if isinstance(logs, dict):  # as its web service answers
        logs = logs.get("sleep")
    if not isinstance(logs, list):
        raise BadInput(phrase("this Fitbit file holds no sleep"))
    for number, log in enumerate(logs, start=1):
        if not isinstance(log, dict) or "dateOfSleep" not in log:
            yield _Raw(number, None, None, None)
        else:
            yield _Raw(
                number,
                log.get("startTime"),
                log.get("endTime"),
                log.get("minutesAsleep"),
                log.get("dateOfSleep"),
                log.get("logId"),
                log.get("logType") == "manual",
            )


def _log(raw: _Raw, decided: Decided, around: Circumstances) -> _Log:
    if raw.offset is not None:
        began, ended = (_by_offset(text, raw.offset) for text in (raw.start, raw.end))
    else:
        began, ended = _moment(raw.start, decided, around), _moment(raw.end, decided, around)
    asleep = _minutes(raw.minutes)
    if not is_a_stretch(began, ended):
        raise ValueError(phrase("it does not run from one moment to a later one on the same night"))
    if not 0 <= asleep <= 24 * 60:
        raise ValueError(f"{asleep} minutes asleep")
    length = round((ended - began) / dt.timedelta(minutes=1))
    day = dt.date.fromisoformat(str(raw.day)) if raw.day is not None else None
    if day is not None and abs((day - ended.date()).days) > 1:
        raise ValueError(phrase("its day {day} is not the day it ended", day=day.isoformat()))
    if around.is_ahead(ended.date()):
        raise ValueError(phrase("{ended} lies ahead of today", ended=ended.date().isoformat()))
    return _Log(began, ended, min(asleep, length), day, raw.manual)


def _moment(text: object, decided: Decided, around: Circumstances) -> dt.datetime:
    stamp = read_stamp(str(text)) if text is not None else None
    when = (
        moment_of(stamp._replace(offset=None, utc=False), decided, around.zone,
                  stamp.clock or _MIDNIGHT)
        if stamp is not None
        else None
    )  # fmt: skip
    if when is None or when.at is None:
        raise ValueError(phrase("“{text}” is not a time", text=str(text)[:40]))
    return when.at.replace(tzinfo=None)


def _by_offset(text: object, offset: object) -> dt.datetime:
    """A time in UTC as the clock of where somebody slept showed it."""
    try:
        at, wall = (
            dt.datetime.fromisoformat(one) for one in (str(text), f"2000-01-01T00:00{offset}")
        )
    except ValueError:
        raise ValueError(
            phrase(
                "“{text}” at “{offset}” is not a time", text=str(text)[:40], offset=str(offset)[:10]
            )
        ) from None
    if wall.tzinfo is None:
        raise ValueError(phrase("“{offset}” is not an offset from UTC", offset=str(offset)[:10]))
    at = at if at.tzinfo is not None else at.replace(tzinfo=dt.UTC)
    return at.astimezone(wall.tzinfo).replace(tzinfo=None)


def _minutes(value: object) -> int:
    text = str(value).replace(",", "").strip()
    if not text.isdecimal() or len(text) > 6:
        raise ValueError(phrase("“{value}” is not minutes asleep", value=str(value)[:40]))
    return int(text)


def _logs(count: int, one: str = "stands", many: str = "stand") -> str:
    return f"1 log {one}" if count == 1 else f"{count} logs {many}"


def _wants(name: str) -> bool:
    base = name.rsplit("/", 1)[-1].lower()
    return base.endswith((".json", ".csv")) and base.startswith(
        ("sleep-", "fitbit_export", "usersleeps_")
    )


IMPORTER = Importer(
    name="fitbit",
    words=phrase("Fitbit: the CSV of its website, or the zip of Google Takeout (sleep)"),
    identify=is_fitbit,
    extract=read_fitbit,
    wants=_wants,
    many=True,
)
