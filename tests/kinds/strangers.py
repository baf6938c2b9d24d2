"""Kinds a fresh breaker thought of: years first, zones after a clock, what disks leave in files."""

import datetime as dt
import random

from kinds.nights import hours, slept
from kinds.small import MAP, Day, Small, anxiety, days_of

PLAIN = MAP.replace('[sleep_hours]\ncolumn = "Sleep"\n', "")
NOTED = PLAIN + '[note]\ncolumn = "Note"\n'


def _rows(days: list[Day], write) -> bytes:
    return "".join(
        ["Date,Anxiety\r\n", *(f'"{write(one)}",{one.anxiety}\r\n' for one in days)]
    ).encode()


def years_first() -> list[Small]:
    """25-04-13: the rows of a diary lie days apart."""
    found = []
    for place, (sign, by) in enumerate((s, b) for s in "-/." for b in (1, 3, 7)):
        first = dt.date(2025, 11, 20) + dt.timedelta(days=place)
        days = [one._replace_day(first, n * by) for n, one in enumerate(_many(place, 12))]
        data = _rows(
            days, lambda one, sign=sign: f"{one.day:%y}{sign}{one.day:%m}{sign}{one.day:%d}"
        )
        said = ("Dates are read year first",)
        found.append(Small(f"{sign} every {by} days", data, rules=PLAIN,
                           answers=anxiety(days), remarks=said))  # fmt: skip
    one = _many("alone", 1)
    alone = _rows(one, lambda day: f"{day.day:%y-%m-%d}")
    found.append(Small("a single row is asked", alone, rules=PLAIN, asked=("dates",)))
    found.append(Small("a single row, answered", alone, rules=PLAIN, answers=anxiety(one),
                       said={"dates": "year first"}))  # fmt: skip
    days = days_of("short")
    short = _rows(days, lambda one: f"{one.day:%d.%m.%y}")
    found.append(Small("day first stays day first", short, rules=PLAIN, answers=anxiety(days)))
    return found


class _Moved(Day):
    def _replace_day(self, first: dt.date, days: int) -> Day:
        return Day(first + dt.timedelta(days=days), self.anxiety, self.tenths, self.minutes,
                   self.clock)  # fmt: skip


def _many(seed: object, count: int) -> list[_Moved]:
    rng = random.Random(f"many {seed}")
    return [
        _Moved(dt.date(2025, 4, 13), rng.randint(0, 10), 1, 60, dt.time(9)) for _ in range(count)
    ]


def zones_after_a_clock() -> list[Small]:
    """What forms, mailers and operating systems write after a time. Days stay where they are."""

    def half(one: Day) -> str:
        name = "AM" if one.clock.hour < 12 else "PM"
        return f"{(one.clock.hour - 1) % 12 + 1}:{one.clock:%M:%S} {name}"

    writes = {
        "a form, GMT+2": lambda d: f"{d.day:%Y/%m/%d} {half(d)} GMT+2",
        "a form, GMT-9:30": lambda d: f"{d.day:%Y/%m/%d} {half(d)} GMT-9:30",
        "a form, MESZ": lambda d: f"{d.day:%Y/%m/%d} {half(d)} MESZ",
        "a form, OEZ, nachm.": lambda d: (
            f"{d.day:%Y/%m/%d} {half(d).replace('AM', 'vorm.').replace('PM', 'nachm.')} OEZ"
        ),
        "an abbreviation": lambda d: f"{d.day} {d.clock:%H:%M} CEST",
        "UTC+2": lambda d: f"{d.day} {d.clock:%H:%M:%S} UTC+2",
        "a name of a zone": lambda d: f"{d.day} {d.clock:%H:%M} Europe/Berlin",
        "a browser": lambda d: (
            f"{d.day:%a %b %d %Y} {d.clock:%H:%M:%S} GMT+0200 (Central European Summer Time)"
        ),
        "the command date": lambda d: f"{d.day:%a %b %d} {d.clock:%H:%M:%S} CEST {d.day:%Y}",
        "a mailer": lambda d: f"{d.day:%a, %d %b %Y} {d.clock:%H:%M:%S} +0200",
        "after a half day": lambda d: f"{d.day} {half(d)} -05:00",
        "hours only": lambda d: f"{d.day} {d.clock:%H:%M:%S}+02",
        "a weekday in brackets": lambda d: f"{d.day:%Y/%m/%d}(日) {d.clock:%H:%M}",
        "without signs": lambda d: f"{d.day:%Y%m%dT}{d.clock:%H%M%S}",
        "long dashes": lambda d: f"{d.day:%Y–%m–%d} {d.clock:%H:%M}",
        "Uhr": lambda d: f"{d.day:%d.%m.%Y} {d.clock:%H} Uhr",
    }  # fmt: skip
    found = []
    for name, write in writes.items():
        days = days_of(f"zone {name}")
        found.append(Small(name, _rows(days, write), rules=PLAIN, answers=anxiety(days)))
    return found


def what_disks_leave() -> list[Small]:
    """Ends, marks and letters that are in a file and are nobody's words."""
    found = []

    def one(name: str, change, **more: object) -> None:
        days = days_of(f"disk {name}")
        plain = _rows(days, lambda day: day.iso)
        told = {"rules": PLAIN, "answers": anxiety(days), "rows": len(days)} | more
        found.append(Small(name, change(plain), **told))

    one("the end of DOS", lambda data: data + b"\x1a")
    one("a block filled with zeros", lambda data: data + bytes(512))
    one("both", lambda data: data + b"\r\n\x1a" + bytes(99))
    one("two marks at the start", lambda data: b"\xef\xbb\xbf" * 2 + data)
    mark = b"\xef\xbb\xbf"
    row = b'\n"2025-04-2'
    one("two files joined, a mark in between",
        lambda data: mark + data.replace(row, b"\n" + mark + row[1:], 1))  # fmt: skip
    one("marks of direction in every cell",
        lambda data: data.replace(b'"2025', '"\u200f2025'.encode()))  # fmt: skip
    one(
        "ends of three kinds",
        lambda data: data.replace(b"\r\n", b"\n", 2).replace(b"\r\n", b"\r", 1),
    )
    one("five thousand empty columns", lambda data: data.replace(b"\r\n", b"," * 5000 + b"\r\n"))
    head = "Date,Anxiety,Note\n"
    two = (
        (head + "2025-04-13,4,").encode() + "café\n".encode("cp1252") + "2025-04-14,5,né\n".encode()
    )
    found.append(
        Small("two programs wrote it", two, rules=NOTED, remarks=("but for some lines",),
              notes={"2025-04-13": "café", "2025-04-14": "né"},
              answers={"2025-04-13": {"anxiety": 4}, "2025-04-14": {"anxiety": 5}})
    )  # fmt: skip
    for name, words in {
        "cp850": "Übelkeit",
        "cp437": "fatigué",
        "mac_roman": "Übelkeit öfter",
    }.items():
        data = f"{head}2025-04-13,4,{words}\n".encode(name)
        found.append(Small(f"letters of {name} are asked for", data, rules=NOTED,
                           problem="does not say which letters"))  # fmt: skip
    return found


HEAD = (
    "sleep_id,sleep_type,minutes_in_sleep_period,minutes_after_wake_up,minutes_to_fall_asleep,"
    "minutes_asleep,minutes_awake,minutes_longest_awakening,minutes_to_persistent_sleep,"
    "start_utc_offset,sleep_start,end_utc_offset,sleep_end,data_source,sleep_created,"
    "sleep_last_updated\n"
)


def user_sleeps() -> list[Small]:
    """Fitbit as Google Takeout writes it now: UTC, with the offset of where somebody slept."""
    found = []
    forms = (
        "%Y-%m-%dT%H:%M:%SZ",
        "%Y-%m-%d %H:%M:%S+0000",
        "%Y-%m-%dT%H:%M:%S.000Z",
        "%Y-%m-%d %H:%M:%S",
    )

    def rows(nights, offset: str, form: str, number: int = 100) -> str:
        sign = -1 if offset[0] == "-" else 1
        away = sign * dt.timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6]))
        return "".join(
            f"{number + n},STAGES,480,0,5,{one.asleep},30,9,9,{offset},{one.down - away:{form}},"
            f"{offset},{one.up - away:{form}},GOOGLE_FITBIT_AIR,x,x\n"
            for n, one in enumerate(nights)
        )

    for n, offset in enumerate(
        ("+01:00", "-04:00", "+05:30", "+12:45", "-09:30", "+00:00", "-11:00")
    ):
        nights = slept(f"user {offset}", 5)
        text = HEAD + rows(nights, offset, forms[n % len(forms)])
        name = "UserSleeps_2025-04-01.csv"
        found.append(Small(f"slept at {offset}", text.encode(), name, sleep=hours(nights), rows=5))
    nights = slept("months", 6)
    folder = "Takeout/Fitbit/Health Fitness Data_GoogleData/UserSleeps_"
    months = {
        f"{folder}2025-04-01.csv": (HEAD + rows(nights[:4], "+02:00", forms[0])).encode(),
        f"{folder}2025-05-01.csv": (HEAD + rows(nights[3:], "+02:00", forms[0], 103)).encode(),
        f"{folder}2025-06-01.csv": HEAD.encode(),
    }
    found.append(Small("months that share a night, one empty", months, "takeout.zip",
                       sleep=hours(nights), rows=7))  # fmt: skip
    logs = ",".join(
        f'{{"logId":{n},"dateOfSleep":"{one.day}","startTime":"{one.down:%Y-%m-%dT%H:%M:%S.000}",'
        f'"endTime":"{one.up:%Y-%m-%dT%H:%M:%S.000}","minutesAsleep":{one.asleep}}}'
        for n, one in enumerate(nights)
    )
    both = months | {
        "Takeout/Fitbit/Global Export Data/sleep-2025-04-01.json": f"[{logs}]".encode()
    }
    found.append(Small("the same nights in its JSON too", both, "takeout.zip",
                       sleep=hours(nights), rows=13))  # fmt: skip
    bad = (
        HEAD + rows(nights[:2], "+02:00", forms[0]) + "9,STAGES,1,1,1,60,1,1,1,?,never,?,x,y,x,x\n"
    )
    found.append(Small("a line that is no night", bad.encode(), "UserSleeps_2025-04-01.csv",
                       sleep=hours(nights[:2]), left_out=1))  # fmt: skip
    return found
