"""A plan short enough for a QR code: what is taken when, squeezed, in characters QR packs tightly.

Only doses travel, not the checks: whoever loads it sees them checked afresh. Nothing is encrypted,
so the code is for handing over in the room.
"""

import json
import zlib
from datetime import date, timedelta
from typing import Any

from landward.model.amounts import exact, exact_text
from landward.model.base import BadInput
from landward.model.preparation import read_preparations
from landward.model.said import phrase
from landward.model.taper import TaperPlan
from landward.model.taper_given import GivenDose, GivenPlan, GivenStep

PREFIX = "LANDWARD1:"
MOST_CHARACTERS = 2_000
"""About the most that a phone reads off paper without trouble."""

_LARGEST = 200_000
_DAMAGE = (KeyError, TypeError, ValueError, ArithmeticError, RecursionError)
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def to_code(plan: TaperPlan) -> str:
    """The plan as text for a QR code. Raises BadInput where it is too long for one."""
    places = list(dict.fromkeys((dose.at, dose.drug) for step in plan.steps for dose in step.doses))
    rows: list[list[Any]] = []
    for step in plan.steps:
        taken = {(dose.at, dose.drug): exact_text(dose.made_mg) for dose in step.doses}
        row = [exact_text(step.made_mg), *(taken.get(place, "") for place in places)]
        if rows and rows[-1][1:] == row:
            rows[-1][0] += step.days
        else:
            rows.append([step.days, *row])
    payload = {
        "d": plan.drug,
        "m": plan.method,
        "f": exact_text(plan.from_mg),
        "t": plan.start.isoformat(),
        "n": plan.version,
        "p": list(plan.products),
        "a": places,
        "s": rows,
    }
    packed = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    code = PREFIX + _base45(zlib.compress(packed, 9))
    if len(code) > MOST_CHARACTERS:
        raise BadInput(
            phrase("this plan has too many lines for a QR code; hand over the plan file")
        )
    return code


def from_code(code: str) -> GivenPlan:
    """The plan behind a scanned code. Raises BadInput if it is none, or damaged."""
    text = code.strip("\r\n\t")
    if not text.startswith(PREFIX):
        raise BadInput(phrase("this is not the code of a Landward plan"))
    try:
        squeezed = zlib.decompressobj()
        packed = squeezed.decompress(_unbase45(text[len(PREFIX) :]), _LARGEST)
        payload = json.loads(packed)
        steps, day = [], date.fromisoformat(payload["t"])
        for days, total, *taken in payload["s"]:
            doses = tuple(
                GivenDose(at=at, drug=drug, mg=exact(mg))
                for (at, drug), mg in zip(payload["a"], taken, strict=True)
                if mg
            )
            steps.append(GivenStep(start=day, days=days, doses=doses, total_mg=exact(total)))
            day += timedelta(days=days)
        return GivenPlan.checked(
            title=payload["m"],
            drug=payload["d"],
            source=f"a scanned code, version {payload['n']}",
            held_mg=exact(payload["f"]),
            preparations=read_preparations(", ".join(payload["p"])) if payload["p"] else (),
            steps=tuple(steps),
        )
    except (*_DAMAGE, zlib.error) as error:
        raise BadInput(phrase("this code is damaged; scan it again")) from error


def _base45(data: bytes) -> str:
    """Base45 (RFC 9285)."""
    text = []
    for place in range(0, len(data), 2):
        pair = data[place : place + 2]
        value = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            value, digit = divmod(value, 45)
            text.append(_LETTERS[digit])
    return "".join(text)


def _unbase45(text: str) -> bytes:
    data = bytearray()
    for place in range(0, len(text), 3):
        digits = [_LETTERS.index(letter) for letter in text[place : place + 3]]
        value = sum(digit * 45**power for power, digit in enumerate(digits))
        data += value.to_bytes(len(digits) - 1, "big")
    return bytes(data)
