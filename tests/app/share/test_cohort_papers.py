"""The page of printed numbers is what the tables say today."""

import os
import tomllib
from pathlib import Path

from landward.app.share.cohort_papers import papers_page
from landward.app.share.cohort_run import read_study
from landward.model.study import Study

PAGE = Path(__file__).parents[3] / "docs" / "researchers" / "papers.md"


def test_the_page_of_papers_is_current() -> None:
    if os.environ.get("LANDWARD_SNAPSHOTS") == "refresh":
        PAGE.write_text(papers_page(), "utf-8")
    assert PAGE.read_text("utf-8") == papers_page()


def test_the_contradicting_table_is_shown_as_such() -> None:
    lines = [line for line in papers_page().splitlines() if "SCHIFANO2019" in line]
    assert any("**contradicts its own counts**" in line for line in lines)
    assert "pending source" in papers_page()


def test_the_study_in_the_guide_is_a_study() -> None:
    """What the half-hour guide tells people to write is accepted as it stands there."""
    text = (PAGE.parent / "your-own-study.md").read_text("utf-8")
    blocks = [block.split("```")[0] for block in text.split("```toml\n")[1:]]
    study = Study.model_validate(tomllib.loads("\n".join(blocks)))
    assert study.id == "numb-by-phase"
    assert study.population[0].values == ("gb", "ie")


def test_the_example_studies_are_studies() -> None:
    paths = sorted((PAGE.parents[2] / "examples" / "studies").glob("*.toml"))
    assert [read_study(path).id for path in paths] == [path.stem for path in paths]
