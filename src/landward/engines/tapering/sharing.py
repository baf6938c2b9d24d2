"""A day's dose shared over its dose times. No dose time ever rises.

Two ways: keep the day's proportions (the odd bit stays with the later times), or lower the named
times first, one after the other. A *share* is a tuple of units, one per dose time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from landward.engines.tapering.makeable import Makeable, sums

Share = tuple[int, ...]


@dataclass
class Sharing:
    """How one plan shares its doses: the makeable doses, today's share and the order of cutting.

    `cut_order` holds positions of dose times, first cut first; empty keeps proportions.
    """

    grid: Makeable
    first: Share
    cut_order: tuple[int, ...] = ()
    _totals: dict[Share, tuple[int, ...]] = field(default_factory=dict)

    def lowest(self, share: Share, at_least: int) -> Share:
        """The share with the smallest sum not below `at_least` that raises no dose time."""
        return self.shared(share, self.lowest_total(share, at_least))

    def lowest_total(self, share: Share, at_least: int) -> int:
        """The smallest sum not below `at_least` that raises no dose time."""
        bits = self._sums_of_last(share)[0] >> at_least
        return at_least + (bits & -bits).bit_length() - 1

    def next_below(self, share: Share, at_least: int = 0) -> int | None:
        """The largest smaller sum not below `at_least` that raises no dose time; None if none."""
        bits = self._sums_of_last(share)[0] & ((1 << sum(share)) - 1)
        total = bits.bit_length() - 1
        return total if total >= max(at_least, 0) else None

    def shared(self, share: Share, total: int) -> Share:
        """`total` over the dose times, none above `share`. The sum must be reachable."""
        if len(share) == 1:
            return (total,)
        order = self._order()
        rests = self._sums_of_last(share)
        chosen = [0] * len(share)
        left, weight = total, sum(self.first)
        for place, time in enumerate(order):
            rest, most = rests[place + 1], min(share[time], left)
            aim = most if self.cut_order else -(-left * self.first[time] // weight) if weight else 0
            chosen[time] = self._fit(rest, left, most, min(aim, most))
            left -= chosen[time]
            weight -= self.first[time]
        return tuple(chosen)

    def _fit(self, rest: int, left: int, most: int, aim: int) -> int:
        """The smallest dose from `aim` up that leaves the rest a sum; else the next below."""
        for dose in range(aim, most + 1):
            if self.grid.bits >> dose & 1 and rest >> (left - dose) & 1:
                return dose
        for dose in range(aim - 1, -1, -1):
            if self.grid.bits >> dose & 1 and rest >> (left - dose) & 1:
                return dose
        raise AssertionError("a sum said to be reachable is not")

    def _order(self) -> Sequence[int]:
        """Dose times in the order they are filled: those kept longest first, else the latest."""
        everyone = range(len(self.first))
        kept = [time for time in everyone if time not in self.cut_order]
        return [*reversed(kept), *reversed(self.cut_order)]

    def _sums_of_last(self, share: Share) -> tuple[int, ...]:
        """Per place in the filling order: what the times from there on can add up to."""
        known = self._totals.get(share)
        if known is None:
            totals = [1]
            for time in reversed(self._order()):
                mine = self.grid.up_to(share[time])
                if self.grid.gapless:
                    totals.append((1 << (totals[-1].bit_length() + share[time])) - 1)
                else:
                    totals.append(mine if totals == [1] else sums(mine, totals[-1]))
            known = tuple(reversed(totals))
            self._totals = {share: known}
        return known


def even_share(grid: Makeable, total: int, times: int) -> Share | None:
    """A start share for a day's dose nobody split: as even as makeable; None if not makeable."""
    if times == 1:
        return (total,) if grid.bits >> total & 1 else None
    flat = Sharing(grid, (1,) * times)
    ceiling = (total,) * times
    if not flat._sums_of_last(ceiling)[0] >> total & 1:
        return None
    return flat.shared(ceiling, total)
