"""A plan as one compact JSON object: for a file, for the journal, for handing over.

Everything that is taken is kept exactly; the asked curve is kept to six decimals of a milligram.

The shape, version 1: products, dose times and rules are listed once; a step is
``[days, ideal, [[mg, [[product, count], …]] per dose], [checks]]``, a kept check is its place in
the list of rules, a broken one is −1 minus that place. ``words`` holds what was written beside
steps, by their place.
"""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from landward.model.amounts import exact, exact_text
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.model.taper import Check, Piece, TaperPlan, TaperStep, TimedDose

FORMAT = "landward-plan"
VERSION = 1
PLACES = 6
MOST_CHARACTERS = 20_000
"""What one journal entry holds of a plan."""

_SQUEEZED = "zlib64:"
_LARGEST = 4_000_000


def pack_plan(plan: TaperPlan) -> dict[str, Any]:
    """The plan as plain JSON values, without its supply. `unpack_plan` gives it back."""
    pieces = _Listed()
    doses = _Listed()
    rules = _Listed()
    steps = []
    day = plan.start
    for step in plan.steps:
        row: list[Any] = [
            step.days,
            exact_text(step.ideal_mg, PLACES),
            [
                [
                    doses.place((dose.at, dose.drug)),
                    exact_text(dose.made_mg),
                    *(
                        [pieces.place(_product(piece)), exact_text(piece.count)]
                        for piece in dose.pieces
                    ),
                ]
                for dose in step.doses
            ],
            [
                place if check.ok else -1 - place
                for check in step.checks
                for place in [rules.place((check.rule, check.source, check.id))]
            ],
            exact_text(step.made_mg),
        ]
        if step.start != day:
            row.append((step.start - plan.start).days)
        day = step.end
        steps.append(row)
    rest = plan.model_dump(mode="json", exclude={"steps", "supply"})
    written = {f"{n}": step.words for n, step in enumerate(plan.steps) if step.words}
    return {
        "format": FORMAT,
        "version": VERSION,
        "plan": rest,
        "pieces": pieces.items,
        "doses": doses.items,
        "rules": rules.items,
        "steps": steps,
        **({"words": written} if written else {}),
    }


def plan_to_text(plan: TaperPlan) -> str:
    """The packed plan as one text for the journal, squeezed where it is long.

    Raises BadInput where it is longer than one entry holds.
    """
    text = json.dumps(pack_plan(plan), ensure_ascii=False, separators=(",", ":"))
    if len(text) > MOST_CHARACTERS:
        text = _SQUEEZED + b64encode(zlib.compress(text.encode(), 9)).decode()
    if len(text) > MOST_CHARACTERS:
        raise BadInput(
            phrase("this plan is too long to keep as one; plan a shorter stretch with --until")
        )
    return text


def plan_from_text(text: str) -> TaperPlan:
    """The plan the journal keeps. Raises BadInput if it cannot be read."""
    try:
        found = plain_object(text)
        if isinstance(found, dict) and "format" not in found and "steps" in found:
            known = {name: said for name, said in found.items() if name in TaperPlan.model_fields}
            return TaperPlan.model_validate(known)  # the open shape of `plan --json`
        return unpack_plan(found)
    except (ValueError, RecursionError, zlib.error) as error:
        raise BadInput(phrase("this plan cannot be read; its entry is damaged")) from error


def plain_object(text: str) -> Any:
    """The JSON value a journal's text of a plan holds, squeezed or not, of any shape.

    Raises ValueError, RecursionError or zlib.error for what is no JSON.
    """
    if text.startswith(_SQUEEZED):
        squeezed = zlib.decompressobj()
        packed = squeezed.decompress(b64decode(text.removeprefix(_SQUEEZED)), _LARGEST)
        return json.loads(packed)
    return json.loads(text)


def unpack_plan(packed: dict[str, Any]) -> TaperPlan:
    """The plan that was packed. Raises BadInput if this is no such object or a newer one."""
    if packed.get("format") != FORMAT:
        raise BadInput(phrase("this is not a Landward plan"))
    if packed.get("version") != VERSION:
        raise BadInput(phrase("this plan was written by a newer Landward; update to read it"))
    try:
        return _unpack(packed)
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise BadInput(phrase("this plan file is damaged; ask for it again")) from error


def _unpack(packed: dict[str, Any]) -> TaperPlan:
    rest = packed["plan"]
    start = date.fromisoformat(rest["start"])
    before, day = exact(rest["from_mg"]), start
    written = packed.get("words", {})
    steps = []
    for number, row in enumerate(packed["steps"], start=1):
        days, ideal, doses, checks, made_text, *moved = row
        day = start + timedelta(days=moved[0]) if moved else day
        made = exact(made_text)
        steps.append(
            TaperStep(
                step=number,
                start=day,
                days=days,
                ideal_mg=exact(ideal),
                made_mg=made,
                cut_percent=(before - made) / before * 100 if before else Fraction(0),
                doses=tuple(_dose(dose, packed) for dose in doses),
                checks=tuple(_check(place, packed["rules"]) for place in checks),
                words=written.get(f"{number - 1}", ""),
            )
        )
        before, day = made, day + timedelta(days=days)
    excess = sum((step.days * (step.made_mg - step.ideal_mg) for step in steps), Fraction(0))
    return TaperPlan.model_validate({**rest, "steps": steps, "excess_mg_days": excess})


def _dose(row: Sequence[Any], packed: dict[str, Any]) -> TimedDose:
    place, made, *pieces = row
    at, drug = packed["doses"][place]
    return TimedDose(
        at=at,
        drug=drug,
        made_mg=exact(made),
        pieces=tuple(_piece(packed["pieces"][index], exact(count)) for index, count in pieces),
    )


def _product(piece: Piece) -> tuple[str, str, str]:
    return (piece.product, piece.unit, exact_text(piece.mg / piece.count))


def _piece(listed: Sequence[str], count: Fraction) -> Piece:
    product, unit, strength = listed
    return Piece(product=product, unit=unit, count=count, mg=count * exact(strength))


def _check(place: int, rules: Sequence[Sequence[str]]) -> Check:
    rule, source, key = rules[place if place >= 0 else -1 - place]
    return Check(rule=rule, source=source, id=key, ok=place >= 0)


class _Listed:
    """Values each written once, named by their place."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self._places: dict[Any, int] = {}

    def place(self, value: tuple[str, ...]) -> int:
        if value not in self._places:
            self._places[value] = len(self.items)
            self.items.append(list(value))
        return self._places[value]
