"""The plan that is lived with: how far it was said yes to, what is next, and the question of it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from fractions import Fraction

from landward.app.diary.open_diary import PLANS, OpenDiary
from landward.engines.tapering import history_before
from landward.model.base import BadInput, Frozen
from landward.model.bodies import Body, PlanAdopted, PlanStep
from landward.model.entries import Entry
from landward.model.medicines.going_on import (
    Choice,
    asked_together,
    begun_on,
    choices_in,
    moved,
    turn_of,
)
from landward.model.plan_pack import plan_from_text
from landward.model.said import Words, phrase
from landward.model.taper import TaperPlan, TaperStep
from landward.model.taper_request import Held
from landward.report.taper_words import before_words, day_words, mg_words, two_drugs

QUIET_DAYS = 7
"""So long after “stay” Today asks nothing; the plan's own page offers going on at any time."""


class StepQuestion(Frozen):
    """Going on to the next line, or staying. Two answers of equal weight; no answer is to stay."""

    drug: str
    plan: str
    step: int
    through: int
    start: dt.date
    words: Words
    stay: Words
    go_on: Words
    apart: bool = False
    """Whether the words name each medicine by themselves."""


class Standing(Frozen):
    """One drug's plan as it is lived: its lines on the days they really have."""

    entry_id: str
    adopted_on: dt.date
    plan: TaperPlan
    begun: int | None
    """How many steps were said yes to; None for a plan of before that was asked."""
    agreed_with: str = ""
    agreed_on: dt.date | None = None
    stayed_on: dt.date | None = None
    """When the person last said to stay before the next step."""
    held: TaperStep | None = None
    """Before the first step: the line of the version before that goes on, where it is this dose."""

    def step_on(self, day: dt.date) -> TaperStep | None:
        """The step that is taken on a day; None before the first one begins."""
        here, begun = None, self.plan.steps[: self.begun]
        if begun:
            day = turn_of(day, begun[-1].end, self.plan.cycle_days)
        for step in begun:
            if step.start <= day:
                here = step
        return here

    def taken_on(self, day: dt.date) -> TaperStep | None:
        """The step that is taken on a day, of the version before where this one has not begun."""
        return self.step_on(day) or self.held

    def mg_on(self, day: dt.date) -> Fraction:
        """Milligrams a day as last said yes to."""
        here = self.step_on(day)
        return self.plan.from_mg if here is None else here.made_mg

    def words_on(self, day: dt.date) -> Words:
        """What is taken on a day as last said yes to, each drug by itself."""
        here = self.step_on(day)
        return before_words(self.plan) if here is None else day_words(here.doses, here.made_mg)

    @property
    def next_step(self) -> TaperStep | None:
        """The first step nobody said yes to yet."""
        if self.begun is None or self.begun >= len(self.plan.steps):
            return None
        return self.plan.steps[self.begun]

    @property
    def agreed_words(self) -> Words:
        """“agreed with Dr A on 3 Jan 2026”, or that no prescriber has seen it."""
        from landward.report.words import date_words

        if self.agreed_with and self.agreed_on:
            return phrase("agreed with {name} on {day}", name=self.agreed_with,
                          day=date_words(self.agreed_on))  # fmt: skip
        if self.agreed_with:
            return phrase("agreed with {name}", name=self.agreed_with)
        return phrase("my own draft; no prescriber has seen it")

    def question(self) -> StepQuestion | None:
        """The question of the next line, whether or not it is time for it."""
        step = self.next_step
        if step is None or self.begun is None:
            return None
        spans = [(one.start, one.days) for one in self.plan.steps]
        through = asked_together(spans, self.begun)
        here, last = self.plan.steps[self.begun - 1], self.plan.steps[through - 1]
        before = day_words(here.doses, here.made_mg) if self.begun else before_words(self.plan)
        after = day_words(last.doses, last.made_mg)
        if self.plan.cycle_days:
            return self._turns(step, through)
        several = through > self.begun + 1
        days = (self.plan.steps[through - 1].end - step.start).days
        words = (
            phrase("{before} → {after}, in small lines over {days} days", before=before,
                   after=after, days=days)
            if several
            else phrase("{before} → {after}", before=before, after=after)
        )  # fmt: skip
        return StepQuestion(
            drug=self.plan.drug, plan=self.entry_id, step=self.begun + 1, through=through,
            start=step.start, words=words, stay=phrase("Stay on {mg}", mg=before),
            go_on=phrase("Go on to {mg}", mg=after),
            apart=two_drugs(self.plan),
        )  # fmt: skip

    def _turns(self, step: TaperStep, through: int) -> StepQuestion:
        """The question of days by turns: they are said yes to together, each as it was written."""
        together = self.plan.steps[step.step - 1 : through]
        taken = ", ".join(day_words(one.doses, one.made_mg) for one in together)
        days = (together[-1].end - step.start).days
        before = phrase("the days as they are now") if self.begun else before_words(self.plan)
        return StepQuestion(
            drug=self.plan.drug, plan=self.entry_id, step=step.step, through=through,
            start=step.start,
            words=phrase("the next {days} days as written: {taken}", days=days, taken=taken),
            stay=phrase("Stay on {mg}", mg=before), go_on=phrase("Go on as written"),
        )  # fmt: skip

    def asked_on(self, today: dt.date) -> StepQuestion | None:
        """The question where it is time for it: from the day before, not soon after “stay”."""
        found = self.question()
        if found is None or found.start > today + dt.timedelta(days=1):
            return None
        if self.stayed_on is not None and (today - self.stayed_on).days < QUIET_DAYS:
            return None
        return found


def standing_plans(lines: Iterable[tuple[Entry, Body]], today: dt.date) -> tuple[Standing, ...]:
    """The plan of each drug that was adopted last, as it is lived on a day; by drug."""
    last: dict[str, Standing] = {}
    for one in lived_versions(lines, today):
        last[one.plan.drug] = _going_on_from(last.get(one.plan.drug), one)
    return tuple(last[drug] for drug in sorted(last))


def _going_on_from(before: Standing | None, one: Standing) -> Standing:
    """The new version knows what the dose of now is made from, where the one before says so."""
    step = before.taken_on(one.adopted_on) if before is not None else None
    if before is None or step is None or before.plan.cycle_days or one.plan.cycle_days:
        return one
    told = {dose.at: (dose.drug, dose.made_mg) for dose in one.plan.before}
    same = {dose.at: (dose.drug, dose.made_mg) for dose in step.doses if dose.made_mg}
    if step.made_mg != one.plan.from_mg or (told and told != same):
        return one
    return one.model_copy(update={"held": step})


def lived_versions(lines: Iterable[tuple[Entry, Body]], today: dt.date) -> tuple[Standing, ...]:
    """Every adopted plan as it was lived, first to last. One of a shape this version cannot read
    is kept in the diary and left out here, never guessed at.
    """
    adopted: list[tuple[Entry, PlanAdopted, TaperPlan]] = []
    said: defaultdict[str, list[tuple[Entry, PlanStep]]] = defaultdict(list)
    for entry, body in lines:
        if isinstance(body, PlanStep):
            said[body.plan].append((entry, body))
        elif isinstance(body, PlanAdopted):
            with suppress(BadInput):
                adopted.append((entry, body, plan_from_text(body.plan)))
    return tuple(
        _standing(entry, body, plan, choices_in(said[entry.id]), today)
        for entry, body, plan in adopted
    )


def history(
    lines: Iterable[tuple[Entry, Body]], drug: str, today: dt.date, start: dt.date
) -> tuple[Held, ...]:
    """The doses the plans of a drug had said yes to before a day, for rules that look back."""
    lived = [
        one.plan.model_copy(update={"steps": one.plan.steps[: one.begun]})
        for one in lived_versions(lines, today)
        if one.plan.drug == drug
    ]
    return history_before(lived, start) if lived else ()


def standing_here(diary: OpenDiary, today: dt.date) -> tuple[Standing, ...]:
    """The plans of an open diary, kept until a plan or a step of one is written."""

    def found() -> tuple[Standing, ...]:
        entries = diary.index.of_kinds(PLANS)
        read = ((entry, diary.read(entry)) for entry in entries)
        return standing_plans(((e, body) for e, body in read if body is not None), today)

    return diary.keep(("standing", today), found, PLANS)


def standing_of(plans: Iterable[Standing], drug: str) -> Standing:
    """The plan of one drug. Raises BadInput where there is none."""
    for one in plans:
        if one.plan.drug == drug:
            return one
    raise BadInput(phrase("no plan of “{drug}” is kept", drug=drug[:60]))


def _standing(
    entry: Entry, body: PlanAdopted, plan: TaperPlan, choices: tuple[Choice, ...], today: dt.date
) -> Standing:
    spans = [(step.start, step.days) for step in plan.steps]
    begun = begun_on(spans, body.confirmed, choices)
    stays = [one.said_on for one in choices if one.start is None and one.step == len(begun) + 1]
    return Standing(
        entry_id=entry.id,
        adopted_on=entry.date,
        plan=plan if body.confirmed is None else _lived(plan, moved(spans, begun, today)),
        begun=None if body.confirmed is None else len(begun),
        agreed_with=body.prescriber,
        agreed_on=body.agreed_on,
        stayed_on=max(stays, default=None),
    )


def _lived(plan: TaperPlan, starts: list[dt.date]) -> TaperPlan:
    """The plan with its steps on their real days, each lasting until the next one begins."""
    if not starts:
        return plan
    ends = [*starts[1:], starts[-1] + dt.timedelta(days=plan.steps[-1].days)]
    steps = tuple(
        step.model_copy(update={"start": start, "days": (end - start).days})
        for step, start, end in zip(plan.steps, starts, ends, strict=True)
    )
    return plan.model_copy(update={"start": starts[0], "steps": steps})


def answer_now(plans: Iterable[Standing], drug: str, *, go_on: bool) -> PlanStep:
    """What is written where the next line is said yes to, or to stay, as it stands now.

    `drug` may be empty where one plan is lived with. Raises BadInput where nothing is asked.
    """
    lived = tuple(plans)
    if not drug and len(lived) > 1:
        names = " and ".join(one.plan.drug for one in lived)
        raise BadInput(phrase("plans of {names} are kept: say which drug", names=names))
    one = standing_of(lived, drug) if drug else next(iter(lived), None)
    if one is None:
        raise BadInput(phrase("no plan is kept yet"))
    question = one.question()
    if question is None:
        why = (
            phrase("this plan was kept before lines were asked about: each stands on its day")
            if one.begun is None
            else phrase("the last line is taken: stay on {mg} until you and your prescriber go on "
                        "together", mg=mg_words(one.plan.steps[-1].made_mg))
        )  # fmt: skip
        raise BadInput(why)
    return answered(
        lived, question.drug, plan=question.plan, step=question.step, start=question.start,
        go_on=go_on,
    )  # fmt: skip


def answered(
    plans: Iterable[Standing], drug: str, *, plan: str, step: int, start: dt.date, go_on: bool
) -> PlanStep:
    """What is written for an answer. Raises BadInput where the question is no longer this one."""
    question = standing_of(plans, drug).question()
    same = question is not None and (question.plan, question.step) == (plan, step)
    if question is None or not same or (go_on and question.start != start):
        raise BadInput(
            phrase(
                "this question was answered already, or the plan was changed in another tab. Look "
                "at it as it is now; the dose stays as it was"
            )
        )
    return PlanStep(
        drug=drug, plan=plan, step=question.step, through=question.through,
        start=start if go_on else None,
    )  # fmt: skip
