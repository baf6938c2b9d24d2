"""Dates as programs and people write them, and the one order in which a whole file is read.

“03/04/2021” alone is two days. A file is read in the one order that fits all its lines, said with
the line that proves it; where nothing proves it, it is asked; where no order fits, it is refused.
"""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from landward.exchange.clocks import digits, is_weekday, month_of, read_clock
from landward.model.moment import DAY_STARTS_AT, zone_of
from landward.model.proposals import FileQuestion, named_place

Order = Literal["dmy", "mdy", "ymd"]
DAY_ZERO = {"1900": dt.date(1899, 12, 30), "1904": dt.date(1904, 1, 1)}
"""Where spreadsheets count days from, by the name of their calendar."""
ORDER_WORDS: dict[Order, str] = {
    "dmy": "day first", "mdy": "month first", "ymd": "year first",
}  # fmt: skip
QUESTION = "dates"
_NO_DATES = 20_000
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2200, 1, 1)

_ISO = re.compile(r"(\d{4})[-/.] ?(\d{1,2})[-/.] ?(\d{1,2})\.?(?:[T ,]+(.+))?", re.DOTALL)
_TRIPLE = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4}|\d{2})\.?(?:[T ,]+(.+))?", re.DOTALL)
_HAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일](.*)", re.DOTALL)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_OFFSET = re.compile(
    r"(.*\d(?:\.\d+)?) ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}(?::\d{2})?)(?:\[[\w/+-]*\])?", re.DOTALL
)
_WORD = re.compile(r"[^\W\d_]+(?:\.(?=\s|$))?", re.UNICODE)
_SHORT = re.compile(r"(\d{1,2})[-/. ]+([^\W\d_]{3,12})\.?[-/. ]+'?(\d{2})(?:[ ,]+(.+))?", re.DOTALL)
_AT = re.compile(r"(?:at|um|à|a las|às|alle|ore|kl\.?|om|klo|o|в|@)\s+(?=\S*\d)", re.IGNORECASE)
_AFTER_YEAR = re.compile(r"^(?:г|р|d|g|r)\.?(?=$|[\s,])", re.IGNORECASE)
_SERIAL = re.compile(r"([2-7]\d{4})(?:[.,](\d{1,15}))?")
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
    """“13-Apr-25”: taken as day, month, year, and said."""

    def days(self) -> dict[Order, dt.date]:
        """The days this can be, by order; none where no order makes one."""
        wanted: tuple[Order, ...] = (self.order,) if self.order else ("dmy", "mdy")
        return {order: day for order in wanted if (day := _day(self.numbers, order)) is not None}


class Moment(NamedTuple):
    """The day an entry is about, and the wall clock it was made at where the file knows it."""

    day: dt.date
    at: dt.datetime | None


def read_stamp(text: str) -> Stamp | None:
    """What a cell says about its day, or None where it is no date at all."""
    plain = " ".join(digits(text).replace("\u202f", " ").replace("\xa0", " ").split())[:80]
    plain = _without_weekday(plain.removeprefix("'"))
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
        return _with_clock((int(first), int(second), _year(year)), None, rest)
    if found := _COMPACT.fullmatch(plain):
        year, month, day = found.groups()
        return Stamp((int(year), int(month), int(day)), "ymd")
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
        said, zone = found[1], found[2]
        utc = zone[0] not in "+-"
        offset = dt.UTC if utc else _offset(zone)
        if offset is None:
            return None
    clock = read_clock(said)
    return None if clock is None else Stamp(numbers, order, clock, offset, utc)


def _offset(text: str) -> dt.timezone | None:
    hours, minutes = int(text[1:3]), int(text[3:].lstrip(":")[:2])
    delta = dt.timedelta(hours=hours, minutes=minutes)
    if delta >= dt.timedelta(hours=24) or minutes > 59:
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


class Decided(NamedTuple):
    """How the dates of one file are read, why, and what is still open."""

    order: Order
    remarks: tuple[str, ...] = ()
    questions: tuple[FileQuestion, ...] = ()
    problem: str = ""
    """Why no order fits; then the file is refused as a whole."""

    midnight: bool = False
    """Every clock is 00:00: the program wrote days, not times."""

    utc: bool = False
    """Every time is given in UTC: it says nothing about where the person was."""

    day_zero: dt.date | None = None
    """Dates are the day numbers of a spreadsheet, counted from this day."""


class Evidence:
    """What the lines of a file prove about the order of day and month."""

    def __init__(self, *, across: bool = False) -> None:
        self._across = across
        """Whether what is counted are columns: days stand across."""
        self._open: dict[Order, tuple[int, str] | None] = {"dmy": None, "mdy": None}
        """order -> the first line that cannot be read in it."""
        self._first: tuple[int, str] | None = None
        self._matters = False
        self._short = ""
        self._serials: list[tuple[int, str]] = []
        self._stamps = 0
        self._clocks = self._midnights = self._zoned = self._utc = 0

    def add(self, line: int, text: str, stamp: Stamp) -> None:
        """One more cell with a date."""
        self._stamps += 1
        if stamp.short_year:
            self._short = self._short or f"“{text}”"
        if stamp.clock is not None:
            self._clocks += 1
            self._midnights += stamp.clock == dt.time()
            self._zoned += stamp.offset is not None
            self._utc += stamp.utc or stamp.offset == dt.UTC
        if stamp.order is not None:
            return
        days = stamp.days()
        if not days:
            return  # no day in any order: the line is refused by itself
        self._first = self._first or (line, text)
        self._matters |= len(set(days.values())) > 1 or len(days) == 1
        for order in self._open:
            if order not in days and self._open[order] is None:
                self._open[order] = (line, text)

    @property
    def is_empty(self) -> bool:
        """Whether nothing so far could be a date."""
        return not (self._stamps or self._serials)

    def add_number(self, line: int, text: str) -> None:
        """One more cell that is no date, and may be a spreadsheet's day number."""
        self._serials.append((line, text))

    def decide(self, answer: str = "", today: dt.date | None = None) -> Decided:
        """The order that fits every line; `today` tells which days cannot be meant."""
        if self._serials and not self._stamps:
            return self._numbered(answer, today)
        found = self._ordered(answer)
        if self._short:
            said = f"{self._short} is read as day, month, year."
            return found._replace(remarks=(*found.remarks, said))
        return found

    def _at(self, line: int) -> str:
        return f"{'in' if self._across else 'on'} {named_place(line, across=self._across)}"

    def _numbered(self, answer: str, today: dt.date | None) -> Decided:
        line, text = self._serials[0]
        last = max(int(number[:5]) for _, number in self._serials)
        fits = [name for name, zero in DAY_ZERO.items()
                if today is None or zero + dt.timedelta(days=last) <= today]  # fmt: skip
        if answer and answer not in DAY_ZERO:
            return Decided("dmy", problem=f"“{answer}” is no way to count days: say 1900 or 1904")
        name = answer or (fits[0] if len(fits) == 1 else "")
        days = {name: zero + dt.timedelta(days=int(text[:5])) for name, zero in DAY_ZERO.items()}
        if name:
            why = "as you said" if answer else "the other calendar would lie ahead of today"
            said = f"“{text}” is a spreadsheet's day number, {days[name].isoformat()}: {why}."
            return Decided("dmy", (said,), day_zero=DAY_ZERO[name])
        if not fits:
            return Decided("dmy")
        question = FileQuestion(
            id=QUESTION,
            words=f"“{text}” {self._at(line)} is a spreadsheet's day number: {days['1900']} where "
            f"days count from 1900 (most programs), {days['1904']} where they count from 1904 "
            "(old ones of a Mac). Which is it?",
            choices=tuple(DAY_ZERO),
            example="1900",
        )
        return Decided("dmy", questions=(question,), day_zero=DAY_ZERO["1900"])

    def _ordered(self, answer: str) -> Decided:
        midnight = self._clocks > 0 and self._midnights == self._clocks
        utc = self._zoned > 0 and self._utc == self._zoned == self._clocks
        plain = Decided("dmy", midnight=midnight, utc=utc)
        if self._first is None or not self._matters:
            return plain
        asked = {words: order for order, words in ORDER_WORDS.items()} | {o: o for o in ORDER_WORDS}
        if answer:
            chosen = asked.get(answer.strip().casefold().replace("-", " "))
            if chosen is None:
                return plain._replace(
                    problem=f"“{answer}” is no order of dates: say day first or month first"
                )
            if wrong := self._open.get(chosen):
                place = named_place(wrong[0], across=self._across)
                return plain._replace(
                    problem=f"{place}: “{wrong[1]}” cannot be read {ORDER_WORDS[chosen]}"
                )
            return plain._replace(
                order=chosen, remarks=(f"Dates are read {ORDER_WORDS[chosen]}, as you said.",)
            )
        day_first, month_first = self._open["dmy"], self._open["mdy"]
        if day_first and month_first:
            one, other = sorted((month_first, day_first))
            first_is = "day first" if one == month_first else "month first"
            then_is = "month first" if first_is == "day first" else "day first"
            return plain._replace(
                problem=f"the dates are in two orders: “{one[1]}” "
                f"({named_place(one[0], across=self._across)}) can only be {first_is}, "
                f"“{other[1]}” ({named_place(other[0], across=self._across)}) only {then_is}"
            )
        if day_first or month_first:
            order: Order = "dmy" if month_first else "mdy"
            line, text = month_first or day_first or (0, "")
            return plain._replace(
                order=order,
                remarks=(
                    f"Dates are read {ORDER_WORDS[order]}: “{text}” {self._at(line)} fits no "
                    "other way.",
                ),
            )
        line, text = self._first
        question = FileQuestion(
            id=QUESTION,
            words=f"“{text}” {self._at(line)}, and every other date here, could be day first or "
            "month first. Which is it?",
            choices=("day first", "month first"),
            example="day first",
        )
        return plain._replace(questions=(question,))


def evidence_of(cells: Iterable[tuple[int, str]], *, across: bool = False) -> Evidence:
    """The evidence of (line, cell) pairs; what is no date is no evidence."""
    evidence = Evidence(across=across)
    for count, (line, text) in enumerate(cells):
        if count > _NO_DATES and evidence.is_empty:
            break  # these are no dates; the lines say so one by one
        if text and (stamp := read_stamp(text)) is not None:
            evidence.add(line, text[:40], stamp)
        elif _SERIAL.fullmatch(digits(text).strip()):
            evidence.add_number(line, digits(text).strip())
    return evidence


def numbered_stamp(text: str, day_zero: dt.date) -> Stamp | None:
    """The day, and the clock where there is one, of a spreadsheet's day number."""
    found = _SERIAL.fullmatch(digits(text).strip())
    if found is None:
        return None
    at = dt.datetime.combine(day_zero, dt.time()) + dt.timedelta(
        days=int(found[1]), seconds=round(float(f"0.{found[2] or 0}") * 86_400)
    )
    return Stamp((at.year, at.month, at.day), "ymd", at.time() if found[2] else None)


def moment_of(
    stamp: Stamp,
    decided: Decided,
    zone: str,
    clock: dt.time | None = None,
    day_starts_at: dt.time = DAY_STARTS_AT,
) -> Moment | None:
    """The day a stamp is about, by the rule that a day turns at four; None where it is no day."""
    days = stamp.days()
    day = days.get(stamp.order or decided.order)
    if day is None:
        return None
    at_clock = clock if clock is not None else None if decided.midnight else stamp.clock
    if at_clock is None:
        return Moment(day, None)
    here = zone_of(zone)
    at = dt.datetime.combine(day, at_clock, stamp.offset or here)
    if stamp.utc or (decided.utc and stamp.offset is not None):
        at = at.astimezone(here)
    return Moment(diary_day(at, day_starts_at), at)


def diary_day(at: dt.datetime, day_starts_at: dt.time = DAY_STARTS_AT) -> dt.date:
    """The day a wall clock belongs to: past midnight it is still the evening before."""
    return at.date() - dt.timedelta(days=at.time() < day_starts_at)
