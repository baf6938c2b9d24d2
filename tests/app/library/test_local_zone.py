"""The zone of the machine, by every form of TZ that POSIX allows: the day is the person's own."""

import datetime as dt
import time

import pytest

from landward.app.library import local_zone as zones
from landward.app.library.local_zone import local_zone
from landward.model.moment import Moment, zone_of


@pytest.mark.parametrize(
    "told",
    [
        "America/New_York", "EST5EDT", "UTC+4", "<+04>-4", "EST5EDT,M3.2.0,M11.1.0", "UTC0", "",
        "/usr/share/zoneinfo/America/New_York", ":Asia/Kolkata", "IST-5:30", "<+0545>-5:45",
        "XYZ-3:17", "CET-1CEST,M3.5.0,M10.5.0/3", "NZST-12NZDT,M9.5.0,M4.1.0/3", "Asia/Tokyo",
        "<-12>12", "<+14>-14", "Nowhere/Land", "MST7",
    ],
)  # fmt: skip
def test_the_zone_says_what_the_clock_says(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", told)
    time.tzset()
    try:
        zone = zone_of(local_zone())
        for month in range(1, 13):
            at = dt.datetime(2026, month, 15, 3, tzinfo=dt.UTC)
            if told == "XYZ-3:17" or dt.datetime.now(dt.UTC) - at < dt.timedelta(days=56):
                assert at.astimezone(zone).utcoffset() == at.astimezone().utcoffset(), told
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_plain_copy_of_a_zone_file_is_known_by_what_it_holds(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "zoneinfo"
    for name, content in (("Europe/Berlin", b"TZif one"), ("Asia/Tokyo", b"TZif two")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (tmp_path / "localtime").write_bytes(b"TZif two")
    monkeypatch.setattr(zones, "_ETC", tmp_path / "localtime")
    monkeypatch.setattr(zones, "_FOLDERS", (str(folder),))
    assert list(zones._same_file()) == ["Asia/Tokyo"]


def test_half_past_eleven_in_new_york_is_still_today() -> None:
    late = dt.datetime(2026, 2, 11, 4, 30, tzinfo=dt.UTC)
    assert Moment(at=late, zone="UTC-05:00").today() == dt.date(2026, 2, 10)
    assert Moment(at=late, zone="UTC+05:30").today() == dt.date(2026, 2, 11)
