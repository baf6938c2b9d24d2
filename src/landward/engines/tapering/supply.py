"""What a plan needs from the pharmacy, interval by interval: counts, milligrams, whole packs.

Pieces left over from a split tablet are used on the next days of the same interval; the count is
rounded up to whole tablets at the end of each interval, so nobody runs out half a tablet early.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from landward.engines.tapering.home_made import home_supply
from landward.model.taper import Piece, SupplyLine, TaperPlan

SPLIT = "split"


def supply_of(
    plan: TaperPlan,
    every_days: int,
    packs: Mapping[str, int] | None = None,
    marks: Mapping[str, Sequence[str]] | None = None,
    split_marks: Mapping[str, Sequence[str]] | None = None,
) -> tuple[SupplyLine, ...]:
    """One line per interval and product, in order of time and of the plan's products.

    `packs` holds pack sizes by product (“tab 2”), `marks` further words for the pharmacist,
    `split_marks` those that only matter where the product is split.
    Doses without pieces (a plan given without products) need no line.
    """
    if not plan.steps:
        return ()
    first, last = plan.steps[0].start, max(step.end for step in plan.steps)
    names = list(dict.fromkeys((drug, piece.product) for drug, piece in _pieces(plan)))
    lines: list[SupplyLine] = []
    since = first
    while since < last:
        until = min(since + timedelta(days=every_days), last)
        need = _need(plan, since, until)
        span = (since, until)
        lines += [
            _line(
                name[0],
                need[name],
                span,
                (packs or {}).get(name[1]),
                _marks(plan, name, marks, split_marks),
            )
            for name in names
            if name in need
        ]
        if plan.home and (line := home_supply(plan.home, plan.steps, since, until)) is not None:
            lines.append(line)
        since = until
    return tuple(lines)


_Named = tuple[str, str]
"""A drug, “” where the plan has one, and a product of it: two drugs may have a “tab 1” each."""


def _pieces(plan: TaperPlan) -> list[tuple[str, Piece]]:
    return [(dose.drug, piece)
            for step in plan.steps for dose in step.doses for piece in dose.pieces]  # fmt: skip


def _marks(
    plan: TaperPlan,
    name: _Named,
    marks: Mapping[str, Sequence[str]] | None,
    split_marks: Mapping[str, Sequence[str]] | None,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The further words for a product of the plan's own drug; of another drug nothing is known."""
    if name[0] not in ("", plan.drug):
        return (), ()
    return tuple((marks or {}).get(name[1], ())), tuple((split_marks or {}).get(name[1], ()))


def _need(plan: TaperPlan, since: date, until: date) -> dict[_Named, list[tuple[int, Piece]]]:
    need: dict[_Named, list[tuple[int, Piece]]] = defaultdict(list)
    for step in plan.steps:
        days = (min(step.end, until) - max(step.start, since)).days
        if days > 0:
            for dose in step.doses:
                for piece in dose.pieces:
                    need[dose.drug, piece.product].append((days, piece))
    return need


def _line(
    drug: str,
    taken: Sequence[tuple[int, Piece]],
    span: tuple[date, date],
    size: int | None,
    marks: tuple[tuple[str, ...], tuple[str, ...]],
) -> SupplyLine:
    unit = taken[0][1].unit
    count = sum((days * piece.count for days, piece in taken), Fraction(0))
    strength = taken[0][1].mg / taken[0][1].count
    split = unit != "mL" and any(piece.count.denominator > 1 for _, piece in taken)
    whole = count if unit == "mL" else Fraction(ceil(count))
    return SupplyLine(
        since=span[0],
        to=span[1] - timedelta(days=1),
        product=taken[0][1].product,
        count=whole,
        unit=unit,
        mg=whole * strength,
        packs=ceil(whole / size) if size else None,
        split=split,
        marks=marks[0] + ((SPLIT, *marks[1]) if split else ()),
        drug=drug,
    )


def total_mg(plan: TaperPlan) -> Fraction:
    """Everything the plan's days add up to, in mg."""
    return sum((step.days * step.made_mg for step in plan.steps), Fraction(0))
