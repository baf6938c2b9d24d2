"""What the journal refuses before saving: impossible days, and bodies nobody could read back."""

import json
import re
from datetime import timedelta

from landward.model.base import BadInput
from landward.model.bodies import PlanAdopted, Profile, read_body
from landward.model.entries import Entry
from landward.model.said import phrase

FIRST_YEAR, LAST_YEAR = 1900, 2199
AHEAD = timedelta(days=400)
"""A prescription may begin next month; a diary line about the year 9999 is a slip of the keys."""


def refuse_unfit(entry: Entry, *, read_bounded: bool = False) -> None:
    """Raises BadInput for an entry that would spoil the diary it is added to.

    With `read_bounded` its line was read by `BOUNDED`, so its numbers are not gone through again.

    One malformed line must not keep ten years from being read, so it never gets in: neither from
    an import nor from an inbox that anyone on this machine can write to.
    """
    if not FIRST_YEAR <= entry.recorded_at.year <= LAST_YEAR:
        raise BadInput(
            phrase(
                "this machine's clock says {year}: set it, then try again",
                year=entry.recorded_at.year,
            )
        )
    ahead = entry.date > entry.recorded_at.date() + AHEAD
    if ahead or not FIRST_YEAR <= entry.date.year <= LAST_YEAR:
        raise BadInput(
            phrase(
                "{date} cannot be the day of an entry: check the year", date=entry.date.isoformat()
            )
        )
    try:
        if read_bounded and entry.kind != Profile.kind:
            refuse_deep(entry.body)
        else:
            refuse_unbounded(entry.body, amounts=entry.kind == Profile.kind)
        if read_body(entry) is None and not isinstance(json.loads(entry.body), dict):
            raise ValueError(phrase("not an object"))
        for text in _json_inside(entry):
            refuse_unbounded(text, amounts=True)
    except (ValueError, KeyError, RecursionError) as error:
        raise BadInput(
            phrase(
                "the {kind} about {date} (entry {id}) is malformed: nothing was saved",
                kind=entry.kind.replace("_", "-"),
                date=entry.date.isoformat(),
                id=entry.id[:8],
            )
        ) from error


def is_fit(entry: Entry, *, read_bounded: bool = False) -> bool:
    """Whether `refuse_unfit` would let an entry in: for doors where nobody is there to be told."""
    try:
        refuse_unfit(entry, read_bounded=read_bounded)
    except BadInput:
        return False
    return True


MOST_DEPTH = 32
MOST_DIGITS = 40  # and `_LARGE` finds what is longer
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_POWER = re.compile(r"[eE][+-]?(\d+)$", re.ASCII)
_MOST_POWER = 30
_LARGE = re.compile(r"[0-9.eE+-]{41}|[eE][+-]?[0-9]{2}")
"""Where this is found nowhere, no number can be too large: most lines are read no second time."""
_PIECE = re.compile(r'"(?:[^"\\]+|\\.)*"?|[\[\]{}]', re.DOTALL)
"""Words in quotes, or a bracket. A quote that never ends takes all the rest: no text is slow."""


def refuse_unbounded(text: str, *, amounts: bool) -> None:
    """Raises ValueError for JSON that is small to write and large to work with.

    Deep nesting, numbers of hundreds of digits and huge powers of ten hang whoever reads them;
    with `amounts` also as texts, which some room may read as an amount. A note of fifty digits is
    a note.
    """
    refuse_deep(text)
    if not _LARGE.search(text):
        return
    value: object = BOUNDED.decode(text)
    pending = [value] if amounts else []
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            pending += value.values()
        elif isinstance(value, list):
            pending += value
        elif isinstance(value, str) and _NUMBER.fullmatch(value):
            _digits(value)


def refuse_deep(text: str) -> None:
    """Raises ValueError for JSON that is nested too deeply to be anybody's."""
    # No deeper than it opens brackets: nearly every body opens few, and is not gone through.
    if text.count("[") + text.count("{") > MOST_DEPTH and _depth(text) > MOST_DEPTH:
        raise ValueError(phrase("nested too deeply"))


def _depth(text: str) -> int:
    """How deep JSON is nested; brackets in somebody's words are words."""
    depth = most = 0
    for piece in _PIECE.findall(text):
        if piece[0] != '"':
            depth += 1 if piece in "[{" else -1
            most = max(most, depth)
    return most


def _digits(number: str) -> str:
    power = _POWER.search(number)
    if len(number) > MOST_DIGITS or (power is not None and int(power[1]) > _MOST_POWER):
        raise ValueError(phrase("a number too long to be one"))
    return number


def _whole(number: str) -> int:
    return int(_digits(number))


def _real(number: str) -> float:
    return float(_digits(number))


BOUNDED = json.JSONDecoder(parse_int=_whole, parse_float=_real)
"""Reads JSON and refuses, with ValueError, a number too long to be one."""


def _json_inside(entry: Entry) -> tuple[str, ...]:
    """Texts of a body that are JSON themselves: a plan, and the profile's names of items."""
    if entry.kind == PlanAdopted.kind:
        return (str(json.loads(entry.body).get("plan", "{}")),)
    if entry.kind != Profile.kind:
        return ()
    names = json.loads(entry.body).get("fields", {}).get("names")
    return (names,) if isinstance(names, str) else ()
