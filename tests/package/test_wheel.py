"""The built package, in an environment that holds only its libraries, away from a checkout."""

import os
import re
import subprocess
import sys
import sysconfig
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLAN = ("plan", "--drug", "diazepam", "--dose", "20", "--method", "percent-current", "--rate", "10",
        "--every", "14d", "--products", "tab 2 half, tab 5", "--json")  # fmt: skip


@dataclass(frozen=True)
class Installed:
    """A Landward unpacked from its wheel, and a person's empty home beside it."""

    python: Path
    package: Path
    home: Path

    def env(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k in {"PATH", "SYSTEMROOT", "LANG"}}
        return {**kept, "HOME": str(self.home), "PYTHONDONTWRITEBYTECODE": "1",
                "LANDWARD_PASSPHRASE": "demo"}  # fmt: skip

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.python), "-m", "landward", *arguments]
        return subprocess.run(
            command, cwd=self.home, env=self.env(), capture_output=True, text=True, check=False
        )

    def files(self) -> dict[str, int]:
        return {str(p): p.stat().st_mtime_ns for p in self.package.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel in a new environment. Its libraries are those of this one, named by a path file:
    so no index is asked, and the checkout's own Landward is not seen."""
    place, home = tmp_path_factory.mktemp("environment"), tmp_path_factory.mktemp("home")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(subprocess.check_output([str(python), "-c", ask], text=True).strip())
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return Installed(python, site / "landward", home)


def test_it_is_complete(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        about = archive.read(next(n for n in names if n.endswith("METADATA"))).decode()
        scripts = archive.read(next(n for n in names if n.endswith("entry_points.txt"))).decode()
    wanted = {"py.typed", "examples/jang2024.csv", "examples/maps/jang.toml", "tables/drugs.csv",
              "examples/studies/first-study.toml", "web/templates/today.html"}  # fmt: skip
    assert {f"landward/{name}" for name in wanted} <= names
    assert not [name for name in names if name.startswith(("tests", "benchmarks"))]
    assert "landward = landward.cli.main:main" in scripts
    assert "License-Expression: Apache-2.0" in about and "Classifier: Typing :: Typed" in about
    assert "Do not stop a benzodiazepine suddenly" in about  # what an index would show first
    assert not re.search(r"^Project-URL: .*(pypi|index|registry|localhost)", about, re.M | re.I)


def test_from_nothing_to_the_page_for_a_doctor(installed: Installed) -> None:
    before = installed.files()
    shown = installed.run("demo", "--once", "--folder", "looked")
    assert shown.returncode == 0, shown.stderr
    assert "compiled, once on this machine" in shown.stderr
    assert (installed.home / "looked" / "report.pdf").read_bytes().startswith(b"%PDF-")

    vault = str(installed.home / "looked" / "demo.vault")
    again = installed.run("report", "--vault", vault, "-o", "second.pdf")
    assert again.returncode == 0 and "compiled" not in again.stderr, again.stderr
    assert installed.files() == before, "nothing is written into the package's own folder"


def test_facts_and_plans(installed: Installed) -> None:
    facts = installed.run("facts", "show", "clonazepam")
    assert facts.returncode == 0 and "clonazepam" in facts.stdout
    plan = installed.run(*PLAN)
    assert plan.returncode == 0 and '"draft": true' in plan.stdout


def test_the_app_opens_with_its_three_doors(installed: Installed) -> None:
    command = [str(installed.python), "-u", "-m", "landward", "open", "--no-browser"]
    process = subprocess.Popen(
        command, cwd=installed.home, env=installed.env(), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        address = re.search(r"http://localhost:\S+", process.stdout.readline())
        assert address
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        page = opener.open(address[0], timeout=30).read().decode()
        assert "A published diary" in page
    finally:
        process.terminate()
        process.communicate(timeout=20)
