"""What people reported, beside what is right: the shipped copies, and the handed cases themselves.

`cases FOLDER` also runs `FOLDER/NN-…/run.sh` of every import and calendar case, and prints what it
shows beside what its `expect.md` calls right. Where such a script calls what 0.1.0 had (20), prints
only refusals (25) or asks for what a map can now say (28), the same is tried as it is done today.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OURS = ("06", "07", "08", "09", "12", "14", "15", "16", "18", "19", "20", "21", "25", "26", "28")


def _came_to(case: dict[str, Any], folder: Path) -> dict[str, Any]:
    from app.transfer import test_import_scenarios as scenarios
    from landward.model.base import BadInput

    try:
        return dict(scenarios.summed_up(scenarios.read(case, folder)))
    except BadInput as error:
        return {"problem": str(error)}


def main(handed: str = "") -> None:
    sys.path.insert(0, str(ROOT / "tests"))
    from app.transfer import test_import_scenarios as scenarios

    right = 0
    for case in scenarios.CASES:
        with tempfile.TemporaryDirectory() as folder:
            found = _came_to(case, Path(folder))
        expect = case["expect"]
        holds = scenarios.holds(expect, found)
        right += holds
        print(f"{'right' if holds else 'WRONG':6} {case['name']}")
        shown = {name: found.get(name) for name in expect if name != "says"}
        print(f"       expected {expect}\n       came     {shown}")
    print(f"{right} of {len(scenarios.CASES)} shipped cases right")
    if handed:
        _handed(Path(handed))


def _handed(folder: Path) -> None:
    landward = Path(sys.executable).with_name("landward")
    for case in sorted(folder.iterdir()):
        if case.name[:2] not in OURS or not (case / "run.sh").exists():
            continue
        environment = {**os.environ, "LANDWARD": str(landward)}
        done = subprocess.run(
            ["bash", str(case / "run.sh")],
            capture_output=True,
            text=True,
            env=environment,
            check=False,
        )
        right = (case / "expect.md").read_text("utf-8").strip()
        print(f"\n== {case.name}\n-- right:\n{right}\n-- came:")
        print((done.stdout + done.stderr).strip())
        if today := TODAY.get(case.name[:2]):
            print("-- the same, as it is done today:")
            today(case)


def _reminders(_: Path) -> None:
    import datetime as dt
    from decimal import Decimal

    from landward.app.diary.profile import Regimen
    from landward.app.share.dose_papers import reminders
    from landward.model.moment import Moment

    held: dict[str, Any] = dict.fromkeys(Regimen.model_fields)
    held |= {"drug": "diazepam", "mg_per_day": Decimal(10), "times": ("08:00", "22:00"),
             "form": "", "since": dt.date(2026, 1, 1)}  # fmt: skip
    at = Moment(at=dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC), zone="Europe/Berlin")
    lines = reminders([Regimen.model_construct(**held)], at).decode().split("\r\n")
    print([line for line in lines if line.startswith("DTSTART") or "VTIMEZONE" in line])


def _read(path: Path, rules: str, answers: dict[str, str] | None = None) -> None:
    import datetime as dt

    from landward.app.transfer import import_diary
    from landward.exchange.mapping import read_map
    from landward.model.moment import Moment

    now = Moment(at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC), zone="Europe/Berlin")
    reading = import_diary.read_by(
        path, read_map(rules), import_diary.circumstances(now, answers or {})
    )
    for proposal in reading.proposals:
        print(f"{path.name}: {proposal.date} {proposal.kind} {proposal.body}")
    for one in (*reading.questions, *reading.refusals):
        print(f"{path.name}: {one}")


def _dates(case: Path) -> None:
    for name in ("slash", "dt", "dt2", "serial", "medtimer"):
        rules = case / ("medtimer.toml" if name == "medtimer" else "m.toml")
        _read(case / f"{name}.csv", rules.read_text("utf-8"))
    _read(case / "slash.csv", (case / "m.toml").read_text("utf-8"), {"dates": "day first"})


def _words(case: Path) -> None:
    said = "words = { none = 0, mild = 3, severe = 9 }\n"
    rules = (case / "m.toml").read_text("utf-8")
    for name in ("words", "hm"):
        _read(case / f"{name}.csv", rules.replace('better = "down"\n', f'better = "down"\n{said}'))


TODAY = {"20": _reminders, "25": _dates, "28": _words}
