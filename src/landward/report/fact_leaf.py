"""One fact that is no drug, as a leaf of the library: what it says, in lines with their names."""

from landward.model.base import Frozen
from landward.model.facts import Source, Status
from landward.model.guidelines import Guideline, GuidelineRule
from landward.model.instruments import Instrument
from landward.model.knowledge import Claim, Symptom
from landward.model.safety import SupervisionQuestion
from landward.report.fact_pages import VERDICTS

STANDING = {
    Status.DRAFT: "A draft: nobody has checked this row a second time.",
    Status.DOUBLE_CHECKED: "Checked twice against its source, not by a clinician.",
    Status.CLINICIAN_REVIEWED: "Reviewed by a clinician.",
    Status.WITHDRAWN: "Withdrawn: it circulates and is wrong.",
}
"""How far a row was checked, in words."""

Lines = tuple[tuple[str, str], ...]


class Leaf(Frozen):
    """A fact with a title, lines of (what it is called, what it says), standing, source keys."""

    title: str
    lines: Lines
    standing: str
    cites: tuple[str, ...] = ()


def symptom_leaf(row: Symptom, phrases: tuple[str, ...], other_names: tuple[str, ...]) -> Leaf:
    """A symptom and how people say it."""
    said = ", ".join(f"“{phrase}”" for phrase in phrases)
    lines = (("People say", said), ("Other names", ", ".join(other_names)), ("Kind", row.domain))
    return _leaf(_upper(row.label), lines, row)


def claim_leaf(row: Claim) -> Leaf:
    """A claim that circulates, and what was found."""
    return _leaf(row.claim, (("What we found", VERDICTS[row.verdict]), ("", row.finding)), row)


def rule_leaf(row: GuidelineRule, guideline: Guideline) -> Leaf:
    """One rule of a guideline, in our words."""
    whom = "" if row.applies_to == "all" else row.applies_to
    lines = (("Said by", guideline.title), ("About", whom), ("Where", row.locator))
    return _leaf(row.plain, lines, row)


def question_leaf(row: SupervisionQuestion) -> Leaf:
    """One question that is asked before a plan."""
    lines = (("Why it is asked", row.why), ("A yes means", _upper(row.if_yes.replace("_", " "))))
    return _leaf(row.question, lines, row)


def instrument_leaf(row: Instrument) -> Leaf:
    """A questionnaire: what it is, never its score."""
    asked = " · ".join(item.text for item in row.items)
    return _leaf(row.title, (("What it is", row.notice), (row.lead, asked)), row)


def source_leaf(source: Source) -> Leaf:
    """A source, and exactly what was read of it."""
    return Leaf(title=str(source), lines=(("What was read of it", source.read),), standing="")


def _leaf(
    title: str,
    lines: Lines,
    row: Symptom | Claim | GuidelineRule | SupervisionQuestion | Instrument,
) -> Leaf:
    told = (*lines, ("Note", row.note))
    return Leaf(
        title=title,
        lines=tuple((name, text) for name, text in told if text),
        standing=STANDING[row.status],
        cites=row.source,
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
