"""Dates as programs and people write them, and the one order in which a whole file is read.

“03/04/2021” alone is two days. A file is read in the one order that fits all its lines, said with
the line that proves it; where nothing proves it, it is asked; where no order fits, it is refused.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from landward.exchange.clocks import digits
from landward.exchange.stamps import Order, Stamp, read_stamp
from landward.model.moment import DAY_STARTS_AT, zone_of
from landward.model.proposals import FileQuestion, named_place
from landward.model.said import joined, phrase

DAY_ZERO = {"1900": dt.date(1899, 12, 30), "1904": dt.date(1904, 1, 1)}
"""Where spreadsheets count days from, by the name of their calendar."""
ORDER_WORDS: dict[Order, str] = {
    "dmy": "day first", "mdy": "month first", "ymd": "year first",
}  # fmt: skip
QUESTION = "dates"
_NO_DATES = 20_000

_SERIAL = re.compile(r"([2-7]\d{4})(?:[.,](\d{1,15}))?")


class Moment(NamedTuple):
    """The day an entry is about, and the wall clock it was made at where the file knows it."""

    day: dt.date
    at: dt.datetime | None


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


class YearsFirst:
    """Whether dates like 25-04-13 have their year first: rows of a diary lie days apart."""

    def __init__(self) -> None:
        self.fits = True
        self._dashes = True
        self._count = 0
        self._before: Mapping[Order, dt.date] = {}
        self._apart: dict[Order, int] = {"dmy": 0, "mdy": 0, "ymd": 0}

    def add(self, text: str, days: Mapping[Order, dt.date]) -> None:
        """One more date whose order is open: the days it can be."""
        self.fits &= "ymd" in days
        self._dashes &= "-" in text
        for order in tuple(self._apart):
            if order not in days:
                del self._apart[order]
            elif order in self._before:
                self._apart[order] += abs((days[order] - self._before[order]).days)
        self._before = days
        self._count += 1

    @property
    def proved(self) -> bool:
        """In every other order the rows lie far more apart, or it is no date."""
        if not self.fits or not self._count:
            return False
        others = [apart for order, apart in self._apart.items() if order != "ymd"]
        return not others or (
            self._count >= 3 and all(apart > 20 * self._apart["ymd"] + 300 for apart in others)
        )

    @property
    def orders(self) -> tuple[str, ...]:
        """The orders in which every date is one, in words."""
        return tuple(ORDER_WORDS[order] for order in sorted(self._apart))

    @property
    def possible(self) -> bool:
        """Too few rows to tell, and written as year-first dates usually are."""
        return self.fits and self._dashes and 0 < self._count < 3 and "dmy" in self._apart


class Evidence:
    """What the lines of a file prove about the order of day and month."""

    def __init__(self, *, across: bool = False) -> None:
        self._across = across
        """Whether what is counted are columns: days stand across."""
        self._open: dict[Order, tuple[int, str] | None] = {"dmy": None, "mdy": None}
        """order -> the first line that cannot be read in it."""
        self._first: tuple[int, str] | None = None
        self._matters = False
        self._years_first = YearsFirst()
        self._short = ""
        self._serials: list[tuple[int, str]] = []
        self._stamps = 0
        self._clocks = self._midnights = self._zoned = self._utc = 0

    def add(self, line: int, text: str, stamp: Stamp) -> None:
        """One more cell with a date."""
        self._stamps += 1
        if stamp.short_year and stamp.order is not None:
            self._short = self._short or f"“{text}”"
        if stamp.clock is not None:
            self._clocks += 1
            self._midnights += stamp.clock == dt.time()
            self._zoned += stamp.offset is not None
            self._utc += stamp.utc or stamp.offset == dt.UTC
        if stamp.order is not None:
            return
        days = stamp.days()
        self._years_first.add(text, days)
        days.pop("ymd", None)
        if not days and not self._years_first.fits:
            return  # no day in any order: the line is refused by itself
        self._first = self._first or (line, text)
        self._matters |= len(set(days.values())) > 1 or len(days) <= 1
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
            said = phrase("{read} is read as day, month, year.", read=self._short)
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
            return Decided(
                "dmy",
                problem=phrase(
                    "“{answer}” is no way to count days: say 1900 or 1904", answer=answer
                ),
            )
        name = answer or (fits[0] if len(fits) == 1 else "")
        days = {name: zero + dt.timedelta(days=int(text[:5])) for name, zero in DAY_ZERO.items()}
        if name:
            why = (
                phrase("as you said")
                if answer
                else phrase("the other calendar would lie ahead of today")
            )
            said = phrase(
                "“{text}” is a spreadsheet's day number, {day}: {why}.",
                text=text,
                day=days[name].isoformat(),
                why=why,
            )
            return Decided("dmy", (said,), day_zero=DAY_ZERO[name])
        if not fits:
            return Decided("dmy")
        question = FileQuestion(
            id=QUESTION,
            words=phrase(
                "“{text}” {place} is a spreadsheet's day number: {from_1900} where days count from "
                "1900 (most programs), {from_1904} where they count from 1904 (old ones of a "
                "Mac). Which is it?",
                text=text,
                place=self._at(line),
                from_1900=days["1900"],
                from_1904=days["1904"],
            ),
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
                    problem=phrase(
                        "“{answer}” is no order of dates: say day first or month first",
                        answer=answer,
                    )
                )
            if chosen == "ymd" and not self._years_first.fits:
                return plain._replace(problem=phrase("the dates here cannot be read year first"))
            if wrong := self._open.get(chosen):
                place = named_place(wrong[0], across=self._across)
                return plain._replace(
                    problem=f"{place}: “{wrong[1]}” cannot be read {ORDER_WORDS[chosen]}"
                )
            return plain._replace(
                order=chosen, remarks=(f"Dates are read {ORDER_WORDS[chosen]}, as you said.",)
            )
        if self._years_first.proved:
            line, text = self._first
            why = phrase("in any other order the rows would lie years apart.")
            said = phrase(
                "Dates are read year first, as “{text}” {place}: {why}",
                text=text,
                place=self._at(line),
                why=why,
            )
            return plain._replace(order="ymd", remarks=(said,))
        if self._years_first.possible:
            return plain._replace(questions=(self._asked(self._years_first.orders),))
        day_first, month_first = self._open["dmy"], self._open["mdy"]
        if day_first and month_first:
            one, other = sorted((month_first, day_first))
            first_is, then_is = phrase("day first"), phrase("month first")
            if one != month_first:
                first_is, then_is = then_is, first_is
            return plain._replace(
                problem=phrase(
                    "the dates are in two orders: “{one}” ({place}) can only be {first_is}, "
                    "“{other}” ({other_place}) only {then_is}",
                    one=one[1],
                    place=named_place(one[0], across=self._across),
                    first_is=first_is,
                    other=other[1],
                    other_place=named_place(other[0], across=self._across),
                    then_is=then_is,
                )
            )
        if day_first or month_first:
            order: Order = "dmy" if month_first else "mdy"
            line, text = month_first or day_first or (0, "")
            return plain._replace(
                order=order,
                remarks=(
                    phrase(
                        "Dates are read {order_words}: “{text}” {place} fits no other way.",
                        order_words=ORDER_WORDS[order],
                        text=text,
                        place=self._at(line),
                    ),
                ),
            )
        return plain._replace(questions=(self._asked(("day first", "month first")),))

    def _asked(self, choices: tuple[str, ...]) -> FileQuestion:
        line, text = self._first or (0, "")
        return FileQuestion(
            id=QUESTION,
            words=phrase(
                "“{text}” {place}, and every other date here, could be {choices}. Which is it?",
                text=text,
                place=self._at(line),
                choices=joined(phrase(" or "), choices),
            ),
            choices=choices,
            example=choices[0],
        )


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
