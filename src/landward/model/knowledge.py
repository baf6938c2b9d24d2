"""Symptoms and their words, codes of other systems, audited claims, printed numbers, parameters."""

from typing import Literal

from landward.model.facts import Fact


class Symptom(Fact):
    """One symptom. `same_as` names the one it is another word for, empty for the main word."""

    label: str
    domain: str
    same_as: str = ""


class SymptomPhrase(Fact):
    """How people say it. `symptom` is always a main symptom, never another word for one."""

    symptom: str
    phrase: str


class Code(Fact):
    """The identifier of something of ours in a system of others.

    Identifiers only, unchanged. A withdrawn code is one that circulates and is wrong.
    """

    subject: str
    subject_kind: Literal["drug", "product", "symptom", "observation", "answer", "condition"]
    system: str
    code: str
    display: str = ""


Verdict = Literal[
    "supported",
    "partly",
    "contested",
    "not_supported",
    "no_study_found",
    "not_checkable",
    "not_checked",
]
"""One rule for all: supported (a study of people, a guideline or a label says it as worded, none
found says otherwise) · partly (so a narrower form of it; the finding says which) · contested
(sources found disagree) · not_supported (sources found say otherwise, or the one named does not say
it) · no_study_found (looked up, no study of people was found: that is about studies, not about the
reader) · not_checkable (opinion, theory, motive) · not_checked (nobody has looked)."""


class Claim(Fact):
    """A claim that circulates, in our paraphrase, and what the literature we saw says of it."""

    document: str
    claim: str
    verdict: Verdict
    finding: str = ""
    looked_up: Literal["yes", "no"]


class NumbnessQuestion(Fact):
    """What a clinician would ask to tell apart what can numb. `beside` is the row of the timeline
    it is about; `rests_on` are ids of rows.
    """

    beside: str
    question: str
    why: str
    rests_on: tuple[str, ...] = ()


class Study(Fact):
    """A study that claims rest on."""

    citation: str
    doi: str = ""
    pmid: str = ""


class PaperValue(Fact):
    """A number printed in a paper, and the arithmetic that checks it where there is one.

    `check` reads like ``percent(136, 1207) = 11.3``; `check_result` says whether the paper agrees
    with itself. `value_text` holds what is not one number (a bound, a list).
    """

    measure: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    value_text: str = ""
    unit: str = ""
    n: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    check: str = ""
    check_result: Literal["", "agrees", "contradicts"] = ""


class ModelParameter(Fact):
    """A constant of the simulations, and whether it was measured, derived or assumed."""

    model: str
    symbol: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str
    standing: Literal["measured", "derived", "assumed"]
