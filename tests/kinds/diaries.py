"""Daylio's exports: ten languages, both clocks, all layouts, what people put into notes."""

import datetime as dt
import html
import random

from kinds.small import Small, days_of, table

NEW = ["full_date", "date", "weekday", "time", "mood", "activities", "scales", "note_title", "note"]
OLDER = ["full_date", "date", "weekday", "time", "mood", "activities", "note_title", "note"]
OLDEST = ["year", "date", "weekday", "time", "mood", "activities", "note"]
MOODS = {
    "en": ("rad", "good", "meh", "bad", "awful"),
    "de": ("Super", "Gut", "Ok", "Schlecht", "Lausig"),
    "nl": ("geweldig", "goed", "meh", "slecht", "vreselijk"),
    "fr": ("super", "bien", "bof", "mauvais", "horrible"),
    "es": ("genial", "bien", "regular", "mal", "horrible"),
    "pt": ("radiante", "bem", "mais ou menos", "mal", "horrível"),
    "pl": ("super", "dobrze", "tak sobie", "źle", "okropnie"),
    "ru": ("супер", "хорошо", "так себе", "плохо", "ужасно"),
    "ja": ("最高", "良い", "まあまあ", "悪い", "最悪"),
    "tr": ("harika", "iyi", "eh", "kötü", "berbat"),
}


def _half(clock: dt.time, before: str = "AM", after: str = "PM", space: str = " ") -> str:
    return f"{clock.hour % 12 or 12}:{clock.minute:02}{space}{after if clock.hour > 11 else before}"


def daylio() -> list[Small]:
    found = []

    def one(
        name,
        moods=MOODS["en"],
        layout=NEW,
        clock=lambda c: f"{c:%H:%M}",
        order=-1,
        note=("", ""),
        scales="",
        said=None,
        mark="\ufeff",
        more=None,
        **told,
    ):
        rng, days = random.Random(name), days_of(name, 7)
        levels = [5, 4, 3, 2, 1, *(rng.randint(1, 5) for _ in days[5:])]
        rows, answers, notes = [], {}, {}
        for day, level in zip(days, levels, strict=True):
            cells = {
                "full_date": day.iso,
                "year": str(day.day.year),
                "date": f"{day.day:%B} {day.day.day}",
                "weekday": f"{day.day:%A}",
                "time": clock(day.clock),
                "mood": moods[5 - level],
                "activities": "walk | bad sleep",
                "scales": scales,
                "note_title": "",
                "note": note[0],
            }
            rows.append([cells[column] for column in layout])
            answers[day.iso] = {"mood": float(level)}
            if note[1]:
                notes[day.iso] = note[1]
        rows = rows[::order]
        told = {
            "answers": answers,
            "notes": notes or None,
            "says": ("bad sleep",),
            "rows": 7,
            **told,
        }
        text = table([layout, *rows], quote="") if more is None else more([layout, *rows])
        found.append(
            Small(name, (mark + text).encode(), "daylio_export.csv", said=said or {}, **told)
        )

    for language, moods in MOODS.items():
        one(f"in {language}", moods)
    one("oldest first", order=1)
    one("the oldest layout", layout=OLDEST, clock=lambda c: _half(c, "am", "pm"), mark="")
    one("without scales, a twelve-hour clock", layout=OLDER, clock=_half)
    one("a narrow blank in the clock", clock=lambda c: _half(c, space="\u202f"))
    one(
        "Spanish halves of the day", MOODS["es"], clock=lambda c: _half(c, "a. m.", "p. m.", "\xa0")
    )
    one(
        "Korean halves first",
        clock=lambda c: (
            ("오전 " if c.hour < 12 else "오후 ") + f"{c.hour % 12 or 12}:{c.minute:02}"
        ),
    )
    one(
        "notes with lines and signs of HTML",
        note=(
            'slept <b>badly</b>.<br>Then "tea", <i>rain</i>' + html.escape(" & <calm>"),
            'slept badly.\nThen "tea", rain & <calm>',
        ),
    )
    one("notes over two lines, with a semicolon", note=("one;\r\ntwo", "one;\r\ntwo"))
    one("own scales", scales="Energie: 7 | Schmerz: 4,5", says=("Energie: 7", "Schmerz: 4,5"))
    own = ("amazing", "fine", "so-so", "rough", "hell")
    one("renamed moods are asked", own, asked=("moods",), answers=None)
    one("renamed moods, best first", own, said={"moods": ", ".join(own)})
    one(
        "renamed moods, each with its number",
        own,
        said={"moods": ", ".join(f"{word}={5 - n}" for n, word in enumerate(own))},
    )
    one(
        "renamed moods kept as words",
        own,
        said={"moods": "words"},
        answers={},
        says=("mood: hell",),
    )
    one("one row twice", more=lambda rows: table([*rows, rows[1]]), rows=8)
    one("columns another way round", more=lambda rows: table([row[::-1] for row in rows]))
    one(
        "one date that is none",
        refused=(9,),
        rows=8,
        more=lambda rows: table([*rows, ["2025-02-30", *rows[1][1:]]]),
    )
    return found
