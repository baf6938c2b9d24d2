"""What is written for the person: whole, theirs alone, and no half left lying about."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from landward.app.keep.write_file import write_file
from landward.app.transfer.export import export_diary
from landward.model.base import BadInput
from landward.model.bodies import Note
from landward.vault import Vault
from landward.vault.cost import CHEAPEST
from making import entry

Writer = Callable[[Path], object]


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    made, _ = Vault.create(tmp_path / "my.vault", "two gulls", cost=CHEAPEST)
    made.append([entry(Note(text="a private line"))])
    return made


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no mode bits")
def test_what_lies_in_the_way_decides_nothing(tmp_path: Path, vault: Vault) -> None:
    """A readable half, or a link, under the name used while writing."""
    strangers = tmp_path / "strangers"
    strangers.write_bytes(b"theirs")
    for name in ("report.pdf", "entries.jsonl", "note.csv"):
        (tmp_path / f".{name}.part").write_bytes(b"left open to all")
        (tmp_path / f".{name}.part").chmod(0o644)
    (tmp_path / ".note.csv.part").unlink()
    (tmp_path / ".note.csv.part").symlink_to(strangers)
    written = [write_file(tmp_path / "report.pdf", b"x"), *export_diary(vault, tmp_path)]
    assert [path.name for path in written] == ["report.pdf", "entries.jsonl", "note.csv"]
    assert [mode(path) for path in written] == [0o600] * 3
    assert strangers.read_bytes() == b"theirs"


@pytest.mark.parametrize("what", ["file", "export"])
def test_a_full_disk_leaves_no_readable_half(
    tmp_path: Path, vault: Vault, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "entries.jsonl").write_bytes(b"the earlier one")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadInput, match="No space left"):
        if what == "file":
            write_file(folder / "entries.jsonl", b"a private line")
        else:
            export_diary(vault, folder)
    assert [(p.name, p.read_bytes()) for p in folder.iterdir()] == [
        ("entries.jsonl", b"the earlier one")
    ]
