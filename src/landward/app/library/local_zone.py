"""The zone of this machine: by its name, else by what its clock does."""

import datetime as dt
import os
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

_ETC = Path("/etc/localtime")
_FOLDERS = ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo")
_SETTINGS = (_ETC, Path("/etc/timezone"))
_WEEKS_LOOKED_AT = 60


def local_zone() -> str:
    """This machine's zone: an IANA name, or an offset like “UTC+05:30” where no name fits.

    A name counts only where it says the same time as the machine's own clock. Looked at again every
    minute, and at once where the machine's settings were touched: every page asks for it.
    """
    now = dt.datetime.now(dt.UTC)
    minute = now.replace(second=0, microsecond=0)
    return _found(minute, os.environ.get("TZ"), *map(_stamp, _SETTINGS))


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file is written or replaced, or a link to it set anew."""
    try:
        link, found = path.lstat(), path.stat()
    except OSError:
        return None
    return link.st_ino, found.st_ino, found.st_mtime_ns


@lru_cache(maxsize=1)
def _found(now: dt.datetime, *_: object) -> str:
    offsets = [
        (at, at.astimezone().utcoffset() or dt.timedelta())
        for at in (now + dt.timedelta(weeks=week) for week in range(-8, _WEEKS_LOOKED_AT))
    ]
    for name in _named():
        if _agrees(name, offsets):
            return name
    return _by_clock(offsets)


def _named() -> Iterable[str]:
    """Names this machine gives its zone, the most telling first."""
    told = os.environ.get("TZ")
    if told is not None:
        bare = told.removeprefix(":")
        yield bare.rpartition("zoneinfo/")[2] if bare.startswith("/") else bare or "UTC"
        return
    from tzlocal import get_localzone_name

    with suppress(LookupError, OSError, ValueError):  # its settings may contradict each other
        yield str(get_localzone_name())
    yield from _same_file()


def _same_file() -> Iterable[str]:
    """Names of the zone files that hold what /etc/localtime holds, where that is a plain copy."""
    try:
        mine = _ETC.read_bytes()
    except OSError:
        return
    for name in _in_order(available_timezones()):
        for folder in _FOLDERS:
            try:
                path = Path(folder) / name
                if path.stat().st_size == len(mine) and path.read_bytes() == mine:
                    yield name
            except OSError:
                continue


def _in_order(names: Iterable[str]) -> list[str]:
    """Names of places first, then all others; one order on every machine."""
    left_out = ("posix", "right", "Factory", "localtime")
    kept = (name for name in names if not name.startswith(left_out))
    others = ("Etc/", "US/", "SystemV/")
    return sorted(kept, key=lambda name: ("/" not in name or name.startswith(others), name))


def _agrees(name: str, offsets: list[tuple[dt.datetime, dt.timedelta]]) -> bool:
    try:
        zone = ZoneInfo(name)
    except (LookupError, OSError, ValueError):
        return False
    return all(at.astimezone(zone).utcoffset() == offset for at, offset in offsets)


def _by_clock(offsets: list[tuple[dt.datetime, dt.timedelta]]) -> str:
    """A name for what the clock does: its offset where that never changes, else a zone that changes
    with it, else the offset of now.
    """
    offset = min(offsets, key=lambda one: abs(one[0] - dt.datetime.now(dt.UTC)))[1]
    minutes = round(offset / dt.timedelta(minutes=1))
    if all(other == offset for _, other in offsets):
        if minutes == 0:
            return "UTC"
        if minutes % 60 == 0 and -12 <= minutes // 60 <= 14:
            return f"Etc/GMT{-minutes // 60:+d}"
    else:
        for name in _in_order(available_timezones()):
            if _agrees(name, offsets):
                return name
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
