"""medTimer, Track & Graph, Loop Habit Tracker: files as their apps write them."""

import datetime as dt

from kinds.small import Small, days_of, point, table

BERLIN = dt.timezone(dt.timedelta(hours=2))
_MEDTIMER = {
    "en": "Reminded;Name;Dosage;Taken;Tags;Interval;Notes;Reminded (ISO 8601);Taken (ISO 8601)",
    "de": "Erinnert;Name;Dosierung;Genommen;Tags;Intervall;Notizen;Erinnert (ISO 8601);"
    "Genommen (ISO 8601)",
    "fr": "Rappelé;Nom;Dosage;Pris;Étiquettes;Intervalle;Notes;Rappelé (ISO 8601);Pris (ISO 8601)",
    "zh": "提醒时间;名称;剂量;服用时间;标签;间隔;备注;提醒时间 (ISO 8601);服用时间 (ISO 8601)",
}


def medtimer() -> list[Small]:
    found = []

    def one(
        name,
        amount,
        mg,
        language="en",
        drug="Diazepam",
        inn="diazepam",
        end="\r\n",
        mark="",
        note="",
        said=None,
        more=(),
        old=False,
        offset="+02:00",
        **told,
    ):
        days, lines, doses = days_of(name, 5), [], {}
        header = _MEDTIMER[language]
        if old:
            header = ";".join(
                part for n, part in enumerate(header.split(";")) if n not in (4, 5, 6)
            )
        for day in days:
            at = f"{day.iso}T{day.clock:%H:%M}:00{offset}"
            short = f"{day.day:%d.%m.%y} {day.clock:%H:%M}"
            middle = [] if old else ["", "", note]
            lines.append(";".join([short, drug, amount(day), short, *middle, at, at]))
            doses[day.iso] = [f"{inn} {mg(day):g}"]
        data = mark + end.join([header, *lines, *more, ""])
        told = {"doses": doses, "rows": len(lines) + len(more), **told}
        found.append(Small(name, data.encode(), "medTimer_events.csv", said=said or {}, **told))

    def half(day):
        return (day.anxiety + 1) / 2

    def mg(day):
        return f"{point(half(day))} mg"

    for language in _MEDTIMER:
        one(f"in {language}", mg, half, language)
    one("0,5 mg", lambda d: mg(d).replace(".", ","), half, "de")
    one("500µg", lambda d: f"{(d.anxiety + 1) * 250}µg", lambda d: (d.anxiety + 1) / 4)
    one("line ends of Unix, a mark", mg, half, end="\n", mark="\ufeff")
    one("notes with semicolons", mg, half, note="milk; warm; two")
    one("a brand with its strength", mg, half, drug="Valium (10)")
    one("the layout before tags", mg, half, old=True)
    one(
        "tablets: how much is in one is asked",
        lambda d: "1 tablet",
        half,
        asked=("one Diazepam",),
        doses=None,
    )
    one(
        "tablets, and it was said",
        lambda d: "1½ tablets",
        lambda d: 7.5,
        said={"one Diazepam": "5 mg"},
    )
    one(
        "half a tablet, and it was said",
        lambda d: "0,5",
        lambda d: 2.5,
        said={"one Diazepam": "5 mg"},
    )
    skipped = "01.06.25 08:00;Diazepam;5 mg;;;;;2025-06-01T08:00:00+02:00;"
    one("reminders nobody confirmed", mg, half, more=(skipped, skipped), left_out=2)
    one(
        "an amount that is none",
        mg,
        half,
        refused=(7,),
        more=(
            "01.06.25 08:00;Diazepam;some;01.06.25 08:03;;;;2025-06-01T08:00:00+02:00;"
            "2025-06-01T08:03:00+02:00",
        ),
    )
    again = (
        "01.06.25 08:00;Diazepam;5 mg;01.06.25 08:03;;;;2025-06-01T08:00:00+02:00;"
        "2025-06-01T08:03:00+02:00"
    )
    days = days_of("one dose twice", 5)
    one(
        "one dose twice",
        mg,
        half,
        more=(again, again),
        doses={**{d.iso: [f"diazepam {half(d):g}"] for d in days}, "2025-06-01": ["diazepam 5"]},
    )
    return found


NEWER = ["FeatureName", "Timestamp", "Value", "Label", "Note"]


def track_and_graph() -> list[Small]:
    found = []

    def one(
        name,
        header=NEWER,
        stamp=lambda d: f"{d.iso}T{d.clock:%H:%M:%S}.432+02:00",
        value=str,
        label="",
        note="",
        feature="Anxiety",
        scale="0-10 down",
        more=None,
        end="\n",
        said=None,
        **told,
    ):
        days = days_of(name, 5)
        rows = [header]
        for d in days:
            cells = {
                "FeatureName": feature,
                "Timestamp": stamp(d),
                "Value": value(d.anxiety),
                "Label": label,
                "Note": note,
            }
            rows.append([cells[column] for column in header])
        rows += more or []
        answers = {d.iso: {"anxiety": float(d.anxiety)} for d in days}
        told = {"answers": answers, "rows": len(rows) - 1, **told}
        found.append(
            Small(
                name,
                table(rows, end=end).encode(),
                "TrackAndGraph.csv",
                said={f"scale {feature}": scale} if said is None else said,
                **told,
            )
        )

    one("newer layout", label="fine")
    one(
        "older layout, the label in the value",
        [c for c in NEWER if c != "Label"],
        value=lambda n: f"{n}:fine",
    )
    one("older layout, plain", [c for c in NEWER if c != "Label"])
    one("in UTC", stamp=lambda d: f"{d.iso}T{d.clock.hour - 2:02}:{d.clock:%M:%S}Z")
    one("decimals", value=lambda n: f"{n}.0")
    one("notes over lines", note="one, two\nthree", notes=None, says=("three",))
    one("Windows line ends", end="\r\n")
    one("no scale is said, so it is asked", said={}, asked=("scale Anxiety",), answers=None)
    one("kept as words", scale="words", answers={}, says=("Anxiety: ",))
    one(
        "a length of time is words",
        more=[["Walk", "2025-06-01T10:00:00+02:00", "1:10:00", "", ""]],
        says=("Walk: 1:10:00",),
    )
    one(
        "off the scale", more=[["Anxiety", "2025-06-01T10:00:00+02:00", "11", "", ""]], refused=(7,)
    )
    one("no number", more=[["Anxiety", "2025-06-01T10:00:00+02:00", "lots", "", ""]], refused=(7,))
    one("a time that is none", more=[["Anxiety", "soon", "3", "", ""]], refused=(7,))
    return found


def loop_habits() -> list[Small]:
    found = []
    habits = (
        "Position,Name,Type,Question,Description,FrequencyNumerator,FrequencyDenominator,Color,"
        "Unit,Target Type,Target Value,Archived?\n"
    )

    def one(
        name,
        mark="2",
        other="0",
        sign=",",
        newest=True,
        counted=None,
        file="Checkmarks.csv",
        zipped=False,
        bom="",
        end="\n",
        header="Date,Meditate,Water,",
        extra="",
        **told,
    ):
        days = days_of(name, 6)
        rows = []
        for n, d in enumerate(days):
            done = n % 2 == 0
            water = str((n + 1) * 500) if counted else ""
            rows.append(f"{d.iso},{mark if done else other},{water},")
        rows = rows[::-1] if newest else rows
        text = bom + end.join([header, *rows, extra]).rstrip("\n") + end
        marks = text.replace(",", sign).encode()
        unit = (
            "001,Meditate,YES_NO,,,1,1,#1,,,,false\n"
            f"002,Water,NUMERICAL,,,1,1,#1,{counted},,,false\n"
        )
        data = (
            {
                "Checkmarks.csv": marks,
                "Habits.csv": (habits + unit).encode(),
                "Scores.csv": b"Date,Meditate,\n2025-04-03,0.5,\n",
            }
            if zipped
            else marks
        )
        says = ("Meditate", *((f"Water: 0.5 {counted}".strip(),) if counted else ()))
        told = {"says": says, "rows": 6, "left_out": 0 if counted else 3, **told}
        found.append(Small(name, data, "Loop Habits CSV.zip" if zipped else file, **told))

    one("ticks as numbers")
    one("ticks in words", "YES_MANUAL", "NO")
    one("filled in by the app is no tick", other="1")
    one("skipped is no tick", other="3")
    one("unknown is no tick", other="-1")
    one("oldest first", newest=False)
    one("with its mark", bom="\ufeff")
    one("Windows line ends", end="\r\n")
    one("counted, in its zip", counted="litre", zipped=True)
    one("only ticks, in its zip", zipped=True)
    one("words of the newer app", "YES_MANUAL", "UNKNOWN")
    one("a date that is none", extra="someday,2,,", rows=7, refused=(8,))
    one("a mark nobody knows", extra="2025-06-01,maybe,,", rows=7, refused=(8,))
    return found
