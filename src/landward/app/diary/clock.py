"""The one clock of the app and the commands, and the zone this machine keeps. Replaced in tests."""

from datetime import UTC, datetime

from landward.app.library.local_zone import local_zone
from landward.model.moment import Moment


def now() -> Moment:
    """Now, in this machine's zone."""
    return Moment(at=datetime.now(UTC), zone=local_zone())


__all__ = ["local_zone", "now"]
