"""Who should not plan a taper without a clinician: asked, never guessed."""

from collections.abc import Mapping, Sequence

from landward.model.base import BadInput
from landward.model.safety import Answer, Finding, SafetyVerdict, SupervisionQuestion
from landward.model.said import phrase

_ALL_CLEAR = phrase("Nothing you answered asks for more than your usual prescriber.")
_OPEN = phrase("Not every question is answered yet. A question without an answer is not a “no”.")
_ASK = phrase("Please make this plan with a clinician at your side.")


def read_supervision(
    answers: Mapping[str, Answer | str | bool | None], rules: Sequence[SupervisionQuestion]
) -> SafetyVerdict:
    """Read the answers to the supervision questions (`rules`, rows of the catalog).

    `answers` maps a question's id (with or without its ``ask.`` prefix) to yes, no or nothing
    (an `Answer`, its text, a bool, or None). A question that is missing counts as unanswered.
    Raises BadInput for an answer to a question nobody asks, or an answer that is none of these.
    """
    told = _by_rule(answers, rules)
    yes = [rule for rule in rules if told[rule.id] is Answer.YES]
    with_clinician = tuple(_yes(rule) for rule in yes if rule.if_yes == "with_clinician")
    care = tuple(_yes(rule) for rule in yes if rule.if_yes == "care")
    still_open = tuple(
        Finding.of(rule, rule.question) for rule in rules if told[rule.id] is Answer.UNANSWERED
    )
    return SafetyVerdict(
        may_self_plan=not with_clinician and not still_open,
        with_clinician=with_clinician,
        care=care,
        open_questions=still_open,
        plain=_ASK if with_clinician else _OPEN if still_open else _ALL_CLEAR,
    )


def _yes(rule: SupervisionQuestion) -> Finding:
    return Finding.of(rule, rule.why)


def _by_rule(
    answers: Mapping[str, Answer | str | bool | None], rules: Sequence[SupervisionQuestion]
) -> dict[str, Answer]:
    told = {rule.id: Answer.UNANSWERED for rule in rules}
    for name, given in answers.items():
        rule_id = name if name in told else f"ask.{name}"
        if rule_id not in told:
            known = ", ".join(rule.id.removeprefix("ask.") for rule in rules)
            raise BadInput(
                phrase(
                    "“{name}” is not one of the safety questions; they are {known}",
                    name=name,
                    known=known,
                )
            )
        told[rule_id] = _answer(name, given)
    return told


def _answer(name: str, given: Answer | str | bool | None) -> Answer:
    if given is None or given == "":
        return Answer.UNANSWERED
    if isinstance(given, bool):
        return Answer.YES if given else Answer.NO
    try:
        return Answer(given.strip().lower())
    except ValueError:
        raise BadInput(
            phrase(
                "{name}: answer yes, no, or leave it open; not “{given}”", name=name, given=given
            )
        ) from None
