"""What one cell says about its day: dates as programs and people write them, in any language.

Numbers whose order may be open stay open (`Stamp.order`): `dates` decides for the whole file.
"""

import datetime as dt
import re
from typing import Literal, NamedTuple

from landward.exchange.clocks import digits, is_weekday, month_of, read_clock

Order = Literal["dmy", "mdy", "ymd"]
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2200, 1, 1)

_ISO = re.compile(r"(\d{4})[-/.] ?(\d{1,2})[-/.] ?(\d{1,2})\.?(?:[T ,]+(.+))?", re.DOTALL)
_TRIPLE = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4}|\d{2})\.?(?:[T ,]+(.+))?", re.DOTALL)
_HAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일](.*)", re.DOTALL)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:[T ](\d{2})(\d{2})(\d{2})?(.*))?")
_OFFSET = re.compile(
    r"(.*?) ?(?:(?:UTC|GMT) ?)?([+-]\d{1,2}(?::?\d{2}){0,2})(?:\[[\w/+-]*\])?", re.DOTALL
)
_UTC = re.compile(r"(.*\d|.* )(?:Z|UTC|GMT)(?:\[[\w/+-]*\])?", re.DOTALL)
_ZONE_NAME = re.compile(r"(?<=[\w.]) (?:[A-Z]{3,5}|[A-Z][a-z]+(?:/[A-Z][A-Za-z_]+)+)|(?<=\d)Uhr")
"""“MESZ”, “Europe/Berlin” after a clock: the clock on the wall there, as it stands."""
_IN_WORDS = re.compile(r"(?<=\S) ?\((\D+)\)(?= |$)")
_OF_UNIX = re.compile(
    r"(?:[^\W\d]{3} )?([^\W\d]{3}) (\d{1,2}) (\d{1,2}:\d\d(?::\d\d)?)"
    r"( [A-Z]{2,5}| [+-]\d{4})? (\d{4})"
)
_DASHES = str.maketrans({**dict.fromkeys("‐‑‒–—−﹣", "-"), "⁄": "/", "∕": "/"})
_WORD = re.compile(r"[^\W\d_]+(?:\.(?=\s|$))?", re.UNICODE)
_SHORT = re.compile(r"(\d{1,2})[-/. ]+([^\W\d_]{3,12})\.?[-/. ]+'?(\d{2})(?:[ ,]+(.+))?", re.DOTALL)
_AT = re.compile(r"(?:at|um|à|a las|às|alle|ore|kl\.?|om|klo|o|в|@)\s+(?=\S*\d)", re.IGNORECASE)
_AFTER_YEAR = re.compile(r"^(?:г|р|d|g|r)\.?(?=$|[\s,])", re.IGNORECASE)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|º|ª)\b", re.IGNORECASE)


class Stamp(NamedTuple):
    """What one cell says: numbers whose order may be open, a clock, an offset."""

    numbers: tuple[int, int, int]
    order: Order | None
    """None where day and month may be either way round."""

    clock: dt.time | None = None
    offset: dt.timezone | None = None
    utc: bool = False
    short_year: bool = False
    """“13-Apr-25”: taken as day, month, year, and said. “25-04-13” may have its year first too."""

    def days(self) -> dict[Order, dt.date]:
        """The days this can be, by order; none where no order makes one."""
        wanted: tuple[Order, ...] = (self.order,) if self.order else ("dmy", "mdy")
        found = {order: day for order in wanted if (day := _day(self.numbers, order)) is not None}
        if self.order is None and self.short_year:
            first, second, third = self.numbers
            day = _day((_year(f"{first:02}"), second, third % 100), "ymd")
            return found | ({"ymd": day} if day is not None else {})
        return found


def read_stamp(text: str) -> Stamp | None:
    """What a cell says about its day, or None where it is no date at all."""
    plain = " ".join(digits(text).translate(_DASHES).split())[:80]
    plain = _without_weekday(_IN_WORDS.sub("", plain.removeprefix("'")))
    if found := _OF_UNIX.fullmatch(plain):
        month, day, clock, zone, year = found.groups()
        plain = f"{day} {month} {year} {clock}{zone or ''}"
    return _dated(plain) or _clock_first(plain)


def _without_weekday(plain: str) -> str:
    first, _, rest = plain.partition(" ")
    return rest if rest[:1].isdecimal() and is_weekday(first) else plain


def _clock_first(plain: str) -> Stamp | None:
    """“21:35 13/04/2025”, “9:35 PM, 13 April 2025”."""
    words = plain.split(" ")
    for place in range(1, min(4, len(words))):
        clock = read_clock(" ".join(words[:place]).rstrip(",")) if ":" in words[0] else None
        stamp = _dated(" ".join(words[place:]).removeprefix("on ")) if clock is not None else None
        if stamp is not None and stamp.clock is None:
            return stamp._replace(clock=clock)
    return None


def _dated(plain: str) -> Stamp | None:
    if (found := _ISO.fullmatch(plain)) or (found := _HAN.fullmatch(plain)):
        year, month, day, rest = found.groups()
        return _with_clock((int(year), int(month), int(day)), "ymd", rest)
    if found := _TRIPLE.fullmatch(plain):
        first, _, second, year, rest = found.groups()
        stamp = _with_clock((int(first), int(second), _year(year)), None, rest)
        return stamp._replace(short_year=len(year) == 2) if stamp is not None else None
    if found := _COMPACT.fullmatch(plain):
        year, month, day, hour, minute, second, zone = found.groups()
        clock = f"{hour}:{minute}:{second or '00'}{zone}" if hour else None
        return _with_clock((int(year), int(month), int(day)), "ymd", clock)
    if _EPOCH.fullmatch(plain):
        at = dt.datetime.fromtimestamp(int(plain[:10]), dt.UTC)
        return Stamp(
            (at.year, at.month, at.day), "ymd", at.time().replace(tzinfo=None), dt.UTC, True
        )
    if (found := _SHORT.fullmatch(plain)) and (month := month_of(found[2])) is not None:
        stamp = _with_clock((_year(found[3]), month, int(found[1])), "ymd", found[4])
        return stamp._replace(short_year=True) if stamp is not None else None
    return _named_month(plain)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else (2000 if int(text) < 70 else 1900) + int(text)


def _with_clock(
    numbers: tuple[int, int, int], order: Order | None, rest: str | None
) -> Stamp | None:
    if not rest or not rest.strip():
        return Stamp(numbers, order)
    offset: dt.timezone | None = None
    utc = False
    said = _AT.sub("", rest.strip(" ,()"), count=1)
    if not any(sign.isdecimal() for sign in said) and is_weekday(said):
        return Stamp(numbers, order)
    if found := _OFFSET.fullmatch(said):
        said, offset = found[1], _offset(found[2])
        if offset is None:
            return None
    elif found := _UTC.fullmatch(said):
        said, offset, utc = found[1], dt.UTC, True
    else:
        said = _ZONE_NAME.sub("", said, count=1)
    clock = read_clock(said)
    return None if clock is None else Stamp(numbers, order, clock, offset, utc)


def _offset(text: str) -> dt.timezone | None:
    """+2, +02, +0530, +05:30; None for what no place on earth has."""
    numbers = text[1:].replace(":", "")
    hours, minutes = int(numbers[:-2] or 0), int(numbers[-2:])
    if len(numbers) < 3:
        hours, minutes = int(numbers), 0
    elif len(numbers) > 4:
        hours, minutes = int(numbers[:2]), int(numbers[2:4])
    delta = dt.timedelta(hours=hours, minutes=minutes)
    if hours > 14 or minutes > 59:
        return None
    return dt.timezone(-delta if text[0] == "-" else delta)


def _named_month(plain: str) -> Stamp | None:
    text = _ORDINAL.sub("", plain)
    months = [(m, month) for m in _WORD.finditer(text) if (month := month_of(m[0])) is not None]
    if len(months) != 1:
        return None
    word, month = months[0]
    before, after = text[: word.start()], text[word.end() :]
    year = re.search(r"\b((?:19|20|21)\d{2})\b", text)
    if year is None:
        return None
    ends = max(year.end(), word.end())
    day = re.search(r"\b(\d{1,2})\b(?![:.]\d)", before) or re.search(r"^\W*(\d{1,2})\b(?!:)", after)
    if day is None:
        return None
    if day.re.pattern.startswith("^"):
        ends = max(ends, word.end() + day.end())
    rest = _AFTER_YEAR.sub("", text[ends:].strip(" ,."), count=1)
    return _with_clock((int(year[1]), month, int(day[1])), "ymd", rest.strip(" ,."))


def _day(numbers: tuple[int, int, int], order: Order) -> dt.date | None:
    a, b, c = numbers
    year, month, day = {"dmy": (c, b, a), "mdy": (c, a, b), "ymd": (a, b, c)}[order]
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return None
    return found if EARLIEST <= found < LATEST else None
