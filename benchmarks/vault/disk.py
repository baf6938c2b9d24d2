"""What may be on a disk after the power went, given the calls a program made: ours, and small.

A file's bytes are safe once the file was synced after writing them; a name (made, changed, taken
away) is safe once a folder it is in was synced. What is not safe may be there, may be missing, may
be torn in blocks of 512 bytes, and writes may overtake each other. Names of one folder change in
the order they were changed, and a renaming is done or not done: what journaling file systems keep.
A file's own sync promises nothing about its name.
"""

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path, PurePosixPath

SECTOR = 512
HERE = PurePosixPath()
Entry = tuple[PurePosixPath, bytes | None]


@dataclass(frozen=True)
class Call:
    """One recorded call: what it did, to which names, and the bytes it wrote."""

    what: str
    one: str
    two: str = ""
    offset: int = 0
    data: bytes = b""


def read_record(raw: bytes) -> list[Call]:
    """The calls that `shim.c` wrote down."""
    calls, at = [], 0
    while at < len(raw):
        end = raw.index(b"\n", at)
        what, one, two, offset, size = raw[at:end].decode().split("\t")
        at = end + 1
        data = raw[at : at + int(size)] if what == "write" else b""
        at += len(data)
        calls.append(Call(what, one, two, int(offset), data))
    return calls


@dataclass(frozen=True)
class Data:
    """A change of one file's bytes: a write, or (without bytes) another length."""

    file: int
    offset: int
    data: bytes | None

    def onto(self, content: bytearray, kept: Sequence[bool] | None = None) -> None:
        """Do it; `kept` says which of its 512-byte blocks reached the disk."""
        if self.data is None:
            size = self.offset
            content[:] = content[:size] + bytes(max(0, size - len(content)))
            return
        whole = self.data
        end = self.offset + len(whole)
        if kept is None:
            content.extend(bytes(max(0, end - len(content))))
            content[self.offset : end] = whole
            return
        for number, there in enumerate(kept):
            part = whole[number * SECTOR : (number + 1) * SECTOR]
            start = self.offset + number * SECTOR
            if there:
                content.extend(bytes(max(0, start + len(part) - len(content))))
                content[start : start + len(part)] = part

    @property
    def blocks(self) -> int:
        return 0 if self.data is None else -(-len(self.data) // SECTOR)


@dataclass(frozen=True)
class Name:
    """A change of names: what goes, what comes. A renaming is both at once."""

    gone: tuple[tuple[int, str], ...] = ()
    comes: tuple[tuple[int, str, int], ...] = ()

    @property
    def folders(self) -> frozenset[int]:
        return frozenset([f for f, _ in self.gone] + [f for f, _, _ in self.comes])


@dataclass
class Disk:
    """Files by number and folders by number; the root folder is 0."""

    files: dict[int, bytes] = field(default_factory=dict)
    folders: dict[int, dict[str, int]] = field(default_factory=lambda: {0: {}})

    def tree(self, folder: int = 0, at: PurePosixPath = HERE) -> Iterator[Entry]:
        """Every path that can be reached: a file's bytes, or None for a folder."""
        for name, number in sorted(self.folders[folder].items()):
            if number in self.folders:
                yield at / name, None
                yield from self.tree(number, at / name)
            else:
                yield at / name, self.files.get(number, b"")

    def put(self, target: Path) -> None:
        """Lay it out as real files under an empty folder."""
        for path, content in self.tree():
            if content is None:
                (target / path).mkdir(mode=0o700)
            else:
                (target / path).write_bytes(content)
                (target / path).chmod(0o600)

    def digest(self) -> bytes:
        found = hashlib.blake2b(digest_size=16)
        for path, content in self.tree():
            found.update(f"{path}\0{'-' if content is None else len(content)}\0".encode())
            found.update(content or b"")
        return found.digest()


def disk_of(folder: Path) -> Disk:
    """What lies in a folder, all of it safe."""
    disk, numbers = Disk(), count(1)
    place = {folder: 0}
    for path in sorted(folder.rglob("*")):
        number = place[path] = next(numbers)
        disk.folders[place[path.parent]][path.name] = number
        if path.is_dir():
            disk.folders[number] = {}
        else:
            disk.files[number] = path.read_bytes()
    return disk


class Replay:
    """Takes the calls one by one; knows what is safe and what is not yet."""

    def __init__(self, start: Disk, root: str, *, ignore_syncs: bool = False) -> None:
        self.root, self.ignore_syncs = root, ignore_syncs
        self.safe = Disk(dict(start.files), {f: dict(n) for f, n in start.folders.items()})
        self.now = Disk(dict(start.files), {f: dict(n) for f, n in start.folders.items()})
        self.open_data: list[Data] = []
        self.open_names: list[Name] = []
        self.unsafe_folders: set[int] = set()
        self.numbers = count(1 + max([0, *start.files, *start.folders]))

    def _where(self, path: str) -> tuple[int, str]:
        parts = PurePosixPath(path).relative_to(self.root).parts
        folder = 0
        for name in parts[:-1]:
            folder = self.now.folders[folder][name]
        return folder, parts[-1]

    def _number(self, path: str) -> int | None:
        if path == self.root:
            return 0
        folder, name = self._where(path)
        return self.now.folders[folder].get(name)

    def take(self, call: Call) -> None:
        """One more call was made and came back."""
        match call.what:
            case "create":
                number = next(self.numbers)
                self.now.files[number] = self.safe.files[number] = b""
                self._names(Name(comes=((*self._where(call.one), number),)))
            case "mkdir":
                number = next(self.numbers)
                self.now.folders[number], self.safe.folders[number] = {}, {}
                self._names(Name(comes=((*self._where(call.one), number),)))
            case "link":
                number = self._number(call.one)
                assert number is not None
                self._names(Name(comes=((*self._where(call.two), number),)))
            case "rename":
                number = self._number(call.one)
                assert number is not None
                gone, comes = self._where(call.one), self._where(call.two)
                self._names(Name(gone=(gone,), comes=((*comes, number),)))
            case "unlink" | "rmdir":
                self._names(Name(gone=(self._where(call.one),)))
            case "write" | "truncate":
                number = self._number(call.one.removesuffix(" (deleted)"))
                if number is not None:
                    data = call.data if call.what == "write" else None
                    self._data(Data(number, call.offset, data))
            case "sync":
                self._sync(call.one)

    def _names(self, name: Name) -> None:
        _change(self.now, name)
        self.open_names.append(name)

    def _data(self, data: Data) -> None:
        content = bytearray(self.now.files[data.file])
        data.onto(content)
        self.now.files[data.file] = bytes(content)
        self.open_data.append(data)

    def _sync(self, path: str) -> None:
        number = self._number(path)
        if number is None or self.ignore_syncs:
            return
        if number in self.now.folders:
            # Names of one folder are safe in their order; so is what a safe renaming rests on.
            last = max((n for n, one in enumerate(self.open_names) if number in one.folders),
                       default=-1)  # fmt: skip
            self._make_names_safe(last, number)
        else:
            for data in self.open_data:
                if data.file == number:
                    self._onto_safe(data)
            self.open_data = [data for data in self.open_data if data.file != number]

    def _make_names_safe(self, last: int, folder: int) -> None:
        wanted, rest = {folder}, []
        for name in reversed(self.open_names[: last + 1]):
            if name.folders & wanted:
                wanted |= name.folders
        for number, name in enumerate(self.open_names):
            if number <= last and name.folders & wanted:
                _change(self.safe, name)
            else:
                rest.append(name)
        self.open_names = rest

    def _onto_safe(self, data: Data) -> None:
        content = bytearray(self.safe.files[data.file])
        data.onto(content)
        self.safe.files[data.file] = bytes(content)

    # ---- what may be there after a crash now ------------------------------------------------

    def state(self, data: Iterable[tuple[Data, Sequence[bool] | None]], names: Iterable[Name]
              ) -> Disk:  # fmt: skip
        """What is safe, with some of what is not safe."""
        disk = Disk(dict(self.safe.files), {f: dict(n) for f, n in self.safe.folders.items()})
        touched: dict[int, bytearray] = {}
        for one, kept in data:
            content = touched.setdefault(one.file, bytearray(disk.files[one.file]))
            one.onto(content, kept)
        disk.files |= {number: bytes(content) for number, content in touched.items()}
        stopped: set[int] = set()
        wanted = {id(name) for name in names}
        for name in self.open_names:
            if id(name) not in wanted or name.folders & stopped:
                stopped |= name.folders
            else:
                _change(disk, name)
        return disk

    def states(self, chance: random.Random, each: int) -> Iterator[Disk]:
        """Crash states at this moment: the four ends, one missing, one alone, `each` by chance."""
        data, names = self.open_data, self.open_names
        whole: list[tuple[Data, None]] = [(one, None) for one in data]
        yield self.state(whole, names)
        if not data and not names:
            return
        yield self.state((), ())
        yield self.state((), names)
        yield self.state(whole, ())
        for one in data[-3:]:
            yield self.state([pair for pair in whole if pair[0] is not one], names)
            yield self.state([(one, None)], names)
        for _ in range(
            each if len(data) + len(names) > 1 or any(d.blocks > 1 for d in data) else 1
        ):
            share = chance.choice((0.2, 0.5, 0.8))
            some: list[tuple[Data, Sequence[bool] | None]] = []
            for one in data:
                if chance.random() < share:
                    torn = chance.random() < 0.3 and one.blocks > 1
                    kept = [chance.random() < 0.5 for _ in range(one.blocks)] if torn else None
                    some.append((one, kept))
            cut = {folder: chance.random() for name in names for folder in name.folders}
            chosen = [
                name for number, name in enumerate(names)
                if all(number / len(names) <= cut[folder] for folder in name.folders)
            ]  # fmt: skip
            yield self.state(some, chosen)


def _change(disk: Disk, name: Name) -> None:
    for folder, gone in name.gone:
        disk.folders[folder].pop(gone, None)
    for folder, comes, number in name.comes:
        disk.folders[folder][comes] = number
