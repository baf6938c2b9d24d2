"""How long the server takes to answer, measured from another process."""

import http.client
import re
import time
from datetime import date, timedelta
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
        text = answer.read().decode()
        took = time.perf_counter() - began
        if cookie := answer.headers.get("Set-Cookie"):
            self.cookie = cookie.split(";")[0]
        return took, answer.status, text

    def save(self, number: int) -> float:
        """Fill in one of the last days; returns how long the save itself took."""
        day = date.today() - timedelta(days=number % 7)
        took, status, _ = self.ask(
            "POST", "/today",
            {"once": f"bench-page-{number}", "day": day.isoformat(), "asked": ["day", "anxiety"],
             "day_is": str(number % 11), "s:anxiety": str(number % 5)},
        )  # fmt: skip
        assert status == 303, status
        return took


def measure(address: str, passphrase: str, rounds: int) -> dict[str, tuple[list[float], str]]:
    """Seconds per kind of request, with what was wanted of it."""
    visitor = Visitor(address)
    locked = [visitor.ask("GET", "/today")[0] for _ in range(rounds)]
    sealed = [visitor.save(10_000 + n) for n in range(min(rounds, 100))]
    unlock, status, _ = visitor.ask("POST", "/unlock", {"passphrase": passphrase})
    assert status == 303
    first = visitor.ask("GET", "/journey")[0]
    today = [visitor.ask("GET", "/today") for _ in range(rounds)]
    assert all(status == 200 and re.search("How hard", text) for _, status, text in today)
    saves = [visitor.save(n) for n in range(rounds)]
    visitor.ask("GET", "/journey?zoom=all")
    cached = [visitor.ask("GET", "/journey?zoom=all")[0] for _ in range(rounds)]
    after = []
    for n in range(12):
        visitor.save(20_000 + n)
        after.append(visitor.ask("GET", "/journey?zoom=all")[0])
    visitor.ask("POST", "/settings", {"fields": "spells", "spells": "off"})
    off = []
    for n in range(12):
        visitor.save(40_000 + n)
        off.append(visitor.ask("GET", "/journey?zoom=all")[0])
    twelve = []
    for n in range(12):
        visitor.save(30_000 + n)
        twelve.append(visitor.ask("GET", "/journey")[0])
    return {
        "Today, locked": (locked, "p95 ≤ 50"),
        "a save, sealed while locked": (sealed, "p95 ≤ 50"),
        "unlocking, with the sealed entries taken in": ([unlock], "–"),
        "Journey, the first time after unlocking": ([first], "–"),
        "Today, unlocked": ([took for took, _, _ in today], "p95 ≤ 50"),
        "a save, unlocked": (saves, "p95 ≤ 50"),
        "Journey, ten years, cached": (cached, "≤ 200"),
        "Journey, ten years, after a save, windows and waves on": (after, "≤ 900"),
        "Journey, ten years, after a save, as it is unless switched on": (off, "≤ 900"),
        "Journey, twelve weeks, after a save, the same": (twelve, "≤ 900"),
    }
