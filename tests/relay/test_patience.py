"""A connection that never asks, or never ends, is left; nobody new is turned away for it."""

import socket
import time

import pytest

from landward.relay import patience
from relay.conftest import Served


def ended(line: socket.socket) -> bool:
    """Whether the other side closes it, read past what it had said before."""
    line.settimeout(20)
    try:
        while line.recv(1000):
            pass
    except TimeoutError:
        return False
    except ConnectionResetError:
        return True
    return True


@pytest.mark.parametrize("sent", [b"", b"GET /health HTTP/1.1\r\nHost: x\r\n", b"PUT /v1/x"])
def test_a_request_without_end(
    served: Served, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(patience, "QUIET_S", 0.3)
    monkeypatch.setattr(patience, "ASK_S", 0.3)
    with socket.create_connection(("127.0.0.1", served.port)) as line:
        line.sendall(sent)
        assert ended(line)


def test_the_quietest_goes_where_there_are_too_many(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "MOST", 3)
    lines = []
    for _ in range(6):
        lines.append(socket.create_connection(("127.0.0.1", served.port)))
        time.sleep(0.02)  # so that one has been quiet longer than the next
        lines[-1].sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        lines[-1].settimeout(20)
        assert lines[-1].recv(1000).startswith(b"HTTP/1.1 200")
    assert ended(lines[0])
    for line in lines:
        line.close()
