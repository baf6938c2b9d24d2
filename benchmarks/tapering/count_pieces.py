"""Pieces in 61 requests counted by an outside audit, beside a rule that takes the largest first.

python3 run.py bench tapering pieces
"""

import datetime as dt
import json
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import landward
from landward.model.preparation import Form, Preparation, read_preparations

REQUESTS = Path(__file__).with_name("requests.json")
START = dt.date(2027, 1, 4)
PARTS = {Fraction(0): 0, Fraction(1, 4): 1, Fraction(1, 2): 1, Fraction(3, 4): 2}

Dose = dict[str, Fraction]


def pieces_of(dose: Dose) -> int:
    """Tablets, parts and draws."""
    return sum(
        1 if product.startswith("liquid") else int(count // 1) + PARTS[count % 1]
        for product, count in dose.items()
    )


def largest_first(items: list[Preparation], mg: Fraction) -> Dose | None:
    """As many of the strongest as fit, and so on; one fewer where the rest cannot be made."""
    if mg == 0:
        return {}
    if not items:
        return None
    item, rest = items[0], items[1:]
    if item.form is Form.LIQUID:
        assert item.mark_ml is not None
        marks = mg / item.smallest_mg
        fits = item.most_ml is None or marks * item.mark_ml <= item.most_ml
        return {item.bottle: marks * item.mark_ml} if marks.denominator == 1 and fits else None
    for parts in range(int(mg // item.smallest_mg), -1, -1):
        found = largest_first(rest, mg - parts * item.smallest_mg)
        if found is not None:
            return ({item.bottle: Fraction(parts, item.parts)} if parts else {}) | found
    return None


@dataclass
class Count:
    """Plans with a dose of over four pieces, strengths, boxes taken up or put away."""

    over: int = 0
    strengths: int = 0
    boxes: int = 0

    def add(self, chains: list[list[Dose]]) -> None:
        """One plan: for each dose time its doses one after another."""
        doses = [dose for chain in chains for dose in chain]
        self.over += any(pieces_of(dose) > 4 for dose in doses)
        self.strengths += len({product for dose in doses for product in dose})
        self.boxes += sum(len(set(a) ^ set(b)) for chain in chains for a, b in pairwise(chain))


def main() -> None:
    """Every request planned; the table printed."""
    ours, other, plans = Count(), Count(), 0
    for row in json.loads(REQUESTS.read_text(encoding="utf-8")):
        more = {key: row[key] for key in ("times", "split") if key in row}
        plan = landward.plan_taper(
            drug=row["drug"], dose=f"{row['dose']} mg", method=row["method"], rate=row["rate"],
            every="14d", products=row["products"], start=START, **more,
        )  # fmt: skip
        items = sorted(read_preparations(row["products"]), key=lambda item: -item.strength_mg)
        items.sort(key=lambda item: item.form is Form.LIQUID)
        mine: dict[str, list[Dose]] = {}
        theirs: dict[str, list[Dose]] = {}
        for step in plan.steps:
            for dose in step.doses:
                mine.setdefault(dose.at, []).append({p.product: p.count for p in dose.pieces})
                theirs.setdefault(dose.at, []).append(largest_first(items, dose.made_mg) or {})
        ours.add(list(mine.values()))
        other.add(list(theirs.values()))
        plans += 1
    print(f"{plans} plans       over four pieces   strengths a plan   boxes up or away a plan")
    for name, count in (("ours", ours), ("largest first", other)):
        print(
            f"{name:14} {count.over:15} {count.strengths / plans:18.2f} {count.boxes / plans:18.1f}"
        )


if __name__ == "__main__":
    main()
