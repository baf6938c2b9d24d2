"""Tables as programs and countries write them: separators, letters, extra lines."""

import unicodedata

from kinds.small import MAP, Small, anxiety, days_of, hours, plain_rows, table


def separators() -> list[Small]:
    found = []

    def one(name, text, extra="", remarks=(), **more):
        days = days_of(name)
        told = {"answers": anxiety(days), "sleep": hours(days), "rows": len(days), **more}
        data = text(days).encode()
        found.append(Small(name, data, rules=extra + MAP, remarks=remarks, **told))

    one(
        "semicolons and decimal commas",
        lambda d: table(plain_rows(d, ","), ";"),
        remarks=("semicolons",),
    )
    one("tabs", lambda d: table(plain_rows(d), "\t"))
    one("upright strokes", lambda d: table(plain_rows(d), "|"))
    one("every cell in quotes", lambda d: table(plain_rows(d), quote="all"))
    one("sep=; first", lambda d: "sep=;\r\n" + table(plain_rows(d, ","), ";"))
    one("blanks after commas", lambda d: table(plain_rows(d)).replace(",", ", "))
    one("blanks before quotes", lambda d: table(plain_rows(d), quote="all").replace('","', '", "'))
    one("old Mac line ends", lambda d: table(plain_rows(d), end="\r"))
    one("a separator at every end", lambda d: table(plain_rows(d), ";", end=";\r\n"))
    one(
        "quoted newlines and commas in the words",
        lambda d: table(
            [["Date", "Words", "Anxiety", "Sleep"]]
            + [[r[0], f'said "no",\nthen; yes | {r[1]}', *r[1:]] for r in plain_rows(d)[1:]]
        ),
    )
    one(
        "semicolons and commas in the words",
        lambda d: table(
            [["Date", "Words", "Anxiety", "Sleep"]]
            + [[r[0], "tea, bath, a walk, rain", *r[1:]] for r in plain_rows(d)[1:]],
            ";",
        ),
    )
    one(
        "quotes of quotes with a backslash",
        lambda d: (
            "Date,Words,Anxiety,Sleep\n"
            + "".join(
                f'{r[0]},"she said \\"no\\", twice",{r[1]},{r[2]}\n' for r in plain_rows(d)[1:]
            )
        ),
    )
    return found


def letters() -> list[Small]:
    found = []
    words = MAP + '[note]\ncolumn = "{}"\n'

    def one(name, encoding, header, note, extra="", mark=b"", normal="NFC"):
        days = days_of(name)
        rows = [["Date", "Anxiety", "Sleep", header]]
        rows += [[*row, note] for row in plain_rows(days)[1:]]
        text = unicodedata.normalize(normal, table(rows))
        rules = extra + words.format(header)
        told = {day.iso: note for day in days}
        found.append(
            Small(
                name,
                mark + text.encode(encoding),
                rules=rules,
                answers=anxiety(days),
                sleep=hours(days),
                notes=told,
            )
        )

    one("UTF-8", "utf-8", "Übelkeit 😔", "naïve, 日本語, ру́сский")
    one("UTF-8 with its mark", "utf-8", "Notiz", "schön", mark=b"\xef\xbb\xbf")
    one("UTF-16, little end first, with its mark", "utf-16-le", "Notiz", "schön", mark=b"\xff\xfe")
    one("UTF-16, big end first, with its mark", "utf-16-be", "Notiz", "schön", mark=b"\xfe\xff")
    one("UTF-16 without a mark", "utf-16-le", "Notiz", "gut")
    one("Windows, Western Europe", "cp1252", "Notiz", "schön und müde – “ruhig”")
    one("Windows, French", "cp1252", "Remarque", "très fatigué, à l’hôpital")
    one("Windows, Polish, said", "cp1250", "Uwagi", "źle spałem", 'encoding = "windows-1250"\n')
    one("Windows, Russian, said", "cp1251", "Заметка", "плохо спал", 'encoding = "windows-1251"\n')
    one("Japanese, said", "shift_jis", "メモ", "眠れない", 'encoding = "shift_jis"\n')
    one("accents as a Mac takes them apart", "utf-8", "Übelkeit", "später", normal="NFD")
    one("UTF-32", "utf-32", "Notiz", "schön")
    for at, small in enumerate(found):
        if small.name.startswith("accents"):
            told = {day: unicodedata.normalize("NFD", text) for day, text in small.notes.items()}
            found[at] = Small(
                small.name,
                small.data,
                rules=small.rules,
                answers=small.answers,
                sleep=small.sleep,
                notes=told,
            )
    return found


def other_lines() -> list[Small]:
    """Lines that are no day: titles, totals, repeated headers, blank ones, signatures."""
    found = []

    def one(name, change, refused=(), rows=None, **more):
        days = days_of(name)
        rows_of = plain_rows(days)
        told = {"answers": anxiety(days), "sleep": hours(days), **more}
        found.append(
            Small(name, change(rows_of).encode(), rules=MAP, refused=refused, rows=rows, **told)
        )

    one("a title and a blank line above", lambda r: "My diary\n\n" + table(r), rows=6)
    one("who made it, in three lines", lambda r: "# exported 2026\n# by App 3\n#\n" + table(r))
    one("a total below", lambda r: table([*r, ["Total", "31", "40.5"]]), (8,), rows=7)
    one("a mean below, German", lambda r: table([*r, ["Mittelwert", "3.1", "7"]]), (8,))
    one("the header again in the middle", lambda r: table([*r[:3], r[0], *r[3:]]), (4,))
    one(
        "blank lines and lines of commas",
        lambda r: table([*r[:3], [""], ["", "", ""], *r[3:], ["", "", ""]]),
        rows=6,
    )
    one("a last line without an end", lambda r: table(r).rstrip())
    one("a signature below", lambda r: table([*r, [], ["printed by App"]]), (9,))
    one(
        "no-break spaces around",
        lambda r: table([[f"\xa0{cell}\u202f" for cell in row] for row in r]),
    )
    one(
        "marks for right-to-left",
        lambda r: table([r[0], *([f"\u200f{row[0]}\u200f", *row[1:]] for row in r[1:])]),
    )
    one(
        "cells as formulas of text",
        lambda r: table([r[0], *([f'="{row[0]}"', *row[1:]] for row in r[1:])]),
    )
    one(
        "more columns than wanted, one name twice",
        lambda r: table([[*r[0], "Mood", "Mood"], *([*row, "1", "2"] for row in r[1:])]),
    )
    one(
        "columns in capitals and with blanks",
        lambda r: table([["DATE ", " anxiety", "SLEEP"], *r[1:]]),
    )
    return found
