"""`python3 run.py bench web`: the app as a person meets it, over a diary of ten years.

    --days N      length of the fictional diary (3650)
    --rounds N    requests of each kind (120)

The server is its own process (`landward open`); requests go over loopback. Writes RESULTS.md beside
this file. Needs Chromium ($CHROME or `chromium`) for what a browser sees.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import requests_

import browser
from landward.app.diary.locked_view import outside_of, save_outside
from landward.app.diary.open_diary import OpenDiary
from landward.app.share.fictional import fictional_entries
from landward.vault import Vault
from landward.vault.cost import CHEAPEST
from landward.web.http.diary_sessions import now

HERE = Path(__file__).resolve().parent
PASSPHRASE = "six grey geese over water"


def make_diary(path: Path, days: int) -> int:
    """A vault with the fictional diary in it; returns how many entries."""
    moment = now()
    vault, _ = Vault.create(path, PASSPHRASE, now=moment.at, cost=CHEAPEST)
    with vault:
        added = vault.append(fictional_entries(vault, moment, days))
        save_outside(path, outside_of(OpenDiary(vault).me, moment.today()))
        return added


def launch(path: Path) -> tuple[subprocess.Popen[str], str]:
    """Start `landward open` and wait for its launch address."""
    command = [sys.executable, "-u", "-m", "landward", "open", "--vault", str(path), "--no-browser"]
    # An installation of its own: this machine's may know two hundred diaries of earlier runs.
    own = {**os.environ, "XDG_STATE_HOME": str(path.parent / "state")}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=own)
    assert process.stdout is not None
    first = process.stdout.readline()
    return process, first.split()[-1]


def spread(seconds: list[float]) -> str:
    """Median, 95th percentile and worst, in ms."""
    ordered = sorted(seconds)
    p95 = ordered[max(0, round(0.95 * len(ordered)) - 1)]
    middle, worst = statistics.median(ordered), ordered[-1]
    return f"{middle * 1000:.0f} | {p95 * 1000:.0f} | {worst * 1000:.0f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=3650)
    parser.add_argument("--rounds", type=int, default=120)
    wanted = parser.parse_args()
    said = [
        "# The app: figures of one run",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} shared cores, "
        f"load {os.getloadavg()[0]:.1f} when it began.",
        "",
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ten.vault"
        entries = make_diary(path, wanted.days)
        began = time.perf_counter()
        process, address = launch(path)
        started_s = time.perf_counter() - began
        try:
            timed = requests_.measure(address, PASSPHRASE, wanted.rounds, process.pid)
        finally:
            process.terminate()
            process.wait(20)
    said += [
        f"A fictional diary of {wanted.days} days, {entries} entries. "
        f"From the command to the printed address: {started_s:.1f} s.",
        "",
        "The machine was shared: waiting for a busy processor is in the first three",
        "columns. The fourth is the processor time the server itself used.",
        "",
        "| over loopback, ms | median | p95 | worst | processor | wanted |",
        "|---|---|---|---|---|---|",
    ]
    for name, f in timed.items():
        said.append(f"| {name} | {spread(f.seconds)} | {f.cpu_ms:.0f} | {f.goal} |")
    if chrome := os.environ.get("CHROME") or shutil.which("chromium"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "mine.vault"
            make_diary(path, wanted.days)
            for vault in (path, Path(folder) / "new.vault"):
                process, address = launch(vault)
                try:
                    if vault == path:
                        said += ["", *browser.measure(chrome, address, PASSPHRASE)]
                    else:
                        said.insert(-1, browser.first_start(chrome, address))
                finally:
                    process.terminate()
                    process.wait(20)
    else:
        said += ["", "No Chromium here: what a browser sees was not measured."]
    text = "\n".join(said) + "\n"
    (HERE / "RESULTS.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
