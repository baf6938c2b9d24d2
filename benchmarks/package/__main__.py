"""The wheel from nothing: an empty environment with its own libraries, its size, its first minutes.

    python3 run.py bench package [--size-only]

Builds the wheel, installs it with every library it asks for (the package index is asked, or uv's
cache), in an empty home, and runs demo, report, facts, plan and the app. CPU stands beside wall
time, since other work on the machine lengthens only the second.
"""

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UV = ROOT / ".tools" / "bin" / "uv"
MB = 1_000_000
PLAN = ("plan", "--drug", "diazepam", "--dose", "20", "--method", "percent-current", "--rate", "10",
        "--every", "14d", "--products", "tab 2 half, tab 5", "--json")  # fmt: skip


def run(name: str, command: list[str], env: dict[str, str], cwd: Path) -> str:
    """Run one command and print what it took."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if done.returncode:
        raise SystemExit(f"{name} failed: {done.stderr[-800:]}")
    print(f"  {name:<34} {cpu:6.2f} s CPU {wall:7.2f} s wall", flush=True)
    return done.stdout + done.stderr


def megabytes(folder: Path) -> float:
    """What the files of a folder hold."""
    return (
        sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink()) / MB
    )


def sizes(site: Path) -> None:
    """The largest packages."""
    found = sorted(((megabytes(p), p.name) for p in site.iterdir() if p.is_dir()), reverse=True)
    print("  " + ", ".join(f"{name} {size:.0f}" for size, name in found[:12]))


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        home, place = folder / "home", folder / "environment"
        home.mkdir()
        python = place / "bin" / "python"
        env = {"PATH": os.environ["PATH"], "HOME": str(home), "LANDWARD_PASSPHRASE": "demo"}
        outer = {**os.environ, "UV_LINK_MODE": "copy"}
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
        print("From nothing:")
        run("build the wheel", build, outer, ROOT)
        (wheel,) = folder.glob("*.whl")
        run("an empty environment", [str(UV), "venv", "-q", str(place)], outer, folder)
        install = [str(UV), "pip", "install", "-q", "--python", str(python), str(wheel)]
        run("install it with its libraries", install, outer, folder)
        on_disk = subprocess.check_output(["du", "-sm", str(place)], text=True).split()[0]
        print(f"Installed, bytecode not yet written: {megabytes(place):.0f} MB; du -sm {on_disk}")
        sizes(next(place.glob("lib/python*/site-packages")))
        if "--size-only" in sys.argv:
            return
        landward = [str(place / "bin" / "landward")]
        print("First minutes:")
        run("landward --help (first)", [*landward, "--help"], env, home)
        run("landward --help", [*landward, "--help"], env, home)
        said = run("demo --once (compiles)", [*landward, "demo", "--once"], env, home)
        assert "compiled, once on this machine" in said
        vault = ["--vault", str(home / "demo" / "demo.vault")]
        run("waves (the first reading after)", [*landward, "waves", *vault], env, home)
        run("report", [*landward, "report", *vault, "-o", "report.pdf"], env, home)
        run("facts show clonazepam", [*landward, "facts", "show", "clonazepam"], env, home)
        run("plan", [*landward, *PLAN], env, home)
        opens(landward, env, home)


def opens(landward: list[str], env: dict[str, str], home: Path) -> None:
    """The app answers at the address it prints."""
    command = [*landward, "open", "--no-browser"]
    with subprocess.Popen(command, cwd=home, env={**env, "PYTHONUNBUFFERED": "1"}, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # fmt: skip
        began = time.perf_counter()
        assert process.stdout is not None
        address = re.search(r"http://localhost:\S+", process.stdout.readline())
        assert address is not None
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        page = opener.open(address[0], timeout=60).read().decode()
        assert "A published diary" in page
        print(
            f"  {'open: three doors shown':<34} {'':14} {time.perf_counter() - began:7.2f} s wall"
        )
        process.terminate()


if __name__ == "__main__":
    main()
