"""Values that are their own JSON, and short lists of them."""

from collections.abc import Iterable
from typing import Any

from landward.model.base import Frozen


def plain_json(value: Frozen) -> dict[str, Any]:
    """A value as its own fields: exact decimals as strings, dates ISO."""
    return value.model_dump(mode="json")


def rows_json(values: Iterable[Frozen]) -> list[dict[str, Any]]:
    """Several such values, in the order given."""
    return [plain_json(value) for value in values]


def countries_json(places: Iterable[Any]) -> dict[str, Any]:
    """The countries whose numbers are known, by code."""
    return {"countries": [place.code for place in places]}


def waiting_json(
    lines: Iterable[Frozen], aside: Iterable[tuple[Frozen, str]], still_sealed: int
) -> dict[str, Any]:
    """What waits for a yes, what could not be read (each with why, in words), and how many sealed
    files are still to be taken in.
    """
    return {
        "lines": rows_json(lines),
        "set_aside": [{**plain_json(one), "words": words} for one, words in aside],
        "still_sealed": still_sealed,
    }


def keys_json(keys: Iterable[Frozen], boxes: Iterable[tuple[str, Frozen]]) -> dict[str, Any]:
    """Who can open a diary, and which boxes others may leave entries in."""
    return {
        "keys": rows_json(keys),
        "boxes": [{"id": box_id, **plain_json(named)} for box_id, named in boxes],
    }
