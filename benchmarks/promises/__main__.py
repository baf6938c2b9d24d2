"""`python benchmarks/promises [WORD]`: break each promise of SECURITY.md, and see its test fail.

Works on a copy: one place of the source is changed as listed, the test that SECURITY.md names for
the row is run, and must fail. Ends with 1 where a test passes on broken code, or a listed place is
not there any more. With WORD only rows whose test or file holds it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from broken import BROKEN, Broken
from broken_vault import BROKEN_VAULT

LONGEST_S, HANGS_S = 300, 60
HERE = Path(__file__).resolve().parents[2]


def main() -> int:
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for part in ("src", "tests", "pyproject.toml", "examples", "docs", "translations"):
            source = HERE / part
            (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / part)
        for row in (*BROKEN, *BROKEN_VAULT):
            if word in row.test or word in row.file:
                said = tried(copy, row)
                wrong += said != "caught"
                print(f"{said:12} {row.test.removeprefix('tests/'):90} {row.what}", flush=True)
    return int(bool(wrong))


def tried(copy: Path, row: Broken) -> str:
    """What came of one: caught, PASSES or not there."""
    file = copy / "src/landward" / row.file
    whole = file.read_text("utf-8")
    if whole.count(row.old) < 1:
        return "not there"
    file.write_text(whole.replace(row.old, row.new), "utf-8")
    try:
        path = os.pathsep.join((str(copy / "src"), str(copy)))
        ran = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", row.test],
            cwd=copy, env=os.environ | {"PYTHONPATH": path}, capture_output=True, check=False,
            timeout=HANGS_S if row.hangs else LONGEST_S,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "caught" if row.hangs else "no result"
    finally:
        file.write_text(whole, "utf-8")
    if ran.returncode not in (0, 1):
        return f"no test ({ran.returncode})"
    return "caught" if ran.returncode else "PASSES"


if __name__ == "__main__":
    raise SystemExit(main())
