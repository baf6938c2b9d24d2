"""The same diary gives the same bytes, wherever, whenever and by whichever process."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

PROGRAM = """
import hashlib, sys
sys.path.insert(0, {root!r})
from tests.report.people import main, reading, rich
from tests.report.test_page import TODAY
from landward.report.appendices.all_parts import USUAL, parts_named
from landward.report.page import build_report
from landward.report.report_pdf import report_pdf
diary = rich()
series = main(diary)
page = build_report(diary, reading(series), main=series, appendices=parts_named(USUAL))
print(hashlib.sha256(report_pdf(page, today=TODAY)).hexdigest())
"""


def digest(folder: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(root=str(ROOT))],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_neither_the_zone_nor_the_language_nor_the_folder_nor_chance_matters(
    tmp_path: Path,
) -> None:
    here = digest(ROOT, PYTHONHASHSEED="1", TZ="UTC", LANG="C.UTF-8", SOURCE_DATE_EPOCH="1")
    there = digest(
        tmp_path,
        PYTHONHASHSEED="2",
        TZ="Pacific/Kiritimati",
        LANG="de_DE.UTF-8",
        HOME=str(tmp_path),
    )
    assert here == there
    assert list(tmp_path.iterdir()) == []
