"""How many files the next thing takes: `python3 run.py bench growth`.

Each trial copies the source, adds one thing as CONTRIBUTING says, and lists the files it touched.
Then a program of its own asks that copy to use the thing: a page with the block on it, a file read
by the importer, the setting stored and shown, the drug found by its names and told about.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Change = Callable[[Path], None]


def new(path: str, text: str) -> tuple[str, Change]:
    """A file that was not there."""
    return path, lambda file: file.write_text(text, "utf-8") and None


def put(path: str, *pairs: tuple[str, str]) -> tuple[str, Change]:
    """Words put into a file, each before words that stand there once."""

    def change(file: Path) -> None:
        text = file.read_text("utf-8")
        for before, added in pairs:
            assert text.count(before) == 1, (path, before)
            text = text.replace(before, added + before)
        file.write_text(text, "utf-8")

    return path, change


def rows(path: str, *added: str) -> tuple[str, Change]:
    """Rows at the end of a table."""

    def change(file: Path) -> None:
        file.write_text(file.read_text("utf-8").rstrip("\n") + "\n" + "\n".join(added) + "\n")

    return path, change


BLOCK = '''"""Weekdays: on which days of the week something was written."""

from collections import Counter

from landward.model.bodies import CheckIn
from landward.model.said import phrase
from landward.report.blocks.block import Block
from landward.report.blocks.scope import Scope
from landward.report.blocks.shape import Lines


def weekday_lines(scope: Scope) -> tuple[str, ...]:
    """Each day of the week with how many check-ins it has."""
    days = Counter(e.date.weekday() for e, _ in scope.diary.of(CheckIn) if e.date <= scope.last_day)
    return tuple(phrase("day {day}: {count}", day=day + 1, count=days[day]) for day in sorted(days))


WEEKDAYS = Block[tuple[str, ...]](
    name="weekdays", title=phrase("Days of the week"), words=phrase("days of the week"),
    build=weekday_lines, show=lambda lines, most: Lines(said=lines[: most - 1]), nothing=(),
    empty=phrase("No day written."), side="right",
)
'''
IMPORTER = '''"""Moodlog: a made-up program; a day and a number a line."""

import datetime as dt

from landward.exchange.importer import Importer
from landward.model.bodies import CheckIn
from landward.model.proposals import FileReading, Proposal
from landward.model.said import phrase


def _read(pieces, around):
    with pieces[0].open() as stream:
        lines = stream.read().decode().splitlines()[1:]
    proposals = []
    for number, line in enumerate(lines, start=2):
        day, tag = line.split(";")
        proposals.append(Proposal(
            line=number, row_key=day, date=dt.date.fromisoformat(day), kind=CheckIn.kind,
            version=CheckIn.version, body=CheckIn(tags=(tag,)).to_json(),
        ))
    return FileReading(source="moodlog", zone=around.zone, proposals=tuple(proposals),
                       lines=len(lines), used=len(proposals))


IMPORTER = Importer(
    name="moodlog", words=phrase("Moodlog: its only file"),
    identify=lambda head: head.data.startswith(b"moodlog;"), extract=_read,
    wants=lambda name: name.endswith(".moodlog"),
)
'''

PAGE = """
from datetime import date
from tests.report.people import main, reading, rich
from tests.report.looking import words
from landward.report.page import build_report
from landward.report.report_pdf import report_pdf
from landward.report.blocks.all_blocks import CHOSEN
diary = rich(); series = main(diary)
page = build_report(diary, reading(series), main=series)
assert page.contents["weekdays"], "the block found nothing"
assert any(block.name == "weekdays" for block in CHOSEN), "it cannot be left out"
print("   on the page:", [line for line in words(report_pdf(page, today=date(2026, 3, 26)))
      .splitlines() if "of the week" in line or "day 1:" in line])
"""
FILE = """
import pathlib, tempfile
from landward.cli.main import run
with tempfile.TemporaryDirectory() as folder:
    file = pathlib.Path(folder) / "mine.moodlog"
    file.write_text("moodlog;1\\n2026-03-01;slept\\n2026-03-02;walked\\n")
    vault = pathlib.Path(folder) / "none.vault"
    assert run(["import", str(file), "--vault", str(vault), "--dry-run"]) == 0
"""
TRIALS = (
    (
        "a report block", 2,
        (
            new("report/blocks/weekdays.py", BLOCK),
            put(
                "report/blocks/all_blocks.py",
                (
                    "from landward.report.blocks.whole_taper import",
                    "from landward.report.blocks.weekdays import WEEKDAYS\n",
                ),
                ("),\n    lambda block: block.name,", ", WEEKDAYS"),
            ),
        ),
        PAGE,
    ),
    ("an importer", 2, (new("exchange/importers/moodlog.py", IMPORTER),), FILE),
    (
        "a setting", 1,
        (
            put(
                "app/diary/settings.py",
                (
                    "    # ---- who it is about\n",
                    '    quiet = Tick("look", phrase("Quieter pages"))\n\n',
                ),
            ),
        ),
        """
import io, os, pathlib, sys, tempfile
from landward.cli.main import run
from making import MOMENT
from tests.cli.json_runs import small_vault
os.environ["LANDWARD_PASSPHRASE"] = "pw"
with tempfile.TemporaryDirectory() as folder:
    vault = str(small_vault(pathlib.Path(folder), MOMENT))
    assert run(["settings", "quiet=yes", "--vault", vault]) == 0
    kept, sys.stdout = sys.stdout, io.StringIO()
    run(["settings", "--vault", vault]); told, sys.stdout = sys.stdout.getvalue(), kept
    print("  ", next(line.strip() for line in told.splitlines() if "quiet" in line))
""",
    ),
    (
        "a drug", 2,
        (
            rows("tables/drugs.csv",
                "trialazepam,trialazepam,benzodiazepine,hypnotic,,yes,,TRIPSIT,comparison table,"
                "facts-only,draft,made up"),
            rows("tables/drug_names.csv",
                "name.tryzanta,trialazepam,Tryzanta,brand,,GB,TRIPSIT,comparison table,"
                "facts-only,draft,made up"),
        ),
        """
import io, sys
from landward.app.library.known_words import drug_meant
from landward.cli.main import run
meant = drug_meant("Tryzanta")
assert meant.drug == "trialazepam" and not meant.question, meant
print("   Tryzanta is", meant.drug)
kept, sys.stdout = sys.stdout, io.StringIO()
assert run(["facts", "show", "trialazepam"]) == 0
told, sys.stdout = sys.stdout.getvalue(), kept
print("   told in", len(told.splitlines()), "lines")
""",
    ),
)  # fmt: skip


def main() -> int:
    """Run the trials and say what each took."""
    over = 0
    for name, most, changes, probe in TRIALS:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "src" / "landward"
            shutil.copytree(
                ROOT / "src" / "landward", source, ignore=shutil.ignore_patterns("__pycache__")
            )
            for path, change in changes:
                change(source / path)
            env = {**os.environ, "PYTHONPATH": os.pathsep.join(
                (str(source.parent), str(ROOT), str(ROOT / "tests")))}  # fmt: skip
            env.pop("LANDWARD_LANGUAGE", None)
            print(f"{name}: {len(changes)} of at most {most}", flush=True)
            for path, _ in changes:
                print(f"   {path}", flush=True)
            done = subprocess.run([sys.executable, "-c", probe], cwd=folder, env=env, check=False)
            over += len(changes) > most or done.returncode != 0
    return 1 if over else 0


if __name__ == "__main__":
    raise SystemExit(main())
