"""Long form, a row a symptom; and several rows about one day."""

import datetime as dt

from kinds.cells import DOSES
from kinds.small import MAP, Small, days_of, point, table

LONG = """source = "mine"
zone = "Europe/Berlin"
[date]
column = "Date"
[long]
item = "{}"
value = "{}"
scale = [0, 10]
"""


def long_form() -> list[Small]:
    found = []

    def one(name, make, item="Symptom", value="Severity", **more):
        days = days_of(name, 4)
        rows, answers, extra = make(days, [[item, "Date", value]])
        found.append(
            Small(
                name,
                table(rows).encode(),
                rules=LONG.format(item, value),
                answers=answers,
                **{**extra, **more},
            )
        )

    def plain(days, rows, names=("Anxiety", "Tinnitus"), ids=("anxiety", "tinnitus")):
        for d in days:
            rows += [[names[0], d.iso, str(d.anxiety)], [names[1], d.iso, point(d.tenths / 10)]]
        return (
            rows,
            {d.iso: {ids[0]: d.anxiety, ids[1]: d.tenths / 10} for d in days},
            {"rows": len(rows) - 1},
        )

    one("two symptoms", plain)
    one("capitals as they come", lambda d, r: plain(d, r, ("ANXIETY", "tinnitus")))
    one("other column names", plain, "Was", "Wie stark")
    one(
        "sorted by symptom",
        lambda d, r: (lambda found: ([found[0][0], *sorted(found[0][1:])], *found[1:]))(
            plain(d, r)
        ),
    )
    one(
        "newest first",
        lambda d, r: (lambda found: ([found[0][0], *reversed(found[0][1:])], *found[1:]))(
            plain(d, r)
        ),
    )

    def one_missing(d, r):
        rows, answers, extra = plain(d, r)
        rows[1][2] = ""
        del answers[d[0].iso]["anxiety"]
        return rows, answers, extra

    one("an answer left empty", one_missing)

    def doubled(d, r):
        rows, answers, _ = plain(d, r)
        return [*rows, *rows[1:3]], answers, {"rows": len(rows) + 1}

    one("some rows twice", doubled)

    def off(d, r):
        rows, answers, _ = plain(d, r)
        return [*rows, ["Anxiety", "2025-09-01", "11"]], answers, {"refused": (len(rows) + 1,)}

    one("one answer off the scale", off)

    def nameless(d, r):
        rows, answers, _ = plain(d, r)
        return [*rows, ["???", "2025-09-01", "3"]], answers, {"refused": (len(rows) + 1,)}

    one("a row that names nothing", nameless)

    def own(d, r):
        return plain(d, r, ("Zittern der Hände", "Übelkeit"), ("zittern_der_haende", "uebelkeit"))

    def other(d, r):
        rows, _, extra = own(d, r)
        return rows, None, {**extra, "says": ("Zittern der Hände",)}

    one("words of one's own", other)

    def over(d, r):
        rows, answers, extra = plain(d, r)
        rows = [
            [*row, "a note, with commas"] if n else [*row, "Note"] for n, row in enumerate(rows)
        ]
        return rows, answers, extra

    one("a column more", over)
    return found


def several_a_day() -> list[Small]:
    found = []
    timed = MAP.replace('column = "Date"', 'column = "Date"\ntime = "Time"')
    for n, (first, second) in enumerate(
        (("08:00", "21:00"), ("21:00", "08:00"), ("9:00 PM", "8:00 AM"), ("23:50", "23:55"))
    ):
        days = days_of(f"timed {n}", 3)
        rows = [["Date", "Time", "Anxiety", "Sleep"]]
        for d in days:
            rows += [[d.iso, first, "1", "7"], [d.iso, second, "8", "7"]]
        late = "1" if n in (1, 2) else "8"
        found.append(
            Small(
                f"the last by its clock counts: {first}, {second}",
                table(rows).encode(),
                rules=timed,
                answers={d.iso: {"anxiety": float(late)} for d in days},
                rows=6,
            )
        )
    days = days_of("untimed", 2)
    rows = [["Date", "Anxiety", "Sleep"]]
    for d in days:
        rows += [[d.iso, "1", "7"], [d.iso, "8", "7"]]
    for said, level in (("first", 1), ("last", 8)):
        found.append(
            Small(
                f"no clock, {said} is said",
                table(rows).encode(),
                rules=MAP,
                said={"several": said},
                answers={d.iso: {"anxiety": level} for d in days},
            )
        )
    found.append(
        Small(
            "no clock, so it is asked",
            table(rows).encode(),
            rules=MAP,
            asked=("several",),
            refused=(2, 3, 4, 5),
            answers={},
        )
    )
    again = [rows[0], *([d.iso, "5", "6"] for d in days for _ in range(3))]
    found.append(
        Small(
            "the same row three times is one",
            table(again).encode(),
            rules=MAP,
            answers={d.iso: {"anxiety": 5} for d in days},
            rows=6,
        )
    )
    apart = [["Date", "Anxiety", "Sleep"]]
    for d in days:
        apart += [[d.iso, "5", ""], [d.iso, "", "6"]]
    found.append(
        Small(
            "one row answers one thing, one another",
            table(apart).encode(),
            rules=MAP,
            answers={d.iso: {"anxiety": 5} for d in days},
            sleep={d.iso: 6 for d in days},
        )
    )
    night = [["Date", "Time", "Anxiety", "Sleep"]]
    for d in days:
        after = (d.day + dt.timedelta(days=1)).isoformat()
        night += [[d.iso, "22:00", "3", "7"], [after, "00:40", "9", "7"]]
    found.append(
        Small(
            "past midnight is still that evening",
            table(night).encode(),
            rules=timed,
            answers={d.iso: {"anxiety": 9} for d in days},
        )
    )
    doses = [["Date", "Dose"]]
    for d in days:
        doses += [[d.iso, "0.5"], [d.iso, "0.5"], [d.iso, "1"]]
    found.append(
        Small(
            "doses of a day are all of them",
            table(doses).encode(),
            rules=DOSES,
            rows=6,
            doses={d.iso: ["diazepam 0.5", "diazepam 0.5", "diazepam 1"] for d in days},
        )
    )
    two = [["Date", "Drug", "Dose"]]
    for d in days:
        two += [[d.iso, "Diazepam", "5"], [d.iso, "Lorazepam", "0.5"], [d.iso, "Diazepam", "2"]]
    rules = DOSES.replace('[constants]\ndrug = "diazepam"\n', "") + 'drug = "Drug"\n'
    found.append(
        Small(
            "two medicines, several rows a day",
            table(two).encode(),
            rules=rules,
            doses={d.iso: ["diazepam 2", "diazepam 5", "lorazepam 0.5"] for d in days},
        )
    )
    return found
