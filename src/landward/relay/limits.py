"""How often one shelf and one address may ask. In memory, under salted hashes, never written down.

A bucket holds `burst` asks and fills at `rate_s` a second; an ask takes what it costs.
"""

import hashlib
import ipaddress
import math
from collections.abc import Callable
from dataclasses import dataclass

from landward.relay.refused import SLOW_DOWN, RelayRefused

MOST_BUCKETS = 50_000


@dataclass(frozen=True, slots=True)
class Rate:
    """How fast a bucket fills, in asks a second, and how many it holds."""

    rate_s: float
    burst: float


OF_SHELF = Rate(20, 400)
"""A device that catches up asks a few times a second; twenty for ever are none of a person's."""
OF_ADDRESS = Rate(50, 1000)
"""A household, a clinic or an exit of Tor shares one address."""
COST_OF_UNKNOWN = 20
"""What a wrong code, token or shelf costs an address beside the ask: guessing is slow."""


class Limits:
    """Buckets of shelves and addresses. `salt` is made anew by each run; `clock` gives seconds."""

    def __init__(
        self,
        clock: Callable[[], float],
        salt: bytes,
        of_shelf: Rate = OF_SHELF,
        of_address: Rate = OF_ADDRESS,
    ) -> None:
        self._clock, self._salt = clock, salt
        self._rates = {"s": of_shelf, "a": of_address}
        self._buckets: dict[bytes, tuple[float, float]] = {}

    def shelf(self, shelf: str, cost: float = 1) -> None:
        """An ask about a shelf. Raises RelayRefused(SLOW_DOWN)."""
        self._take("s", shelf, cost)

    def address(self, address: str, cost: float = 1) -> None:
        """An ask from an address. Raises RelayRefused(SLOW_DOWN)."""
        self._take("a", network_of(address), cost)

    def charge(self, address: str, cost: float) -> None:
        """Take `cost` from an address that has been answered already."""
        kind, key, left, now = self._look("a", network_of(address))
        del kind
        self._buckets[key] = (left - cost, now)

    def _look(self, kind: str, name: str) -> tuple[Rate, bytes, float, float]:
        rate, now = self._rates[kind], self._clock()
        key = hashlib.blake2b((kind + name).encode(), key=self._salt, digest_size=16).digest()
        left, then = self._buckets.pop(key, (rate.burst, now))
        return rate, key, min(rate.burst, left + (now - then) * rate.rate_s), now

    def _take(self, kind: str, name: str, cost: float) -> None:
        rate, key, left, now = self._look(kind, name)
        fits = left >= min(cost, rate.burst)
        self._buckets[key] = (left - cost if fits else left, now)
        if len(self._buckets) > MOST_BUCKETS:
            del self._buckets[next(iter(self._buckets))]  # asked for nothing the longest
        if not fits:
            raise RelayRefused(SLOW_DOWN, max(1, math.ceil((cost - left) / rate.rate_s)))


def network_of(address: str) -> str:
    """An address, or the /64 of one of IPv6: whoever has one there has all of them."""
    try:
        found = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
