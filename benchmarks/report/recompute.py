"""Page one's figures again, from nothing but the export: `entries.jsonl`, JSON and this file.

Written from the methods page, with the standard library alone. It shares no line with the program;
the page is only asked for what it prints.
"""

import datetime as dt
import json
import statistics
from collections import defaultdict
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Any

Day = dt.date


def differences(export: str, page: Any) -> tuple[int, list[str]]:
    """(how many figures were recomputed, what differs from the page)."""
    book = Book(export)
    found: list[str] = []
    count = 0

    def same(name: str, mine: object, theirs: object) -> None:
        nonlocal count
        count += 1
        if str(mine) != str(theirs):
            found.append(f"{name}: recomputed {mine!s}, the page says {theirs!s}")

    done = page.completeness
    same("first day", book.first, page.first_day)
    same("answered", book.count(book.first, book.last), done.answered)
    same("days", (book.last - book.first).days + 1, done.days)
    same("recent answered", book.count(book.recent, book.last), done.recent_answered)
    for row in page.contents["doses"]:
        settled, changes = book.way(row.drug)
        said = f"{row.drug} {plain(settled)} mg a day" if settled is not None else None
        if said is not None:
            same(f"{row.drug} now", said, row.now)
        if changes:
            day, old, new = changes[-1]
            same(f"{row.drug} percent", percent(old, new), row.change)
            way = "down" if new < old else "up"
            same(
                f"{row.drug} amounts", f"{plain(old)} {way} to {plain(new)} mg", row.change_said[0]
            )
            ago = (book.last - day).days
            when = "that day" if not ago else f"{ago} day{'s' * (ago > 1)} before"
            same(f"{row.drug} day", f"{written(day)} ({when})", row.change_said[1])
    _changes(book, page.contents["changes"], same)
    if (chart := page.contents["chart"]) is not None:
        same("direction", book.direction(), chart.direction)
        same("middles", book.middles(), chart.sentence)
    _symptoms(book, page.contents["symptoms"], same)
    for bar in page.contents["days"]:
        same(f"bar {bar.label}", book.bar(bar.label), [part.days for part in bar.parts])
    for line in page.contents["everyday"]:
        same("sleep", book.sleep(), line)
    for row in page.contents["feelings"]:
        same(f"feeling {row.name}", book.feeling(row.name), row.words)
    strip = page.contents["safety"]
    same("incidents and yes", book.stated(), sorted(fact.name for fact in strip.recorded))
    same("safety no", book.nos(), said_no(strip))
    return count, found


def said_no(strip: Any) -> list[str]:
    """The facts the strip says no to."""
    names = ", ".join(facts for _, facts in strip.said_no).replace(" and ", ", ")
    return sorted(names.split(", ")) if names else []


class Book:
    """The export, day by day."""

    def __init__(self, export: str) -> None:
        self.days: dict[Day, dict[str, float]] = defaultdict(dict)
        self.doses: dict[str, dict[Day, Decimal]] = defaultdict(dict)
        self.nights: dict[Day, float] = {}
        self.weekly: list[tuple[Day, dict[str, float]]] = []
        self.incidents: list[tuple[Day, str]] = []
        self.safety: list[tuple[Day, dict[str, str]]] = []
        kept = []
        for line in export.splitlines():
            entry = json.loads(line)
            body = entry["body"] if isinstance(entry["body"], dict) else json.loads(entry["body"])
            day = Day.fromisoformat(entry["date"])
            if entry["kind"] != "profile":
                kept.append(day)
            if entry["kind"] == "check_in":
                self.days[day].update(body.get("answers", {}))
            elif entry["kind"] == "profile":
                said = {k[7:]: v for k, v in body["fields"].items() if k.startswith("safety.")}
                if said:
                    self.safety.append((day, said))
            elif entry["kind"] == "dose_taken":
                before = self.doses[body["drug"]].get(day, Decimal(0))
                self.doses[body["drug"]][day] = before + Decimal(body["dose_mg"])
            elif entry["kind"] == "sleep":
                self.nights[day] = body["hours"]
            elif entry["kind"] == "feelings":
                self.weekly.append((day, body["answers"]))
            elif entry["kind"] == "incident":
                self.incidents.append((day, body["what"]))
        self.last = max(kept)
        self.first = max(min(kept), self.last - dt.timedelta(days=83))
        self.recent = max(self.first, self.last - dt.timedelta(days=27))
        self.hard = {day: one["day"] for day, one in sorted(self.days.items()) if "day" in one}
        asked = [day for day, one in sorted(self.days.items()) if "day" in one]
        self.start = asked[0] if asked else self.last

    def span(self, first: Day, last: Day) -> list[float]:
        return [value for day, value in self.hard.items() if first <= day <= last]

    def count(self, first: Day, last: Day) -> int:
        return len(self.span(first, last))

    def way(self, drug: str) -> tuple[Decimal | None, list[tuple[Day, Decimal, Decimal]]]:
        """The settled dose and the lasting changes: amounts of three known days running."""
        known = sorted(self.doses[drug].items())
        runs: list[list[Any]] = []
        for place, (day, mg) in enumerate(known):
            if runs and runs[-1][0] == mg:
                runs[-1][3], runs[-1][2] = place, runs[-1][2] + 1
            else:
                runs.append([mg, day, 1, place])
        held = [run for run in runs if run[2] >= 3]
        changes = [(b[1], a[0], b[0]) for a, b in pairwise(held) if a[0] != b[0]]
        if not held or (self.last - known[-1][0]).days > 7:
            return None, changes
        passed = len(known) - 1 - held[-1][3]
        lately = [mg for _, mg in known[-8:]].count(held[-1][0])
        return (None if passed >= 8 and lately < 5 else held[-1][0]), changes

    def changes(self) -> list[tuple[Day, str, Decimal, Decimal]]:
        found = [(day, drug, a, b) for drug in self.doses for day, a, b in self.way(drug)[1]]
        return sorted(found, key=lambda one: one[0])

    def direction(self) -> str:
        before_last = self.recent - dt.timedelta(days=1)
        now = self.span(self.recent, self.last)
        before = self.span(self.recent - dt.timedelta(days=28), before_last)
        if len(now) < 7 or len(before) < 7:
            return "too few days to say which way it goes"
        many = min(28, (self.recent - self.start).days)
        said = f"{self.way_from(now, before)} in the {many} days before"
        begin = self.begin()
        return f"{said}; {self.way_from(now, begin)} at the start" if begin else said

    def way_from(self, now: list[float], then: list[float]) -> str:
        gap = statistics.median(now) - statistics.median(then)
        if abs(gap) < 0.5 - 1e-9:
            return "about the same as"
        return f"{'harder' if gap > 0 else 'easier'}, by {tenth(abs(gap))}, than"

    def begin(self) -> list[float]:
        """The answers of the first 28 days, where they are over before the days compared."""
        ends_on = self.start + dt.timedelta(days=27)
        found = self.span(self.start, ends_on)
        over = ends_on < self.recent - dt.timedelta(days=28)
        return found if over and len(found) >= 7 else []

    def since_change(self) -> str:
        days = sorted(day for day, *_ in self.changes() if day > self.recent)
        if not days or len(found := self.span(days[-1], self.last)) < 7:
            return ""
        when = f"{days[-1].day} {days[-1]:%b}"
        return f"since the dose change of {when}: {tenth(statistics.median(found))}"

    def middles(self) -> str:
        now = self.span(self.recent, self.last)
        days = (self.last - self.recent).days + 1
        span = "one day" if days == 1 else f"last {days} days"
        ends = "(0 no trouble, 10 worst)"
        if not now:
            return f"No answers in the {span} {ends}."
        if len(now) == 1:
            return f"One answer in the {span}: {tenth(now[0])} {ends}."
        parts = [f"Middle of the {span}: {tenth(statistics.median(now))} {ends}"]
        from_day = self.recent - dt.timedelta(days=28)
        before = self.span(from_day, self.recent - dt.timedelta(days=1))
        if len(before) >= 7:
            many = min(28, (self.recent - self.start).days)
            parts.append(f"the {many} days before: {tenth(statistics.median(before))}")
        if begin := self.begin():
            middle = tenth(statistics.median(begin))
            parts.append(f"first 28 days, from {written(self.start)}: {middle}")
        if since := self.since_change():
            parts.append(since)
        return "; ".join(parts) + "."

    def bar(self, label: str) -> list[int]:
        ends = {"last 14 days": 0, "14 days before": 14}
        if label.startswith(("all", "the one")):
            first, last = self.start, self.last
        elif label.startswith("first 14, from"):
            first, last = self.start, self.start + dt.timedelta(days=13)
        else:
            last = self.last - dt.timedelta(days=ends[label])
            first = last - dt.timedelta(days=13)
        found = self.span(first, last)
        parts = [
            sum(v <= 3 for v in found),
            sum(3 < v <= 6 for v in found),
            sum(v > 6 for v in found),
        ]
        return [*parts, (last - first).days + 1 - len(found)]

    def sleep(self) -> str:
        start = max(self.first, self.last - dt.timedelta(days=13))
        hours = [h for day, h in self.nights.items() if start <= day <= self.last]
        nights = "night" if len(hours) == 1 else "nights"
        return f"Sleep: {tenth(statistics.median(hours))} h (middle of {len(hours)} {nights})"

    def feeling(self, name: str) -> str:
        since = self.last - dt.timedelta(days=27)
        now = [one[name] for day, one in self.weekly if day >= since and name in one]
        until = self.weekly[0][0] + dt.timedelta(days=27)
        then = [one[name] for day, one in self.weekly if day <= until and day < since]
        text = tenth(statistics.median(now))
        return f"{text} ({tenth(statistics.median(then))})" if then else text

    def stated(self) -> list[str]:
        names = {"ran_out": "ran out", "hallucination": "seeing or hearing things",
                 "alcohol": "alcohol with it"}  # fmt: skip
        found = {what for day, what in self.incidents if day >= self.first}
        for name in {k for _, one in self.safety for k in one} - {"suicidal_thoughts"}:
            for place, (day, one) in enumerate(self.safety):
                latest = place == len(self.safety) - 1
                if one.get(name) == "yes" and (day >= self.first or latest):
                    found.add(name)
        return sorted(names.get(one, one).capitalize() for one in found)

    def nos(self) -> list[str]:
        names = {"ran_out": "ran out", "hallucination": "seeing or hearing things",
                 "alcohol": "alcohol with it"}  # fmt: skip
        said = {k for _, one in self.safety for k, word in one.items() if word == "no"}
        plain_names = {names.get(one, one) for one in said - {"suicidal_thoughts"}}
        return sorted(plain_names - {one.lower() for one in self.stated()})


def _changes(book: Book, rows: Sequence[Any], same: Any) -> None:
    mine = book.changes()
    same("changes", min(4, len(mine)), len(rows))
    days = sorted({one[0] for one in mine})
    for row in rows:
        day, _, old, new = next(
            one for one in mine
            if written(one[0]) == row.day and one[1] == row.drug
        )  # fmt: skip
        later = [one for one in days if one > day]
        stop = later[0] if later else book.last + dt.timedelta(days=1)
        same(
            "change",
            (f"{plain(old)} to {plain(new)}", percent(old, new)),
            (row.amounts, row.percent),
        )
        spans = [(-7, -1), (0, 6), (7, 13), (14, 27)]
        for (a, b), theirs in zip(spans, (row.before, *row.after), strict=True):
            last = min(day + dt.timedelta(days=b), stop - dt.timedelta(days=1))
            values = book.span(day + dt.timedelta(days=a), last)
            mean = tenth(statistics.fmean(values)) if values else ""
            same(f"mean {row.day} {a}", f"{mean} ({len(values)})" if values else "–", theirs)
        same(f"back {row.day}", _back(book, day, stop), row.back)


def _back(book: Book, day: Day, stop: Day) -> str:
    earlier = sorted(book.span(day - dt.timedelta(days=28), day - dt.timedelta(days=1)))
    if len(earlier) < 10:
        return "too few days before"
    limit = quantile(earlier, Fraction(9, 10))
    later = [(d, v) for d, v in book.hard.items() if day <= d < stop]
    ok = [Fraction(v) <= limit for _, v in later]
    if len(ok) < 3:
        return "too early to say"
    if all(ok):
        return "stayed within them"
    for place in range(len(ok) - 2):
        if all(ok[place : place + 3]) and not all(ok[: place + 1][:-1] or [True]):
            if place and ok[place - 1]:
                continue
            return f"on day {(later[place][0] - day).days + 1}"
    looked = (stop - day).days
    if looked >= 28:
        return f"not within {looked} days"
    if stop > book.last:
        return f"not yet, day {looked}"
    return f"not before the next change, day {looked + 1}"


def _symptoms(book: Book, rows: Sequence[Any], same: Any) -> None:
    start = max(book.first, book.last - dt.timedelta(days=13))
    found = []
    for name in {key for one in book.days.values() for key in one} - {"day"}:
        now = [one[name] for day, one in book.days.items() if start <= day and name in one]
        if len(now) < 3:
            continue
        before = [one[name] for day, one in book.days.items()
                  if start - dt.timedelta(days=28) <= day < start and name in one]  # fmt: skip
        middle, hard = statistics.median(now), sum(v >= 3 for v in now)
        low, high = (quantile(sorted(now), Fraction(q, 4)) for q in (1, 3))
        change = "not known"
        if len(before) >= 3:
            gap = middle - statistics.median(before)
            change = "same" if abs(gap) < 0.2 - 1e-9 else (
                f"{'harder' if gap > 0 else 'easier'} by {tenth(abs(gap))}")  # fmt: skip
        text = (
            name,
            f"{tenth(middle)} [{tenth(low)}–{tenth(high)}]",
            change,
            f"{hard} of {len(now)}",
        )
        found.append((-middle, -hard, name, text))
    mine = [one[3] for one in sorted(found)[:5]]
    same("symptoms", mine, [(r.name, str(r.now), str(r.change), r.hard_days) for r in rows])


def quantile(ordered: Sequence[float], share: Fraction) -> Fraction:
    """Linear between order statistics, exactly."""
    place = (len(ordered) - 1) * share
    below = int(place)
    low, high = Fraction(ordered[below]), Fraction(ordered[min(below + 1, len(ordered) - 1)])
    return low + (high - low) * (place - below)


def tenth(value: float | Fraction) -> str:
    """One decimal at most, halves up."""
    with localcontext() as exact:
        exact.prec = 40
        number = Decimal(Fraction(value).limit_denominator(10**6).numerator) / Decimal(
            Fraction(value).limit_denominator(10**6).denominator
        )
        text = str(number.quantize(Decimal("0.1"), ROUND_HALF_UP))
    return text.removesuffix(".0")


def plain(mg: Decimal) -> str:
    text = format(mg, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(old: Decimal, new: Decimal) -> str:
    exact = Fraction(new - old) / Fraction(old) * 100
    share = exact if (exact * 10).denominator == 1 else Fraction(int(abs(exact) + Fraction(1, 2)))
    return f"{'−' if exact < 0 else '+'}{tenth(abs(share))} %"


def written(day: Day) -> str:
    return f"{day.day} {day:%b} {day.year}"
