"""One table of symptoms by dates: the dates across, the symptoms down."""

from kinds.small import MAP, Small, anxiety, days_of, hours, point, table


def across() -> list[Small]:
    found = []

    def one(
        name,
        head=lambda d: d.iso,
        corner="Symptom",
        sign=",",
        change=lambda rows: rows,
        decimal=".",
        mark="",
        rules=MAP,
        title="",
        **told,
    ):
        days = days_of(name, 5)
        rows = [
            [corner, *map(head, days)],
            ["Anxiety", *(str(d.anxiety) for d in days)],
            ["Tinnitus", *("1" for _ in days)],
            ["Sleep", *(point(round(d.minutes / 60, 2)).replace(".", decimal) for d in days)],
        ]
        rows = change(rows)
        width = max(map(len, rows))
        rows = [row + [""] * (width - len(row)) for row in rows]
        told = {
            "answers": anxiety(days),
            "sleep": hours(days),
            "rows": 5,
            "remarks": ("Days stand across",),
            **told,
        }
        found.append(Small(name, (mark + title + table(rows, sign)).encode(), rules=rules, **told))

    one("ISO")
    one("an empty corner", corner="")
    one("the corner says Date", corner="Date")
    one("day first, semicolons", lambda d: f"{d.day:%d.%m.%Y}", sign=";", decimal=",")
    one("month first", lambda d: f"{d.day.month}/{d.day.day}/{d.day:%y}")
    one("13-Apr-25", lambda d: f"{d.day:%d-%b-%y}")
    one("weekday and month", lambda d: f"{d.day:%a, %d %B %Y}")
    one("a title above, a mark, tabs", sign="\t", mark="\ufeff", title="My symptoms\n\n")
    one(
        "a mean at the end",
        change=lambda rows: [[*rows[0], "Average"], *([*row, "3.3"] for row in rows[1:])],
    )
    one(
        "a heading between the symptoms",
        change=lambda rows: [
            rows[0],
            ["Body"],
            rows[1],
            [""],
            rows[2],
            ["Night"],
            rows[3],
            ["Total", "9", "9"],
        ],
    )
    one(
        "days to come, still empty",
        change=lambda rows: [[*rows[0], "2026-12-01", "2026-12-02"], *rows[1:]],
        rows=7,
        left_out=2,
    )
    one("newest first", change=lambda rows: [[row[0], *row[:0:-1]] for row in rows])
    days = days_of("one answer off its scale", 5)
    one(
        "one answer off its scale",
        change=lambda rows: [rows[0], [*rows[1][:3], "11", *rows[1][4:]], *rows[2:]],
        refused=(4,),
        answers={d.iso: {"anxiety": d.anxiety} for d in days if d is not days[2]},
        sleep={d.iso: round(d.minutes / 60, 2) for d in days if d is not days[2]},
    )
    return found
