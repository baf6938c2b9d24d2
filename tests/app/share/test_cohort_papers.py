"""The page of printed numbers is what the tables say today."""

import os
from pathlib import Path

from landward.app.share.cohort_papers import papers_page

PAGE = Path(__file__).parents[3] / "docs" / "researchers" / "papers.md"


def test_the_page_of_papers_is_current() -> None:
    if os.environ.get("LANDWARD_SNAPSHOTS") == "refresh":
        PAGE.write_text(papers_page(), "utf-8")
    assert PAGE.read_text("utf-8") == papers_page()


def test_the_contradicting_table_is_shown_as_such() -> None:
    lines = [line for line in papers_page().splitlines() if "SCHIFANO2019" in line]
    assert any("**contradicts its own counts**" in line for line in lines)
    assert "pending source" in papers_page()
