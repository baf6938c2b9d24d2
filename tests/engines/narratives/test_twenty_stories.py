"""The page of twenty stories says what the reader of today finds in them."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "researchers" / "stories-twenty.md"
sys.path.insert(0, str(ROOT / "benchmarks" / "stories"))
import show  # noqa: E402 - found on the path above


def test_the_page_is_current():
    made = show.page() + "\n"
    if os.environ.get("LANDWARD_SNAPSHOTS") == "refresh":
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made, "python3 run.py bench stories show > the page"
    assert made.count("\n## ") == 20
