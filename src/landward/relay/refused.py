"""Why a relay, or the way to it, said no: one code each, no words. Words live in `cli`."""

from types import MappingProxyType

UNKNOWN = "unknown"
"""No such shelf, wrong token, wrong code, no such page: never told apart."""
DIFFERS = "differs"
"""This id holds other bytes already."""
GONE = "gone"
"""This id was deleted once; it never comes back."""
SIZE = "size"
"""The bytes are none of the sizes a relay takes."""
MALFORMED = "malformed"
"""The request cannot be read."""
VERSION = "version"
"""The other side speaks another version of the wire."""
SLOW_DOWN = "slow-down"
"""Too many requests; `wait_s` says how long to wait."""
FULL = "full"
"""The quota is used up."""
BUSY = "busy"
"""The relay cannot write just now: its disk refuses, or it is stopping."""

UNREACHABLE = "unreachable"
"""Nobody answered, or the line broke off. What was sent may have arrived; sending again is safe."""
UNTRUSTED = "untrusted"
"""The certificate is not one this machine trusts."""
NOT_HTTPS = "not-https"
"""An address without TLS that is not this machine itself, or no address at all."""
NOT_A_RELAY = "not-a-relay"
"""Something answered, and it does not speak as a relay does."""

STATUS = MappingProxyType(
    {
        UNKNOWN: 404, DIFFERS: 409, GONE: 410, SIZE: 413, MALFORMED: 422, VERSION: 426,
        SLOW_DOWN: 429, BUSY: 503, FULL: 507,
    }
)  # fmt: skip
"""HTTP status of what a relay itself says."""

CODE_OF = MappingProxyType({status: code for code, status in STATUS.items()})


class RelayRefused(Exception):
    """One code of this module; `wait_s` seconds until asking again makes sense, 0 for at once."""

    def __init__(self, code: str, wait_s: int = 0) -> None:
        super().__init__(code)
        self.code, self.wait_s = code, wait_s
