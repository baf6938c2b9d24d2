"""Puts in an open loop: at random moments, at a rate, whether or not earlier ones are answered.

A put counts from the moment it was due, not from when a connection was free for it: a relay that
stalls is charged for everything that waited. Raw sockets that stay open, each its own shelf, from
250 addresses of this machine, so that the relay's limits are those of every day. Each blob is new
and of random bytes; afterwards every acknowledged one is fetched and compared by its hash.
"""

import asyncio
import hashlib
import random
import resource
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from landward.relay.client import RelayClient
from landward.relay.invitations import new_code
from landward.relay.store import Store, create
from landward.relay.wire import hash_of

LINES = 250
SIZES = (512,) * 14 + (1024,) * 4 + (2048, 4096)
"""An entry of a day is 512 B sealed; longer notes more: 819 B on average."""


@dataclass
class Shelf:
    shelf: str = field(default_factory=lambda: secrets.token_hex(16))
    read: str = field(default_factory=lambda: secrets.token_hex(32))
    write: str = field(default_factory=lambda: secrets.token_hex(32))
    kept: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Result:
    rate: int
    seconds: int
    ms: list[float]
    errors: int
    missing: int
    relay_cpu_s: float
    own_cpu_s: float
    stored: int = 0

    def at(self, share: float) -> float:
        return sorted(self.ms)[min(len(self.ms) - 1, int(share * len(self.ms)))] if self.ms else 0

    def told(self) -> str:
        ms = [self.at(share) for share in (0.5, 0.95, 0.99)] + [max(self.ms, default=0)]
        shown = " ".join(
            f"{name} {n:.1f}" for name, n in zip(("p50", "p95", "p99", "max"), ms, strict=True)
        )
        return (
            f"{self.rate}/s for {self.seconds} s: {len(self.ms)} answered, {self.errors} errors, "
            f"{self.missing} acknowledged and missing; {shown} ms; "
            f"CPU s (user+sys): relay {self.relay_cpu_s:.1f}, generator {self.own_cpu_s:.1f}; "
            f"on disk {self.stored >> 10} KiB"
        )


class Line(asyncio.Protocol):
    """One connection, one put at a time."""

    def __init__(
        self, shelf: Shelf, idle: "asyncio.Queue[Line]", done: "list[tuple[float, int]]"
    ) -> None:
        self.shelf, self.idle, self.done = shelf, idle, done
        self.got = b""
        self.due = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]
        self.idle.put_nowait(self)

    def put(self, due: float, data: bytes) -> None:
        self.due, self.blob, self.data = due, secrets.token_hex(16), data
        head = (
            f"PUT /v1/shelf/{self.shelf.shelf}/{self.blob} HTTP/1.1\r\nHost: relay\r\n"
            f"Landward-Relay: 1\r\nAuthorization: Bearer {self.shelf.write}\r\n"
            f"Content-Length: {len(data)}\r\n\r\n"
        )
        self.transport.write(head.encode() + data)

    def look(self, due: float) -> None:
        """Ask for what came after the last: what a device does when nothing is new."""
        self.due, self.blob, self.data = due, "", b""
        head = (
            f"GET /v1/shelf/{self.shelf.shelf}?since=1000000000&most=1024 HTTP/1.1\r\n"
            f"Host: relay\r\nLandward-Relay: 1\r\n"
            f"Authorization: Bearer {self.shelf.read}\r\n\r\n"
        )
        self.transport.write(head.encode())

    def data_received(self, data: bytes) -> None:
        self.got += data
        head, end, body = self.got.partition(b"\r\n\r\n")
        if not end:
            return
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        if len(body) < length:
            return
        status = int(head[9:12])
        self.done.append((time.perf_counter() - self.due, status))
        if status == 201:
            self.shelf.kept[self.blob] = hashlib.sha256(self.data).digest()
        self.got = b""
        self.idle.put_nowait(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.done.append((0.0, 0))


async def load(
    port: int, shelves: list[Shelf], rate: int, seconds: int, reads: float = 0, wait_s: float = 20
) -> list[tuple[float, int]]:
    loop, chance = asyncio.get_running_loop(), random.Random(24)
    idle: asyncio.Queue[Line] = asyncio.Queue()
    done: list[tuple[float, int]] = []
    lines = []
    for number, shelf in enumerate(shelves):
        own = (f"127.0.{1 + number // 200}.{1 + number % 200}", 0)
        made = await loop.create_connection(
            lambda shelf=shelf: Line(shelf, idle, done), "127.0.0.1", port, local_addr=own
        )
        lines.append(made[0])
    bytes_of = {size: random.Random(size).randbytes(size - 16) for size in set(SIZES)}
    due, sent, end = time.perf_counter() + 0.5, 0, 0.0
    end = due + seconds
    while due < end:
        due += chance.expovariate(rate)
        wait = due - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        if idle.empty() and all(one.is_closing() for one in lines):
            break  # the relay is gone
        line = await idle.get()
        if chance.random() < reads:
            line.look(due)
        else:
            line.put(due, secrets.token_bytes(16) + bytes_of[chance.choice(SIZES)])
        sent += 1
    until = time.perf_counter() + wait_s
    while len(done) < sent and time.perf_counter() < until:
        await asyncio.sleep(0.05)
    answers = list(done)
    for transport in lines:
        transport.close()
    return answers + [(0.0, 0)] * (sent - len(answers))


def cpu_of(pid: int) -> float:
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / 100


def invited(folder: Path, count: int) -> list[tuple[Shelf, str]]:
    create(folder)
    with Store(folder) as store:
        made = []
        for _ in range(count):
            code = new_code(secrets.token_bytes)
            store.invite(code)
            made.append((Shelf(), code))
    return made


def serving(folder: Path, env: dict[str, str] | None = None) -> tuple["subprocess.Popen[str]", int]:
    """A relay in a process of its own, and its port."""
    program = (
        "import sys; from pathlib import Path; from landward.relay.serve import How, serve;"
        "serve(Path(sys.argv[1]), How(port=0), lambda port: print(port, flush=True))"
    )
    relay = subprocess.Popen(
        [sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, text=True, env=env
    )
    assert relay.stdout
    return relay, int(relay.stdout.readline())


def measured(
    folder: Path,
    rate: int,
    seconds: int,
    warm: int = 3,
    env: dict[str, str] | None = None,
    reads: float = 0,
) -> Result:
    made = invited(folder, LINES)
    relay, port = serving(folder, env)
    try:
        with RelayClient(f"http://127.0.0.1:{port}") as host:
            for shelf, code in made:
                host.join(code, shelf.shelf, hash_of(shelf.read), hash_of(shelf.write))
        shelves = [shelf for shelf, _ in made]
        asyncio.run(load(port, shelves, rate // 2, warm))
        before, mine = cpu_of(relay.pid), resource.getrusage(resource.RUSAGE_SELF)
        answers = asyncio.run(load(port, shelves, rate, seconds, reads))
        used, own = cpu_of(relay.pid) - before, resource.getrusage(resource.RUSAGE_SELF)
        missing = 0
        with RelayClient(f"http://127.0.0.1:{port}") as host:
            for shelf in shelves:
                found, seq = {}, 0
                while (page := host.since(shelf.shelf, shelf.read, seq)).frames:
                    found |= {f.blob: hashlib.sha256(f.data).digest() for f in page.frames}
                    seq = page.frames[-1].seq
                missing += sum(found.get(blob) != data for blob, data in shelf.kept.items())
    finally:
        relay.terminate()
        relay.wait(20)
    return Result(
        rate, seconds, [1000 * s for s, status in answers if status in (200, 201)],
        sum(status not in (200, 201) for _, status in answers), missing, used,
        own.ru_utime + own.ru_stime - mine.ru_utime - mine.ru_stime,
        sum(path.stat().st_size for path in folder.iterdir()),
    )  # fmt: skip
