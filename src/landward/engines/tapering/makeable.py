"""Which doses the products in hand can make, as one integer: bit n is set if n units can be made.

All amounts are whole numbers of one *unit*, the greatest common divisor of the smallest parts, so
nothing is ever rounded. A product gives every multiple of its smallest part (a liquid only up to
the most it may be drawn to), and products add up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm

from landward.model.amounts import exact_text
from landward.model.base import BadInput
from landward.model.preparation import Preparation
from landward.model.said import phrase

FINEST = 100_000
"""More units than this in a day's dose means a mark far finer than any syringe shows."""


def common_unit(parts: Iterable[Fraction]) -> Fraction:
    """The greatest common divisor of exact amounts, in mg."""
    listed = list(parts)
    below = lcm(*(part.denominator for part in listed))
    return Fraction(gcd(*(int(part * below) for part in listed)), below)


@dataclass(frozen=True)
class Makeable:
    """The doses one dose time can be given, up to `cap` units of `unit` mg."""

    unit: Fraction
    cap: int
    bits: int

    @cached_property
    def smallest(self) -> int:
        """The smallest dose above 0, in units."""
        above = self.bits >> 1
        return (above & -above).bit_length()

    @cached_property
    def gapless(self) -> bool:
        """Whether every whole number of units can be made."""
        return self.bits == (1 << (self.cap + 1)) - 1

    def up_to(self, most: int) -> int:
        """The doses of at most `most` units, as bits."""
        return self.bits & ((1 << (most + 1)) - 1)

    def mg(self, units: int) -> Fraction:
        """Units back to milligrams."""
        return units * self.unit

    def units_up(self, mg: Fraction) -> int:
        """The fewest whole units that hold at least `mg`."""
        scaled = mg / self.unit
        return -(-scaled.numerator // scaled.denominator)


def makeable(preparations: Sequence[Preparation], most_mg: Fraction) -> Makeable:
    """Every dose up to `most_mg` the products make. Raises BadInput for absurdly fine marks."""
    unit = common_unit(item.smallest_mg for item in preparations)
    cap = int(most_mg / unit)
    if cap > FINEST:
        raise BadInput(
            phrase(
                "these products divide {exact_text} mg into {cap} parts: check the "
                "strengths and the syringe mark",
                exact_text=exact_text(most_mg),
                cap=cap,
            )
        )
    return Makeable(unit, cap, reach(preparations, unit, cap))


def reach(preparations: Iterable[Preparation], unit: Fraction, cap: int) -> int:
    """The makeable doses up to `cap` units as bits (bit 0, nothing at all, is always set)."""
    mask = (1 << (cap + 1)) - 1
    bits = 1
    for item in preparations:
        part = int(item.smallest_mg / unit)
        marks = most_marks(item)
        if marks is None:
            bits = _all_multiples(bits, part, cap) & mask
        else:
            bits = _some_multiples(bits, part, min(marks, cap // part)) & mask
    return bits


def most_marks(item: Preparation) -> int | None:
    """How many marks one draw of a liquid may have; None for no limit and for tablets."""
    if item.most_ml is None or item.mark_ml is None:
        return None
    return int(item.most_ml / item.mark_ml)


def _all_multiples(bits: int, part: int, cap: int) -> int:
    shift = part
    while shift <= cap:  # doubling: after n rounds every multiple below 2^n parts is in
        bits |= bits << shift
        shift *= 2
    return bits


def _some_multiples(bits: int, part: int, count: int) -> int:
    have = 1  # bits now holds 0 .. have-1 parts added
    while have <= count:
        more = min(have, count + 1 - have)
        bits |= bits << (part * more)
        have += more
    return bits


def positions(bits: int) -> list[int]:
    """The set bits, rising."""
    found = []
    while bits:
        low = bits & -bits
        found.append(low.bit_length() - 1)
        bits ^= low
    return found


def sums(left: int, right: int) -> int:
    """Every sum of one dose from each of two sets, as bits. Runs of neighbours go in one piece."""
    if _runs(left) > _runs(right):
        left, right = right, left
    found, done = 0, 0
    while left:
        first = (left & -left).bit_length() - 1
        left >>= first
        length = (~left & (left + 1)).bit_length() - 1  # ones up to the first gap
        found |= _smeared(right, length) << (done + first)
        left >>= length
        done += first + length
    return found


def _runs(bits: int) -> int:
    return (bits & ~(bits << 1)).bit_count()


def _smeared(bits: int, length: int) -> int:
    """The set moved up by 0, 1, … `length` − 1, all in one."""
    have = 1
    while have < length:
        more = min(have, length - have)
        bits |= bits << more
        have += more
    return bits
