"""Where the blocks stand on paper: across the page, or in two columns kept about even."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from landward.report.blocks.block import Block
from landward.report.blocks.shape import Shape

Placed = tuple[Block[Any], Shape]


def bands(shown: Iterable[Placed]) -> list[dict[str, Any]]:
    """The page from top to bottom: {"wide": block}, or {"left": blocks, "right": blocks}.

    Blocks of a column that follow each other share one band; the order of the list stays.
    """
    found: list[dict[str, Any]] = []
    for wide, group in groupby(shown, key=lambda one: one[0].side == "wide"):
        if wide:
            found += [{"wide": _said(one)} for one in group]
        else:
            left, right = columns(tuple(group))
            found.append({"left": list(map(_said, left)), "right": list(map(_said, right))})
    return found


def columns(shown: tuple[Placed, ...]) -> tuple[list[Placed], list[Placed]]:
    """Left and right, as the blocks wish; the last of a side moves where the other is shorter."""
    left = [one for one in shown if one[0].side == "left"]
    right = [one for one in shown if one[0].side == "right"]
    if len(left) > 1 and not right:
        right.append(left.pop())
    elif len(right) > 1 and _lines(left) + right[-1][1].lines <= _lines(right):
        left.append(right.pop())
    return left, right


def _lines(blocks: list[Placed]) -> float:
    return sum(shape.lines for _, shape in blocks)


def _said(one: Placed) -> dict[str, Any]:
    block, shape = one
    return {"title": block.title or block.heading, "shape": shape.model_dump()}
