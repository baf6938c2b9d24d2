"""Where compiled arithmetic is kept: never in the package, never in a stranger's folder."""

import os
import tempfile
from pathlib import Path

import pytest

from landward.engines import compiled


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without a writable cache; returns where everyone's temporary files lie."""
    blocked = tmp_path / "a file, no folder"
    blocked.write_text("")
    shared = tmp_path / "shared"
    shared.mkdir()
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked / "below"))
    monkeypatch.setenv("HOME", str(blocked))
    monkeypatch.setattr(tempfile, "tempdir", str(shared))
    return shared


@pytest.mark.skipif(os.name == "nt", reason="Windows' temporary folder is each user's own")
def test_without_a_cache_of_their_own_a_closed_folder_serves(nowhere: Path) -> None:
    found = compiled.cache_folder()
    assert found is not None and found.parent == nowhere
    assert found.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name == "nt", reason="Windows' temporary folder is each user's own")
@pytest.mark.parametrize("planted", ["open to all", "a link", "a file"])
def test_what_somebody_laid_there_beforehand_is_not_used(nowhere: Path, planted: str) -> None:
    place = nowhere / f"landward-{os.getuid()}"
    if planted == "open to all":
        place.mkdir()
        place.chmod(0o777)
    elif planted == "a link":
        (nowhere / "theirs").mkdir(mode=0o700)
        place.symlink_to(nowhere / "theirs")
    else:
        place.write_text("")
    assert compiled.cache_folder() is None
    assert not compiled.is_compiled()
    compiled.note_compiled()  # and that is no error


def test_it_is_known_what_was_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    assert not compiled.is_compiled()
    compiled.note_compiled()
    assert compiled.is_compiled()
    monkeypatch.setattr(compiled, "version", lambda _: "another numba")
    assert not compiled.is_compiled()
