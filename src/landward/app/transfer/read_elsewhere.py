"""Read a file from another program: find out which, unpack it if it is packed, hand it over.

This is the one place where a stranger's file is opened. A zip or a folder is looked through by
name; a file that changes while it is read, an archive in an archive, or two programs' files in one
place are each refused in one line, and nothing is written.
"""

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from landward.exchange.importer import Circumstances, Head, Importer, Piece
from landward.exchange.limits import Limited, Patience
from landward.exchange.registry import identify, importers
from landward.model.base import BadInput
from landward.model.proposals import FileReading
from landward.model.said import phrase

MAX_MEMBERS = 20_000
_HEAD_BYTES = 256 * 1024
_ZIP_START = b"PK\x03\x04"
_PACKED = (".zip", ".7z", ".rar", ".gz", ".tar")
_WRONG_ZIP = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError)
"""RuntimeError for a passphrase, NotImplementedError for a packing that zipfile does not know."""


def formats() -> tuple[str, ...]:
    """Names of every importer, for --format."""
    return tuple(importers())


def format_words() -> Mapping[str, str]:
    """What each importer reads, in words, by its name."""
    return {name: one.words for name, one in importers().items()}


@dataclass(frozen=True)
class _File:
    """A file by itself."""

    path: Path
    patience: Patience
    most_bytes: int
    name: str
    seen: Callable[[int], None]

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        with self.path.open("rb") as stream:
            yield cast("IO[bytes]", Limited(stream, self.patience, self.most_bytes, self.seen))

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        yield self.path


@dataclass(frozen=True)
class _Member:
    """A file in a zip."""

    archive: zipfile.ZipFile
    name: str
    patience: Patience
    most_bytes: int
    seen: Callable[[int], None]

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        with self.archive.open(self.name) as stream:
            yield cast("IO[bytes]", Limited(stream, self.patience, self.most_bytes, self.seen))

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        # Only its owner may look into the folder, and it is gone when the block ends.
        with tempfile.TemporaryDirectory(prefix="landward-") as folder:
            path = Path(folder) / "member"
            with self.open() as stream, path.open("wb") as out:
                shutil.copyfileobj(stream, out, 1024 * 1024)
            yield path


def recognise(path: Path, name: str = "") -> str | None:
    """Which program this file is from, or None; `name` is what it was called before it came here.

    Raises BadInput where two could be meant.
    """
    try:
        found = _found(path, name or path.name)
    except (OSError, *_WRONG_ZIP):
        return None
    if len(found) > 1:
        names = " and ".join(f"{one.name} ({len(files)})" for one, files in found.items())
        raise BadInput(
            phrase(
                "{value} holds files of {count} programs: {names}; say which with "
                "--format, or take one of them out of it",
                value=name or path.name,
                count=len(found),
                names=names,
            )
        )
    return next((one.name for one in found), None)


def read_elsewhere(
    path: Path, kind: str, zone: str, around: Circumstances | None = None
) -> FileReading:
    """What the file offers the diary. Raises BadInput where it cannot be read as `kind`."""
    one = importers().get(kind)
    if one is None:
        raise BadInput(
            phrase(
                "“{kind}” is not a format; there are {importers}",
                kind=kind,
                importers=", ".join(importers()),
            )
        )
    around = around or Circumstances(zone=zone)
    try:
        before = _stamp(path)
        with _pieces(path, one, around) as pieces:
            reading = one.extract(pieces, around)
        if _stamp(path) != before:
            raise BadInput(
                phrase(
                    "{name} changed while it was read; try again when it is whole", name=path.name
                )
            )
        return reading
    except FileNotFoundError:
        raise BadInput(phrase("there is no file {path}", path=path)) from None
    except _WRONG_ZIP as error:
        raise BadInput(
            phrase("{name} is not a whole zip, or has a password", name=path.name)
        ) from error
    except OSError as error:
        raise BadInput(
            phrase("{path} cannot be read: {value}", path=path, value=error.strerror or error)
        ) from error


def _stamp(path: Path) -> tuple[int, int]:
    told = path.stat()
    return told.st_size, told.st_mtime_ns


@contextmanager
def _pieces(path: Path, one: Importer, around: Circumstances) -> Iterator[Sequence[Piece]]:
    patience, most = around.patience, one.most_bytes
    if path.is_dir():
        files = _inside(path).get(one, [])
        if not files:
            raise BadInput(
                phrase(
                    "{path} is a folder that holds nothing that looks like {name}",
                    path=path,
                    name=one.name,
                )
            )
        chosen = _chosen(one, files)
        seen = around.progress.of(sum((path / name).stat().st_size for name in chosen))
        yield [_File(path / name, patience, most, name, seen) for name in chosen]
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            files = _in_zip(archive).get(one, [])
            if not files:
                raise BadInput(_nothing_in(path, archive, one))
            chosen = _chosen(one, files)
            seen = around.progress.of(sum(archive.getinfo(name).file_size for name in chosen))
            yield [_Member(archive, name, patience, most, seen) for name in chosen]
    else:
        with path.open("rb") as stream:
            if stream.read(4) == _ZIP_START:
                raise BadInput(_cut_off(path.name))
        seen = around.progress.of(path.stat().st_size)
        yield [_File(path, patience, most, path.name, seen)]


def _cut_off(name: str) -> str:
    return phrase("{name} is not a whole zip: its end is missing; fetch it again", name=name)


def _nothing_in(path: Path, archive: zipfile.ZipFile, one: Importer) -> str:
    if inside := _packed_in(archive):
        return _another_archive(path.name, inside)
    return phrase("{name} holds nothing that looks like {name_2}", name=path.name, name_2=one.name)


def _packed_in(archive: zipfile.ZipFile) -> str:
    """The first archive in an archive; "" where there is none."""
    return next((name for name in archive.namelist() if name.lower().endswith(_PACKED)), "")


def _another_archive(name: str, inside: str) -> str:
    return phrase(
        "{name} holds another archive ({inside}): unpack it, then choose that one",
        name=name,
        inside=inside[:60],
    )


def _chosen(one: Importer, files: Sequence[str]) -> list[str]:
    return sorted(files) if one.many else sorted(files)[:1]


def _found(path: Path, name: str) -> Mapping[Importer, list[str]]:
    if path.is_dir():
        return _inside(path)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            found = _in_zip(archive)
            if not found and (inside := _packed_in(archive)):
                raise BadInput(_another_archive(name, inside))
            return found
    with path.open("rb") as file:
        head = Head(name, file.read(_HEAD_BYTES))
    if head.data.startswith(_ZIP_START):
        raise BadInput(_cut_off(name))
    one = identify(head)
    return {one: [path.name]} if one is not None else {}


def _in_zip(archive: zipfile.ZipFile) -> Mapping[Importer, list[str]]:
    names = [info.filename for info in archive.infolist() if not info.is_dir()][:MAX_MEMBERS]

    def head(name: str) -> bytes:
        with archive.open(name) as stream:
            return stream.read(_HEAD_BYTES)

    return _sorted_out(names, head)


def _inside(folder: Path) -> Mapping[Importer, list[str]]:
    names = sorted(path.name for path in folder.iterdir() if path.is_file())[:MAX_MEMBERS]

    def head(name: str) -> bytes:
        with (folder / name).open("rb") as stream:
            return stream.read(_HEAD_BYTES)

    return _sorted_out(names, head)


def _sorted_out(names: Iterable[str], head: Callable[[str], bytes]) -> Mapping[Importer, list[str]]:
    """Files by the importer that knows them; only files that some importer wants are opened."""
    found: dict[Importer, list[str]] = {}
    for name in names:
        wanted = [one for one in importers().values() if one.wants(name)]
        data = head(name) if wanted else b""
        for one in wanted:
            if one.identify(Head(name, data)):
                found.setdefault(one, []).append(name)
                break
    return found
