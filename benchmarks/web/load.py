"""`python benchmarks/web/load.py [SECONDS]`: fifty clients over a diary of ten years, open loop.

Twenty requests a second in all, sent when they are due whether or not earlier ones were answered:
half Today, a quarter saves, the rest Journey and Help now. A request's time runs from when it was
due, so that waiting for a free client counts too.
"""

import os
import sys
import tempfile
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from requests_ import Visitor, cpu_s

PASSPHRASE = "six grey geese over water"
CLIENTS, A_SECOND = 50, 20
MIX = ("/today", "save", "/today", "/help", "/today", "save", "/today", "/journey") * 2 + (
    "/today", "save", "/today", "/help",
)  # fmt: skip


def main() -> int:
    from importlib import util

    spec = util.spec_from_file_location("web_bench", Path(__file__).with_name("__main__.py"))
    assert spec is not None and spec.loader is not None
    bench = util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ten.vault"
        entries = bench.make_diary(path, 3650)
        process, address = bench.launch(path)
        try:
            first = Visitor(address)
            first.ask("POST", "/unlock", {"passphrase": bench.PASSPHRASE})
            for page in ("/today", "/journey", "/help"):
                first.ask("GET", page)
            before, load = cpu_s(process.pid), os.getloadavg()[0]
            took, wrong = run(address, first.cookie, seconds)
            used = cpu_s(process.pid) - before
            took["lock"] = locking(address, first.cookie, wrong)
        finally:
            process.terminate()
            process.wait(20)
    print(f"{entries} entries, {seconds} s, load {load:.1f}; server {used:.1f} s of processor")
    for name, times in sorted(took.items()):
        times.sort()
        p95 = times[int(len(times) * 0.95)]
        print(f"{name:10} {len(times):5}  median {times[len(times) // 2] * 1000:6.0f} ms  "
              f"p95 {p95 * 1000:6.0f} ms  worst {times[-1] * 1000:6.0f} ms")  # fmt: skip
    print(f"errors: {len(wrong)} {wrong[:3]}")
    return int(bool(wrong))


def locking(address: str, cookie: str, wrong: list[tuple[str, object]]) -> list[float]:
    """How long Lock takes, ten times, each after a save and while three Journeys are being made."""
    visitor, times = Visitor(address), []
    visitor.cookie = cookie
    for number in range(10):
        visitor.ask("POST", "/unlock", {"passphrase": PASSPHRASE})
        visitor.save(5000 + number)

        def slow() -> None:
            other = Visitor(address)
            other.cookie = cookie
            other.ask("GET", "/journey")

        with ThreadPoolExecutor(3) as others:
            for _ in range(3):
                others.submit(slow)
            time.sleep(0.1)
            took, status, _ = visitor.ask("POST", "/lock", {})
            times.append(took)
            if status != 303:
                wrong.append(("lock", status))
    return times


def run(
    address: str, cookie: str, seconds: int
) -> tuple[dict[str, list[float]], list[tuple[str, object]]]:
    took: defaultdict[str, list[float]] = defaultdict(list)
    wrong: list[tuple[str, object]] = []
    mine = threading.local()

    def client() -> Visitor:
        if not hasattr(mine, "visitor"):
            mine.visitor = Visitor(address)
            mine.visitor.cookie = cookie
        return mine.visitor

    def ask(number: int, due: float) -> None:
        name = MIX[number % len(MIX)]
        try:
            visitor = client()
            if name == "save":
                visitor.save(number)
            else:
                status = visitor.ask("GET", name)[1]
                if status != 200:
                    wrong.append((name, status))
        except Exception as error:
            wrong.append((name, repr(error)))
            if hasattr(mine, "visitor"):
                del mine.visitor
        took[name].append(time.perf_counter() - due)

    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS - 2) as clients, ThreadPoolExecutor(2) as helped:
        for number in range(seconds * A_SECOND):
            due = began + number / A_SECOND
            time.sleep(max(0.0, due - time.perf_counter()))
            # Whoever needs help does not wait for a free client.
            pool = helped if MIX[number % len(MIX)] == "/help" else clients
            pool.submit(ask, number, due)
    return took, wrong


if __name__ == "__main__":
    raise SystemExit(main())
