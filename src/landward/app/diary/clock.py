"""The one clock of the app and the commands, and the zone this machine keeps. Replaced in tests."""

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from landward.model.moment import Moment


def local_zone() -> str:
    """This machine's IANA zone: what TZ names, else what the system is set to, else UTC."""
    from tzlocal import get_localzone_name

    named = os.environ.get("TZ", "").lstrip(":")
    if named and _is_zone(named):
        return named
    try:
        name = str(get_localzone_name())
    except (LookupError, ValueError, OSError):  # the system's own settings contradict each other
        return "UTC"
    return name if _is_zone(name) else "UTC"


def now() -> Moment:
    """Now, in this machine's zone."""
    return Moment(at=datetime.now(UTC), zone=local_zone())


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return True
