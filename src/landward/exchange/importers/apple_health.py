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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
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
from landward.model.said import counted, phrase

SOURCE = "apple health"
_MARK = b"HKCategoryTypeIdentifierSleepAnalysis"
_VALUE = "HKCategoryValueSleepAnalysis"
CHUNK = 1024 * 1024
MOST_RECORD_BYTES = 64 * 1024
_TAG = re.compile(rb'<Record\s[^"\'>]*(?:(?:"[^"]*"|\'[^\']*\')[^"\'>]*)*>', re.DOTALL)
_ATTRIBUTE = re.compile(rb'([A-Za-z_][\w:.-]*)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
_ZONE = re.compile(rb'key\s*=\s*"HKTimeZone"\s+value\s*=\s*"([^"]*)"')
_SLEEP = _MARK.decode()
_PLAIN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}", re.ASCII)
_HEAD = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<")
_KEPT = frozenset({b"type", b"value", b"startDate", b"endDate", b"sourceName"})
_LONGEST_JOINED = dt.timedelta(hours=12)
MOST_SLEEP_RECORDS = 5 * MAX_RECORDS
Record = Mapping[str, str]


def is_apple_health(head: Head) -> bool:
    """Whether this looks like Apple Health's export.xml."""
    return _HEAD.match(head.data) is not None and b"<HealthData" in head.data


def read_apple_health(pieces: Sequence[Piece], around: Circumstances) -> FileReading:
    """Read the nights in an export. Raises BadInput where it is no Apple Health export."""
    with pieces[0].open() as stream:
        return _reading(_records(stream), around)


def _reading(records: Iterator[Record | None], around: Circumstances) -> FileReading:
    in_bed: list[Stretch] = []
    awake: dict[str, _Joined] = defaultdict(_Joined)
    slept: dict[str, _Joined] = defaultdict(_Joined)
    left_out = LeftOut()
    count = known = 0
    for count, record in enumerate(records, start=1):
        if count > MOST_SLEEP_RECORDS:
            raise BadInput(
                phrase(
                    "more than {most_sleep_records} sleep records: nothing was read",
                    most_sleep_records=MOST_SLEEP_RECORDS,
                )
            )
        try:
            stretch = _stretch(record, around)
        except ValueError as error:
            left_out.add(phrase("sleep record {count}: {error}", count=count, error=error))
            continue
        assert record is not None
        value = record.get("value", "").removeprefix(_VALUE)
        source = record.get("sourceName", "")
        if value.startswith("Asleep"):
            slept[source].add(stretch)
        elif value == "Awake":
            awake[source].add(stretch)
        elif value == "InBed":
            in_bed.append(stretch)
        else:
            left_out.add(
                phrase(
                    "sleep record {count} says “{value}”, which is no sleep we know",
                    count=count,
                    value=value[:40],
                )
            )
            continue
        known += 1
    left_out.refuse_if_nothing_else(known)
    asleep = (stretch for found in slept.values() for stretch in found.stretches)
    nights = nights_of(asleep, (one for found in awake.values() for one in found.stretches))
    days = {night.day for night in nights}
    only_bed = sum(night.day not in days for night in nights_of(in_bed))
    bed_rows = sum(date_of(*stretch) not in days for stretch in in_bed)
    nights_in_bed = counted(only_bed, "{count} night holds", "{count} nights hold")
    remarks = (
        [
            phrase(
                "{nights_in_bed} only time in bed, not sleep: left out", nights_in_bed=nights_in_bed
            )
        ]
        if only_bed
        else []
    )
    if (overruled := _overruled(awake, slept)) > dt.timedelta(minutes=1):
        minutes = round(overruled / dt.timedelta(minutes=1))
        remarks.append(
            phrase(
                "{minutes} minutes that one device saw awake are counted as sleep, "
                "because another saw sleep then",
                minutes=minutes,
            )
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


class _Joined:
    """Stretches of one device; one that begins where the last ended makes it longer, so that a
    night in fifty stages takes the room of its wakings.
    """

    __slots__ = ("stretches",)

    def __init__(self) -> None:
        self.stretches: list[Stretch] = []

    def add(self, stretch: Stretch) -> None:
        start, end = stretch
        if self.stretches:
            first, last = self.stretches[-1]
            if last == start and end - first <= _LONGEST_JOINED:
                self.stretches[-1] = (first, end)
                return
        self.stretches.append(stretch)


def _overruled(awake: Mapping[str, _Joined], slept: Mapping[str, _Joined]) -> dt.timedelta:
    """Time that one device saw awake and another asleep."""
    found: list[Stretch] = []
    for source, wakings in awake.items():
        others = sorted(s for other, joined in slept.items() if other != source
                        for s in joined.stretches)  # fmt: skip
        first = 0
        for start, end in sorted(wakings.stretches) if others else ():
            while first < len(others) and others[first][0] < start - _LONGEST_JOINED * 3:
                first += 1
            found += _seen_otherwise((start, end), islice(others, first, None))
    return time_in(found)


def _seen_otherwise(waking: Stretch, others: Iterable[Stretch]) -> Iterator[Stretch]:
    """What stretches in order of their start share with one waking."""
    start, end = waking
    for other in others:
        if other[0] >= end:
            return
        if shared(waking, [other]):
            yield max(start, other[0]), min(end, other[1])


def _records(stream: IO[bytes]) -> Iterator[Record | None]:
    """Attributes of every sleep record, one read of the stream at a time; None for a broken one."""
    rest = b""
    is_export = ended = False
    while chunk := stream.read(CHUNK):
        data = rest + chunk
        is_export = is_export or b"<HealthData" in data
        if b"<!ENTITY" in data:
            raise BadInput(
                phrase("this XML defines entities, which no health export needs: refused")
            )
        if not is_export and len(data) > 16 * CHUNK:
            break
        at = 0
        whole = True
        while (mark := data.find(_MARK, at)) >= 0:
            begin = data.rfind(b"<Record", max(at, mark - MOST_RECORD_BYTES), mark)
            tag = _TAG.match(data, begin if begin >= 0 else mark)
            end = _end_of_record(data, begin if begin >= 0 else mark, tag)
            if end < 0 and len(data) - mark < MOST_RECORD_BYTES:
                rest, whole = data[max(begin, at) if begin >= 0 else at :], False
                break
            if begin >= 0:
                last = end if end > 0 else mark + MOST_RECORD_BYTES
                yield _record(data, tag if tag is not None and tag.end() <= last else None, last)
            at = end if end > 0 else mark + len(_MARK)
        if whole:
            rest = data[max(at, len(data) - MOST_RECORD_BYTES) :] if is_export else data
        ended = b"</HealthData>" in data[-4096:]
    if not is_export:
        raise BadInput(phrase("this is not an Apple Health export: it holds no health data"))
    if rest and not ended and b"</HealthData>" not in rest:
        raise BadInput(
            phrase("this is not a whole Apple Health export: it is cut off before its end")
        )


def _end_of_record(data: bytes, begin: int, tag: re.Match[bytes] | None) -> int:
    """Where a record ends, with what is nested in it; −1 where that is not here yet."""
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


def _record(data: bytes, tag: re.Match[bytes] | None, end: int) -> Record | None:
    if tag is None:
        return None
    found: dict[str, str] = {}
    for name, double, single in _ATTRIBUTE.findall(tag[0]):
        if name in _KEPT:
            found.setdefault(name.decode(), _text(double or single))
    if found.get("type") != _SLEEP:
        return None
    if end - tag.end() > 0 and (zone := _ZONE.search(data, tag.end(), end)):
        found["HKTimeZone"] = _text(zone[1])
    return found


@lru_cache(maxsize=4096)
def _text(value: bytes) -> str:
    text = value.decode("utf-8", "replace")
    return html.unescape(text) if "&" in text else text


def _stretch(record: Record | None, around: Circumstances) -> Stretch:
    if record is None:
        raise ValueError(phrase("it cannot be read"))
    slept_in = record.get("HKTimeZone", "")
    start = _moment_in(record.get("startDate", ""), slept_in)
    end = _moment_in(record.get("endDate", ""), slept_in)
    if not is_a_stretch(start, end):
        raise ValueError(phrase("it does not run from one moment to a later one on the same night"))
    if around.is_ahead(end.date()):
        raise ValueError(phrase("{date} lies ahead of today", date=end.date().isoformat()))
    return start, end


@lru_cache(maxsize=4096)
def _moment_in(text: str, slept_in: str) -> dt.datetime:
    """A moment by the wall clock of where it was slept, at a fixed offset: a stretch over a change
    of the clocks is as long as it was.
    """
    when = _moment(text)
    zone = _zone(slept_in)
    if zone is None:
        return when
    there = when.astimezone(zone)
    offset = there.utcoffset() or dt.timedelta()
    return when if offset == when.utcoffset() else there.replace(tzinfo=_offset(offset))


@lru_cache(maxsize=256)
def _written(text: str) -> dt.tzinfo:
    """“+0100” as an offset. Raises ValueError."""
    found = dt.datetime.fromisoformat(f"2000-01-01 00:00:00{text}").tzinfo
    assert found is not None
    return found


@lru_cache(maxsize=256)
def _offset(delta: dt.timedelta) -> dt.timezone:
    return dt.timezone(delta)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, LookupError):
        return None


def _moment(text: str) -> dt.datetime:
    try:
        if _PLAIN.fullmatch(text):
            return dt.datetime.fromisoformat(text[:19]).replace(tzinfo=_written(text[20:]))
        return dt.datetime.strptime(text, "%Y-%m-%d %H:%M:%S %z")
    except ValueError:
        raise ValueError(
            phrase("“{text}” is not a time like 2024-01-01 23:00:00 -0800", text=text[:40])
        ) from None


def _wants(name: str) -> bool:
    base = name.rsplit("/", 1)[-1].lower()
    return base.endswith(".xml") and "cda" not in base


IMPORTER = Importer(
    name="apple-health",
    words=phrase("Apple Health: the zip its app exports, or export.xml out of it (sleep)"),
    identify=is_apple_health,
    extract=read_apple_health,
    wants=_wants,
    most_bytes=MAX_STREAM_BYTES,
)
