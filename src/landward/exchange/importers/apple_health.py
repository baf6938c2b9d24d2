"""Apple Health's `export.xml`: sleep only, streamed, because the file can be gigabytes.

`<Record type="HKCategoryTypeIdentifierSleepAnalysis" value="HKCategoryValueSleepAnalysis…"
startDate="2024-01-01 23:00:00 -0800" endDate="…" sourceName="…"/>`. The file is scanned for these
records and not parsed as a whole: Apple has shipped exports with a broken DTD, with control
characters and with attributes that are no XML, and nothing here expands an entity or opens a file.
Apple writes all times with the offset of the phone at the export; where a record names the zone
it was slept in (`HKTimeZone`), its clock is that zone's.
"""

import datetime as dt
import html
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import IO
from zoneinfo import ZoneInfo

from landward.exchange.importer import Circumstances, Head, Importer, Piece
from landward.exchange.limits import MAX_RECORDS, MAX_STREAM_BYTES, LeftOut
from landward.exchange.nights import (
    Stretch,
    as_proposals,
    date_of,
    is_a_stretch,
    nights_of,
    shared,
    time_in,
)
from landward.model.base import BadInput
from landward.model.proposals import FileReading

SOURCE = "apple health"
_MARK = b"HKCategoryTypeIdentifierSleepAnalysis"
_VALUE = "HKCategoryValueSleepAnalysis"
CHUNK = 1024 * 1024
MOST_RECORD_BYTES = 64 * 1024
_TAG = re.compile(rb'<Record\s(?:[^"\'>]|"[^"]*"|\'[^\']*\')*>', re.DOTALL)
_ATTRIBUTE = re.compile(rb'([A-Za-z_][\w:.-]*)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
_ZONE = re.compile(rb'key\s*=\s*"HKTimeZone"\s+value\s*=\s*"([^"]*)"')
_HEAD = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<")
Record = Mapping[str, str]


def is_apple_health(head: Head) -> bool:
    """Whether this looks like Apple Health's export.xml."""
    return _HEAD.match(head.data) is not None and b"<HealthData" in head.data


def read_apple_health(pieces: Sequence[Piece], around: Circumstances) -> FileReading:
    """Read the nights in an export. Raises BadInput where it is no Apple Health export."""
    with pieces[0].open() as stream:
        return _reading(_records(stream), around)


def _reading(records: Iterator[Record | None], around: Circumstances) -> FileReading:
    asleep: list[Stretch] = []
    in_bed: list[Stretch] = []
    awake: dict[str, list[Stretch]] = defaultdict(list)
    slept: dict[str, list[Stretch]] = defaultdict(list)
    left_out = LeftOut()
    count = 0
    for count, record in enumerate(records, start=1):
        if count > MAX_RECORDS:
            raise BadInput(f"more than {MAX_RECORDS} sleep records: nothing was read")
        try:
            stretch = _stretch(record, around)
        except ValueError as error:
            left_out.add(f"sleep record {count}: {error}")
            continue
        assert record is not None
        value = record.get("value", "").removeprefix(_VALUE)
        source = record.get("sourceName", "")
        if value.startswith("Asleep"):
            asleep.append(stretch)
            slept[source].append(stretch)
        elif value == "Awake":
            awake[source].append(stretch)
        elif value == "InBed":
            in_bed.append(stretch)
        else:
            left_out.add(f"sleep record {count} says “{value[:40]}”, which is no sleep we know")
    known = len(asleep) + len(in_bed) + sum(map(len, awake.values()))
    left_out.refuse_if_nothing_else(known)
    nights = nights_of(asleep, (stretch for found in awake.values() for stretch in found))
    days = {night.day for night in nights}
    only_bed = sum(night.day not in days for night in nights_of(in_bed))
    bed_rows = sum(date_of(*stretch) not in days for stretch in in_bed)
    nights_in_bed = "1 night holds" if only_bed == 1 else f"{only_bed} nights hold"
    remarks = [f"{nights_in_bed} only time in bed, not sleep: left out"] if only_bed else []
    if (overruled := _overruled(awake, slept)) > dt.timedelta(minutes=1):
        minutes = round(overruled / dt.timedelta(minutes=1))
        remarks.append(
            f"{minutes} minutes that one device saw awake are counted as sleep, because another "
            "saw sleep then"
        )
    return FileReading(
        source=SOURCE,
        zone=around.zone,
        proposals=as_proposals(nights, SOURCE),
        remarks=(*remarks, *left_out.remarks()),
        lines=count,
        used=known - bed_rows,
        left_out=left_out.count + bed_rows,
    )


def _overruled(
    awake: Mapping[str, list[Stretch]], slept: Mapping[str, list[Stretch]]
) -> dt.timedelta:
    """Time that one device saw awake and another asleep."""
    found = []
    for source, wakings in awake.items():
        others = sorted(s for other, stretches in slept.items() if other != source
                        for s in stretches)  # fmt: skip
        first = 0
        for start, end in sorted(wakings):
            while first < len(others) and others[first][0] < start - dt.timedelta(hours=36):
                first += 1
            for other in others[first:]:
                if other[0] >= end:
                    break
                if shared((start, end), [other]):
                    found.append((max(start, other[0]), min(end, other[1])))
    return time_in(found)


def _records(stream: IO[bytes]) -> Iterator[Record | None]:
    """Attributes of every sleep record, one read of the stream at a time; None for a broken one."""
    rest = b""
    is_export = ended = False
    while chunk := stream.read(CHUNK):
        data = rest + chunk
        is_export = is_export or b"<HealthData" in data
        if b"<!ENTITY" in data:
            raise BadInput("this XML defines entities, which no health export needs: refused")
        if not is_export and len(data) > 16 * CHUNK:
            break
        at = 0
        whole = True
        while (mark := data.find(_MARK, at)) >= 0:
            begin = data.rfind(b"<Record", max(at, mark - MOST_RECORD_BYTES), mark)
            end = _end_of_record(data, begin if begin >= 0 else mark)
            if end < 0 and len(data) - mark < MOST_RECORD_BYTES:
                rest, whole = data[max(begin, at) if begin >= 0 else at :], False
                break
            if begin >= 0:
                yield _record(data[begin : end if end > 0 else mark + MOST_RECORD_BYTES])
            at = end if end > 0 else mark + len(_MARK)
        if whole:
            rest = data[max(at, len(data) - MOST_RECORD_BYTES) :] if is_export else data
        ended = b"</HealthData>" in data[-4096:]
    if not is_export:
        raise BadInput("this is not an Apple Health export: it holds no health data")
    if rest and not ended and b"</HealthData>" not in rest:
        raise BadInput("this is not a whole Apple Health export: it is cut off before its end")


def _end_of_record(data: bytes, begin: int) -> int:
    """Where a record ends, with what is nested in it; −1 where that is not here yet."""
    tag = _TAG.match(data, begin)
    following = data.find(b"<Record", begin + 1)
    if tag is None:
        return following  # broken: the next record is where reading goes on
    if 0 <= following < tag.end():
        return following  # an attribute that never closed swallowed the next record
    if data[tag.end() - 2 : tag.end() - 1] == b"/":
        return tag.end()
    close = data.find(b"</Record>", tag.end())
    if 0 <= following < close:
        return following
    return close + len(b"</Record>") if close >= 0 else following


def _record(data: bytes) -> Record | None:
    tag = _TAG.match(data)
    if tag is None:
        return None
    found: dict[str, str] = {}
    for name, double, single in _ATTRIBUTE.findall(tag[0]):
        found.setdefault(
            name.decode(), html.unescape((double or single).decode("utf-8", "replace"))
        )
    if found.get("type") != _MARK.decode():
        return None
    if zone := _ZONE.search(data, tag.end()):
        found["HKTimeZone"] = zone[1].decode("utf-8", "replace")
    return found


def _stretch(record: Record | None, around: Circumstances) -> Stretch:
    if record is None:
        raise ValueError("it cannot be read")
    start, end = (_moment(record.get(name, "")) for name in ("startDate", "endDate"))
    if zone := _zone(record.get("HKTimeZone", "")):
        start, end = (when.astimezone(zone) for when in (start, end))
        # Fixed offsets: a stretch over a change of the clocks is as long as it was.
        start, end = (when.replace(tzinfo=dt.timezone(when.utcoffset() or dt.timedelta()))
                      for when in (start, end))  # fmt: skip
    if not is_a_stretch(start, end):
        raise ValueError("it does not run from one moment to a later one on the same night")
    if around.is_ahead(end.date()):
        raise ValueError(f"{end.date().isoformat()} lies ahead of today")
    return start, end


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, LookupError):
        return None


def _moment(text: str) -> dt.datetime:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d %H:%M:%S %z")
    except ValueError:
        raise ValueError(f"“{text[:40]}” is not a time like 2024-01-01 23:00:00 -0800") from None


def _wants(name: str) -> bool:
    base = name.rsplit("/", 1)[-1].lower()
    return base.endswith(".xml") and "cda" not in base


IMPORTER = Importer(
    name="apple-health",
    words="Apple Health: the zip its app exports, or export.xml out of it (sleep)",
    identify=is_apple_health,
    extract=read_apple_health,
    wants=_wants,
    most_bytes=MAX_STREAM_BYTES,
)
