"""What people reported, beside what is right: the shipped copies, and the handed cases themselves.

`cases FOLDER` also runs `FOLDER/NN-…/run.sh` of every import and calendar case, and prints what it
shows beside what its `expect.md` calls right.
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
