"""One fact that is no drug, as a leaf of the library: what it says, in lines with their names."""

from landward.model.base import Frozen
from landward.model.facts import Fact, Source, Status
from landward.model.guidelines import Guideline, GuidelineRule
from landward.model.instruments import Instrument
from landward.model.knowledge import Claim, Symptom
from landward.model.safety import SupervisionQuestion
from landward.model.said import Words, begun, joined, phrase
from landward.report.row_lines import row_line
from landward.report.verdicts import VERDICTS, WHY

STANDING = {
    Status.DRAFT: phrase("A draft: nobody has checked this row a second time."),
    Status.DOUBLE_CHECKED: phrase("Checked twice against its source, not by a clinician."),
    Status.CLINICIAN_REVIEWED: phrase("Reviewed by a clinician."),
    Status.WITHDRAWN: phrase("Withdrawn: it circulates and is wrong."),
}
"""How far a row was checked, in words."""

Lines = tuple[tuple[Words, Words], ...]


class Leaf(Frozen):
    """A fact with a title, lines of (what it is called, what it says), standing, source keys."""

    title: Words
    lines: Lines
    standing: Words
    cites: tuple[Words, ...] = ()


def symptom_leaf(row: Symptom, phrases: tuple[str, ...], other_names: tuple[str, ...]) -> Leaf:
    """A symptom and how people say it."""
    said = joined(", ", (f"“{words}”" for words in phrases))
    lines = (
        (phrase("People say"), said),
        (phrase("Other names"), joined(", ", other_names)),
        (phrase("Kind"), row.domain),
    )
    return _leaf(begun(row.label), lines, row)


def claim_leaf(row: Claim) -> Leaf:
    """A claim that circulates, and what was found."""
    lines = (
        (phrase("Verdict"), VERDICTS[row.verdict]),
        (phrase("What the studies say"), row.finding),
        (phrase("Why this verdict"), WHY[row.verdict]),
        (phrase("To cite it"), row.id),
    )
    return _leaf(row.claim, lines, row)


def rule_leaf(row: GuidelineRule, guideline: Guideline) -> Leaf:
    """One rule of a guideline, in our words."""
    whom = "" if row.applies_to == "all" else row.applies_to
    lines = (
        (phrase("Said by"), guideline.title),
        (phrase("About"), whom),
        (phrase("Where"), row.locator),
    )
    return _leaf(row.plain, lines, row)


def question_leaf(row: SupervisionQuestion) -> Leaf:
    """One question that is asked before a plan."""
    lines = (
        (phrase("Why it is asked"), row.why),
        (phrase("A yes means"), begun(row.if_yes.replace("_", " "))),
    )
    return _leaf(row.question, lines, row)


def instrument_leaf(row: Instrument) -> Leaf:
    """A questionnaire: what it is, never its score."""
    asked = joined(" · ", (item.text for item in row.items))
    return _leaf(row.title, ((phrase("What it is"), row.notice), (row.lead, asked)), row)


def source_leaf(source: Source) -> Leaf:
    """A source, and exactly what was read of it."""
    return Leaf(
        title=str(source), lines=((phrase("What was read of it"), source.read),), standing=""
    )


def row_leaf(row: Fact) -> Leaf:
    """Any other row: what it says, what kind of row it is, and where that stands."""
    told = row_line(row)
    lines = ((phrase("What it is"), told.kind), (phrase("Where"), row.locator))
    return _leaf(told.line, lines, row)


def name_leaf(name: str, plain: str) -> Leaf:
    """A name that exists and leads to no medicine with figures."""
    return Leaf(title=name, lines=((phrase("What it is"), f"{begun(plain)}."),), standing="")


def _leaf(title: str, lines: Lines, row: Fact | Instrument) -> Leaf:
    told = (*lines, (phrase("Note"), row.note))
    return Leaf(
        title=title,
        lines=tuple((name, text) for name, text in told if text),
        standing=STANDING[row.status],
        cites=row.source,
    )
