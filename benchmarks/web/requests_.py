"""How long the server takes to answer, and its processor time, seen from another process."""

import http.client
import os
import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit


class Visitor:
    """A browser's manners without a browser: one connection, one cookie, our own forms."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.host = parts.netloc
        self.connection = http.client.HTTPConnection(self.host)
        self.cookie = ""
        self.ask("GET", f"{parts.path}?{parts.query}")

    def ask(
        self, method: str, path: str, fields: dict[str, object] | None = None
    ) -> tuple[float, int, str]:
        headers = {
            "Cookie": self.cookie,
            "Origin": f"http://{self.host}",
            "Sec-Fetch-Site": "same-origin",
        }
        body = None
        if fields is not None:
            body = urlencode(fields, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        took = time.perf_counter() - began
        if cookie := answer.headers.get("Set-Cookie"):
            self.cookie = cookie.split(";")[0]
        return took, answer.status, text

    def save(self, number: int) -> float:
        """Fill in one of the last days; returns how long the save itself took."""
        today = (datetime.now() - timedelta(hours=4)).date()  # the diary's day turns at four
        day = today - timedelta(days=number % 7)
        took, status, _ = self.ask(
            "POST", "/today",
            {"once": f"bench-page-{number}", "day": day.isoformat(), "asked": ["day", "anxiety"],
             "day_is": str(number % 11), "s:anxiety": str(number % 5)},
        )  # fmt: skip
        assert status == 303, status
        return took


def cpu_s(pid: int) -> float:
    """Processor time a process has used so far; 0 where the system does not tell (not Linux)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Figures:
    """Seconds of each request of one kind, what was wanted, and the server's processor time."""

    def __init__(self, goal: str, seconds: list[float], cpu_ms: float) -> None:
        self.goal, self.seconds, self.cpu_ms = goal, seconds, cpu_ms


def measure(address: str, passphrase: str, rounds: int, pid: int) -> dict[str, Figures]:
    """Figures per kind of request."""
    visitor = Visitor(address)
    found: dict[str, Figures] = {}

    def take(
        name: str,
        goal: str,
        times: int,
        ask: Callable[[int], float],
        prepare: Callable[[int], object] | None = None,
    ) -> None:
        seconds, used = [], 0.0
        for number in range(times):
            if prepare is not None:
                prepare(number)
            before = cpu_s(pid)
            seconds.append(ask(number))
            used += cpu_s(pid) - before
        found[name] = Figures(goal, seconds, used / times * 1000)

    def get(path: str) -> Callable[[int], float]:
        def ask(_: int) -> float:
            took, status, text = visitor.ask("GET", path)
            assert status == 200 and re.search("How hard", text), (status, text[:200])
            return took

        return ask

    def unlock(_: int) -> float:
        took, status, _text = visitor.ask("POST", "/unlock", {"passphrase": passphrase})
        assert status == 303
        return took

    def save(first: int) -> Callable[[int], float]:
        return lambda number: visitor.save(first + number)

    take("Today, locked", "p95 ≤ 50", rounds, get("/today"))
    take("a save, sealed while locked", "p95 ≤ 50", min(rounds, 100), save(10_000))
    take("unlocking, with those taken in", "–", 1, unlock)
    take("Journey, the first time after unlocking", "–", 1, get("/journey"))
    take("Today, unlocked", "p95 ≤ 50", rounds, get("/today"))
    take("a save, unlocked", "p95 ≤ 50", rounds, save(0))
    all_of_it = get("/journey?zoom=all")
    all_of_it(0)
    take("Journey, ten years, cached", "≤ 200", rounds, all_of_it)

    def then_wait(number: int) -> None:
        save(50_000)(number)
        time.sleep(2)

    on = "windows and waves on"
    take(f"Journey, ten years, at once after a save, {on}", "≤ 900", 20, all_of_it, save(20_000))
    take(f"Journey, ten years, 2 s after a save, {on}", "≤ 900", 20, all_of_it, then_wait)
    others: list[float] = []

    def while_reading(number: int) -> None:
        save(60_000)(number)
        time.sleep(0.45)  # the reading has begun
        others.append(get("/today")(number))

    take(f"a save, read ahead of, {on}", "–", 20, save(70_000), while_reading)
    found["Today, while Journey is read ahead"] = Figures("p95 ≤ 50", others, 0)
    visitor.ask("POST", "/settings", {"fields": "spells", "spells": "off"})
    take(
        "Journey, ten years, at once after a save, windows and waves off",
        "≤ 900",
        12,
        all_of_it,
        save(40_000),
    )
    take(
        "Journey, twelve weeks, at once after a save, the same",
        "≤ 900",
        12,
        get("/journey"),
        save(30_000),
    )
    return found
