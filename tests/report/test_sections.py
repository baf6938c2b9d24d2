"""Parts of the page may be left out, and it says so; safety and gaps stay whatever is chosen."""

import datetime as dt
import importlib
from pathlib import Path

import pytest

from landward.model.base import BadInput
from landward.model.registry import NameTaken, by_name
from landward.report import blocks
from landward.report.blocks.all_blocks import BLOCKS, CHOSEN
from landward.report.blocks.block import Block
from landward.report.blocks.takes import DOSES
from landward.report.context import ReportContext, leave_out
from landward.report.page import build_report
from landward.report.report_pdf import report_pdf
from landward.report.words import list_words
from tests.report.looking import flat, pages
from tests.report.people import main, reading, rich

TODAY = dt.date(2026, 3, 26)
STAYS = (
    "Do not stop suddenly: stopping suddenly can cause seizures and can kill.",
    "Safety, as stated by the patient",
    "left out, never filled in. After is not because.",
)
HEADINGS = {
    "request": "For the prescriber:",
    "doses": "Last change",
    "taper": "The whole taper",
    "chart": "Middle of the last 28 days",
    "changes": "Before and after the last changes",
    "symptoms": "Symptoms: watched ones",
    "days": "Days by how hard they were",
    "feelings": "Feelings that reached me",
    "everyday": "Everyday life",
}
"""A few words of each part that may be left out: written down here, not read from the list."""

SAYS_THE_SAME = {"doses": ("taper", "changes")}
"""What goes with a part: the strip and the changes are doses too."""


@pytest.fixture(scope="module")
def whole() -> ReportContext:
    diary = rich()
    series = main(diary)
    return build_report(diary, reading(series), main=series)


def test_every_block_of_every_file_is_on_the_page() -> None:
    """A block that was written and is not in the list would be on no page, unseen."""
    found = set()
    for path in Path(blocks.__file__).parent.glob("*.py"):
        module = importlib.import_module(f"landward.report.blocks.{path.stem}")
        found |= {one.name for one in vars(module).values() if isinstance(one, Block)}
    assert found == set(BLOCKS)
    assert [block.name for block in CHOSEN] == list(HEADINGS)


def test_a_name_used_twice_is_refused_by_name() -> None:
    with pytest.raises(NameTaken, match="two report blocks are called “doses”"):
        by_name("report blocks", (DOSES, DOSES), lambda block: block.name)


def test_a_part_of_no_name_is_refused(whole: ReportContext) -> None:
    for name in ("safety", "weather"):
        with pytest.raises(BadInput, match="these may be left out: request, doses, taper"):
            leave_out(whole, [name])


@pytest.mark.parametrize("section", HEADINGS)
def test_each_part_can_be_left_out_alone(whole: ReportContext, section: str) -> None:
    full = flat(report_pdf(whole, today=TODAY))
    pdf = report_pdf(leave_out(whole, [section]), today=TODAY)
    text = flat(pdf)
    assert pages(pdf) == 1
    heading = HEADINGS[section]
    assert heading in full and heading not in text
    gone = [section, *SAYS_THE_SAME.get(section, ())]
    others = [words for other, words in HEADINGS.items() if other not in gone]
    assert all(words in text for words in others)
    said = list_words([BLOCKS[name].words for name in HEADINGS if name in gone])
    assert f"Left out by choice: {said}." in text
    assert "Left out by choice" not in full


def test_safety_and_gaps_stand_on_a_page_without_any_part(whole: ReportContext) -> None:
    bare = leave_out(whole, list(HEADINGS))
    text = flat(report_pdf(bare, today=TODAY))
    assert all(words in text for words in STAYS), text
    assert whole.completeness.sentence in text
    assert not any(words in text for words in HEADINGS.values())
    assert bare.contents["safety"] == whole.contents["safety"]


def test_a_part_that_was_empty_anyway_is_not_called_left_out(whole: ReportContext) -> None:
    without_feelings = whole.model_copy(update={"contents": whole.contents | {"feelings": ()}})
    assert leave_out(without_feelings, ["feelings"]).left_out == ()


def test_nothing_left_out_is_the_same_page(whole: ReportContext) -> None:
    assert leave_out(whole, ()) == whole
