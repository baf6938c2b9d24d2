"""Pages are tested as most people have them, without the extra font, though the test set has it."""

from collections.abc import Iterator

import pytest

from landward.report import more_fonts, printable, typesetting


def _forget() -> None:
    printable.covered.cache_clear()


@pytest.fixture(autouse=True, scope="session")
def without_the_extra() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (printable, typesetting):
            patch.setattr(module, "cjk_folder", lambda: None)
        _forget()
        yield
    _forget()


@pytest.fixture
def with_the_extra() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (printable, typesetting):
            patch.setattr(module, "cjk_folder", more_fonts.cjk_folder)
        _forget()
        yield
    _forget()
