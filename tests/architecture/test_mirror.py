"""`tests/` mirrors `src/landward/` folder by folder: a room's tests are found without search."""

from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
SOURCE = TESTS.parent / "src" / "landward"
KINDS = frozenset({"architecture", "browser", "package", "properties", "reference", "translations"})
"""Tests of the whole, by what they do: walls, real browsers, the wheel, laws, others' figures."""

FOLDERS = sorted({p.parent.relative_to(TESTS).as_posix() for p in TESTS.rglob("test_*.py")})


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_of_tests_has_its_folder_of_source(folder: str) -> None:
    assert folder in KINDS or (SOURCE / folder).is_dir()
