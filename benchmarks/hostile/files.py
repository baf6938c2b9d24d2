"""Hostile files of every format, made by seed: small to send, large or endless to read."""

import io
import json
import random
import sqlite3
import zipfile
from collections.abc import Callable

Made = tuple[str, str, bytes]
"""(how it is read, its name, its content)."""
MB = 1024**2
APPLE = b'<?xml version="1.0" encoding="UTF-8"?>\n<HealthData locale="en_GB">\n'
RECORD = (
    b'<Record type="HKCategoryTypeIdentifierSleepAnalysis" startDate="2024-01-02 01:00:00 +0000" '
    b'endDate="2024-01-02 06:00:00 +0000" value="HKCategoryValueSleepAnalysisAsleepCore"/>\n'
)


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def zip_bomb(rng: random.Random) -> Made:
    size = rng.choice((64, 256, 700)) * MB
    kind, name, filling = rng.choice(
        (
            ("apple-health", "export.xml", b"<a>"),
            ("daylio", "daylio_export.csv", b"full_date,mood\n"),
            ("health-connect", "health.db", b"SQLite format 3\x00"),
            ("fitbit", "sleep-1.json", b"["),
        )
    )
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w", force_zip64=True) as member,
    ):
        member.write(filling)
        block = rng.choice((b" ", b"0", b"[", b"a")) * MB
        for _ in range(size // MB):
            member.write(block)
    return kind, "bomb.zip", out.getvalue()


def many_members(rng: random.Random) -> Made:
    count = rng.choice((20_000, 50_000))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(count):
            archive.writestr(zipfile.ZipInfo(f"sleep-{number}.json"), b"[]")
    return "fitbit", "many.zip", out.getvalue()


def zip_in_zip(rng: random.Random) -> Made:
    inner = b"0" * (8 * MB)
    for depth in range(rng.randint(2, 6)):
        inner = zipped((f"{depth}.zip", inner))
    kind, name = rng.choice(
        (("apple-health", "export.xml"), ("health-connect", "a.db"), ("fitbit", "sleep-1.json"))
    )
    return kind, "nested.zip", zipped((name, inner))


def deep_xml(rng: random.Random) -> Made:
    depth = rng.choice((1_000, 100_000, 2_000_000))
    name = rng.choice((b"a", b"Record"))
    return "apple-health", "export.xml", APPLE + (b"<" + name + b">") * depth


def laughs(rng: random.Random) -> Made:
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, rng.randint(5, 30)))
    doctype = f'<!DOCTYPE HealthData [<!ENTITY l0 "ha">{rows}]>'
    text = f'<?xml version="1.0"?>{doctype}<HealthData>&l4;</HealthData>'
    return "apple-health", "export.xml", text.encode()


def huge_attribute(rng: random.Random) -> Made:
    size = rng.choice((1, 8, 15)) * MB
    return (
        "apple-health",
        "export.xml",
        APPLE + b'<Record value="' + b"x" * size + b'"/></HealthData>',
    )


def many_attributes(rng: random.Random) -> Made:
    count = rng.choice((10_000, 200_000))
    rows = b" ".join(b'a%d="1"' % number for number in range(count))
    return "apple-health", "export.xml", APPLE + b"<Record " + rows + b"/></HealthData>"


def many_records(rng: random.Random) -> Made:
    count = rng.choice((1_000, 60_000))
    return "apple-health", "export.xml", APPLE + RECORD * count + b"</HealthData>"


def deep_json(rng: random.Random) -> Made:
    depth = rng.choice((1_000, 100_000, 4 * MB))
    return "fitbit", "sleep-2024.json", rng.choice((b"[", b'{"a":', b'[{"a":')) * depth


def wide_json(rng: random.Random) -> Made:
    piece = rng.choice((b"{}", b"[[]]", b'{"logId":1}', b"0", b'"\\ud800"', b"1e999"))
    return "fitbit", "sleep-2024.json", b"[" + b",".join([piece] * (7 * MB // len(piece))) + b"]"


def long_number(rng: random.Random) -> Made:
    digits = rng.choice((4_000, 100_000, 4 * MB))
    return "fitbit", "sleep-2024.json", b'[{"logId": ' + b"9" * digits + b"}]"


def toml_keys(rng: random.Random) -> Made:
    size = rng.choice((20_000, 100_000, 1_000_000))
    text = rng.choice(
        (
            ".".join(["a"] * (size // 2)) + " = 1\n",
            "[" + ".".join(["a"] * (size // 2)) + "]\n",
            "".join(f"[{'.'.join('a' * 200)}.b{n}]\n" for n in range(size // 420)),
            "x = " + "[" * size,
            "x = " + "{a=" * (size // 3),
            "x = " + "9" * size,
            'x = """' + "\\\n" * (size // 2),
            "x = '" + "y" * size,
        )
    )
    return rng.choice(("plan", "map")), "plan.toml", text.encode()


def plan_csv(rng: random.Random) -> Made:
    rows = rng.choice((10, 40_000))
    cell = "9" * rng.choice((5, 5_000)) if rows == 10 else "1 mg"
    text = "drug,start,days,doses\n" + f"diazepam,2026-01-05,14,{cell}\n" * rows
    return "plan", "plan.csv", text.encode()[: 2 * MB]


def plan_json(rng: random.Random) -> Made:
    step = {"start": "2026-01-05", "days": 1, "doses": [], "made_mg": "1e999999999"}
    text = json.dumps({"drug": "diazepam", "steps": [step] * rng.choice((1, 10_000))})
    return "plan", "plan.json", rng.choice((text, "[" * 500_000, '{"a":' * 200_000)).encode()


def health_connect(rng: random.Random) -> Made:
    """65 KiB on the disk, gigabytes where every row is read: blobs of zeros, joined many times."""
    database = sqlite3.connect(":memory:")
    kind = rng.choice(("blobs", "join", "view", "endless", "text", "generated"))
    database.execute("PRAGMA page_size = 4096")
    blob = "zeroblob(60000)" if kind in ("blobs", "join") else "1"
    database.execute(
        "CREATE TABLE sleep_session_record_table(row_id, start_time, end_time, start_zone_offset)"
        if kind != "generated"
        else "CREATE TABLE sleep_session_record_table(row_id, start_time AS (zeroblob(90000000)),"
        " end_time AS (zeroblob(90000000)), start_zone_offset)"
    )
    rows = rng.choice((20, 200))
    if kind == "generated":
        database.executemany(
            "INSERT INTO sleep_session_record_table(row_id, start_zone_offset) VALUES (1, ?)",
            [(number,) for number in range(rows)],
        )
    else:
        database.executemany(
            f"INSERT INTO sleep_session_record_table VALUES (1, {blob}, {blob}, ?)",
            [(number if kind != "text" else "9" * 60_000,) for number in range(rows)],
        )
    stages = "sleep_stages_table(parent_key, stage_start_time, stage_end_time, stage_type)"
    if kind == "view":
        database.execute(
            "CREATE VIEW sleep_stages_table AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT"
            " x + 1 FROM n) SELECT 1 parent_key, x stage_start_time, x stage_end_time, 2 stage_type"
            " FROM n"
        )
    else:
        database.execute(f"CREATE TABLE {stages}")
        count = 20_000 if kind in ("join", "endless") else 200
        database.executemany(
            f"INSERT INTO sleep_stages_table VALUES (1, {blob if kind == 'blobs' else 1}, 2, 2)",
            [()] * count,
        )
    data = database.serialize()
    database.close()
    return "health-connect", "health.db", data if rng.random() < 0.5 else data[: len(data) // 2]


def endless_line(rng: random.Random) -> Made:
    size = rng.choice((1, 8, 15)) * MB
    kind, name, head = rng.choice(
        (
            ("daylio", "daylio_export.csv", b"full_date,date,weekday,time,mood,activities,note\n"),
            ("landward", "entries.jsonl", b'{"body":{"x":"'),
            ("csv", "diary.csv", b"date,dose\n2026-01-01,"),
        )
    )
    return (
        kind,
        name,
        head + rng.choice((b"x", b'"', b",", b"\n", b"\x00", b"\xc3\xa9")) * (size // 2),
    )


def broken_text(rng: random.Random) -> Made:
    kind, name = rng.choice(
        (
            ("daylio", "daylio_export.csv"),
            ("landward", "entries.jsonl"),
            ("csv", "diary.csv"),
            ("apple-health", "export.xml"),
            ("fitbit", "sleep-1.json"),
            ("plan", "plan.toml"),
            ("map", "map.toml"),
        )
    )
    return (
        kind,
        name,
        rng.choice((b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\x80", b"\xf8"))
        * rng.choice((1, 1_000, 500_000)),
    )


def truncated(rng: random.Random) -> Made:
    kind, name, data = rng.choice((zip_in_zip, many_members, zip_bomb))(rng)
    return kind, name, data[: rng.randrange(1, len(data))]


def forged_export(rng: random.Random) -> Made:
    body = rng.choice(("[" * 100_000, '{"a":' * 50_000, '"1e9999999"', "{}" * 30_000))
    line = f'{{"body":{body},"date":"2026-01-01"}}\n'
    return "landward", "entries.jsonl", (line * (8 * MB // len(line))).encode()


KINDS: tuple[Callable[[random.Random], Made], ...] = (
    zip_bomb, many_members, zip_in_zip, deep_xml, laughs, huge_attribute, many_attributes,
    many_records, deep_json, wide_json, long_number, toml_keys, plan_csv, plan_json,
    health_connect, endless_line, broken_text, truncated, forged_export, toml_keys, health_connect,
)  # fmt: skip


def hostile(number: int, seed: int = 14) -> tuple[str, Made]:
    """The hostile file of a number: (kind of attack, file). Kind comes after kind."""
    make = KINDS[number % len(KINDS)]
    return make.__name__, make(random.Random(seed * 1_000_003 + number))
