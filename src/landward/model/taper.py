"""A taper plan: every step with its pieces, their sum, and the checks that stand beside it.

The JSON of these values is the shape that `landward plan --json` prints (DESIGN, chapter 5).
"""

from datetime import date, timedelta
from fractions import Fraction
from typing import Annotated

from pydantic import ConfigDict, Field, PlainSerializer, StringConstraints

from landward.model.amounts import Amount, Exact, rounded_text
from landward.model.base import Frozen
from landward.model.home_made import HomeMade
from landward.model.said import Words, phrase
from landward.model.stopping import DO_NOT_STOP

DRAFT_WARNING = phrase(
    "{do_not_stop} This plan is a DRAFT to go through with your prescriber.",
    do_not_stop=DO_NOT_STOP,
)

Percent = Annotated[Exact, PlainSerializer(lambda value: rounded_text(value, 1), return_type=str)]
"""A percentage, exact inside, written with one decimal."""


Bottle = Annotated[
    str,
    StringConstraints(pattern=r"^(?:(?:er )?(?:tab|cap) [\d.]{1,40}|liquid [\d.]{1,40} mg/mL)$"),
]
"""A product as bought: “tab 2”, “er tab 0.5”, “cap 5”, “liquid 0.4 mg/mL”."""


TOO_COARSE = phrase("These products are too coarse for steps of that size.")
"""How the note begins that waiting longer at each step would carry a plan on."""


class Piece(Frozen):
    """So many tablets, capsules or mL of one product, and the milligrams they hold."""

    product: Bottle
    count: Amount
    mg: Amount
    unit: str = "tab"


class TimedDose(Frozen):
    """The dose of one dose time and the pieces that make it. `drug` is set where a plan has two."""

    at: str
    drug: str = ""
    made_mg: Amount
    pieces: tuple[Piece, ...] = ()


class Check(Frozen):
    """One rule beside one step: which, whether it is kept, and who says so."""

    rule: str
    ok: bool
    source: str
    id: str = ""
    """The row of the guideline tables, where it is one."""


class TaperStep(Frozen):
    """A run of days on one dose. `ideal_mg` is the asked curve, `made_mg` what the pieces hold."""

    step: int
    start: date
    days: Annotated[int, Field(ge=1, le=3660)]
    ideal_mg: Amount
    made_mg: Amount
    cut_percent: Percent
    doses: tuple[TimedDose, ...]
    checks: tuple[Check, ...]
    words: Words = ""
    """What was written beside this line by whoever wrote the plan, shown word for word."""

    @property
    def end(self) -> date:
        """The day after the last day of the step."""
        return self.start + timedelta(days=self.days)


class Refusal(Frozen):
    """Why there is no schedule, by which rule, and what would help."""

    reason: Words
    rule: str
    would_help: tuple[str, ...] = ()


class Help(Frozen):
    """A product that carries the plan on, and the dose it would then reach."""

    product: str
    reaches_mg: Exact
    listed: bool
    """Whether the tables know the product; if not a pharmacist says whether it may be split."""


class PlanEnd(Frozen):
    """Where the plan ends and why. `complete` where it reached the dose that was asked for."""

    at_mg: Exact
    reason: Words
    would_help: tuple[str, ...] = ()
    helps: tuple[Help, ...] = ()
    complete: bool = False


class SupplyLine(Frozen):
    """What one interval needs of one product, `since` and `to` included.

    `count` is tablets or capsules (or mL of a liquid), rounded up to whole ones; `marks` are
    words the pharmacist needs: split, unlicensed, not scored.
    """

    model_config = ConfigDict(populate_by_name=True)

    since: date = Field(alias="from")
    to: date
    product: Bottle
    count: Exact
    unit: str
    mg: Exact
    packs: int | None = None
    split: bool = False
    marks: tuple[str, ...] = ()
    drug: str = ""
    """Set where a plan has two drugs, as in `TimedDose`."""


class Compared(Frozen):
    """One guideline rule held against a whole plan: kept in how many of its steps."""

    id: str
    rule: str
    source: str
    kept: int
    of: int


class TaperPlan(Frozen):
    """A plan: always a draft, with its end and the reason for it."""

    draft: bool = True
    drug: str
    method: str
    asked: str = ""
    """What was asked, in words: “10 % of the current dose every 14 days”."""
    start: date
    from_mg: Amount
    before: tuple[TimedDose, ...] = ()
    """What is taken before the first step, where it is another drug or was said dose by dose."""
    times: tuple[str, ...]
    products: tuple[str, ...]
    steps: Annotated[tuple[TaperStep, ...], Field(max_length=12_000)]
    refused: Refusal | None = None
    ends: PlanEnd | None = None
    supply: tuple[SupplyLine, ...] = ()
    excess_mg_days: Exact = Fraction(0)
    """The sum of days × (made − asked): how much slower than asked the plan is."""
    self_made: bool = True
    """False for a prescriber's own plan and for a published schedule: those print as given."""
    compared: tuple[Compared, ...] = ()
    notes: tuple[Words, ...] = ()
    home: HomeMade | None = None
    """How its doses are measured at home, where the prescriber wrote that."""
    cycle_days: int = 0
    """In how many days its turns come round again; 0 where it has none. Without a word the turns
    of now go on, never the amount of one day."""
    own_rule: str = ""
    """A rule the person and prescriber wrote down, shown word for word. Nothing acts on it."""
    warning: str = DRAFT_WARNING
    tables: str = ""
    """The version of the fact tables the plan was made with."""
    version: int = 1
    replaces: int | None = None
