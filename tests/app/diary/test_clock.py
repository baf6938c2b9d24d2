"""The zone this machine keeps is one that the diary can store, whatever TZ says."""

from zoneinfo import ZoneInfo

import pytest

from landward.app.diary.clock import local_zone, now


@pytest.mark.parametrize(
    ("named", "zone"),
    [("Europe/Berlin", "Europe/Berlin"), (":Asia/Seoul", "Asia/Seoul"), ("EST5EDT", "EST5EDT")],
)
def test_tz_names_the_zone(named: str, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", named)
    assert local_zone() == zone == now().zone


@pytest.mark.parametrize("named", ["", "Nonsense/Zone", "../../etc/passwd", "UTC+3:30 foo"])
def test_a_tz_that_is_none_still_gives_a_zone(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", named)
    assert ZoneInfo(local_zone())
