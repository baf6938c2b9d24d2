"""Half-sent requests and bare connections: they end, and nobody waits for them."""

import asyncio
import socket
import ssl
import threading
import time
from contextlib import closing, contextmanager

import pytest
import uvicorn

from landward.web.http import patience
from landward.web.http.listening import listener
from landward.web.http.patience import HastyLoop
from landward.web.http.server import free_socket

WHOLE = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


async def app(scope, receive, send):
    if (await receive())["type"] == "http.request":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"served"})


@contextmanager
def serving():
    with closing(free_socket(None)) as listening:
        server = uvicorn.Server(listener(app, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield listening.getsockname()
        finally:
            server.should_exit = True
            thread.join(20)


def asked(place, words=WHOLE, timeout=20):
    with closing(socket.create_connection(place, timeout=timeout)) as connection:
        connection.sendall(words)
        found = b""
        while part := connection.recv(4096):
            found += part
        return found


def ended(connection, within_s=20):
    connection.settimeout(within_s)
    try:
        return connection.recv(10) == b""
    except ConnectionResetError:
        return True


def test_seventy_half_sent_requests_turn_nobody_away():
    with serving() as place:
        half = [socket.create_connection(place) for _ in range(70)]
        for connection in half:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        assert asked(place).startswith(b"HTTP/1.1 200") and b"served" in asked(place)
        for connection in half:
            connection.close()


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"GET / HT",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf",
        WHOLE.replace(b"Connection: close\r\n", b"") + b"GET / HT",
    ],
    ids=["nothing", "half a line", "half a body", "the second one half"],
)
def test_a_request_that_is_never_whole_ends(monkeypatch, words):
    monkeypatch.setattr(patience, "ASK_S", 0.3)
    with serving() as place, closing(socket.create_connection(place)) as connection:
        connection.sendall(words)
        began = time.monotonic()
        connection.settimeout(20)
        try:
            while connection.recv(4096):
                pass
        except ConnectionResetError:
            pass
        assert time.monotonic() - began < 20  # uvicorn's own patience has no end here


def test_past_the_most_the_one_that_asked_for_nothing_longest_goes(monkeypatch):
    monkeypatch.setattr(patience, "MOST", 5)
    monkeypatch.setattr(patience, "ASK_S", 120.0)  # so that none ends for being slow
    with serving() as place:
        bare = [socket.create_connection(place) for _ in range(9)]
        assert ended(bare[0]) and ended(bare[1])
        assert b"served" in asked(place)
        for connection in bare:
            connection.close()


def test_a_handshake_that_never_comes_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(patience, "HANDSHAKE_S", 0.3)

    async def bare() -> bool:
        loop = asyncio.get_running_loop()
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server = await loop.create_server(asyncio.Protocol, "127.0.0.1", 0, ssl=tls)
        async with server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            try:
                return await asyncio.wait_for(reader.read(10), 20) == b""
            except ConnectionResetError:
                return True
            finally:
                writer.close()

    with asyncio.Runner(loop_factory=HastyLoop) as runner:
        assert runner.run(bare())
