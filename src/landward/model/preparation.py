"""What a dose is made from: a tablet, a capsule or a liquid, and the parts it can be divided into.

Written as people write it: ``tab 2 half``, ``cap 5``, ``er tab 0.5``,
``liquid 0.4 mg/mL mark 0.1 mL``.
"""

import re
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Self

from pydantic import model_validator

from landward.model.amounts import Exact, exact_text, read_mg, read_number
from landward.model.base import BadInput, Frozen
from landward.model.said import phrase

_HELP = phrase("write it like “tab 2 half”, “cap 5” or “liquid 0.4 mg/mL mark 0.1 mL”")
_AMOUNT = r"-?[\d.,]*\d\S*?(?:\s*(?:mg|micrograms?|mcg|µg|μg|ug|ml|g))?"
_SOLID = re.compile(
    rf"(er |xr |sr |mr |pr )?(tab|tablet|cap|capsule)s? ({_AMOUNT})(?: (er|xr|sr|mr|pr))?"
    r"(?: (whole|half|halves|quarter|quarters))?",
    re.IGNORECASE,
)
_LIQUID = re.compile(
    rf"liquid (?P<amount>{_AMOUNT}) ?/ ?(?P<per>[\d.]* ?)(?P<per_unit>ml|mg)"
    r"(?: mark (?P<mark>-?[\d.]+) ?(?P<mark_unit>\S+)?)?"
    r"(?: most (?P<most>-?[\d.]+) ?(?P<most_unit>\S+)?)?",
    re.IGNORECASE,
)


class Form(StrEnum):
    """The dosage form."""

    TABLET = "tab"
    CAPSULE = "cap"
    LIQUID = "liquid"


class Preparation(Frozen):
    """One product of one strength, and how finely it is divided.

    `strength_mg` is per tablet or capsule, or per mL of liquid. `parts` is 1 (whole), 2 or 4.
    `mark_ml` is the smallest volume the syringe shows, `most_ml` the largest drawn for one dose.
    Raises ValueError where the combination makes no sense.
    """

    form: Form
    strength_mg: Exact
    parts: int = 1
    extended_release: bool = False
    mark_ml: Exact | None = None
    most_ml: Exact | None = None

    @model_validator(mode="after")
    def _can_be_divided(self) -> Self:
        if self.strength_mg <= 0:
            raise ValueError(phrase("a strength is above 0"))
        if self.parts not in {1, 2, 4}:
            raise ValueError(phrase("a tablet is used whole, in halves or in quarters"))
        if self.parts > 1 and (self.form is not Form.TABLET or self.extended_release):
            raise ValueError(phrase("only plain tablets are split"))
        if (self.form is Form.LIQUID) != (self.mark_ml is not None):
            raise ValueError(phrase("a liquid, and only a liquid, has a syringe mark"))
        return self

    @cached_property
    def name(self) -> str:
        """The form it is written in, read back by `read_preparation`."""
        if self.form is Form.LIQUID:
            assert self.mark_ml is not None
            most = f" most {exact_text(self.most_ml)} mL" if self.most_ml is not None else ""
            return f"{self.bottle} mark {exact_text(self.mark_ml)} mL{most}"
        split = {1: "", 2: " half", 4: " quarter"}[self.parts]
        return f"{self.bottle}{split}"

    @cached_property
    def bottle(self) -> str:
        """The product as bought, whatever is done with it: “tab 2”, “liquid 0.4 mg/mL”."""
        if self.form is Form.LIQUID:
            return f"liquid {exact_text(self.strength_mg)} mg/mL"
        return f"{'er ' if self.extended_release else ''}{self.form} {exact_text(self.strength_mg)}"

    @cached_property
    def smallest_mg(self) -> Fraction:
        """The smallest amount it gives: a whole, a half, a quarter, or one mark of the syringe."""
        if self.mark_ml is not None:
            return self.strength_mg * self.mark_ml
        return self.strength_mg / self.parts


def read_preparations(text: str) -> tuple[Preparation, ...]:
    """Products from a comma-separated list. Raises BadInput if there are none or one is unclear.

    Of a product listed twice the finer division counts: “tab 2, tab 2 half” is “tab 2 half”.
    """
    found = [read_preparation(part) for part in text.split(",") if part.strip()]
    if not found:
        raise BadInput(phrase("no products: say what the dose is made from; {help}", help=_HELP))
    unique: dict[str, Preparation] = {}
    for item in found:
        kept = unique.get(item.bottle)
        if kept is None or item.smallest_mg < kept.smallest_mg:
            unique[item.bottle] = item
    return tuple(unique.values())


def read_preparation(text: str) -> Preparation:
    """One product. Raises BadInput with a line that says what is missing or mixed up."""
    tidy = " ".join(text.split())
    solid = _SOLID.fullmatch(tidy)
    if solid is not None:
        return _solid(tidy, solid)
    if tidy.lower().startswith("liquid"):
        return _liquid(tidy)
    if re.fullmatch(r"-?[\d.]+( ?\S+)?", tidy):
        raise BadInput(
            phrase(
                "“{tidy}” does not say what it is: tablet, capsule or liquid; {help}",
                tidy=tidy,
                help=_HELP,
            )
        )
    raise BadInput(
        phrase("“{tidy}” is not a product this planner can read; {help}", tidy=tidy, help=_HELP)
    )


def _solid(tidy: str, found: re.Match[str]) -> Preparation:
    before, form_word, amount, after, split = found.groups()
    form = Form.TABLET if form_word.lower().startswith("tab") else Form.CAPSULE
    extended = bool(before or after)
    parts = {"h": 2, "q": 4}.get((split or "w")[0].lower(), 1)
    if parts > 1 and form is Form.CAPSULE:
        raise BadInput(
            phrase(
                "“{tidy}”: capsules are not divided; write “cap {amount}”", tidy=tidy, amount=amount
            )
        )
    if parts > 1 and extended:
        raise BadInput(
            phrase("“{tidy}”: extended-release tablets are never split or crushed", tidy=tidy)
        )
    strength = read_mg(amount, f"“{tidy}”")
    return Preparation(form=form, strength_mg=strength, parts=parts, extended_release=extended)


def _liquid(tidy: str) -> Preparation:
    found = _LIQUID.fullmatch(tidy)
    if found is None:
        raise BadInput(
            phrase(
                "“{tidy}”: a liquid needs its strength in mg/mL and the smallest mark of "
                "its syringe, like “liquid 0.4 mg/mL mark 0.1 mL”",
                tidy=tidy,
            )
        )
    if found["amount"].lower().endswith("ml") or found["per_unit"].lower() == "mg":
        raise BadInput(
            phrase(
                "“{tidy}”: mg and mL are the wrong way round; a strength is mg per mL", tidy=tidy
            )
        )
    if not re.search(r"[a-zµμ]$", found["amount"], re.IGNORECASE):
        raise BadInput(
            phrase(
                "“{tidy}”: {found} of what? write the strength as mg/mL",
                tidy=tidy,
                found=found["amount"],
            )
        )
    if found["mark"] is None:
        raise BadInput(
            phrase(
                "“{tidy}”: how small a volume can be drawn? add for example “mark 0.1 mL”",
                tidy=tidy,
            )
        )
    for value, unit in (("mark", "mark_unit"), ("most", "most_unit")):
        if found[value] is not None and (found[unit] or "").lower() != "ml":
            raise BadInput(
                phrase(
                    "“{tidy}”: “{value} {found}” is a volume; write it in mL",
                    tidy=tidy,
                    value=value,
                    found=found[value],
                )
            )
    per = read_number(found["per"], f"“{tidy}”") if found["per"].strip() else Fraction(1)
    mark = read_number(found["mark"], phrase("“{tidy}”: the mark", tidy=tidy))
    most = (
        read_number(found["most"], phrase("“{tidy}”: most", tidy=tidy))
        if found["most"] is not None
        else None
    )
    if most is not None and most < mark:
        raise BadInput(phrase("“{tidy}”: the most is smaller than one mark", tidy=tidy))
    strength = read_mg(found["amount"], f"“{tidy}”", unit_needed=True) / per
    return Preparation(form=Form.LIQUID, strength_mg=strength, mark_ml=mark, most_ml=most)
