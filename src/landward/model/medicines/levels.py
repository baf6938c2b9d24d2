"""The dose that lasts: levels that were held, glides of small steps, the changes between them.

The rule in words, with a table of cases: `tests/scenarios/doses`, chapter 2.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

HELD_DAYS = 3
"""An amount taken on this many known days running is a level; fewer is a passing difference."""

GLIDE_STEP = Decimal("0.05")
"""A step of a glide is at most this share of the amount before."""

GLIDE_CHANGES = 2
"""One change is a passing day; this many in one direction are a way."""

NOW_DAYS = 7
"""A settled dose is “now” while the last known day lies no further back than this."""

LATEST_DAYS, ENOUGH_DAYS = 8, 5
"""Of so many latest known days, a level that is no longer held needs so many on its amount."""


@dataclass(frozen=True, slots=True)
class DoseLevel:
    """An amount that was held, from its first day to the last day it is known of."""

    mg: Decimal
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True)
class DoseChange:
    """From one settled dose to the next; a glide is one change, to the amount it has come to.

    `day` is the first known day on the new amount, of a glide the day of its first change.
    """

    day: dt.date
    from_mg: Decimal
    to_mg: Decimal

    @property
    def percent(self) -> Decimal | None:
        """The change as a share of the dose before, one decimal, below zero for a cut.

        None from 0 mg. Halves are rounded away from zero.
        """
        if not self.from_mg:
            return None
        share = (self.to_mg - self.from_mg) / self.from_mg * 100
        return share.quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Way:
    """What lasted, up to a day: the levels, the changes, and the settled dose if there is one."""

    levels: tuple[DoseLevel, ...]
    changes: tuple[DoseChange, ...]
    settled_mg: Decimal | None
    begun: DoseChange | None = None
    """The glide the record begins with, from its first known amount, before which no level is
    known: no change of what lasted, and still what was done.
    """


@dataclass(frozen=True, slots=True)
class _Block:
    """One amount on neighbouring known days; `first` and `last` are places among them."""

    mg: Decimal
    first: int
    last: int

    @property
    def held(self) -> bool:
        """Whether it is a level."""
        return self.last - self.first + 1 >= HELD_DAYS


def way_until(known: Mapping[dt.date, Decimal], until: dt.date) -> Way:
    """What lasted, from the known regular amounts in date order, none of them after `until`."""
    days, amounts = list(known), list(known.values())
    blocks = _blocks(amounts)
    lasted = _lasted(blocks)
    changes = [
        DoseChange(days[new.first], old.mg, new.mg)
        for old, new in pairwise(lasted)
        if old.mg != new.mg
    ]
    recent = bool(days) and (until - days[-1]).days <= NOW_DAYS
    settled = _still(lasted[-1], amounts) if lasted and recent else None
    return Way(tuple(_levels(days, blocks)), tuple(changes), settled, _begun(days, blocks))


def _begun(days: Sequence[dt.date], blocks: Sequence[_Block]) -> DoseChange | None:
    if not blocks or blocks[0].held or not (end := _glide(blocks, 0)):
        return None
    return DoseChange(days[blocks[1].first], blocks[0].mg, blocks[end].mg)


def _lasted(blocks: Sequence[_Block]) -> list[_Block]:
    """Every amount that lasted, in order: the levels, and each glide as one block on its last
    amount, from its first change to its last known day.

    A glide sets out from a level, from the first known day, or after another one broke off.
    """
    lasted: list[_Block] = []
    place, may_set_out = 0, True
    while place < len(blocks):
        block = blocks[place]
        if block.held and not (lasted and lasted[-1].last == block.last):
            lasted.append(block)
        end = _glide(blocks, place) if block.held or may_set_out else place
        if end > place:
            lasted.append(_Block(blocks[end].mg, blocks[place + 1].first, blocks[end].last))
            place, may_set_out = end, True
        else:
            may_set_out = may_set_out and bool(lasted) and not block.held
            place += 1
    return lasted


def _blocks(amounts: Sequence[Decimal]) -> list[_Block]:
    blocks: list[_Block] = []
    for place, mg in enumerate(amounts):
        if blocks and blocks[-1].mg == mg:
            blocks[-1] = _Block(mg, blocks[-1].first, place)
        else:
            blocks.append(_Block(mg, place, place))
    return blocks


def _glide(blocks: Sequence[_Block], start: int) -> int:
    """The last block of the glide that sets out from a block; the block itself where none does.

    It ends at a held amount, or where the next step is too large or turns round.
    """
    end, before = start, 0
    for place in range(start + 1, len(blocks)):
        old, new = blocks[place - 1].mg, blocks[place].mg
        way = 1 if new > old else -1
        if abs(new - old) > GLIDE_STEP * old or way == -before:
            break
        end, before = place, way
        if blocks[place].held:
            break
    return end if end - start >= GLIDE_CHANGES else start


def _still(last: _Block, amounts: Sequence[Decimal]) -> Decimal | None:
    """What lasted last, while it still says what is taken: an average is a dose nobody took."""
    passed = len(amounts) - 1 - last.last
    on_it = amounts[-LATEST_DAYS:].count(last.mg)
    return None if passed >= LATEST_DAYS and on_it < ENOUGH_DAYS else last.mg


def _levels(days: Sequence[dt.date], blocks: Sequence[_Block]) -> list[DoseLevel]:
    """The held amounts in date order; back on the same one after a passing difference is one."""
    levels: list[DoseLevel] = []
    for block in blocks:
        if not block.held:
            continue
        if levels and levels[-1].mg == block.mg:
            levels[-1] = replace(levels[-1], last_day=days[block.last])
        else:
            levels.append(DoseLevel(block.mg, days[block.first], days[block.last]))
    return levels
