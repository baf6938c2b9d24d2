"""RESULTS.md in parts: each part of the benchmark writes its own section and leaves the others."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"
HEAD = "# Relay: figures\n\n`python3 run.py bench relay` says how they are made, part by part.\n"


def write(title: str, text: str) -> None:
    """Put `text` under `## title`, in the place of what stood there."""
    whole = RESULTS.read_text("utf-8") if RESULTS.exists() else HEAD
    head, *parts = whole.split("\n## ")
    sections = {part.partition("\n")[0]: part.partition("\n")[2].strip() for part in parts}
    sections[title] = f"{text.strip()}\n\n{made()}"
    shown = [f"## {name}\n\n{body}\n" for name, body in sections.items()]
    RESULTS.write_text("\n".join([head.strip() + "\n", *shown]), "utf-8")


def made() -> str:
    """When, on what, and how busy the machine was."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False,
        cwd=RESULTS.parent,
    ).stdout.strip()  # fmt: skip
    now = datetime.now(UTC)
    load = ", ".join(f"{n:.1f}" for n in os.getloadavg())
    return (
        f"_{now:%Y-%m-%d %H:%M} UTC, commit {commit}, {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}; load before and during: {load}._"
    )
