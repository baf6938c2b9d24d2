#!/usr/bin/env python3
"""Set Landward up and run it, with nothing but Python: `python3 run.py --help`."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
REQUIREMENTS = ROOT / "requirements"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
OLDEST = (3, 11)

USAGE = """\
python3 run.py                 set up, then show the demo
python3 run.py demo --once     the demo, ending after the report is written
python3 run.py test [ARGS]     set up the test tools and pass every test (ARGS go to pytest)
python3 run.py lint            style, types and the walls between the rooms
python3 run.py bench [NAME]    run one benchmark, or list them
python3 run.py setup           set up only
python3 run.py lock            pin the libraries anew after pyproject.toml changed; says what did
python3 run.py bom [FILE]      what Landward is made of, as CycloneDX JSON, from the pinned files
python3 run.py wheel           build the package into dist/
python3 run.py changes         join the fragments of changes/ into CHANGELOG.md (or --check)
python3 run.py text [LANGUAGE] collect every sentence for translators
python3 run.py docs            build the docs as pages into build/site
python3 run.py app ARGS        any landward command, e.g. `python3 run.py app waves --help`
"""


class StepFailed(Exception):
    """A step that did not work, with what to do about it."""


class Steps:
    """Prints one line per step, with how long it took."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0

    def run(self, name: str, command: list[str], remedy: str) -> None:
        """Run one command; raise StepFailed with its last lines and the remedy if it fails."""
        self.done += 1
        print(f"[{self.done}/{self.total}] {name} …", end=" ", flush=True)
        began = time.monotonic()
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if result.returncode != 0:
            print("failed")
            tail = "\n".join((result.stderr or result.stdout).strip().splitlines()[-15:])
            raise StepFailed(f"{name} failed:\n{tail}\nWhat to do: {remedy}")
        print(f"{time.monotonic() - began:.1f} s", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(
        usage=USAGE, add_help=True, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = ["demo", "test", "lint", "bench", "setup", "app", "lock", "wheel", "changes"]
    commands += ["text", "docs", "bom"]
    parser.add_argument("command", nargs="?", default="demo", choices=commands)
    options, rest = parser.parse_known_args()
    if sys.version_info < OLDEST:
        print(f"Landward needs Python 3.11 or later; this is {sys.version.split()[0]}.")
        return 1
    try:
        return run_command(options.command, rest)
    except StepFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run_command(command: str, rest: list[str]) -> int:
    if command in ("test", "lint"):
        set_up("test")
        return run_tests(rest) if command == "test" else run_lint()
    if command == "lock":
        return lock()
    if command == "wheel":
        return build_wheel()
    if command == "changes":
        return call([sys.executable, str(ROOT / "changes" / "join.py"), *rest])
    if command in ("text", "docs"):
        set_up("test")
        return call([str(PYTHON), {"text": "translations", "docs": "docs/site"}[command], *rest])
    if command == "bom":
        set_up("test")  # licences are read from what is installed
        return call([str(PYTHON), str(REQUIREMENTS / "bom.py"), *rest])
    set_up("runtime")
    if command == "bench":
        return run_bench(rest)
    if command == "demo":
        return call([str(PYTHON), "-m", "landward", "demo", *rest])
    if command == "app":
        return call([str(PYTHON), "-m", "landward", *rest])
    print("Landward is set up. Try: python3 run.py demo --once")
    return 0


def call(command: list[str], **extra: str) -> int:
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **extra}, check=False).returncode


# ── setting up ─────────────────────────────────────────────────────────────────────────────────


def set_up(level: str) -> None:
    """Make `.venv` hold exactly what the hash-pinned requirement files say; skip what is done."""
    if PYTHON.exists() and already(level):
        return
    fresh = not PYTHON.exists()
    steps = Steps(4 + fresh + (not uv().exists()))
    if not uv().exists():
        get_uv(steps)
    if fresh:
        make = [str(uv()), "venv", "--quiet", "--python", sys.executable, str(VENV)]
        steps.run("Making a private Python environment (.venv)", make, "delete .venv and try again")
    install = [str(uv()), "pip", "install", "--quiet", "--python", str(PYTHON)]
    online = "check that this machine reaches its package index, then run the same command again"
    wanted = ["--require-hashes", "-r", f"requirements/{level}.txt", "-r", "requirements/build.txt"]
    steps.run(f"Installing the libraries ({level})", [*install, *wanted], online)
    steps.run(
        "Installing Landward itself",
        [*install, "--no-deps", "--no-build-isolation", "--editable", "."],
        online,
    )
    compile_all = [str(PYTHON), "-m", "compileall", "-q", "-j", "0", "src"]
    site = [str(path) for path in VENV.glob("**/site-packages") if path.is_dir()]
    steps.run("Compiling to bytecode", [*compile_all, *site], "free some disk space")
    ready = [str(PYTHON), "-c", "import landward; landward.get_ready()"]
    steps.run("Compiling the arithmetic of the readings", ready, "delete .venv and try again")
    stamp().write_text(json.dumps({**stamped(), level: fingerprint(level)}), encoding="utf-8")


def uv() -> Path:
    return TOOLS / "bin" / ("uv.exe" if WINDOWS else "uv")


def get_uv(steps: Steps) -> None:
    """Fetch uv with pip into `.tools`: works where Python has no venv and is externally managed."""
    remedy = "install pip (Debian: apt install python3-pip), then run the same command again"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pinned = ["--require-hashes", "-r", str(REQUIREMENTS / "tools.txt")]
    steps.run("Fetching the installer (uv)", [*pip, "--target", str(TOOLS), *pinned], remedy)


def lock() -> int:
    """Write the requirement files: every version with its hash, and no registry address.

    Then say what changed: added, removed, exchanged, or the same version with other files.
    """
    sys.path.insert(0, str(REQUIREMENTS))
    from pins import all_pins, changes  # type: ignore[import-not-found]

    before = all_pins()
    pin = [str(uv()), "pip", "compile", "--universal", "--python-version", "3.11", "--quiet"]
    pin += ["--generate-hashes", "--no-header", "--no-annotate"]
    same = ["-c", "requirements/test.txt"]
    files = {
        "test": ["pyproject.toml", "--extra", "cohort", "--extra", "spark", "--group", "test"],
        "runtime": ["pyproject.toml", "--extra", "cohort", *same],
        "build": ["--group", "build", *same],
        "tools": ["--group", "tools"],
    }
    steps = Steps(len(files) + (not uv().exists()))
    if not uv().exists():
        get_uv(steps)
    for name, wanted in files.items():
        command = [*pin, *wanted, "-o", f"requirements/{name}.txt"]
        steps.run(f"Pinning requirements/{name}.txt", command, "mend pyproject.toml")
    print("\n".join(changes(before, all_pins()) or ["No pinned version changed."]))
    return 0


def build_wheel() -> int:
    """Build `dist/landward-*.whl`; it runs wherever its libraries are installed."""
    set_up("runtime")
    build = [str(uv()), "build", "--quiet", "--wheel", "--python", str(PYTHON)]
    build += ["--no-build-isolation", "--out-dir", "dist", "."]
    Steps(1).run("Building the package", build, "mend pyproject.toml")
    for wheel in sorted((ROOT / "dist").glob("landward-*.whl")):
        print(f"dist/{wheel.name}  ({wheel.stat().st_size / 1e6:.1f} MB)")
    return 0


def stamp() -> Path:
    return VENV / "landward-setup.json"


def stamped() -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(stamp().read_text(encoding="utf-8"))
        return found
    except (OSError, ValueError):
        return {}


def fingerprint(level: str) -> str:
    """What the environment depends on: the pinned files, this project's metadata, where it lies."""
    files = [REQUIREMENTS / f"{level}.txt", ROOT / "pyproject.toml"]
    parts = [*(file.read_bytes() for file in files), str(ROOT).encode(), sys.version.encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def already(level: str) -> bool:
    done = stamped()
    # The test environment holds everything the app needs, so it serves the app as well.
    return any(done.get(have) == fingerprint(have) for have in {level, "test"})


# ── checking ───────────────────────────────────────────────────────────────────────────────────


def run_lint() -> int:
    checks = {
        "ruff check": [str(BIN / "ruff"), "check", "."],
        "ruff format": [str(BIN / "ruff"), "format", "--check", "."],
        "types (mypy --strict)": [str(BIN / "mypy")],
        "walls between rooms": [str(BIN / "lint-imports"), "--no-cache"],
    }
    steps = Steps(len(checks))
    for name, command in checks.items():
        steps.run(name, command, f"run {' '.join([Path(command[0]).name, *command[1:]])}")
    return 0


def run_tests(rest: list[str]) -> int:
    chrome, java = find_chrome(), find_java()
    if not rest:
        run_lint()
    workers = str(max(1, min(os.cpu_count() or 1, 8)))
    pytest = [str(PYTHON), "-m", "pytest", "-n", workers, "--dist", "worksteal", *rest]
    return call(pytest, CHROME=chrome, PYTHONDONTWRITEBYTECODE="1", **java)


def find_chrome() -> str:
    """A Chromium for the browser tests: $CHROME, the system's, or Debian's package when root."""
    named = os.environ.get("CHROME")
    if named:
        if shutil.which(named) is None:
            raise StepFailed(f"CHROME is set to {named}, which is not a program. Unset or mend it.")
        return named
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if found := shutil.which(name):
            return found
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        steps = Steps(2)
        apt = "install Chromium by hand, or set CHROME to its path"
        steps.run("Refreshing Debian's package list", ["apt-get", "update", "-q"], apt)
        quiet = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"]
        steps.run("Installing Chromium for the browser tests", quiet, apt)
        if found := shutil.which("chromium"):
            return found
    raise StepFailed(
        "The browser tests need Chromium. Install it (Debian: sudo apt install chromium), "
        "or set CHROME to the path of a Chromium or Chrome."
    )


def find_java() -> dict[str, str]:
    """A Java for the tests that hold Spark to the other engines: found, or Debian's when root."""
    if os.environ.get("JAVA_HOME") or shutil.which("java"):
        return {}
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        steps = Steps(2)
        apt = "install Java 17 or later by hand, or set JAVA_HOME to it"
        steps.run("Refreshing Debian's package list", ["apt-get", "update", "-q"], apt)
        quiet = ["apt-get", "install", "-y", "-q", "--no-install-recommends"]
        steps.run("Installing Java for Spark", [*quiet, "default-jre-headless"], apt)
        return {}
    if Path("/usr/libexec/java_home").exists() or Path("/usr/lib/jvm").is_dir():
        return {}  # not on the PATH; the program looks there itself
    raise StepFailed(
        "The tests that hold Apache Spark to the other engines need Java 17 or later. Install it "
        "(Debian: sudo apt install default-jre-headless), or set JAVA_HOME to one."
    )


def run_bench(rest: list[str]) -> int:
    folder = ROOT / "benchmarks"
    names = sorted(path.parent.name for path in folder.glob("*/__main__.py"))
    if not rest:
        print("Benchmarks: " + ", ".join(names) + "\nRun one: python3 run.py bench NAME")
        return 0
    name, *arguments = rest
    if name not in names:
        print(f"There is no benchmark “{name}”. There are: {', '.join(names)}", file=sys.stderr)
        return 2
    set_up("test")
    return call([str(PYTHON), str(folder / name), *arguments])


if __name__ == "__main__":
    raise SystemExit(main())
