"""Help now, Hide and Lock within a tenth of a second; a busy machine fails nothing here.

The loop's clock stands still while anything is ready and jumps to the next timer when nothing is:
what an answer waits for is counted exactly. To that comes the processor time of the loop's own
thread. A wait for a thread that does not come back fails the test instead of lasting.
"""

import asyncio
import selectors
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from landward.vault.file_lock import holding
from web.app_here import HOME, PORT, AppHere

LONGEST_S = 0.1
TRIES = 5


class NobodyWaits(selectors.DefaultSelector):
    """Where nothing is ready the clock goes on to the next timer, at once."""

    def __init__(self) -> None:
        super().__init__()
        self.passed_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or (timeout is not None and timeout <= 0):
            return ready
        assert timeout is not None, "it waits for what is stuck"
        self.passed_s += timeout
        return ready


class Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.clock = NobodyWaits()
        super().__init__(self.clock)

    def time(self) -> float:
        return self.clock.passed_s


@contextmanager
def all_stuck(here: AppHere) -> Iterator[None]:
    """The vault's thread and every lane do not come back, with seventy tasks waiting for each of
    them, and another program holds the vault.
    """
    go_on, state = threading.Event(), here.app_state
    threads = [state._thread, *(lane.thread for lane in state.lanes.values())]
    with ExitStack() as held:
        held.callback(go_on.set)
        held.callback(setattr, state, "_loop", None)  # the loop of the last answer is closed by now
        held.enter_context(holding(here.path, alone=True))
        for thread in threads:
            begun = threading.Event()
            thread.submit(lambda begun=begun: (begun.set(), go_on.wait(60)))
            assert begun.wait(20)
            for _ in range(70):
                thread.submit(time.sleep, 0)
        yield


def took_s(here: AppHere, method: str, address: str) -> float:
    """Seconds of one answer: waiting and work."""
    loop = Loop()

    cookies = "; ".join(f"{name}={text}" for name, text in here.browser.cookies.items())
    path, _, query = address.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
        "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": query.encode(),
        "root_path": "", "client": ("127.0.0.1", 50000), "server": ("localhost", PORT),
        "headers": [(b"host", f"localhost:{PORT}".encode()), (b"cookie", cookies.encode()),
                    (b"origin", HOME.encode())],
    }  # fmt: skip
    said: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        said.append(message)

    async def ask() -> float:
        worked, waited = time.thread_time(), loop.time()
        await here.app(scope, receive, send)
        took = time.thread_time() - worked + loop.time() - waited
        assert said[0]["status"] == (200 if method == "GET" else 303), said
        return took

    try:
        return loop.run_until_complete(ask())
    finally:
        for task in asyncio.all_tasks(loop):  # what a lock goes on with once nothing is stuck
            task.cancel()
        loop.close()


@pytest.fixture
def here(tmp_path) -> Iterator[AppHere]:
    with AppHere(tmp_path) as app:
        app.unlock()
        app.browser.get("/today")
        yield app


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/help"), ("GET", "/help?country=NZ"), ("GET", "/unsafe"), ("GET", "/away"),
     ("POST", "/lock")],
)  # fmt: skip
def test_help_hide_and_lock_take_no_longer_than_a_tenth_of_a_second_while_all_is_stuck(
    here: AppHere, method: str, path: str
) -> None:
    with all_stuck(here):
        found = [took_s(here, method, path) for _ in range(TRIES)]
    assert min(found) <= LONGEST_S, found


def test_the_clock_counts_what_an_answer_waits_for(here: AppHere) -> None:
    """Lest the test above pass because it measures nothing."""
    loop = Loop()
    worked = time.perf_counter()
    loop.run_until_complete(asyncio.sleep(3600))
    assert loop.time() == pytest.approx(3600) and time.perf_counter() - worked < 600
    with all_stuck(here), pytest.raises(AssertionError, match="waits for what is stuck"):
        took_s(here, "GET", "/today")
    loop.close()
