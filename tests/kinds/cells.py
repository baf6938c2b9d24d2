"""What one cell says: numbers, words as levels, hours of sleep, amounts."""

from kinds.small import MAP, Small, anxiety, comma, days_of, hours, point, table

SCALED = MAP.replace('column = "Anxiety"', 'column = "Anxiety"\n{}')


def _anxiety_only(name, write, sign=",", extra="", rules=MAP, exact=None):
    days = days_of(name)
    exact = exact or (lambda d: d.anxiety)
    rows = [["Date", "Anxiety", "Sleep"]] + [[d.iso, write(d), "7"] for d in days]
    return Small(
        name,
        table(rows, sign).encode(),
        rules=extra + rules,
        sleep=None,
        answers={d.iso: {"anxiety": exact(d)} for d in days},
    )


def numbers() -> list[Small]:
    def tenth(d):
        return d.tenths / 10

    arabic = str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫")
    persian = str.maketrans("0123456789.", "۰۱۲۳۴۵۶۷۸۹٫")
    return [
        _anxiety_only("4.5", lambda d: f"{tenth(d):.1f}", exact=tenth),
        _anxiety_only("4,5 in semicolons", lambda d: comma(tenth(d)), ";", exact=tenth),
        _anxiety_only("4,5 in quotes", lambda d: comma(tenth(d)), exact=tenth),
        _anxiety_only("4,50", lambda d: f"{tenth(d):.2f}".replace(".", ","), exact=tenth),
        _anxiety_only(
            "4,500, said",
            lambda d: f"{tenth(d):.3f}".replace(".", ","),
            extra='decimal = ","\n',
            exact=tenth,
        ),
        _anxiety_only("Arabic digits", lambda d: point(tenth(d)).translate(arabic), exact=tenth),
        _anxiety_only("Persian digits", lambda d: point(tenth(d)).translate(persian), exact=tenth),
        _anxiety_only(
            "wide digits",
            lambda d: str(d.anxiety).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        ),
        _anxiety_only("7/10", lambda d: f"{d.anxiety}/10"),
        _anxiety_only("7 of 10", lambda d: f"{d.anxiety} of 10"),
        _anxiety_only("7,5/10", lambda d: f"{comma(tenth(d))} / 10", exact=tenth),
        _anxiety_only("+7", lambda d: f"+{d.anxiety}"),
        _anxiety_only("7.0", lambda d: f"{d.anxiety}.0"),
        _anxiety_only("07", lambda d: f"{d.anxiety:02}"),
        _anxiety_only("an apostrophe before", lambda d: f"'{d.anxiety}"),
        _anxiety_only("a blank and a mark inside", lambda d: f"\xa0{d.anxiety}\u200e"),
        _anxiety_only("a formula of text", lambda d: f'="{d.anxiety}"'),
    ]


def words_as_levels() -> list[Small]:
    found = []
    sets = {
        "English": ["none", "mild", "moderate", "severe", "very severe"],
        "German": ["keine", "leicht", "mäßig", "stark", "sehr stark"],
        "French": ["aucune", "légère", "modérée", "sévère", "très sévère"],
        "Spanish": ["nada", "leve", "moderada", "grave", "muy grave"],
        "Polish": ["brak", "łagodny", "umiarkowany", "silny", "bardzo silny"],
        "Turkish": ["hiç", "hafif", "orta", "şiddetli", "çok şiddetli"],
        "Russian": ["нет", "слабо", "умеренно", "сильно", "очень сильно"],
        "Japanese": ["なし", "軽い", "中くらい", "ひどい", "とてもひどい"],
        "Arabic": ["لا", "خفيف", "متوسط", "شديد", "شديد جدا"],
        "faces": ["😀", "🙂", "😐", "🙁", "😭"],
        "letters": ["A", "B", "C", "D", "E"],
    }
    rules = """source = "mine"
[date]
column = "Date"
[items.anxiety]
column = "Anxiety"
scale = [0, 4]
words = {{ {} }}
"""
    for name, words in sets.items():
        days = days_of(name)
        said = ", ".join(f'"{word}" = {level}' for level, word in enumerate(words))
        rows = [["Date", "Anxiety"]]
        rows += [
            [
                d.iso,
                words[d.anxiety % 5].upper()
                if d.anxiety % 2 and name != "Turkish"
                else words[d.anxiety % 5] + " ",
            ]
            for d in days
        ]
        answers = {d.iso: {"anxiety": d.anxiety % 5} for d in days}
        found.append(Small(name, table(rows).encode(), rules=rules.format(said), answers=answers))
    days = days_of("unknown")
    rows = [["Date", "Anxiety"], *([d.iso, "none"] for d in days[:3]), [days[3].iso, "awful"]]
    found.append(
        Small(
            "a word nobody explained is refused by its line",
            table(rows).encode(),
            rules=rules.format('"none" = 0'),
            refused=(5,),
            answers={d.iso: {"anxiety": 0} for d in days[:3]},
        )
    )
    days = days_of("numbers too")
    rows = [["Date", "Anxiety"]]
    rows += [[d.iso, "mild (1)" if d.anxiety % 2 else str(d.anxiety % 5)] for d in days]
    found.append(
        Small(
            "words and numbers in one column",
            table(rows).encode(),
            rules=rules.format('"mild (1)" = 1'),
            answers={d.iso: {"anxiety": 1 if d.anxiety % 2 else d.anxiety % 5} for d in days},
        )
    )
    return found


def sleep() -> list[Small]:
    def one(name, write, extra=""):
        days = days_of(name)
        rows = [["Date", "Anxiety", "Sleep"]]
        rows += [[d.iso, str(d.anxiety), write(d)] for d in days]
        return Small(
            name, table(rows).encode(), rules=MAP + extra, answers=anxiety(days), sleep=hours(days)
        )

    return [
        one("7.25", lambda d: point(d.minutes / 60)),
        one("7,25", lambda d: comma(d.minutes / 60)),
        one("7:15", lambda d: f"{d.minutes // 60}:{d.minutes % 60:02}"),
        one("07:15:00", lambda d: f"{d.minutes // 60:02}:{d.minutes % 60:02}:00"),
        one("7h 15m", lambda d: f"{d.minutes // 60}h {d.minutes % 60}m"),
        one("7h15", lambda d: f"{d.minutes // 60}h{d.minutes % 60:02}"),
        one("7 hrs 15 mins", lambda d: f"{d.minutes // 60} hrs {d.minutes % 60} mins"),
        one("7 hours, 15 minutes", lambda d: f"{d.minutes // 60} hours, {d.minutes % 60} minutes"),
        one("7 hr. and 15 min.", lambda d: f"{d.minutes // 60} hr. and {d.minutes % 60} min."),
        one("435 min", lambda d: f"{d.minutes} min"),
        one("435, said to be minutes", lambda d: str(d.minutes), 'unit = "min"\n'),
        one("7 Std. 15 Min.", lambda d: f"{d.minutes // 60} Std. {d.minutes % 60} Min."),
        one("7,25 Stunden", lambda d: f"{comma(d.minutes / 60)} Stunden"),
        one("7.25h", lambda d: f"{point(d.minutes / 60)}h"),
        one("PT7H15M", lambda d: f"PT{d.minutes // 60}H{d.minutes % 60}M"),
        one("7 ч 15 мин", lambda d: f"{d.minutes // 60} ч {d.minutes % 60} мин"),
        one("7時間15分", lambda d: f"{d.minutes // 60}時間{d.minutes % 60}分"),
    ]


DOSES = """source = "mine"
zone = "Europe/Berlin"
[constants]
drug = "diazepam"
[date]
column = "Date"
[dose]
column = "Dose"
"""


def amounts() -> list[Small]:
    def one(name, write, mg, sign=","):
        days = days_of(name)
        rows = [["Date", "Dose"]] + [[d.iso, write(d)] for d in days]
        doses = {d.iso: [f"diazepam {mg(d):g}"] for d in days}
        return Small(name, table(rows, sign).encode(), rules=DOSES, doses=doses)

    def half(d):
        return (d.anxiety + 1) / 2

    def micro(d):
        return (d.anxiety + 1) * 250

    return [
        one("2.5", lambda d: point(half(d)), half),
        one("2,5 mg", lambda d: f"{comma(half(d))} mg", half, ";"),
        one("2.5mg", lambda d: f"{point(half(d))}mg", half),
        one("2.5 MG", lambda d: f"{point(half(d))} MG", half),
        one("2.5 milligrams", lambda d: f"{point(half(d))} milligrams", half),
        one("500 µg", lambda d: f"{micro(d)} \xb5g", lambda d: micro(d) / 1000),
        one("500 μg, the Greek letter", lambda d: f"{micro(d)} \u03bcg", lambda d: micro(d) / 1000),
        one("500mcg", lambda d: f"{micro(d)}mcg", lambda d: micro(d) / 1000),
        one("a no-break space", lambda d: f"{point(half(d))}\xa0mg", half),
        one("half-width and wide", lambda d: f"{point(half(d))}\u3000ｍｇ", half),
        one("½ tablet of 5 mg", lambda d: "½ tablet of 5 mg", lambda d: 2.5),
        one("1½ x 2 mg", lambda d: "1½ x 2 mg", lambda d: 3),
        one("2 x 0.5mg", lambda d: "2 x 0.5mg", lambda d: 1),
        one("5 mL of 0.4 mg/mL", lambda d: "5 mL of 0.4 mg/mL", lambda d: 2),
        one("2,5 mg as a formula", lambda d: f'="{comma(half(d))} mg"', half),
        one("2,5 мг", lambda d: f"{comma(half(d))} мг", half, ";"),
        one("500 мкг", lambda d: f"{micro(d)} мкг", lambda d: micro(d) / 1000),
        one("2,5 Milligramm", lambda d: f"{comma(half(d))} Milligramm", half, ";"),
        Small(
            "grams, a bare volume and thousands are refused, not guessed",
            b'Date,Dose\n2025-04-03,0.0125 g\n2025-04-04,5 mL\n2025-04-05,"1,000"\n'
            b"2025-04-06,2 tablets\n2025-04-07,twice 5 mg\n2025-04-08,5-10 mg\n",
            rules=DOSES,
            refused=(2, 3, 4, 5, 6, 7),
            doses={},
        ),
    ]
