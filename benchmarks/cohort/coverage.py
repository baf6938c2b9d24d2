"""2,000 made-up cohorts per measure through the engine and the estimators: how often the interval
holds the truth, how often nothing is taken for something, how often the bounds hold.

All cohorts of a scenario lie in one set of tables, each under its own number; DuckDB reduces them
together and the estimators see one cohort at a time, as in a study.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.stats import beta

from landward.app.share.cohort_engines import engine, pool
from landward.app.share.cohort_files import to_arrow, writers
from landward.engines.cohort.cells import Cell, split
from landward.engines.cohort.expressions import REDUCTIONS
from landward.engines.cohort.made_up import DRUGS, ITEM_IDS, Truth, make_up
from landward.engines.cohort.measures import estimate
from landward.model.cohort import TABLES
from landward.model.study import MeasureSpec

ODDS = 2.0
SHARES = {"alprazolam": 38.0, "clonazepam": 24.0, "lorazepam": 20.0}
PLAIN = Truth()


@dataclass(frozen=True)
class Case:
    """One measure: what is asked, of whom, and what is true."""

    name: str
    spec: MeasureSpec
    truth: Truth
    people: int
    pick: tuple[str, str, str]  # group, item, at
    true: float
    null: float | None = None
    null_pick: tuple[str, str, str] | None = None
    null_truth: Truth | None = None


def spec(name: str, **more: object) -> MeasureSpec:
    return MeasureSpec(measure=name, **more)


def cases() -> list[Case]:
    insomnia, panic, numb = (ITEM_IDS[i] for i in range(3))
    window = {"first_day": -28, "last_day": 180}
    block = replace(PLAIN, by_block=True, cut_effect=0.0, pace_effect=0.8)
    even = tuple(SHARES[d] / sum(SHARES.values()) * 0.8 if d in SHARES else 0.2 for d in DRUGS)
    cut_weeks = "2 weeks after a cut"
    pace_at = "cut above 15 % in four weeks, against less"
    return [
        Case(
            "prevalence",
            spec("prevalence", items=(insomnia,), **window),
            PLAIN,
            150,
            ("all", insomnia, ""),
            PLAIN.had,
        ),
        Case(
            "duration",
            spec("duration", items=(insomnia,), horizons_days=(91,)),
            PLAIN,
            150,
            ("all", insomnia, "day 91"),
            PLAIN.still_there(91),
        ),
        Case("course", spec("course"), PLAIN, 80, ("all", "day", "week 0"), PLAIN.cut_effect, 0.0),
        Case(
            "cuts",
            spec("cuts", items=(panic,)),
            replace(PLAIN, trait=0.0),
            80,
            ("all", panic, cut_weeks),
            PLAIN.cut_ratio,
            1.0,
        ),
        Case(
            "pace",
            spec("pace", fast_percent=15.0, limit_source="bench"),
            block,
            120,
            ("all", "day", pace_at),
            block.pace_effect,
            0.0,
        ),
        Case(
            "pooled",
            spec("pooled"),
            replace(PLAIN, carry_over=0.0),
            80,
            ("all", "day", cut_weeks),
            PLAIN.cut_effect,
            0.0,
        ),
        Case(
            "numbness",
            spec("numbness", items=(numb,)),
            PLAIN,
            80,
            ("all", numb, "stopped minus cutting"),
            PLAIN.numb[2] - PLAIN.numb[1],
            0.0,
        ),
        Case(
            "drugs",
            spec("drugs", items=(insomnia,), shares_source="bench", **window),
            PLAIN,
            200,
            ("weighted to prescriptions", insomnia, ""),
            PLAIN.had,
            1.0,
            ("all", "share on clonazepam", ""),
            replace(PLAIN, drug_shares=even),
        ),
    ]


def cohorts(case: Case, truth: Truth, count: int, seed: int) -> list[list[Cell]]:
    """The cells of `count` made-up cohorts."""
    rng = np.random.default_rng(seed)
    names = {ITEM_IDS.index(name): name for name in case.spec.items}
    found: dict[int, list[Cell]] = {}
    with tempfile.TemporaryDirectory() as place, engine("duckdb", memory="2GB") as runner:
        folder, chunk = Path(place), 100
        for start in range(0, count, chunk):
            many = min(chunk, count - start)
            with writers(folder, ("cohort",)) as open_:
                made = make_up(
                    rng, many * case.people, truth, items=tuple(names), with_days=not names
                )
                for shape in TABLES:
                    columns = made[shape.name]
                    number = (columns["person"] // case.people).astype(np.int32)
                    table = to_arrow(shape, {**columns, "cohort": number}, ("cohort",))
                    open_[shape.name].write_table(table)
            tables = REDUCTIONS[case.spec.measure](
                pool(runner, folder, ("cohort",)), case.spec, tuple(names)
            )
            parts = {
                name: split(arrow_columns(runner.fetch(expression)), "cohort")
                for name, expression in tables.items()
            }
            for number in range(many):
                reduced = {
                    name: part.get(number) or {k: v[:0] for k, v in part[0].items()}
                    for name, part in parts.items()
                }
                found[start + number] = estimate(
                    reduced, case.spec, names, odds=ODDS, range_=10.0, shares=SHARES
                )
    return [found[number] for number in sorted(found)]


def arrow_columns(table) -> Mapping[str, np.ndarray]:
    return {n: table[n].to_numpy(zero_copy_only=False) for n in table.column_names}


def exact(hits: int, n: int, level: float = 0.99) -> tuple[float, float]:
    """Clopper and Pearson's interval of a share."""
    tail = (1 - level) / 2
    low = beta.ppf(tail, hits, n - hits + 1) if hits else 0.0
    high = beta.ppf(1 - tail, hits + 1, n - hits) if hits < n else 1.0
    return float(low), float(high)


def picked(cells: list[Cell], pick: tuple[str, str, str]) -> Cell | None:
    found = [c for c in cells if (c.group, c.item, c.at) == pick]
    return found[0] if found and found[0].estimate is not None else None


def run(count: int = 2000, seed: int = 20261126, names: tuple[str, ...] = ()) -> list[str]:
    """One line a measure."""
    lines = []
    for case in cases():
        if names and case.name not in names:
            continue
        began = time.perf_counter()
        seen = [picked(one, case.pick) for one in cohorts(case, case.truth, count, seed)]
        usable = [c for c in seen if c is not None]
        hits = sum(c.low <= case.true <= c.high for c in usable)
        low, high = exact(hits, len(usable))
        bias = float(np.mean([c.estimate for c in usable])) - case.true
        error = float(np.std([c.estimate for c in usable]))
        line = f"{case.name:11} truth {case.true:6.3f} bias {bias:+.4f} (sd {error:.3f}) "
        line += f"coverage {hits / len(usable):.4f} of {len(usable)} [{low:.4f}, {high:.4f}] "
        line += "ok" if low <= 0.97 and high >= 0.93 else "MISSED"
        if case.null is not None and any(c.claim is not None for c in usable):
            truth = case.null_truth or case.truth.nothing
            nulls = [
                picked(one, case.null_pick or case.pick)
                for one in cohorts(case, truth, count, seed + 1)
            ]
            claims = [c.claim for c in nulls if c is not None]
            line += f" · false claims {sum(claims) / len(claims):.4f} of {len(claims)}"
            line += " ok" if sum(claims) / len(claims) <= 0.05 else " MISSED"
        else:
            line += " · claims nothing"
        worse = replace(case.truth, leaving=0.04, join_odds=2.0, trait=1.0)
        true = case.true
        if case.name == "cuts":
            big = replace(case, people=2000)
            full = cohorts(big, replace(case.truth, trait=1.0), 50, seed + 3)
            true = float(np.mean([picked(one, case.pick).estimate for one in full]))
        held = [picked(one, case.pick) for one in cohorts(case, worse, count, seed + 2)]
        held = [c for c in held if c is not None]
        inside = sum(c.bounds[0] <= true <= c.bounds[1] for c in held)
        plain = sum(c.low <= true <= c.high for c in held)
        width = float(np.median([c.bounds[1] - c.bounds[0] for c in held]))
        line += f" · bounds hold {inside / len(held):.4f} of {len(held)}"
        line += " ok" if inside / len(held) >= 0.95 else " MISSED"
        line += f" (median width {width:.2f}; the plain interval there {plain / len(held):.3f})"
        line += f" · {time.perf_counter() - began:.0f} s"
        print(line, flush=True)
        lines.append(line)
    return lines


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 2000, names=tuple(sys.argv[2:]))
