"""The zone this machine keeps is one that the diary can store, whatever TZ says."""

import time
from collections.abc import Iterator

import pytest

from landward.app.diary.clock import local_zone, now
from landward.model.moment import zone_of


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """TZ as a program finds it when it starts: the clock of the process goes by it too."""
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("named", "zone"),
    [("Europe/Berlin", "Europe/Berlin"), (":Asia/Seoul", "Asia/Seoul"), ("EST5EDT", "EST5EDT")],
)
def test_tz_names_the_zone(named: str, zone: str, machine: pytest.MonkeyPatch) -> None:
    machine.setenv("TZ", named)
    time.tzset()
    assert local_zone() == zone == now().zone


@pytest.mark.parametrize("named", ["", "Nonsense/Zone", "../../etc/passwd", "UTC+3:30 foo"])
def test_a_tz_that_is_none_still_gives_a_zone(named: str, machine: pytest.MonkeyPatch) -> None:
    machine.setenv("TZ", named)
    time.tzset()
    assert zone_of(local_zone()) is not None
    assert now().zone == local_zone()
