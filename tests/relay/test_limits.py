"""Buckets, meetings and patience: what one shelf, address or connection may take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landward.relay import limits as limits_module
from landward.relay.limits import Limits, Rate, network_of
from landward.relay.meetings import MOST_OF_ONE, Meetings
from landward.relay.refused import RelayRefused
from landward.relay.wire import MEETING_S


@given(
    st.lists(st.floats(0, 5), max_size=80),
    st.integers(1, 8),
    st.floats(0.1, 5),
)
def test_no_span_of_time_gives_more_than_the_burst_and_what_filled(
    pauses: list[float], burst: int, rate_s: float
) -> None:
    now, allowed = [0.0], []
    limits = Limits(lambda: now[0], b"salt", Rate(rate_s, burst), Rate(rate_s, burst))
    for pause in pauses:
        now[0] += pause
        try:
            limits.shelf("a")
            allowed.append(now[0])
        except RelayRefused as refused:
            assert refused.code == "slow-down"
            assert refused.wait_s >= 1
    for first, begin in enumerate(allowed):
        for last in range(first, len(allowed)):
            assert last - first + 1 <= burst + rate_s * (allowed[last] - begin) + 1e-6


def test_shelves_and_addresses_do_not_share_a_bucket() -> None:
    limits = Limits(lambda: 0.0, b"salt", Rate(1, 1), Rate(1, 1))
    limits.shelf("192.0.2.1")
    limits.shelf("192.0.2.2")
    limits.address("192.0.2.1")
    with pytest.raises(RelayRefused, match="slow-down"):
        limits.address("192.0.2.1")


def test_buckets_are_salted_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits_module, "MOST_BUCKETS", 10)
    one, other = Limits(lambda: 0.0, b"one"), Limits(lambda: 0.0, b"other")
    for number in range(50):
        one.address(f"192.0.2.{number}")
        other.address(f"192.0.2.{number}")
    assert len(one._buckets) == 10
    assert not set(one._buckets) & set(other._buckets)
    assert not any(b"192" in key for key in one._buckets)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("not one", ""),
    ],
)
def test_an_address_of_ipv6_is_its_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_one_shelf_has_few_meetings_and_no_other_shelf_takes_one_over() -> None:
    now = [0.0]
    meetings = Meetings(lambda: now[0])
    for number in range(MOST_OF_ONE):
        meetings.open("shelf", str(number))
    meetings.open("shelf", "0")  # again is fine
    with pytest.raises(RelayRefused, match="busy"):
        meetings.open("shelf", "one more")
    with pytest.raises(RelayRefused, match="differs"):
        meetings.open("other", "0")
    now[0] = MEETING_S
    meetings.open("shelf", "one more")
    with pytest.raises(RelayRefused, match="unknown"):
        meetings.get("0", "a")
