"""Dates as programs, spreadsheets and countries write them; clocks beside and inside them."""

import datetime as dt

from kinds.small import MAP, Small, anxiety, days_of, hours, point, table

EXCEL = dt.date(1899, 12, 30)
MAC = dt.date(1904, 1, 1)
GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
SPANISH = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
RUSSIAN = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"


def _rows(days, write):
    rows = [["Date", "Anxiety", "Sleep"]]
    return rows + [
        [write(day), str(day.anxiety), point(round(day.minutes / 60, 2))] for day in days
    ]


def _month(names, day):
    return names.split()[day.day.month - 1]


def orders() -> list[Small]:
    found = []

    def one(name, write, sign=",", said=None, remarks=(), **more):
        days = days_of(name)
        told = {"answers": anxiety(days), "sleep": hours(days), **more}
        data = table(_rows(days, write), sign).encode()
        found.append(Small(name, data, rules=MAP, said=said or {}, remarks=remarks, **told))

    one("ISO", lambda d: d.iso)
    one("13/04/2025", lambda d: f"{d.day:%d/%m/%Y}", remarks=("day first",))
    one("04/13/2025", lambda d: f"{d.day:%m/%d/%Y}", remarks=("month first",))
    one("4/13/25", lambda d: f"{d.day.month}/{d.day.day}/{d.day:%y}")
    one("13.4.25", lambda d: f"{d.day.day}.{d.day.month}.{d.day:%y}")
    one("13. 4. 2025", lambda d: f"{d.day.day}. {d.day.month}. {d.day.year}")
    one("2025. 4. 13.", lambda d: f"{d.day.year}. {d.day.month}. {d.day.day}.")
    one("13-Apr-25", lambda d: f"{d.day:%d-%b-%y}")
    one("13-Apr-2025", lambda d: f"{d.day:%d-%b-%Y}")
    one("Apr 13, 2025", lambda d: f"{d.day:%b %d, %Y}")
    one("Sunday, April 13, 2025", lambda d: f"{d.day:%A, %B %d, %Y}")
    one("April 13th 2025", lambda d: f"{d.day:%B} {d.day.day}th {d.day.year}")
    one("So., 13. April 2025", lambda d: f"So., {d.day.day}. {_month(GERMAN, d)} {d.day.year}")
    one("dim. 13 avril 2025", lambda d: f"dim. {d.day.day} {_month(FRENCH, d)} {d.day.year}")
    one("13 de abril de 2025", lambda d: f"{d.day.day} de {_month(SPANISH, d)} de {d.day.year}")
    one("13 апреля 2025 г.", lambda d: f"{d.day.day} {_month(RUSSIAN, d)} {d.day.year} г.")
    one("2025年4月13日", lambda d: f"{d.day.year}年{d.day.month}月{d.day.day}日")
    one("20250413", lambda d: f"{d.day:%Y%m%d}")
    one("2025/4/13", lambda d: f"{d.day.year}/{d.day.month}/{d.day.day}")
    one("a spreadsheet's number", lambda d: str((d.day - EXCEL).days), remarks=("day number",))
    one(
        "a spreadsheet's number with a clock",
        lambda d: f"{(d.day - EXCEL).days + d.clock.hour / 24:.10f}",
    )
    one("digits of Arabic", lambda d: d.iso.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))
    one("Sun 13/04/2025", lambda d: f"{d.day:%a %d/%m/%Y}")
    old = days_of("old numbers", first=dt.date(2012, 3, 1))
    found.append(
        Small(
            "numbers that two spreadsheets count otherwise are asked",
            table(_rows(old, lambda d: str((d.day - EXCEL).days))).encode(),
            rules=MAP,
            asked=("dates",),
        )
    )
    found.append(
        Small(
            "numbers counted from 1904, said",
            table(_rows(old, lambda d: str((d.day - MAC).days))).encode(),
            rules=MAP,
            said={"dates": "1904"},
            answers=anxiety(old),
            sleep=hours(old),
        )
    )
    young = [day for day in days_of("young", 8) if day.day.day <= 12]
    found.append(
        Small(
            "nothing proves the order, so it is asked",
            table(_rows(young, lambda d: f"{d.day:%d/%m/%Y}")).encode(),
            rules=MAP,
            asked=("dates",),
        )
    )
    found.append(
        Small(
            "the order is said",
            table(_rows(young, lambda d: f"{d.day:%m/%d/%Y}")).encode(),
            rules=MAP,
            said={"dates": "month first"},
            answers=anxiety(young),
            sleep=hours(young),
        )
    )
    return found


def _half(clock, before="AM", after="PM", space=" "):
    hour = clock.hour % 12 or 12
    return f"{hour}:{clock.minute:02}{space}{before if clock.hour < 12 else after}"


def clocks() -> list[Small]:
    """A day turns at four: what was written at 01:30 is about the evening before."""
    found = []
    rules = MAP.replace('column = "Date"', 'column = "Date"\ntime = "Time"')
    late = dt.time(1, 30)

    def one(name, write, beside=True, **more):
        days = days_of(name, 5)
        wall = [(day, day.clock) for day in days[:4]] + [(days[4], late)]
        rows = [["Date", *(["Time"] if beside else []), "Anxiety", "Sleep"]]
        answers, sleep = {}, {}
        for day, clock in wall:
            about = day.day - dt.timedelta(days=clock == late)
            answers[about.isoformat()] = {"anxiety": day.anxiety}
            sleep[about.isoformat()] = round(day.minutes / 60, 2)
            cells = [day.iso, write(clock)] if beside else [write(day, clock)]
            rows.append([*cells, str(day.anxiety), point(round(day.minutes / 60, 2))])
        found.append(
            Small(
                name,
                table(rows).encode(),
                rules=rules if beside else MAP,
                answers=answers,
                sleep=sleep,
                **more,
            )
        )

    one("21:35", lambda c: f"{c:%H:%M}")
    one("21:35:00", lambda c: f"{c:%H:%M:%S}")
    one("9:35 PM", _half)
    one("9:35PM", lambda c: _half(c, space=""))
    one("9:35 p. m.", lambda c: _half(c, "a. m.", "p. m.", "\xa0"))
    one("9:35 PM with a narrow blank", lambda c: _half(c, space="\u202f"))
    one("下午9:35", lambda c: ("上午" if c.hour < 12 else "下午") + _half(c, "", "", ""))
    one("21.35 Uhr", lambda c: f"{c:%H.%M} Uhr")
    one("21h35", lambda c: f"{c.hour}h{c.minute:02}")
    one("μ.μ.", lambda c: _half(c, "π.μ.", "μ.μ."))
    one("2025-04-13 21:35", lambda d, c: f"{d.iso} {c:%H:%M}", beside=False)
    one("2025-04-13T21:35:00", lambda d, c: f"{d.iso}T{c:%H:%M:%S}", beside=False)
    one("13.04.2025, 21:35", lambda d, c: f"{d.day:%d.%m.%Y}, {c:%H:%M}", beside=False)
    one(
        "4/13/2025 9:35:00 PM",
        lambda d, c: (
            f"{d.day.month}/{d.day.day}/{d.day.year} "
            f"{c.hour % 12 or 12}:{c:%M:%S} {'AM' if c.hour < 12 else 'PM'}"
        ),
        beside=False,
    )
    one("Apr 13, 2025 at 9:35 PM", lambda d, c: f"{d.day:%b %d, %Y} at {_half(c)}", beside=False)
    one("21:35 on 13/04/2025", lambda d, c: f"{c:%H:%M} {d.day:%d/%m/%Y}", beside=False)
    one("from another offset", lambda d, c: f"{d.iso}T{c:%H:%M:%S}-05:00", beside=False)
    one(
        "milliseconds and a zone's name",
        lambda d, c: f"{d.iso}T{c:%H:%M:%S}.250+02:00[Europe/Berlin]",
        beside=False,
    )
    return found
