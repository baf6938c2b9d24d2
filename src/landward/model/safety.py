"""Safety as data: what a person can state, the rules that answer, and the answers.

Rules fire on statements only, never on scores, texts or guesses. A question nobody answered is
open: it is not a “no”.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from landward.model.base import Frozen
from landward.model.facts import Fact
from landward.model.stopping import DO_NOT_STOP


class Answer(StrEnum):
    """What a person said to one question."""

    YES = "yes"
    NO = "no"
    UNANSWERED = "unanswered"


Answers = Mapping[str, Answer]
Urgency = Literal["emergency", "same_day", "today", "same_week"]


# -- the rules, rows of tables ------------------------------------------------------------------


class RedFlag(Fact):
    """What a person can state, how urgent it is, what to do (`{emergency}` is a number).

    `found_by` are further words people search it by.
    """

    level: Urgency
    statement: str
    action: str
    found_by: tuple[str, ...] = ()


class SupervisionQuestion(Fact):
    """A question asked before planning. `if_yes`: only with a clinician, or with extra care."""

    question: str
    if_yes: Literal["with_clinician", "care"]
    why: str


class DependenceRule(Fact):
    """One row of a published table: days a week and months of use, dose band, and the risk."""

    days_low: int
    days_high: int
    months_from: float | None = None
    months_below: float | None = None
    dose_band: Literal["any", "low", "moderate_or_high"]
    risk: Literal["rare", "lower", "yes"]
    plain: str


class DoseBand(Fact):
    """Daily doses (mg) of one drug that the table calls low and moderate; above is high."""

    drug: str
    low_up_to_mg: Decimal
    moderate_up_to_mg: Decimal


class IncidentStep(Fact):
    """One next step after something went differently. Steps of an incident are read in order.

    `found_by`, at the first step, are the words people search it by.
    """

    incident: str
    step: int
    urgency: Urgency
    plain: str
    found_by: tuple[str, ...] = ()


class DrivingFact(Fact):
    """What is to know about driving, in general or in one country."""

    country: str = ""
    drug: str = ""
    value: float | None = None
    unit: str = ""
    plain: str


class Interaction(Fact):
    """What matters beside a drug: a medicine, substance or condition (empty `drug`: every drug)."""

    drug: str = ""
    partner: str
    kind: Literal["combination", "slower", "faster", "none", "adjunct", "condition"]
    severity: Literal["danger", "caution", "none"]
    plain: str


class InteractionWord(Fact):
    """Another word under which a partner is written, such as the name on the box."""

    partner: str
    word: str


# -- the answers --------------------------------------------------------------------------------


class Finding(Frozen):
    """One answer of a rule: which rule, where it comes from, and what it says in plain words."""

    rule: str
    source: tuple[str, ...]
    locator: str
    status: str
    plain: str
    urgency: Urgency | None = None

    @classmethod
    def of(cls, row: Fact, plain: str, urgency: Urgency | None = None) -> "Finding":
        """The finding a row gives, in these words."""
        return cls(
            rule=row.id,
            source=row.source,
            locator=row.locator,
            status=row.status.value,
            plain=plain,
            urgency=urgency,
        )


class SafetyVerdict(Frozen):
    """Whether a plan may be drafted here, and why not.

    `with_clinician` holds the stated reasons, `care` what asks for extra care, `open_questions`
    what nobody answered. `may_self_plan` is true only when every question was answered and no
    answer asks for a clinician.
    """

    may_self_plan: bool
    with_clinician: tuple[Finding, ...] = ()
    care: tuple[Finding, ...] = ()
    open_questions: tuple[Finding, ...] = ()
    plain: str
    reminder: str = DO_NOT_STOP


class DependenceReading(Frozen):
    """What the published table says for a pattern of use, or that it cannot be said yet."""

    risk: Literal["rare", "lower", "yes", "not_known"]
    dose_band: Literal["low", "moderate", "high", "not_known"]
    finding: Finding | None
    plain: str
    reminder: str = DO_NOT_STOP


class RedFlagReading(Frozen):
    """The stated red flags, most urgent first. `urgency` is the most urgent one's, None if none."""

    urgency: Urgency | None
    findings: tuple[Finding, ...]
    unknown: tuple[str, ...] = ()
    plain: str
    reminder: str = DO_NOT_STOP


class InteractionReading(Frozen):
    """What was found beside a drug, dangers first, and what we know nothing of.

    `unknown` is not “safe”: it is what the tables do not hold.
    """

    findings: tuple[Finding, ...]
    unknown: tuple[str, ...]
    plain: str


class IncidentReading(Frozen):
    """The next steps after an incident, in order."""

    incident: str
    steps: tuple[Finding, ...]
    reminder: str = DO_NOT_STOP
