"""Sleep as Fitbit and Apple Health write it: nights drawn first, files after."""

import datetime as dt
import json
import random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kinds.small import Small, table

BERLIN = ZoneInfo("Europe/Berlin")


class Slept(NamedTuple):
    """One night: down, up, and the stretches between, each asleep or awake."""

    down: dt.datetime
    up: dt.datetime
    parts: tuple[tuple[int, bool], ...]
    """Minutes, and whether asleep in them."""

    @property
    def day(self) -> str:
        return self.up.date().isoformat()

    @property
    def asleep(self) -> int:
        return sum(minutes for minutes, asleep in self.parts if asleep)

    def stretches(self):
        at = self.down
        for minutes, asleep in self.parts:
            yield at, at + dt.timedelta(minutes=minutes), asleep
            at += dt.timedelta(minutes=minutes)


def slept(seed, count=4, zone=None, first=dt.date(2025, 4, 10)) -> list[Slept]:
    rng, nights = random.Random(str(seed)), []
    for place in range(count):
        day = first + dt.timedelta(days=place * 3)
        down = dt.datetime.combine(day, dt.time(22, rng.choice((0, 15, 40))), zone)
        parts = []
        for _ in range(3):
            parts += [(rng.randint(60, 150), True), (rng.randint(5, 25), False)]
        parts = parts[:-1]
        length = dt.timedelta(minutes=sum(minutes for minutes, _ in parts))
        nights.append(Slept(down, down + length, tuple(parts)))
    return nights


def hours(nights) -> dict[str, float]:
    return {night.day: round(night.asleep / 60, 2) for night in nights}


# ---- Fitbit -------------------------------------------------------------------------------


def _fitbit_csv(nights, stamp, minutes=str, head="Sleep\n", sign=",") -> str:
    rows = [
        [
            "Start Time",
            "End Time",
            "Minutes Asleep",
            "Minutes Awake",
            "Time in Bed",
            "Minutes REM Sleep",
        ]
    ]
    for night in nights:
        awake = sum(m for m, asleep in night.parts if not asleep)
        rows.append(
            [
                stamp(night.down),
                stamp(night.up),
                minutes(night.asleep),
                str(awake),
                str(night.asleep + awake),
                "N/A",
            ]
        )
    return head + table(rows, sign, "\n", quote="all")


def _log(night, number, **more) -> dict[str, object]:
    return {
        "logId": number,
        "dateOfSleep": night.day,
        "startTime": f"{night.down.isoformat()}.000",
        "endTime": f"{night.up.isoformat()}.000",
        "duration": 0,
        "minutesAsleep": night.asleep,
        "type": "stages",
        "mainSleep": True,
        **more,
    }


def fitbit() -> list[Small]:
    found = []

    def csv(name, stamp, **more):
        nights = slept(name, 5, first=dt.date(2025, 4, 10))
        text = _fitbit_csv(nights, stamp, **more)
        found.append(
            Small(name, text.encode(), "fitbit_export_20250501.csv", sleep=hours(nights), rows=5)
        )

    def clock(at, space=""):
        return f"{at.hour % 12 or 12}:{at:%M}{space}{'AM' if at.hour < 12 else 'PM'}"

    csv("2025-04-10 10:15PM", lambda at: f"{at:%Y-%m-%d} {clock(at)}")
    csv("10/04/2025 10:15PM", lambda at: f"{at:%d/%m/%Y} {clock(at)}")
    csv("04-10-2025 10:15PM", lambda at: f"{at:%m-%d-%Y} {clock(at)}")
    csv("2025-04-10 22:15", lambda at: f"{at:%Y-%m-%d %H:%M}")
    csv("10.04.25 22:15", lambda at: f"{at:%d.%m.%y %H:%M}")
    csv("with a blank before PM", lambda at: f"{at:%Y-%m-%d} {clock(at, ' ')}")
    csv(
        "after another table",
        lambda at: f"{at:%Y-%m-%d} {clock(at)}",
        head='Body\nDate,Weight\n"2025-04-10","70"\n\nSleep\n',
    )
    csv(
        "with its mark and Windows ends",
        lambda at: f"{at:%Y-%m-%d} {clock(at)}",
        head="\ufeffSleep\r\n",
    )

    def takeout(name, files, nights, **more):
        told = {"sleep": hours(nights), **more}
        data = {
            f"Takeout/Fitbit/Global Export Data/{file}": json.dumps(logs).encode()
            for file, logs in files.items()
        }
        found.append(Small(name, data, "takeout.zip", **told))

    nights = slept("months", 6)
    logs = [_log(night, 100 + n) for n, night in enumerate(nights)]
    takeout(
        "two months",
        {"sleep-2025-04-01.json": logs[:3], "sleep-2025-05-01.json": logs[3:]},
        nights,
        rows=6,
    )
    takeout(
        "one log in both files, longer in the later",
        {
            "sleep-2025-04-01.json": [
                *logs[:3],
                {**logs[3], "minutesAsleep": 10, "endTime": logs[3]["startTime"][:-9] + "59:00"},
            ],
            "sleep-2025-05-01.json": logs[3:],
        },
        nights,
        rows=7,
    )
    typed = [
        {**_log(night, 200 + n, logType="manual"), "minutesAsleep": 20}
        for n, night in enumerate(nights)
    ]
    takeout("typed over what the device saw", {"sleep-2025-04-01.json": [*typed, *logs]}, nights)
    takeout(
        "empty months beside", {"sleep-2025-03-01.json": [], "sleep-2025-04-01.json": logs}, nights
    )
    takeout(
        "the older kind of log",
        {
            "sleep-2025-04-01.json": [
                {**log, "type": "classic", "levels": {"data": []}} for log in logs
            ]
        },
        nights,
    )
    takeout(
        "one log that makes no sense",
        {
            "sleep-2025-04-01.json": [
                *logs,
                {"logId": 7, "dateOfSleep": "2025-06-01", "startTime": "never"},
            ]
        },
        nights,
        left_out=1,
        rows=7,
    )
    takeout(
        "beside other files of Takeout",
        {
            "sleep-2025-04-01.json": logs,
            "steps-2025-04-01.json": [{"dateTime": "x", "value": "1"}],
            "heart_rate-2025-04-01.json": [{"dateTime": "04/10/25 00:00:00"}],
        },
        nights,
    )
    nap = Slept(
        nights[0].up + dt.timedelta(hours=6),
        nights[0].up + dt.timedelta(hours=7),
        ((50, True), (10, False)),
    )
    naps = hours(nights)
    naps[nights[0].day] = round((nights[0].asleep + 50) / 60, 2)
    takeout(
        "a nap is with its day",
        {"sleep-2025-04-01.json": [*logs, _log(nap, 300, mainSleep=False)]},
        nights,
        sleep=naps,
    )
    found.append(
        Small(
            "one day as the web service gives it",
            json.dumps({"sleep": logs, "summary": {"totalMinutesAsleep": 1}}).encode(),
            "sleep-2025-04.json",
            sleep=hours(nights),
            rows=6,
        )
    )
    return found


# ---- Apple Health -------------------------------------------------------------------------

_VALUE = "HKCategoryValueSleepAnalysis"


def _apple(start, end, value, source="Watch", inside="", quote='"', more="") -> str:
    q, form = quote, "%Y-%m-%d %H:%M:%S %z"
    attributes = (
        f"type={q}HKCategoryTypeIdentifierSleepAnalysis{q} sourceName={q}{source}{q} "
        f"sourceVersion={q}10.1{q} {more}creationDate={q}{end:{form}}{q} "
        f"startDate={q}{start:{form}}{q} endDate={q}{end:{form}}{q} value={q}{_VALUE}{value}{q}"
    )
    return f" <Record {attributes}>{inside}</Record>\n" if inside else f" <Record {attributes}/>\n"


def _stages(nights, names=("AsleepCore", "AsleepDeep", "AsleepREM"), **more) -> list[str]:
    records = []
    for night in nights:
        for n, (start, end, asleep) in enumerate(night.stretches()):
            value = names[n % len(names)] if asleep else "Awake"
            records.append(_apple(start, end, value, **more))
    return records


_DTD = "<!DOCTYPE HealthData [\n<!ELEMENT HealthData (ExportDate,Me,(Record)*)>\n]>\n"


def _export(
    records, dtd=_DTD, end="</HealthData>\n", head='<?xml version="1.0" encoding="UTF-8"?>\n'
):
    noise = (
        '<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" unit="count/min" '
        'startDate="2025-04-10 08:00:00 +0200" endDate="2025-04-10 08:00:00 +0200" value="60">\n'
        "<HeartRateVariabilityMetadataList/></Record>\n"
    )
    body = "".join(record + noise for record in records)
    return (
        f'{head}{dtd}<HealthData locale="en_US">\n <ExportDate value="2026-01-01 09:00:00 '
        f'+0100"/>\n{body}{end}'
    ).encode()


def apple_health() -> list[Small]:
    found = []

    def one(name, made, nights, file="export.xml", **more):
        told = {"sleep": hours(nights), **more}
        found.append(Small(name, made, file, **told))

    nights = slept("apple", 4, BERLIN)
    one("stages of a watch", _export(_stages(nights)), nights, rows=20)
    one("newest first", _export(_stages(nights)[::-1]), nights)
    one(
        "in its zip, with another name",
        {
            "apple_health_export/Exportieren.xml": _export(_stages(nights)),
            "apple_health_export/export_cda.xml": b"<ClinicalDocument/>",
            "apple_health_export/electrocardiograms/ecg.csv": b"Name,x\n",
        },
        nights,
        "Export.zip",
    )
    one("before stages: Asleep", _export(_stages(nights, ("Asleep",))), nights)
    one("AsleepUnspecified", _export(_stages(nights, ("AsleepUnspecified",))), nights)
    beds = [_apple(n.down, n.up, "InBed", "iPhone") for n in nights]
    one("a phone's time in bed beside", _export(_stages(nights) + beds), nights)
    one("only time in bed is no sleep", _export(_stages(nights[:2]) + beds), nights[:2], left_out=2)
    twice = [
        _apple(s, e, "AsleepCore", "Ring")
        for n in nights
        for s, e, asleep in n.stretches()
        if asleep
    ]
    one("a ring saw the same", _export(_stages(nights) + twice), nights)
    one(
        "marks of a device",
        _export(
            _stages(
                nights,
                more='device="&lt;&lt;HKDevice: 0x1&gt;, name:Apple Watch, &apos;a&apos;&gt;" ',
            )
        ),
        nights,
    )
    one("single quotes", _export(_stages(nights, quote="'")), nights)
    inside = '<MetadataEntry key="HKTimeZone" value="Europe/Berlin"/>'
    abroad = [
        _apple(
            s.astimezone(ZoneInfo("Asia/Tokyo")),
            e.astimezone(ZoneInfo("Asia/Tokyo")),
            "AsleepCore" if asleep else "Awake",
            inside=inside,
        )
        for n in nights
        for s, e, asleep in n.stretches()
    ]
    one("exported in Tokyo, slept in Berlin", _export(abroad), nights)
    one(
        "names in other scripts",
        _export(_stages(nights, source="陳的 Apple\xa0Watch &amp; “Ü”")),
        nights,
    )
    one("a DTD with a bracket lost", _export(_stages(nights), _DTD.replace("*)>", "*)\n")), nights)
    one("signs XML forbids", _export(_stages(nights, source="Sca\x0ble\x00")), nights)
    one(
        "a record that cannot be read",
        _export(
            [
                *_stages(nights),
                ' <Record type="HKCategoryTypeIdentifierSleepAnalysis" startDate="x" '
                'endDate="y" value="HKCategoryValueSleepAnalysisAsleepCore"/>\n',
            ]
        ),
        nights,
        left_out=1,
        rows=21,
    )
    one(
        "Windows line ends and a mark",
        b"\xef\xbb\xbf" + _export(_stages(nights)).replace(b"\n", b"\r\n"),
        nights,
    )
    spring = Slept(
        dt.datetime(2025, 3, 29, 23, tzinfo=BERLIN),
        dt.datetime(2025, 3, 30, 7, tzinfo=BERLIN),
        ((420, True),),
    )
    one(
        "the clocks go forward: eight on the clock, seven slept",
        _export(
            [
                _apple(
                    dt.datetime(2025, 3, 29, 23, tzinfo=dt.timezone(dt.timedelta(hours=1))),
                    dt.datetime(2025, 3, 30, 7, tzinfo=dt.timezone(dt.timedelta(hours=2))),
                    "AsleepCore",
                )
            ]
        ),
        [spring],
    )
    one("cut off before its end", _export(_stages(nights), end=""), nights, problem="cut off")
    one(
        "the records' attributes over lines",
        _export([record.replace('" ', '"\n  ') for record in _stages(nights)]),
        nights,
    )
    return found
