"""How long a choice in the planner takes to answer, and a course of the lab: over loopback.

    .venv/bin/python benchmarks/web/choices.py [--rounds 60] [--daily]

A choice is what a person does on the last screen of the road: the form is sent, the draft that it
makes comes back. A course of the lab is one not asked for before, with the kernels loaded.
"""

import argparse
import importlib.util
import re
import tempfile
from pathlib import Path

from requests_ import Visitor, cpu_s

_spec = importlib.util.spec_from_file_location("bench_web", Path(__file__).with_name("__main__.py"))
assert _spec is not None and _spec.loader is not None
bench = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(bench)

SAFE = re.compile(r'name="(a:[^"]+)"')
COURSES = (
    "abrupt-stop-diazepam", "abrupt-stop-lorazepam", "abrupt-stop-alprazolam", "updose",
    "abrupt-stop-clonazepam", "stable-use", "missed-doses", "stop-and-start", "slower-taper",
    "once-or-three-times-a-day", "same-stimuli", "linear-or-proportional-taper",
)  # fmt: skip


def road(visitor: Visitor) -> str:
    """A draft up to its last question; returns its id."""
    visitor.ask("POST", "/plan/new", {"drug": ""})
    found = re.search(r"/plan/draft\?d=([0-9a-f]{8})", visitor.ask("GET", "/plan")[2])
    assert found, "no draft was made"
    one = found[1]
    told = {"d": one, "drug": "diazepam", "at:morning": "8 mg", "at:night": "12 mg"}
    visitor.ask("POST", "/plan/take", told)
    have = ["tab 2", "tab 5", "tab 10", "liquid 0.4 mg/mL"]
    cut = {f"cut:{name}": "half" for name in have[:3]}
    visitor.ask("POST", "/plan/cupboard", {"d": one, "have": have, **cut})
    asked = SAFE.findall(visitor.ask("GET", f"/plan/safety?d={one}")[2])
    visitor.ask("POST", "/plan/safety", {"d": one, **dict.fromkeys(asked, "no")})
    return one


def choose(visitor: Visitor, one: str, number: int, *, daily: bool = False) -> float:
    """One choice: the form sent and the draft shown. A daily one has some hundred lines."""
    method = ("percent-current", "fixed", "percent-original")[number % 3]
    method = "daily" if daily else method
    rate = "0.5 mg" if method == "fixed" else f"{5 + number % 6}"
    fields = {
        "d": one,
        "method": method,
        f"rate:{method}": rate,
        "every": f"{10 + number % 9} days",
    }
    sent, status, text = visitor.ask("POST", "/plan/pace", fields)
    assert status == 303, (status, text[:300])
    shown, status, text = visitor.ask("GET", f"/plan/draft?d={one}")
    assert status == 200 and "mg a day" in text, (status, text[:300])
    return sent + shown


def main() -> None:
    """Print the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--daily", action="store_true", help="a very little every day")
    wanted = parser.parse_args()
    rounds, daily = wanted.rounds, wanted.daily
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mine.vault"
        bench.make_diary(path, 400)
        process, address = bench.launch(path)
        try:
            visitor = Visitor(address)
            visitor.ask("POST", "/unlock", {"passphrase": bench.PASSPHRASE})
            one = road(visitor)
            choose(visitor, one, 0)
            before = cpu_s(process.pid)
            choices = [choose(visitor, one, number, daily=daily) for number in range(rounds)]
            used = (cpu_s(process.pid) - before) / rounds * 1000
            visitor.ask("GET", f"/lab?person={COURSES[0]}")
            before, courses = cpu_s(process.pid), []
            for name in COURSES[1:]:
                took, status, text = visitor.ask("GET", f"/lab?person={name}")
                assert status == 200 and "One axis" in text
                courses.append(took)
            lab = (cpu_s(process.pid) - before) / len(courses) * 1000
            again = [visitor.ask("GET", f"/lab?person={name}")[0] for name in COURSES]
        finally:
            process.terminate()
            process.wait(20)
    print("| over loopback, ms | median | p95 | worst | processor | wanted |")
    print(f"| a choice in the planner | {bench.spread(choices)} | {used:.0f} | p95 ≤ 150 |")
    print(f"| a course of the lab, new, warm | {bench.spread(courses)} | {lab:.0f} | ≤ 200 |")
    print(f"| a course of the lab, asked again | {bench.spread(again)} | – | ≤ 200 |")


if __name__ == "__main__":
    main()
