"""The change log is joined from its fragments: each of them can be, and nothing is lost."""

import importlib.util
from pathlib import Path

import pytest

CHANGES = Path(__file__).parents[2] / "changes"
_spec = importlib.util.spec_from_file_location("join_changes", CHANGES / "join.py")
assert _spec is not None and _spec.loader is not None
join = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(join)

LOG = """\
# Changes

## 0.2.0 (not yet released)

### Added

- Old.

## 0.1.0

### New

- First.
"""


def test_every_fragment_that_stands_can_be_joined() -> None:
    log = (CHANGES.parent / "CHANGELOG.md").read_text(encoding="utf-8")
    paths = [path for path in CHANGES.glob("*.md") if path.name != "README.md"]
    found = [join.read_fragment(path.name, path.read_text(encoding="utf-8")) for path in paths]
    after = join.joined(log, found)
    for item in (item for one in found for items in one.values() for item in items):
        assert item in after and item not in log
    kept = [line for line in log.splitlines() if line.startswith(("- ", "  "))]
    assert set(kept) <= set(after.splitlines())


def test_items_go_under_their_head_in_the_newest_release() -> None:
    fragment = "## Fixed\n- Mended.\n\n## Added\n\n- New, over\n  two lines.\n"
    data = "## Clinical data changed\n- A row.\n"
    after = join.joined(LOG, [join.read_fragment("a.md", fragment), join.read_fragment("b", data)])
    assert after == LOG.replace(
        "### Added\n\n- Old.\n",
        "### Clinical data changed\n\n- A row.\n\n"
        "### Added\n\n- Old.\n- New, over\n  two lines.\n\n"
        "### Fixed\n\n- Mended.\n",
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("## News\n- x\n", "a.md line 1: “News” is none of Clinical data changed, Added"),
        ("- x\n", "a.md line 1: write a list item"),
        ("## Added\nwords\n", "a.md line 2: write a list item"),
        ("## Added\n", "a.md: it says nothing"),
    ],
)
def test_a_fragment_that_cannot_be_joined_is_named(text: str, says: str) -> None:
    with pytest.raises(join.BadFragment) as refused:
        join.read_fragment("a.md", text)
    assert says in str(refused.value)
