"""Fitbit's sleep: the CSV from its website, or `sleep-*.json` from Google Takeout.

The CSV begins with a line `Sleep`, then `Start Time, End Time, Minutes Asleep, …`. The JSON is a
list of logs with `dateOfSleep, startTime, endTime, minutesAsleep`. Times carry no zone: they are
taken as they stand, in the zone of the diary. Several sleeps of one day are added up.
"""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from landward.exchange.limits import MAX_RECORDS, LeftOut, Patience, text_of
from landward.exchange.nights import EVENING, Night, as_proposals, is_a_stretch
from landward.model.base import BadInput
from landward.model.proposals import FileReading

SOURCE = "fitbit"
_CSV_TIMES = ("%Y-%m-%d %I:%M%p", "%Y-%m-%d %H:%M", "%m/%d/%Y %I:%M%p", "%d-%m-%Y %I:%M%p")


class _Log(NamedTuple):
    day: dt.date
    start: dt.datetime
    end: dt.datetime
    minutes: int


def is_fitbit(data: bytes) -> bool:
    """Whether this looks like Fitbit's sleep, as CSV or JSON."""
    head = data[:4000].lstrip(b"\xef\xbb\xbf \r\n")
    return head.startswith((b"Sleep\n", b"Sleep\r", b'"Sleep"', b"Start Time,")) or (
        head.startswith(b"[") and b'"dateOfSleep"' in head
    )


def read_fitbit(files: Sequence[bytes], zone: str, patience: Patience | None = None) -> FileReading:
    """Read the nights in one CSV, or in the files of one Takeout. Raises BadInput for others."""
    patience = patience or Patience()
    found = (log for data in files for log in _logs(text_of(data)))
    logs: list[_Log] = []
    left_out = LeftOut()
    lines = 0
    for line, log in found:
        lines += 1
        if lines % 1000 == 0:
            patience.check()
        if lines > MAX_RECORDS:
            raise BadInput(f"more than {MAX_RECORDS} sleep records: nothing was read")
        if isinstance(log, str):
            left_out.add(f"line {line}: {log}")
        else:
            logs.append(log)
    if not lines:
        raise BadInput("this Fitbit file holds no sleep")
    left_out.refuse_if_nothing_else(len(logs))
    return FileReading(
        source=SOURCE,
        zone=zone,
        proposals=as_proposals(_nights(logs, ZoneInfo(zone)), SOURCE),
        remarks=left_out.remarks(),
        lines=lines,
    )


def _nights(logs: Iterable[_Log], zone: ZoneInfo) -> Iterator[Night]:
    by_day: dict[dt.date, set[_Log]] = {}
    for log in logs:
        by_day.setdefault(log.day, set()).add(log)
    for day in sorted(by_day):
        parts = sorted(by_day[day], key=lambda log: (log.start, log.end))
        yield Night(
            day,
            min(round(sum(log.minutes for log in parts) / 60, 2), 24.0),
            parts[0].start.replace(tzinfo=zone),
            max(log.end for log in parts).replace(tzinfo=zone),
        )


def _logs(text: str) -> Iterator[tuple[int, _Log | str]]:
    return _json_logs(text) if text.lstrip().startswith("[") else _csv_logs(text)


def _csv_logs(text: str) -> Iterator[tuple[int, _Log | str]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header: list[str] = []
        for cells in reader:
            names = [cell.strip().lower() for cell in cells]
            if not header:
                if names and names[0] == "start time":
                    header = names
                elif names not in ([], ["sleep"], [""]):
                    raise BadInput("this is not Fitbit's sleep: no column “Start Time”")
                continue
            if not any(names):
                continue
            row = dict(zip(header, cells, strict=False))
            yield (
                reader.line_num,
                _read(row.get("start time"), row.get("end time"), row.get("minutes asleep"), None),
            )
        if not header:
            raise BadInput("this is not Fitbit's sleep: no column “Start Time”")
    except csv.Error as error:
        raise BadInput(f"line {reader.line_num}: not CSV ({error})") from error


def _json_logs(text: str) -> Iterator[tuple[int, _Log | str]]:
    try:
        logs = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput("this is not whole JSON: export it again and try once more") from error
    for number, log in enumerate(logs, start=1):
        if not isinstance(log, dict) or "dateOfSleep" not in log:
            yield number, f"record {number} is not a Fitbit sleep log"
        else:
            yield (
                number,
                _read(
                    log.get("startTime"),
                    log.get("endTime"),
                    log.get("minutesAsleep"),
                    log.get("dateOfSleep"),
                ),
            )


def _read(start: object, end: object, minutes: object, day: object) -> _Log | str:
    try:
        began, ended = _moment(start), _moment(end)
        asleep = _minutes(minutes)
        if not is_a_stretch(began, ended):
            raise ValueError("it does not run from one moment to a later one on the same night")
        if not 0 <= asleep <= 24 * 60:
            raise ValueError(f"{asleep} minutes asleep")
        middle = began + (ended - began) / 2
        date = dt.date.fromisoformat(str(day)) if day is not None else (middle + EVENING).date()
        if not 1970 <= date.year < 2200:
            raise ValueError(f"{date.isoformat()} is not a day this diary can be about")
    except (ValueError, OverflowError) as error:
        return " ".join(str(error).split())[:200]
    return _Log(date, began, ended, asleep)


def _moment(text: object) -> dt.datetime:
    plain = str(text).strip().upper()
    for form in _CSV_TIMES:
        try:
            return dt.datetime.strptime(plain, form)
        except ValueError:
            continue
    try:
        return dt.datetime.fromisoformat(plain).replace(tzinfo=None)
    except ValueError:
        raise ValueError(f"“{str(text)[:40]}” is not a time") from None


def _minutes(value: object) -> int:
    text = str(value).replace(",", "").strip()
    if not text.isdecimal() or len(text) > 6:
        raise ValueError(f"“{str(value)[:40]}” is not minutes asleep")
    return int(text)
