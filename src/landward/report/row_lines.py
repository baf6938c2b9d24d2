"""One row of any table as a line a person can read: what kind of row it is, and what it says."""

from decimal import Decimal

from landward.model.base import Frozen
from landward.model.drugs import Equivalence
from landward.model.facts import Fact
from landward.model.guidelines import GuidelineRule
from landward.model.knowledge import Claim, PaperValue
from landward.model.safety import (
    DrivingFact,
    IncidentStep,
    Interaction,
    RedFlag,
    SupervisionQuestion,
)
from landward.model.said import Words, phrase
from landward.report.verdicts import VERDICTS


class RowLine(Frozen):
    """A row by its id: its kind in words, what it says, and the keys of its sources."""

    id: str
    kind: Words
    line: Words
    source: tuple[str, ...]


def row_line(row: Fact) -> RowLine:
    """The line of a row of any table."""
    kind, line = _told(row)
    return RowLine(id=row.id, kind=kind, line=line, source=row.source)


def _told(row: Fact) -> tuple[str, str]:
    if isinstance(row, Claim):
        return VERDICTS[row.verdict], row.claim
    if isinstance(row, GuidelineRule):
        ours = row.guideline == "landward"
        return phrase("Our own rule") if ours else phrase("A guideline’s rule"), row.plain
    emergency = phrase("your emergency number")
    if isinstance(row, RedFlag):
        return phrase("Warning sign"), f"{row.statement}. {row.action.format(emergency=emergency)}"
    if isinstance(row, Interaction):
        return phrase("Taken together"), row.plain
    if isinstance(row, DrivingFact):
        return phrase("Driving"), row.plain
    if isinstance(row, IncidentStep):
        told = row.plain.format(emergency=emergency)
        return phrase("When something went differently"), told
    if isinstance(row, SupervisionQuestion):
        return phrase("Asked before a plan"), row.question
    if isinstance(row, PaperValue):
        return phrase("Printed in a study"), _printed(row)
    if isinstance(row, Equivalence):
        return phrase("From a table of doses"), _equal(row)
    return phrase("A row of the tables"), row.note or row.locator


def _printed(row: PaperValue) -> str:
    given = [f"{n:g}" for n in (row.low, row.value, row.high) if n is not None]
    said = row.value_text or " – ".join(given)
    unit = "" if row.value_text else row.unit
    return f"{row.measure}: {said} {unit}".rstrip()


def _equal(row: Equivalence) -> str:
    low, high = (_plain(dose) for dose in row.span_mg)
    mg = low if low == high else f"{low}–{high}"
    first, last = _plain(row.diazepam_low_mg), _plain(row.diazepam_high_mg)
    diazepam = first if first == last else f"{first}–{last}"
    return phrase(
        "{drug}: {mg} mg is said to equal {diazepam} mg of diazepam (table {table})",
        drug=row.drug,
        mg=mg,
        diazepam=diazepam,
        table=row.table,
    )


def _plain(dose: Decimal) -> str:
    return f"{dose.normalize():f}"
