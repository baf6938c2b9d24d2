"""Files that are cut off, packed twice, of two programs, or still being written: one clear line."""

import zipfile
from pathlib import Path

import pytest

from foreign_files import MOMENT, SEEDS, ZONE
from kinds.databases import health_connect
from kinds.nights import apple_health, fitbit
from landward.app.transfer import read_elsewhere as reading
from landward.app.transfer.chosen_file import ChosenFile
from landward.app.transfer.import_diary import circumstances, import_reading, read_by
from landward.app.transfer.read_elsewhere import read_elsewhere, recognise
from landward.exchange.mapping import read_map
from landward.exchange.registry import importers
from landward.model.base import BadInput
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

PACKED = {
    "fitbit": next(one for one in fitbit() if one.name == "two months"),
    "apple-health": next(one for one in apple_health() if one.name.startswith("in its zip")),
    "health-connect": next(one for one in health_connect() if one.name == "in its zip"),
}


def refusal(path: Path) -> str:
    """What somebody who brings this file is told; nothing is written before it."""
    with pytest.raises(BadInput) as caught:
        kind = recognise(path)
        assert kind is not None, "nobody knows this file"
        read_elsewhere(path, kind, ZONE, circumstances(MOMENT))
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("kind", PACKED)
def test_an_archive_that_is_cut_off(kind: str, share: float, tmp_path: Path) -> None:
    path = PACKED[kind].placed(tmp_path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert "not a whole zip" in refusal(path)
    with pytest.raises(BadInput, match="not a whole zip"):
        ChosenFile(path, path.name)


@pytest.mark.parametrize("kind", PACKED)
def test_an_archive_with_a_damaged_inside(kind: str, tmp_path: Path) -> None:
    """The list at its end is whole; the bytes before it are not."""
    path = PACKED[kind].placed(tmp_path)
    data = bytearray(path.read_bytes())
    for at in range(60, len(data) // 2):
        data[at] ^= 0x5A
    path.write_bytes(data)
    try:
        found = recognise(path)
    except BadInput as error:
        assert "\n" not in str(error)
        return
    if found is not None:
        with pytest.raises(BadInput):
            read_elsewhere(path, found, ZONE, circumstances(MOMENT))


@pytest.mark.parametrize("kind", PACKED)
def test_a_zip_in_a_zip(kind: str, tmp_path: Path) -> None:
    inner = PACKED[kind].placed(tmp_path)
    outer = tmp_path / "outer.zip"
    with zipfile.ZipFile(outer, "w") as archive:
        archive.write(inner, inner.name)
    assert f"another archive ({inner.name})" in refusal(outer)


def test_two_programs_in_one_folder(tmp_path: Path) -> None:
    (tmp_path / "daylio_export.csv").write_bytes((SEEDS / "daylio/new.csv").read_bytes())
    (tmp_path / "export.xml").write_bytes((SEEDS / "apple_health/export.xml").read_bytes())
    assert "2 programs: daylio (1) and apple-health (1)" in refusal(tmp_path)


@pytest.mark.parametrize("name", sorted(importers()))
def test_a_file_that_changes_while_it_is_read(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = min((SEEDS / name.replace("-", "_")).iterdir())
    path = tmp_path / seed.name
    path.write_bytes(seed.read_bytes())
    one = importers()[name]

    def slow(pieces, around):
        found = one.extract(pieces, around)
        with path.open("ab") as out:
            out.write(b"\n")
        return found

    from dataclasses import replace

    monkeypatch.setattr(
        reading, "importers", lambda: {**importers(), name: replace(one, extract=slow)}
    )
    with pytest.raises(BadInput, match="changed while it was read"):
        read_elsewhere(path, name, ZONE, circumstances(MOMENT))


def test_a_table_that_changes_while_it_is_read(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "diary.csv"
    path.write_text("Date,Anxiety\n2026-01-01,2\n")
    rules = read_map(
        'source="x"\n[date]\ncolumn="Date"\n[items.x]\ncolumn="Anxiety"\nscale=[0,4]\n'
    )
    plain = Path.read_bytes

    def slow(self: Path) -> bytes:
        data = plain(self)
        with path.open("a") as out:
            out.write("2026-01-02,3\n")
        return data

    monkeypatch.setattr(Path, "read_bytes", slow)
    with pytest.raises(BadInput, match="changed while it was read"):
        read_by(path, rules)


def test_nothing_is_written_by_a_file_that_is_refused(tmp_path: Path) -> None:
    vault, _ = Vault.create(tmp_path / "v.vault", "x", now=MOMENT.at, cost=CHEAPEST)
    path = tmp_path / "daylio_export.csv"
    good = (SEEDS / "daylio/new.csv").read_text("utf-8-sig")
    path.write_text(good + "2024-02-31,x,y,10:00,good,,,\n")
    with vault:
        head = vault.head()
        found = read_elsewhere(path, "daylio", ZONE, circumstances(MOMENT))
        with pytest.raises(BadInput, match="line 6"):
            import_reading(vault, found, MOMENT)
        assert vault.head() == head and not vault.entries()
