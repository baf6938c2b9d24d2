"""`python3 run.py bench vault`: ten years, kills, flips, faults, crash states, forged lines.

    --rounds N      kills of each kind (1000)
    --flips N       flipped bytes (500)
    --only PART     times, kills, flips, fuzz, faults, states, journals or forged; the other parts
                    of RESULTS.md stay
    --every N       a fault at every N-th call (1)
    --each N        crash states drawn at each call (34)
    --lines N       forged lines (10000)
    --fuzz SECONDS  also fuzz each importer this long (needs atheris; the benchmark fetches it)

Writes RESULTS.md beside this file. kill -9 is not a power cut; nothing here simulates one.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import crash
import cut_short
import flips
import forged
import ten_years

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PARTS = ("times", "kills", "flips", "fuzz", "faults", "states", "journals", "forged")
IMPORTERS = ("daylio", "apple_health", "fitbit", "health_connect", "csv")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--flips", type=int, default=500)
    parser.add_argument("--fuzz", type=int, default=0)
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--each", type=int, default=34)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2026)
    wanted = parser.parse_args()
    parts: list[tuple[list[str], bool]] = []

    def asked(part: str) -> bool:
        return wanted.only in (None, part)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked("times"):
            print("Ten years of a diary …", flush=True)
            parts.append(times(folder))
        for sealed in (False, True) if asked("kills") else ():
            what = "sealed into the inbox" if sealed else "appended"
            print(f"{wanted.rounds} kills while entries are {what} …", flush=True)
            parts.append(kills(folder, wanted.rounds, sealed=sealed, seed=wanted.seed))
        if asked("flips"):
            print(f"{wanted.flips} flipped bytes …", flush=True)
            parts.append(flipped(folder, wanted.flips, wanted.seed))
        if asked("faults"):
            print("Faults at the calls that change files …", flush=True)
            parts.append(cut_short.faults(folder, wanted.every))
            parts.append(cut_short.small_disk(folder))
        if asked("states"):
            print("Crash states …", flush=True)
            parts.append(cut_short.states(folder, wanted.each))
        if asked("journals"):
            print("Old rollback files …", flush=True)
            parts.append(cut_short.journals(folder))
        if asked("forged"):
            print(f"{wanted.lines} forged lines …", flush=True)
            parts.append(forged.measure(folder, wanted.lines, 365))
    if wanted.fuzz:
        parts.append(fuzzed(wanted.fuzz))
    elif asked("fuzz"):
        parts.append((kept_fuzz_lines(), True))
    text = write_results([lines for lines, _ in parts if lines], wanted.seed)
    print(text)
    return 0 if all(held for _, held in parts) else 1


def write_results(parts: list[list[str]], seed: int) -> str:
    """Put the parts that ran into RESULTS.md; parts that did not run stay as they were."""
    page = HERE / "RESULTS.md"
    kept: dict[str, str] = {}
    if page.exists():
        for part in page.read_text("utf-8").split("\n## ")[1:]:
            kept[part.partition("\n")[0]] = part.partition("\n")[2].strip()
    for lines in parts:
        heading = lines[1].removeprefix("## ")
        kept[heading] = "\n".join(lines[2:]).strip()
    head = (
        "# Vault: figures\n\n"
        f"Last run {datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} shared cores, seed {seed}. "
        "Ratios compare with plain SQLite (same rows, journal mode and synchronous level) in the "
        "same run; milliseconds are this machine's. Own work is processor time, the least of "
        "several runs; the wall clock also counts what other programs did meanwhile."
    )
    text = head + "".join(f"\n\n## {name}\n\n{body}" for name, body in kept.items()) + "\n"
    page.write_text(text, encoding="utf-8")
    return text


def times(folder: Path) -> tuple[list[str], bool]:
    said = [
        "",
        "## A ten-year diary (3,650 check-ins × 8 items, 11,000 doses)",
        "",
        f"The machine’s load before: {os.getloadavg()[0]:.1f} programs at once.",
        "",
        "| | wall, median | wall, least | own work | plain SQLite, own work | ratio | to reach | |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
    ]
    held = True
    for what, ours, plain, limit in ten_years.measure(folder):
        ratio = f"{ours.cpu_ms / plain.cpu_ms:.1f}" if plain else ""
        against = f"{plain.cpu_ms:.1f} ms" if plain else ""
        met = ""
        if limit is not None:
            met = "met" if ours.wall_ms <= limit else "missed on the wall clock"
            if ours.wall_ms > limit >= ours.cpu_ms:
                met = "met by own work; the machine was shared"
            held &= ours.cpu_ms <= limit
        goal = "" if limit is None else f"{limit:.0f} ms"
        said.append(
            f"| {what} | {ours.wall_ms:.1f} ms | {ours.least_ms:.1f} ms | {ours.cpu_ms:.1f} ms "
            f"| {against} | {ratio} "
            f"| {goal} | {met} |"
        )
    return said, held


def kills(folder: Path, rounds: int, *, sealed: bool, seed: int) -> tuple[list[str], bool]:
    began = time.monotonic()
    tally = crash.kill_rounds(folder, rounds, sealed=sealed, seed=seed)
    what = "sealed into the inbox while locked" if sealed else "appended"
    said = [
        "",
        f"## Killed with SIGKILL while entries were {what}",
        "",
        f"{tally.rounds} rounds in {time.monotonic() - began:.0f} s, {tally.acknowledged} entries "
        f"acknowledged, {tally.killed_mid_write} kills left a half-written file behind: "
        f"**{tally.lost} lost, {tally.doubled} doubled, {tally.corrupt} corrupt**. "
        "kill -9 ends a process; it is not a power cut.",
    ]
    return said, (tally.lost, tally.doubled, tally.corrupt) == (0, 0, 0)


def flipped(folder: Path, rounds: int, seed: int) -> tuple[list[str], bool]:
    path = folder / "flips.vault"
    with crash.Vault.create(path, "flips", now=crash.NOW, cost=crash.CHEAPEST)[0] as vault:
        vault.append([crash.entry(number) for number in range(1200)])
    for number in range(3):
        crash.Vault.seal(path, crash.entry(number), now=crash.NOW)
    found = flips.flip_rounds(path, "flips", rounds, seed=seed, work=folder)
    outcomes = (flips.REFUSED, flips.ASIDE, flips.HARMLESS)
    said = [
        "",
        "## One random bit flipped in one of the vault's files",
        "",
        f"{rounds} flips, in the journal page after page ({len(found.pages)} of its "
        f"{found.pages_there} pages were hit), each opened, read and checked: "
        f"**{len(found.wrong)} wrong data served**.",
        "",
        f"| file | flips | {' | '.join(outcomes)} |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {name} | {counts.total()} | {' | '.join(str(counts[o]) for o in outcomes)} |"
            for name, counts in found.by_file.items()
        ),
        *(f"- {line}" for line in found.wrong),
    ]
    return said, not found.wrong


def fuzzed(seconds: int) -> tuple[list[str], bool]:
    fetch = ROOT / ".envs" / "atheris"
    if not fetch.exists():
        pip = [str(ROOT / ".tools" / "bin" / "uv"), "pip", "install", "--quiet"]
        subprocess.run(
            [*pip, "--python", sys.executable, "--target", str(fetch), "atheris>=3"], check=True
        )
    for name in IMPORTERS:
        print(f"Fuzzing {name} for {seconds} s …", flush=True)
        log = ROOT / ".envs" / "fuzz" / f"{name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as out:
            command = [sys.executable, str(HERE.parent / "imports" / "fuzz.py"), name, str(seconds)]
            subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, check=False)
    lines = kept_fuzz_lines()
    return lines, all(line.endswith(" 0 |") for line in lines[6:])


def kept_fuzz_lines() -> list[str]:
    """What the logs of the last fuzzing say."""
    logs = [ROOT / ".envs" / "fuzz" / f"{name}.log" for name in IMPORTERS]
    said = [
        "",
        "## Importers under coverage-guided fuzzing (atheris)",
        "",
        "| importer | seconds | files tried | slowest | crashes, hangs, invalid entries |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, log in zip(IMPORTERS, logs, strict=True):
        if not log.exists() or "\nDone " not in log.read_text("utf-8", "replace"):
            continue
        text = log.read_text("utf-8", "replace")
        ended = [line for line in text.splitlines() if line.startswith("Done ")]
        stats = dict(
            line.removeprefix("stat::").split(":", 1)
            for line in text.splitlines()
            if line.startswith("stat::")
        )
        tried, seconds = (ended[-1].split()[1], ended[-1].split()[4]) if ended else ("?", "?")
        slow = stats.get("slowest_unit_time_sec", "?").strip()
        broke = text.count("SUMMARY: libFuzzer")
        said.append(f"| {name} | {seconds} | {tried} | {slow} s | {broke} |")
    return said if len(said) > 5 else []


if __name__ == "__main__":
    sys.exit(main())
