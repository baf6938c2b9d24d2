"""How many people had an item: over those asked, and over everyone, side by side."""

import math
from collections.abc import Mapping

from landward.engines.cohort.cells import Cell, Reduced, by_group_and_item, rows_of
from landward.engines.cohort.intervals import Z99, tilt_share, wilson
from landward.model.study import MeasureSpec

WEIGHTED = "weighted to prescriptions"
ON = "share on "
"""What the cells of a drug's share of the people are called, before the drug."""


def estimate_prevalence(
    reduced: Reduced, spec: MeasureSpec, items: Mapping[int, str], odds: float
) -> list[Cell]:
    """One cell per group and item. The estimate is of those asked; `of_people` is of everyone.

    The bounds let everyone not asked, and everyone who left before the window's end without it,
    have had it or not; then they allow for selection.
    """
    cells = []
    for group, people, name, rows in by_group_and_item(reduced, items):
        asked = int(rows["asked"][0]) if rows_of(rows) else 0
        present = int(rows["present"][0]) if asked else 0
        short = int(rows["short"][0]) if asked else 0
        estimate = low = high = None
        if asked:
            estimate = present / asked
            low, high = wilson(present, asked)
        most = present + short + people - asked
        bounds = (
            tilt_share(wilson(present, people)[0], odds)[0],
            tilt_share(wilson(most, people)[1], odds)[1],
        )
        cells.append(
            Cell(
                group=group,
                item=name,
                at="",
                kind="share",
                people=people,
                n=asked,
                estimate=estimate,
                low=low,
                high=high,
                bounds=bounds,
                count=float(present),
                of_people=present / people,
                counts={"people": people, "asked": asked, "present": present},
            )
        )
    return cells


def estimate_drugs(
    reduced: Reduced,
    spec: MeasureSpec,
    items: Mapping[int, str],
    odds: float,
    shares: Mapping[str, float],
) -> list[Cell]:
    """Drugs compared with how often they are prescribed.

    `shares` are prescription shares of the drugs compared; they are made to add up to one among
    them, and people on other drugs are left out. First each drug's share of these
    people, beside its share of prescriptions; then each drug's prevalence; then the prevalence a
    cohort would have whose drugs were spread as prescriptions are (MOVER from Wilson's intervals).
    """
    whole = sum(shares.values())
    sizes = dict(
        zip(reduced["people"]["grp"].tolist(), reduced["people"]["n"].tolist(), strict=True)
    )
    among = sum(sizes.get(f"drug={drug}", 0) for drug in shares)
    cells = []
    for drug, share in sorted(shares.items()):
        n, expected = int(sizes.get(f"drug={drug}", 0)), share / whole
        if not among:
            continue
        low, high = wilson(n, among)
        low99, high99 = wilson(n, among, Z99)
        cells.append(
            Cell(
                group="all",
                item=f"{ON}{drug}",
                at="",
                kind="share",
                people=among,
                n=among,
                estimate=n / among,
                low=low,
                high=high,
                count=float(n),
                expected=expected,
                claim=not low99 <= expected <= high99,
            )
        )
    each = estimate_prevalence(reduced, spec, items, odds)
    wanted = {f"drug={drug}": share / whole for drug, share in shares.items()}
    inside = [cell for cell in each if cell.group in wanted]
    cells += inside
    for name in items.values():
        mine = [c for c in inside if c.item == name and c.n > 0]
        if len(mine) < len(shares):
            continue
        middle = sum(wanted[c.group] * (c.estimate or 0.0) for c in mine)
        below = sum((wanted[c.group] * ((c.estimate or 0.0) - (c.low or 0.0))) ** 2 for c in mine)
        above = sum((wanted[c.group] * ((c.high or 0.0) - (c.estimate or 0.0))) ** 2 for c in mine)
        n = sum(c.n for c in mine)
        ends = [
            sum(wanted[c.group] * (c.bounds or (0.0, 1.0))[side] for c in mine) for side in (0, 1)
        ]
        cells.append(
            Cell(
                group=WEIGHTED,
                item=name,
                at="",
                kind="share",
                people=among,
                n=n,
                estimate=middle,
                low=max(0.0, middle - math.sqrt(below)),
                high=min(1.0, middle + math.sqrt(above)),
                bounds=(ends[0], ends[1]),
                count=middle * n,
            )
        )
    return cells
