"""How much of a stranger's file is read: never more than the largest that could be wanted."""

from pathlib import Path

import pytest

from landward.app.phone.collect import MAX_PARCEL_BYTES, parcel_in
from landward.app.transfer.import_diary import MAX_BYTES, read_landward
from landward.model.base import BadInput


@pytest.fixture
def huge(tmp_path: Path) -> Path:
    """A file with a hole: it says it is far larger than any disk here."""
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.write(b'{"format":"landward-waiting"')
        file.truncate(max(MAX_BYTES, MAX_PARCEL_BYTES) + 1)
    return path


def test_a_huge_export_is_refused_unread(huge: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(path: Path) -> bytes:
        raise AssertionError("not a byte of it is to be read")

    monkeypatch.setattr(Path, "read_bytes", read)
    with pytest.raises(BadInput, match="256 MB"):
        read_landward(huge)


def test_no_more_of_a_parcel_is_read_than_one_can_hold(huge: Path) -> None:
    with pytest.raises(BadInput, match="far too large"):
        parcel_in(huge)
    with pytest.raises(BadInput, match="cannot be read"):
        parcel_in(huge.parent)
