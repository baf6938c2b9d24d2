"""What is in the cupboard: the products of a country with what is known of their score, and own."""

from collections.abc import Iterator
from fractions import Fraction

from landward.app.plan.drafts import PlanDraft
from landward.app.plan.tables import shelf
from landward.catalog import Catalog
from landward.model.base import BadInput, Frozen
from landward.model.preparation import Form, Preparation, read_preparation
from landward.model.said import Words, phrase
from landward.report.taper_words import product_words

MOST_OWN = 4
PARTS = ("whole", "half", "quarter")
KINDS = ("tab", "cap", "liquid")
_SPLIT = {"no": phrase("not made to be split"), "unknown": phrase("whether it may be split is not "
          "known: ask the pharmacist"), "not_applicable": phrase("taken whole")}  # fmt: skip
_SCORED = {2: phrase("scored, gives halves"), 4: phrase("scored, gives quarters")}


class Offered(Frozen):
    """One product as a line to tick: what it is, and what is known of its score."""

    bottle: str
    words: Words
    known: Words
    form: Form
    parts: str
    """“whole”, “half” or “quarter”: what the tables say may be done with it."""
    here: bool
    """Whether it is known to be sold in the person's country."""


def offered(catalog: Catalog, drug: str, country: str) -> tuple[Offered, ...]:
    """The products of a drug, those of the country first; tablets by strength, then liquids."""
    found = catalog.drugs.get(drug)
    if found is None:
        return ()
    here = {item.bottle for item in shelf(catalog, found, country)} if country else set()
    every = [
        Offered(
            bottle=item.bottle,
            words=product_words(item.bottle),
            known=_known(catalog, drug, item),
            form=item.form,
            parts=PARTS[{1: 0, 2: 1, 4: 2}[item.parts]],
            here=item.bottle in here,
        )
        for item in shelf(catalog, found)
    ]
    return tuple(sorted(every, key=lambda one: not one.here))


def _known(catalog: Catalog, drug: str, item: Preparation) -> Words:
    if item.form is Form.LIQUID:
        return phrase("measured with a syringe")
    if item.form is Form.CAPSULE or item.extended_release:
        return phrase("swallowed whole")
    rows = [
        row
        for row in catalog.products(drug)
        if row.form == "tablet" and Fraction(row.strength) == item.strength_mg
    ]
    if item.parts > 1:
        return _SCORED[item.parts]
    said = {row.may_be_split for row in rows}
    return _SPLIT["no" if said == {"no"} else "unknown"]


def products_text(draft: PlanDraft) -> str:
    """What the draft's cupboard holds, as the planner reads it. Raises BadInput where it is empty,
    or where a line of one's own cannot be read.
    """
    found = [*_ticked(draft), *_own(draft)]
    if not found:
        raise BadInput(phrase("tick what you have at home, or add it below"))
    return ", ".join(found)


def _ticked(draft: PlanDraft) -> Iterator[str]:
    for bottle in draft.said_all("have"):
        if bottle.startswith("liquid"):
            mark = draft.said(f"mark:{bottle}") or "0.1"
            most = draft.said(f"most:{bottle}")
            limit = f" most {_ml(most)} mL" if most else ""
            yield read_preparation(f"{bottle} mark {_ml(mark)} mL{limit}").name
        else:
            yield _cut(bottle, draft.said(f"cut:{bottle}"))


def _cut(bottle: str, parts: str) -> str:
    return read_preparation(f"{bottle} {parts}" if parts in PARTS[1:] else bottle).name


def _own(draft: PlanDraft) -> Iterator[str]:
    for number in range(1, MOST_OWN + 1):
        strength = draft.said(f"own_strength{number}")
        if not strength:
            continue
        kind = draft.said(f"own_kind{number}")
        if kind not in KINDS:
            raise BadInput(
                phrase("“{strength}”: is it a tablet, a capsule or a liquid?", strength=strength)
            )
        if kind == "liquid":
            amount = strength if "/" in strength else f"{strength} mg/mL"
            mark = _ml(draft.said(f"own_mark{number}") or "0.1")
            yield read_preparation(f"liquid {amount} mark {mark} mL").name
        else:
            yield _cut(f"{kind} {strength}", draft.said(f"own_parts{number}"))


def _ml(text: str) -> str:
    return text.lower().replace(",", ".").removesuffix("ml").strip()
