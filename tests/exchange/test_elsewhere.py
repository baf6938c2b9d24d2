"""Daylio, Apple Health, Fitbit, Health Connect: what their files say, what strangers put in."""

import base64
import contextlib
import dataclasses
import io
import json
import sqlite3
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreign_files import MOMENT, READERS, SEEDS, ZONE, Memory, around
from landward.app.transfer.import_diary import entries_of, import_reading
from landward.app.transfer.read_elsewhere import formats, read_elsewhere, recognise
from landward.exchange.importers.fitbit import read_fitbit
from landward.exchange.importers.health_connect import read_health_connect
from landward.exchange.limits import Limited, Patience
from landward.exchange.registry import importers
from landward.model.base import BadInput
from landward.model.bodies import CheckIn, Sleep, read_body
from landward.model.proposals import FileReading
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

ALL = [(name, file) for name in READERS for file in sorted((SEEDS / name).iterdir())]


def read(name: str, file: str) -> FileReading:
    return READERS[name]((SEEDS / name / file).read_bytes())


def bodies(reading: FileReading) -> dict[date, list]:
    found: dict[date, list] = {}
    for entry in entries_of(reading, (), "test", MOMENT):
        found.setdefault(entry.date, []).append(read_body(entry))
    return found


# ---- Daylio -------------------------------------------------------------------------------


def test_daylio_moods_tags_and_notes() -> None:
    reading = read("daylio", "new.csv")
    days = bodies(reading)
    morning, evening = days[date(2024, 3, 2)]
    assert evening == CheckIn(
        asked=("mood",),
        answers={"mood": 3},
        scales={"mood": "1..5 better up"},
        tags=("walk", "reading"),
        note="A day\nSlept badly.\nThen better & calm",
    )
    assert morning.answers == {"mood": 2} and morning.tags == ()
    assert [p.row_key for p in reading.proposals] == [
        "2024-02-29 21:00/1", "2024-03-01 21:00/1", "2024-03-02 08:05/1", "2024-03-02 22:15/1",
    ], "the earliest first, so that the last of a day counts"  # fmt: skip


def test_moods_of_ones_own_are_asked_and_never_half_read() -> None:
    data = (SEEDS / "daylio" / "new.csv").read_bytes().replace(b",bad,", b",okay-ish,")
    read = importers()["daylio"].extract
    asked = read([Memory(data)], around())
    assert [q.id for q in asked.questions] == ["moods"] and "okay-ish" in asked.questions[0].words
    assert "answers" not in "".join(p.body for p in asked.proposals), "no number for some words"
    words = read([Memory(data)], around(moods="words"))
    assert not words.questions and "mood: okay-ish" in "".join(p.body for p in words.proposals)
    said = read([Memory(data)], around(moods="good=4, meh=3, okay-ish=2, awful=1, rad=5"))
    assert not said.questions
    assert '"mood":2' in next(
        p.body for p in said.proposals if p.row_key.startswith("2024-03-02 08")
    )


def test_an_old_daylio_export() -> None:
    days = bodies(read("daylio", "old.csv"))
    assert days[date(2018, 3, 2)][0].note == "two\r\nlines"
    assert days[date(2018, 3, 1)][0].answers == {"mood": 1}


def test_odd_daylio_lines_are_refused_by_number() -> None:
    good = (SEEDS / "daylio" / "new.csv").read_text("utf-8-sig")
    reading = READERS["daylio"]((good + "2024-02-31,x,y,10:00,good,,,\n").encode())
    assert (reading.refusals[0].line, reading.refusals[0].reason) == (
        6,
        "full_date: “2024-02-31” is not a date",
    )


# ---- sleep --------------------------------------------------------------------------------


def test_apple_sleep_counts_two_devices_once_and_naps_with_the_day() -> None:
    """Watch 23:00-02:00 and 02:30-06:30; a ring saw 01:00-03:00 (half an hour of it new); a nap."""
    reading = read("apple_health", "export.xml")
    ((day, (night,)),) = bodies(reading).items()
    assert day == date(2024, 3, 2)
    assert night == Sleep(
        hours=3 + 4 + 0.5 + 0.5,
        started_at=datetime.fromisoformat("2024-03-01T23:00:00+01:00"),
        ended_at=datetime.fromisoformat("2024-03-02T14:30:00+01:00"),
        source="apple health",
    )
    assert reading.remarks[0] == "1 night holds only time in bed, not sleep: left out"
    assert reading.remarks[1].startswith("30 minutes that one device saw awake")
    assert reading.remarks[2].startswith("1 record was left out")


def test_fitbit_csv_and_takeout_say_the_same_night() -> None:
    csv_days, json_days = (bodies(read("fitbit", name)) for name in ("sleep.csv", "takeout.json"))
    assert csv_days[date(2021, 3, 2)][0].hours == json_days[date(2021, 3, 2)][0].hours
    assert json_days[date(2021, 3, 2)][0].hours == round((409 + 70) / 60, 2)
    assert csv_days[date(2021, 3, 3)][0].hours == 7.7, "1,002 minutes in a night of 462"


def test_several_takeout_files_are_one_reading() -> None:
    data = (SEEDS / "fitbit" / "takeout.json").read_bytes()
    later = data.replace(b"2021-03-0", b"2021-04-0").replace(b'"logId":', b'"logId":9')
    pieces = [Memory(data), Memory(later), Memory(data)]
    assert len(read_fitbit(pieces, around()).proposals) == 2


def test_health_connect_counts_sleep_stages_only() -> None:
    reading = read("health_connect", "export.db")
    days = bodies(reading)
    assert days[date(2024, 3, 2)][0].hours == 2 + 3 + 2
    assert days[date(2024, 3, 3)][0].hours == 6.5
    assert reading.remarks == ("1 sleep has no stages: its whole length is taken as sleep",)


@pytest.mark.parametrize(
    ("start", "end", "day"),
    [
        ("23:00", "07:00", date(2024, 3, 2)),
        ("00:30", "06:00", date(2024, 3, 1)),
        ("19:00", "21:00", date(2024, 3, 2)),
        ("13:00", "14:00", date(2024, 3, 1)),
    ],
)
def test_a_night_is_dated_by_its_morning(start: str, end: str, day: date) -> None:
    first = "2024-03-01"
    last = first if end > start else "2024-03-02"
    record = (
        '<HealthData><Record type="HKCategoryTypeIdentifierSleepAnalysis" '
        'value="HKCategoryValueSleepAnalysisAsleepCore" '
        f'startDate="{first} {start}:00 +0100" endDate="{last} {end}:00 +0100"/></HealthData>'
    )
    assert READERS["apple_health"](record.encode()).proposals[0].date == day


# ---- every format -------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "file"), ALL, ids=lambda v: getattr(v, "name", v))
def test_importing_twice_adds_nothing(name: str, file: Path, tmp_path: Path) -> None:
    vault, _ = Vault.create(tmp_path / "v.vault", "x", now=MOMENT.at, cost=CHEAPEST)
    with vault:
        first = import_reading(vault, READERS[name](file.read_bytes()), MOMENT)
        head = vault.head()
        again = import_reading(vault, READERS[name](file.read_bytes()), MOMENT)
        assert first.added > 0 and (again.added, again.changed_at_source) == (0, 0)
        assert vault.head() == head
        assert all(e.origin.startswith("import:") for e in vault.entries())


@pytest.mark.parametrize(("name", "file"), ALL, ids=lambda v: getattr(v, "name", v))
def test_formats_are_recognised(name: str, file: Path) -> None:
    assert recognise(file) == name.replace("_", "-")


def test_zips_as_the_phones_make_them(tmp_path: Path) -> None:
    def zipped(name: str, members: dict[str, Path]) -> Path:
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for inside, file in members.items():
                archive.write(file, inside)
        return tmp_path / name

    cases = {
        "apple-health": {"apple_health_export/export.xml": SEEDS / "apple_health/export.xml"},
        "health-connect": {"health_connect_export.db": SEEDS / "health_connect/export.db"},
        "fitbit": {
            "Takeout/Fitbit/Global Export Data/sleep-2021-03-01.json": SEEDS / "fitbit/takeout.json"
        },
    }
    for kind, members in cases.items():
        path = zipped(f"{kind}.zip", members)
        assert recognise(path) == kind
        assert read_elsewhere(path, kind, ZONE).proposals
    with pytest.raises(BadInput, match="nothing that looks like daylio"):
        read_elsewhere(tmp_path / "fitbit.zip", "daylio", ZONE)


def test_a_csv_of_something_else_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("date,anx\n2024-01-01,3\n")
    assert recognise(tmp_path / "x.csv") is None
    for name, reader in READERS.items():
        with pytest.raises(BadInput):
            reader((tmp_path / "x.csv").read_bytes()), name


# ---- strangers ----------------------------------------------------------------------------

ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE HealthData [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><HealthData><Record type="&b;"/></HealthData>"""
EXTERNAL = b"""<?xml version="1.0"?><!DOCTYPE HealthData [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<HealthData>&x;</HealthData>"""
REMOTE = b"""<?xml version="1.0"?><!DOCTYPE HealthData SYSTEM "http://example.org/a.dtd">
<HealthData/>"""


@pytest.mark.parametrize("data", [ENTITIES, EXTERNAL])
def test_xml_with_entities_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput, match="entities"):
        READERS["apple_health"](data)


def test_an_external_dtd_is_not_fetched() -> None:
    with contextlib.suppress(BadInput):
        assert READERS["apple_health"](REMOTE).proposals == ()


def test_deep_long_and_truncated_xml_is_refused() -> None:
    for data, said in {
        b"<HealthData>" + b"<a>" * 50: "cut off",
        b'<HealthData a="' + b"x" * 18_000_000: "cut off",
        b"<HealthData><Record": "not a whole",
        b"<html/>": "no health data",
        b"": "no health data",
    }.items():
        with pytest.raises(BadInput, match=said):
            READERS["apple_health"](data)


def test_a_long_xml_is_streamed_in_little_memory() -> None:
    import tracemalloc

    record = b'<Record type="HKQuantityTypeIdentifierStepCount" value="1"/>text\n'

    class Endless(io.RawIOBase):
        left = 6_000_000

        def read(self, size: int = -1) -> bytes:
            if self.left == 6_000_000:
                self.left -= 12
                return b"<HealthData>"
            if self.left <= 0:
                return b""
            data = record * (size // len(record))
            self.left -= len(data)
            return data + (b"</HealthData>" if self.left <= 0 else b"")

    tracemalloc.start()
    reading = importers()["apple-health"].extract([Memory(Endless())], around())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reading.proposals == () and peak < 8_000_000


def test_a_zip_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = dataclasses.replace(importers()["fitbit"], most_bytes=4 * 1024**2)
    monkeypatch.setattr(
        "landward.app.transfer.read_elsewhere.importers", lambda: {**importers(), "fitbit": one}
    )
    bomb = tmp_path / "bomb.zip"
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("Takeout/sleep-1.json", "w", force_zip64=True) as member,
    ):
        for _ in range(5):
            member.write(b'[{"dateOfSleep": 1},' + bytes(1024**2))
    assert bomb.stat().st_size < 20_000
    with pytest.raises(BadInput, match="more than 4 MB"):
        read_elsewhere(bomb, "fitbit", ZONE)


def test_reading_stops_when_patience_ends() -> None:
    clock = iter(range(0, 1_000_000, 3))
    patience = Patience(10, lambda: float(next(clock)))
    stream = Limited(io.BytesIO(bytes(100)), patience)
    with pytest.raises(BadInput, match="longer than 10 seconds"):
        while True:
            stream.read(1)


def test_a_hostile_database_is_fenced(tmp_path: Path) -> None:
    def database(*statements: str) -> bytes:
        path = tmp_path / "x.db"
        path.unlink(missing_ok=True)
        connection = sqlite3.connect(path)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()
        return path.read_bytes()

    forever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    view = database(
        f"CREATE VIEW sleep_session_record_table AS {forever}", "CREATE TABLE x (row_id)"
    )
    with pytest.raises(BadInput, match="no sleep"):
        READERS["health_connect"](view)
    joined = database(
        "CREATE TABLE sleep_session_record_table (row_id, start_time, end_time, start_zone_offset)",
        f"CREATE VIEW sleep_stages_table AS {forever}",
    )
    with pytest.raises(BadInput):
        READERS["health_connect"](joined)
    wrong = database("CREATE TABLE sleep_session_record_table (other)")
    with pytest.raises(BadInput, match="not one we know"):
        READERS["health_connect"](wrong)
    slow = database(
        "CREATE TABLE sleep_session_record_table (row_id, start_time, end_time, start_zone_offset)",
        "CREATE TABLE sleep_stages_table (parent_key, stage_start_time, stage_end_time, "
        "stage_type)",
        f"INSERT INTO sleep_session_record_table SELECT i, 1, 2, 3 FROM ({forever} LIMIT 30000)",
        f"INSERT INTO sleep_stages_table SELECT -i, 1, 2, 3 FROM ({forever} LIMIT 30000)",
    )
    with pytest.raises(BadInput):
        read_health_connect([Memory(slow)], around(Patience(1e-9)))


def mutated(seed: bytes) -> st.SearchStrategy[bytes]:
    """Bytes of a good file with pieces cut out, doubled, replaced."""
    place = st.integers(0, len(seed))

    def apply(changes: list[tuple[int, int, bytes]]) -> bytes:
        data = seed
        for start, length, new in changes:
            data = data[:start] + new + data[start + length :]
        return data

    change = st.tuples(place, st.integers(0, 200), st.binary(max_size=20))
    return st.lists(change, min_size=1, max_size=6).map(apply)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_broken_files_give_entries_or_one_line(name: str, data: st.DataObject) -> None:
    seed = data.draw(st.sampled_from(sorted((SEEDS / name).iterdir()))).read_bytes()
    content = data.draw(st.one_of(mutated(seed), st.binary(max_size=300)))
    check(name, content)


def check(name: str, content: bytes) -> None:
    try:
        reading = READERS[name](content)
    except BadInput as error:
        assert "\n" not in str(error)
        return
    fates = reading.used + reading.same + reading.refused
    assert fates == reading.lines, "rows in = written + same + refused"
    for entry in entries_of(reading, (), "test", MOMENT):
        assert read_body(entry) is not None
        json.loads(entry.to_line())


@pytest.mark.parametrize("name", READERS)
def test_what_fuzzing_found_worth_trying(name: str) -> None:
    """Small inputs that reached new code in `benchmarks/vault/fuzz.py`."""
    file = SEEDS.parent / "fuzzed" / f"{name}.json"
    kept = json.loads(file.read_text()) if file.exists() else []
    for text in kept:
        check(name, base64.b64decode(text))


def test_all_formats_have_a_reader() -> None:
    assert {name.replace("_", "-") for name in READERS} == set(formats())
    assert all(list((SEEDS / name).iterdir()) for name in READERS), "a seed of each"
