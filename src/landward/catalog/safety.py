"""The safety shelf: rules, questions, red flags, interactions, incidents, crisis lines."""

from datetime import date
from functools import cached_property

from landward.catalog.crisis import crisis_info
from landward.catalog.guidelines import read_guidelines
from landward.catalog.shelf import Shelf
from landward.model.base import BadInput
from landward.model.crisis import CrisisInfo, CrisisLine
from landward.model.guidelines import Guideline, GuidelineRule
from landward.model.safety import (
    DependenceRule,
    DoseBand,
    DrivingFact,
    IncidentStep,
    Interaction,
    InteractionWord,
    RedFlag,
    SupervisionQuestion,
)
from landward.model.said import phrase


class SafetyShelf(Shelf):
    """The rules that the safety engine and the planner take as arguments."""

    @cached_property
    def guidelines(self) -> tuple[Guideline, ...]:
        """Every guideline with its rules."""
        return read_guidelines(self.folder)

    @cached_property
    def red_flags(self) -> tuple[RedFlag, ...]:
        """What a person can state and what to do then."""
        return self._rows("red_flags", RedFlag)

    @cached_property
    def supervision_questions(self) -> tuple[SupervisionQuestion, ...]:
        """What is asked before a plan is drafted."""
        return self._rows("supervision_questions", SupervisionQuestion)

    @cached_property
    def dependence_rules(self) -> tuple[DependenceRule, ...]:
        """The table that says for whom the body has likely got used to the medicine."""
        return self._rows("dependence_risk", DependenceRule)

    @cached_property
    def dose_bands(self) -> tuple[DoseBand, ...]:
        """Which daily doses that table calls low, moderate and high."""
        return self._rows("dose_bands", DoseBand)

    @cached_property
    def incident_steps(self) -> tuple[IncidentStep, ...]:
        """What to do when something went differently."""
        return self._rows("incidents", IncidentStep)

    @cached_property
    def driving_facts(self) -> tuple[DrivingFact, ...]:
        """What is to know about driving."""
        return self._rows("driving", DrivingFact)

    @cached_property
    def interactions(self) -> tuple[Interaction, ...]:
        """Medicines, substances and conditions that matter beside a drug."""
        return self._rows("interactions", Interaction)

    @cached_property
    def interaction_words(self) -> tuple[InteractionWord, ...]:
        """Other words for the partners of interactions."""
        return self._rows("interaction_words", InteractionWord)

    @cached_property
    def crisis_lines(self) -> tuple[CrisisLine, ...]:
        """Every crisis line, in the order of the file: emergency first in each country."""
        return self._rows("crisis_lines", CrisisLine)

    def guideline_rules(self, kind: str | None = None) -> tuple[GuidelineRule, ...]:
        """Every usable rule of every guideline, of one kind if asked."""
        return tuple(
            rule
            for guideline in self.guidelines
            for rule in guideline.rules
            if kind in {None, rule.kind} and rule.usable
        )

    def rule(self, rule_id: str) -> GuidelineRule:
        """One guideline rule by its id. Raises BadInput if there is none."""
        for rule in self.guideline_rules():
            if rule.id == rule_id:
                return rule
        raise BadInput(phrase("no guideline rule is called “{rule_id}”", rule_id=rule_id))

    def driving(self, country: str = "", drug: str = "") -> tuple[DrivingFact, ...]:
        """General driving facts, then those of one country that fit a drug if one is named."""
        return tuple(
            fact
            for fact in self.driving_facts
            if fact.country in {"", country.upper()} and (not fact.drug or fact.drug == drug)
        )

    def crisis(self, country: str, today: date | None = None) -> CrisisInfo:
        """Whom to call in a country (two letters); general words and no lines for an unknown one.

        With *today*, lines last checked more than 180 days ago bring a dated warning.
        """
        return crisis_info(country, self.crisis_lines, today)

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Countries with crisis lines, two letters each, in order of the alphabet."""
        return tuple(sorted({line.country for line in self.crisis_lines if line.usable}))
