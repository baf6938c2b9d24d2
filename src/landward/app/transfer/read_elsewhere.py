"""Read a file from another app: find out which, unpack it if it is a zip, hand it to its reader."""

import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

from landward.exchange.apple_health import is_apple_health, read_apple_health
from landward.exchange.daylio import is_daylio, read_daylio
from landward.exchange.fitbit import is_fitbit, read_fitbit
from landward.exchange.health_connect import is_health_connect, read_health_connect
from landward.exchange.limits import MAX_TEXT_BYTES, Limited, Patience
from landward.model.base import BadInput
from landward.model.proposals import FileReading

FORMATS = ("daylio", "apple-health", "fitbit", "health-connect")
MAX_MEMBERS = 20_000
MAX_DATABASE_BYTES = 1024**3
_HEAD_BYTES = 256 * 1024
_KNOWN: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("daylio", is_daylio),
    ("apple-health", is_apple_health),
    ("fitbit", is_fitbit),
    ("health-connect", is_health_connect),
)


def recognise(path: Path) -> str | None:
    """Which app this file is from, or None. Looks at its beginning, or at a zip's list of names."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                names = archive.namelist()[:MAX_MEMBERS]
            return next((kind for kind in FORMATS if _members(names, kind)), None)
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except (OSError, zipfile.BadZipFile):
        return None
    if head.startswith(b"SQLite format 3\x00"):
        return "health-connect"
    return next((kind for kind, looks_like in _KNOWN if looks_like(head)), None)


def read_elsewhere(path: Path, kind: str, zone: str) -> FileReading:
    """What the file offers the diary. Raises BadInput where it cannot be read as `kind`."""
    patience = Patience()
    try:
        if zipfile.is_zipfile(path):
            return _read_zip(path, kind, zone, patience)
        with path.open("rb") as file:
            if kind == "apple-health":
                return read_apple_health(file, zone, patience)
            return _read(kind, [_whole(file, kind, patience)], zone, patience)
    except FileNotFoundError:
        raise BadInput(f"there is no file {path}") from None
    except IsADirectoryError:
        raise BadInput(
            f"{path} is a folder; name one file, or the zip as it was exported"
        ) from None
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}") from error


def _read_zip(path: Path, kind: str, zone: str, patience: Patience) -> FileReading:
    try:
        with zipfile.ZipFile(path) as archive:
            members = _members(archive.namelist()[:MAX_MEMBERS], kind)
            if not members:
                raise BadInput(f"{path.name} holds nothing that looks like {kind}")
            if kind == "apple-health":
                with archive.open(members[0]) as stream:
                    return read_apple_health(stream, zone, patience)
            files = []
            for name in members:
                with archive.open(name) as stream:
                    files.append(_whole(stream, kind, patience))
                if sum(map(len, files)) > MAX_DATABASE_BYTES:
                    raise BadInput(f"{path.name} unpacks to more than 1 GB; nothing was read")
            return _read(kind, files, zone, patience)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise BadInput(f"{path.name} is not a whole zip, or has a password") from error


def _members(names: list[str], kind: str) -> list[str]:
    wanted: dict[str, Callable[[str], bool]] = {
        "daylio": lambda n: "daylio" in n and n.endswith(".csv"),
        "apple-health": lambda n: n.endswith("/export.xml") or n == "export.xml",
        "fitbit": lambda n: n.rsplit("/", 1)[-1].startswith("sleep-") and n.endswith(".json"),
        "health-connect": lambda n: n.endswith(".db"),
    }
    found = sorted(name for name in names if wanted[kind](name.lower()))
    return found if kind == "fitbit" else found[:1]


def _whole(stream: IO[bytes], kind: str, patience: Patience) -> bytes:
    most = MAX_DATABASE_BYTES if kind == "health-connect" else MAX_TEXT_BYTES
    return Limited(stream, patience, most).read()


def _read(kind: str, files: list[bytes], zone: str, patience: Patience) -> FileReading:
    if kind == "fitbit":
        return read_fitbit(files, zone, patience)
    if kind == "daylio":
        return read_daylio(files[0], zone, patience)
    if kind == "health-connect":
        return read_health_connect(files[0], zone, patience)
    raise BadInput(f"“{kind}” is not a format; there are {', '.join(FORMATS)}")
