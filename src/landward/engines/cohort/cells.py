"""What an estimator gives: one cell per group, item and time, exact and not yet fit to leave."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Columns = Mapping[str, NDArray[Any]]
"""The rows of one reduced table, by column."""
Reduced = Mapping[str, Columns]
"""The reduced tables of one cohort, by name."""

CellKind = Literal["share", "survival", "mean", "ratio"]


@dataclass(frozen=True)
class Cell:
    """One estimate of one group. Exact numbers: `disclosure` decides what of it may leave."""

    group: str
    item: str
    at: str
    kind: CellKind
    people: int
    """People in the group."""
    n: int
    """People this estimate rests on."""
    estimate: float | None
    low: float | None = None
    high: float | None = None
    bounds: tuple[float, float] | None = None
    """What stays possible if those not seen differ as far as the study allows."""
    count: float | None = None
    """For a share: the people it counts, so that it can be rounded as people are."""
    of_people: float | None = None
    """For prevalence: the same people over everyone in the group, asked or not."""
    expected: float | None = None
    """For a drug's share of the people: its share of prescriptions."""
    claim: bool | None = None
    """Whether the 99 % interval leaves out “no difference”. None: this measure claims nothing."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Other whole numbers worth showing, people each."""


def rows_of(table: Columns) -> int:
    """How many rows a table has."""
    return len(next(iter(table.values()))) if table else 0


def only(table: Columns, keep: NDArray[np.bool_]) -> Columns:
    """The rows where `keep` is true."""
    return {name: column[keep] for name, column in table.items()}


def group_sizes(table: Columns) -> dict[str, int]:
    """How many people each group holds, groups in order."""
    pairs = zip(table["grp"].tolist(), table["n"].tolist(), strict=True)
    return dict(sorted((str(group), int(n)) for group, n in pairs))


def by_group_and_item(
    reduced: Reduced, names: Mapping[int, str]
) -> Iterator[tuple[str, int, str, Columns]]:
    """Each group with its size, each item, and the rows of both (none where nobody answered)."""
    cells = reduced["cells"]
    for group, people in group_sizes(reduced["people"]).items():
        inside = cells["grp"] == group
        for number, name in names.items():
            yield group, people, name, only(cells, inside & (cells["item"] == number))


def split(table: Columns, key: str) -> dict[int, Columns]:
    """One table per value of `key`: cohorts that were reduced together, apart again."""
    order = np.argsort(table[key], kind="stable")
    values, starts = np.unique(table[key][order], return_index=True)
    ends = [*starts[1:].tolist(), len(order)]
    sorted_ = {name: column[order] for name, column in table.items()}
    return {
        int(value): {name: column[start:end] for name, column in sorted_.items()}
        for value, start, end in zip(values.tolist(), starts.tolist(), ends, strict=True)
    }
