"""A small share of `benchmarks/hostile`: what used to take gigabytes is one clear line."""

import resource
import sqlite3
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from landward.app.library.tables import load_catalog
from landward.app.plan.given import check_plan_file
from landward.app.transfer.foreign import (
    read_foreign,
    read_foreign_csv,
    read_foreign_export,
    recognised,
)
from landward.exchange.importer import Circumstances
from landward.model.base import BadInput
from landward.model.said import Said

MB = 1024**2


def within_300_mb() -> bool:
    """Whether no process we started took more. (Each begins with the peak of its parent.)"""
    children, own = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)
    )
    return children < max(310, own + 1)


def health_connect_of_blobs(path: Path) -> Path:
    """Two tables of 65 KB that join to 200 × 1,000 rows, each with two blobs of 60,000 zeros."""
    database = sqlite3.connect(path)
    database.execute(
        "CREATE TABLE sleep_session_record_table(row_id, start_time, end_time, start_zone_offset)"
    )
    database.execute(
        "CREATE TABLE sleep_stages_table(parent_key, stage_start_time, stage_end_time, stage_type)"
    )
    # The blob stands once in the file; each row of the join makes it anew.
    database.execute("INSERT INTO sleep_session_record_table VALUES (1, zeroblob(60000), 1, 0)")
    database.executemany("INSERT INTO sleep_stages_table VALUES (1, ?, 2, 2)", [(1,)] * 200_000)
    database.commit()
    database.close()
    return path


def test_how_much_of_a_long_file_is_read_is_told_on_the_way(tmp_path):
    nights = "".join(
        f'<Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="w" '
        f'startDate="{1990 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02} 01:00:00 +0000" '
        f'endDate="{1990 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02} 07:00:00 +0000" '
        f'value="HKCategoryValueSleepAnalysisAsleepCore"/>{" " * 900}\n'
        for n in range(9000)
    )
    plain, packed = tmp_path / "export.xml", tmp_path / "export.zip"
    plain.write_text(f"<HealthData>\n{nights}</HealthData>\n")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(plain, "apple_health_export/export.xml")
    table, rules = tmp_path / "t.csv", tmp_path / "t.toml"
    table.write_text("date,a\n" + "2024-05-01,1\n" * 9000)
    rules.write_text('source="x"\n[date]\ncolumn="date"\n[items.a]\ncolumn="a"\nscale=[0,3]\n')
    around = Circumstances(zone="UTC")
    for path in (plain, packed):
        heard: list[int] = []
        assert len(read_foreign(path, "apple-health", around, heard.append).proposals) == 9000
        assert heard == sorted(set(heard)) and heard[-1] == 100 and len(heard) > 5, heard
    heard = []
    read_foreign_csv(table, rules, around, heard.append)
    assert heard == sorted(set(heard)) and len(heard) == 9 and heard[0] == 11, heard


def test_a_health_connect_backup_that_grows_to_gigabytes(tmp_path):
    path = health_connect_of_blobs(tmp_path / "health_connect_export.db")
    assert path.stat().st_size < 8 * MB
    try:  # a reader that streams may well read it: what counts is the room it took
        read_foreign(path, "health-connect", Circumstances(zone="UTC"))
    except BadInput as refused:
        assert "\n" not in str(refused)
    assert within_300_mb()


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"[{'.'.join('a' * 200)}.b{n}]\n" for n in range(240)),
        "x = " + "[" * 100_000,
    ],
    ids=["240 tables 200 deep", "100,000 lists"],
)
def test_a_plan_or_map_of_100_kb_takes_no_gigabytes(tmp_path, text):
    path = tmp_path / "plan.toml"
    path.write_text(text)
    with pytest.raises(BadInput) as refused:
        check_plan_file(load_catalog(), path)
    assert "\n" not in str(refused.value)
    with pytest.raises(BadInput):
        read_foreign_csv(path, path, None)
    assert within_300_mb()


def test_what_a_format_reader_answers_comes_through(tmp_path):
    path = tmp_path / "daylio_export.csv"
    path.write_text(
        "full_date,date,weekday,time,mood,activities,note_title,note\n"
        "2024-01-02,January 2,Tuesday,21:00,good,walk,,½ tablet “ü”\n"
    )
    assert recognised(path) == "daylio"
    reading = read_foreign(path, "daylio", Circumstances(zone="Europe/Berlin"))
    assert reading.proposals and "½ tablet “ü”" in "".join(p.body for p in reading.proposals)


def test_an_export_comes_through_line_by_line(tmp_path):
    with pytest.raises(BadInput, match="line 2 is not a Landward entry"):
        path = tmp_path / "entries.jsonl"
        path.write_text("\n{}\n")
        read_foreign_export(path)


def test_a_database_in_a_zip_leaves_nothing_unpacked_behind(tmp_path, monkeypatch):
    """Not even where its reader is ended halfway."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    database = health_connect_of_blobs(tmp_path / "health_connect_export.db")
    path = tmp_path / "health_connect.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(database, database.name)
    with suppress(BadInput):
        read_foreign(path, "health-connect", Circumstances(zone="UTC"))
    assert list(temporary.iterdir()) == []


def test_a_refusal_of_the_other_process_still_knows_its_message(tmp_path: Path) -> None:
    """So that it can be said in another language."""
    file = tmp_path / "sleep.csv"
    file.write_bytes(b"\x00\x01 nothing of Fitbit's")
    with pytest.raises(BadInput) as refused:
        read_foreign(file, "fitbit", Circumstances(zone="Europe/Berlin"))
    assert isinstance(refused.value.args[0], Said)
