"""Which addresses a device dials, and that making a client dials nothing."""

import pytest

from landward.relay.client import RelayClient
from landward.relay.refused import RelayRefused


@pytest.mark.parametrize(
    "address",
    [
        "https://relay.example.org",
        "https://relay.example.org:8443/under/here/",
        "http://127.0.0.1:9000",
        "http://localhost:9000",
        "http://[::1]:9000",
    ],
)
def test_an_address_that_is_dialled(address: str) -> None:
    RelayClient(address).close()


@pytest.mark.parametrize(
    "address",
    [
        "http://relay.example.org",
        "http://192.168.0.2:9000",
        "http://127.0.0.1.example.org",
        "relay.example.org",
        "ftp://relay.example.org",
        "https://",
        "https://me:word@relay.example.org",
        "https://relay.example.org/?a=b",
        "https://relay.example.org:port",
        "https://[::1",
        "",
    ],
)
def test_an_address_that_is_not(address: str) -> None:
    with pytest.raises(RelayRefused, match="not-https"):
        RelayClient(address)
