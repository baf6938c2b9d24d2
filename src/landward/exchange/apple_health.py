"""Apple Health's `export.xml`: sleep only, streamed, because the file can be gigabytes.

`<Record type="HKCategoryTypeIdentifierSleepAnalysis" value="HKCategoryValueSleepAnalysis…"
startDate="2024-01-01 23:00:00 -0800" endDate="…" sourceName="…"/>`. Apple writes a DTD of its own
into the file, so a DTD is let through; entities and anything outside the file are not.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import IO
from xml.etree.ElementTree import ParseError

from landward.exchange.limits import MAX_DEPTH, MAX_RECORDS, LeftOut, Limited, Patience
from landward.exchange.nights import Stretch, as_proposals, is_a_stretch, nights_of
from landward.model.base import BadInput
from landward.model.proposals import FileReading

SOURCE = "apple health"
SLEEP = "HKCategoryTypeIdentifierSleepAnalysis"
_VALUE = "HKCategoryValueSleepAnalysis"
MAX_TOKEN_BYTES = 16 * 1024**2
CHUNK = 256 * 1024
Record = Mapping[str, str]


def is_apple_health(data: bytes) -> bool:
    """Whether this looks like Apple Health's export.xml."""
    return data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and b"<HealthData" in data


def read_apple_health(
    stream: IO[bytes], zone: str, patience: Patience | None = None
) -> FileReading:
    """Read the nights in an export. Raises BadInput where it is no Apple Health export."""
    from defusedxml.common import DefusedXmlException

    patience = patience or Patience()
    asleep: list[Stretch] = []
    left_out = LeftOut()
    in_bed: list[Stretch] = []
    count = 0
    try:
        for record in _records(Limited(stream, patience)):
            count += 1
            if count > MAX_RECORDS:
                raise BadInput(f"more than {MAX_RECORDS} sleep records: nothing was read")
            try:
                stretch = _stretch(record)
            except ValueError as error:
                left_out.add(f"sleep record {count}: {error}")
                continue
            value = record.get("value", "").removeprefix(_VALUE)
            if value.startswith("Asleep"):
                asleep.append(stretch)
            elif value == "InBed":
                in_bed.append(stretch)
    except DefusedXmlException as error:
        raise BadInput(
            "this XML defines entities, which no health export needs: refused"
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise BadInput(f"this is not a whole Apple Health export ({_why(error)})") from error
    left_out.refuse_if_nothing_else(len(asleep) + len(in_bed))
    nights = nights_of(asleep)
    days = {night.day for night in nights}
    only_bed = sum(night.day not in days for night in nights_of(in_bed))
    nights_in_bed = "1 night holds" if only_bed == 1 else f"{only_bed} nights hold"
    remarks = [f"{nights_in_bed} only time in bed, not sleep: left out"] if only_bed else []
    return FileReading(
        source=SOURCE,
        zone=zone,
        proposals=as_proposals(nights, SOURCE),
        remarks=(*remarks, *left_out.remarks()),
        lines=count,
    )


class _SleepRecords:
    """What the parser tells: only attributes of sleep records are kept, no text, no tree."""

    def __init__(self) -> None:
        self.found: list[Record] = []
        self.events = 0
        self.is_export = False
        self._depth = 0

    def start(self, tag: str, attributes: Record) -> None:
        """An element begins."""
        self.events += 1
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise BadInput(f"this XML is nested more than {MAX_DEPTH} deep: refused")
        self.is_export |= tag == "HealthData"
        if tag == "Record" and attributes.get("type") == SLEEP:
            self.found.append(attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        self.events += 1
        self._depth -= 1

    def close(self) -> None:
        """The file ends."""


def _records(stream: Limited) -> Iterator[Record]:
    """Attributes of every sleep record, one read of the stream at a time."""
    from defusedxml.ElementTree import DefusedXMLParser

    target = _SleepRecords()
    parser = DefusedXMLParser(
        target=target, forbid_dtd=False, forbid_entities=True, forbid_external=True
    )
    silent_bytes = 0
    while chunk := stream.read(CHUNK):
        before = target.events
        parser.feed(chunk)
        silent_bytes = 0 if target.events != before else silent_bytes + len(chunk)
        if silent_bytes > MAX_TOKEN_BYTES:
            raise BadInput("this XML holds one piece larger than any health record: refused")
        yield from target.found
        target.found.clear()
    parser.close()
    yield from target.found
    if not target.is_export:
        raise BadInput("this is not an Apple Health export: it holds no health data")


def _stretch(record: Record) -> Stretch:
    start, end = (_moment(record.get(name, "")) for name in ("startDate", "endDate"))
    if not is_a_stretch(start, end):
        raise ValueError("it does not run from one moment to a later one on the same night")
    return start, end


def _moment(text: str) -> dt.datetime:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d %H:%M:%S %z")
    except ValueError:
        raise ValueError(f"“{text[:40]}” is not a time like 2024-01-01 23:00:00 -0800") from None


def _why(error: Exception) -> str:
    return " ".join(str(error).split())[:100]
