"""The letters and cards a person may take along: what each says, asks, cites, leaves to a pen.

The wording is ours and asks; none of it presumes a pace, or zero. Guidance stands in the tables: a
letter names its rules by id. A new letter is one more of these in the list at the end.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from landward.model.base import BadInput
from landward.model.registry import by_name
from landward.model.said import Words, joined, phrase

FIRST_STEP = phrase("a first step, and what would make us pause or go back a step")
NEXT_STEP = phrase("how to go on from here, and what would make us pause or go back a step")
"""Where a reduction is under way already, nobody asks for its first step."""

NO_STOP, PERSON = "fda2020.no-abrupt-stop", "fda2020.patient-specific"
SUPPLY = phrase("a steady supply, so that I never run out")
CALL = phrase("whom I call when it is hard, and when to use emergency care")
WITH_PAGE = phrase("A one-page record from my diary is attached. Thank you for reading this.")
STAY = phrase("that the dose stays as it is until we have both agreed on a change")


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind of letter.

    `begun` is its opening where a reduction is under way (`{since}` is its first day), `opening`
    where none is; `asks` may hold `{step}` and `{reviews}`.
    """

    name: str
    words: Words
    """What it is called where it is chosen."""
    title: Words
    opening: Words
    begun: Words
    asks_head: Words
    asks: tuple[Words, ...]
    cited: tuple[str, ...]
    to_fill_in: tuple[Words, ...]
    closing: Words = WITH_PAGE
    letter: bool = True
    """Whether it is written to somebody, with a greeting and a signature; a card is not."""
    facts: bool = False
    """Whether it says what the medicine is for, its last change, the plan and what is left."""
    attempts: bool = False
    """Whether it says what the person wrote about earlier attempts."""
    request: bool = False
    """Whether it begins with what the person asks for, in their own words."""
    blank_lines: int = 0
    """Lines for a pen behind the asks."""


HISTORY = (
    phrase("seizures"), phrase("alcohol"), phrase("opioids"), phrase("pregnancy"),
    phrase("breathing problems"), phrase("other medicines"),
)  # fmt: skip
"""Left open for a pen, because the diary does not hold them."""

TAPER = LetterKind(
    name="taper",
    words=phrase("Asking for a slow reduction"),
    title=phrase("A slow reduction: a request to plan it together"),
    opening=phrase("I would like to plan a slow reduction together with you."),
    begun=phrase("I have been reducing slowly since {since} and would like to plan with you how "
                 "to go on."),
    asks_head=phrase("Could we agree on"),
    asks=(
        "{step}",
        phrase("a form that allows small steps: tablets of a smaller strength, or a liquid"),
        phrase("how often we look at it together{reviews}"),
        SUPPLY,
        CALL,
        phrase("help alongside, such as talking therapy for anxiety or sleep"),
    ),
    cited=(
        NO_STOP, PERSON, "asam2025.first-step", "asam2025.pace", "asam2025.ceiling",
        "asam2025.pause-on-symptoms", "asam2025.goal-may-be-lower-dose",
    ),
    to_fill_in=HISTORY,
)  # fmt: skip

SLOWER = LetterKind(
    name="slower",
    words=phrase("Asking to hold or go slower"),
    title=phrase("Please let us hold, or go slower"),
    opening=phrase("At the pace we planned it is too hard for me. I would like to hold, or to go "
                   "slower."),
    begun=phrase("I have been reducing slowly since {since}. At this pace it is too hard for me. "
                 "I would like to hold, or to go slower."),
    asks_head=phrase("Could we agree on"),
    asks=(
        phrase("holding at the dose I take now, and until when{reviews}"),
        phrase("going on afterwards with smaller steps, or with more time between them"),
        phrase("what would make us go back a step"),
        phrase("a prescription for the dose I hold at, so that I do not run out"),
        CALL,
    ),
    cited=(NO_STOP, "asam2025.pause-on-symptoms", PERSON),
    to_fill_in=(phrase("what is hardest"), phrase("since when"), phrase("other medicines")),
    facts=True,
    request=True,
)  # fmt: skip

FORM = LetterKind(
    name="form",
    words=phrase("Asking for smaller tablets or a liquid"),
    title=phrase("A form that allows small steps: a request"),
    opening=phrase("My tablets cannot be divided into the small steps I need."),
    begun=phrase("I have been reducing slowly since {since}. My tablets cannot be divided into "
                 "the small steps I need."),
    asks_head=phrase("Could we look at"),
    asks=(
        phrase("tablets of a smaller strength, beside or in place of those I have"),
        phrase("a liquid, with a syringe that measures small amounts"),
        phrase("the amount written in milligrams, and in millilitres for a liquid"),
        STAY,
        SUPPLY,
    ),
    cited=(NO_STOP, PERSON, "asam2025.goal-may-be-lower-dose"),
    to_fill_in=(
        phrase("what I have at home"), phrase("what my pharmacy can get"),
        phrase("other medicines"),
    ),
    facts=True,
)  # fmt: skip

GOING_ON = LetterKind(
    name="going-on",
    words=phrase("Going on as it is going"),
    title=phrase("Going on as it is going: a request"),
    opening=phrase("I would like to go on as it is now."),
    begun=phrase("I have been reducing slowly since {since}, and it can be done as it is going. "
                 "I would like to go on in the same way."),
    asks_head=phrase("Could we agree on"),
    asks=(
        phrase("going on in the same way, each step only when we both say yes"),
        phrase("that I may hold at any step, for as long as it takes"),
        phrase("prescriptions for the steps that come, also for holding"),
        phrase("when we look at it next{reviews}"),
        CALL,
    ),
    cited=(NO_STOP, PERSON, "asam2025.goal-may-be-lower-dose", "asam2025.review"),
    to_fill_in=(phrase("what helps"), phrase("what is hard"), phrase("other medicines")),
    facts=True,
    request=True,
)  # fmt: skip

NEW_DOCTOR = LetterKind(
    name="new-doctor",
    words=phrase("To a new doctor"),
    title=phrase("The medicine I take, for a new doctor"),
    opening=phrase("I am new to you. Please read this before anything about it is changed."),
    begun=phrase("I am new to you. Please read this before anything about it is changed. I have "
                 "been reducing slowly since {since}."),
    asks_head=phrase("Could we agree on"),
    asks=(
        phrase("a prescription for what I take now, until we have talked about it"),
        STAY,
        phrase("a time to look at it together{reviews}"),
        SUPPLY,
        CALL,
    ),
    cited=(NO_STOP, PERSON, "asam2025.goal-may-be-lower-dose"),
    to_fill_in=(*HISTORY, phrase("who prescribed it until now"), phrase("my pharmacy")),
    facts=True,
    attempts=True,
)  # fmt: skip

HOSPITAL = LetterKind(
    name="hospital",
    words=phrase("Card for an emergency or a hospital"),
    title=phrase("In an emergency or in hospital: please read"),
    opening=phrase("My body may be used to this medicine."),
    begun=phrase("My body may be used to this medicine. I have been reducing slowly since "
                 "{since}."),
    asks_head=phrase("Please"),
    asks=(
        phrase("ask me, or the person below, when I took the last dose"),
        phrase("do not leave the medicine out, also not while I may not eat or am not awake"),
        phrase("do not change the dose or the medicine without whoever prescribes it, unless an "
               "emergency leaves no choice"),
        phrase("tell me before a medicine is given that undoes it or adds to it"),
        phrase("let me leave with enough for the days until my own prescription"),
    ),
    cited=(NO_STOP, "nice_ng215.no-abrupt-stop"),
    to_fill_in=(
        phrase("last dose, day and time"), phrase("allergies"), phrase("other medicines"),
        phrase("illnesses"), phrase("my doctor, telephone"), phrase("whom to call, telephone"),
    ),
    closing="",
    letter=False,
    facts=True,
)  # fmt: skip

PHARMACY = LetterKind(
    name="pharmacy",
    words=phrase("Sheet for the pharmacy"),
    title=phrase("For my pharmacy"),
    opening=phrase("I take this medicine on prescription."),
    begun=phrase("I take this medicine on prescription, and have been reducing slowly since "
                 "{since}."),
    asks_head=phrase("Please tell me"),
    asks=(
        phrase("which smaller strengths or liquids can be had, and how long they take to order"),
        phrase("whether my tablets may be divided, and into how many parts"),
        phrase("when a maker or a form changes, before I take it home"),
        phrase("how many days before the last tablet I should come"),
        phrase("what I do when a delivery is late, so that I am never without"),
    ),
    cited=(NO_STOP,),
    to_fill_in=(
        phrase("my doctor, telephone"), phrase("other medicines"), phrase("next day to collect"),
        phrase("my telephone"),
    ),
    closing="",
    letter=False,
    facts=True,
)  # fmt: skip

QUESTIONS = LetterKind(
    name="questions",
    words=phrase("Questions for my next visit"),
    title=phrase("Questions for my next visit"),
    opening="",
    begun="",
    asks_head=phrase("To ask, as far as it fits"),
    asks=(
        phrase("Do we hold, go slower, take smaller steps, or go back a step? Until when?"),
        phrase("What would make us change that before we meet again?"),
        phrase("Is everything that troubles me from the dose, or should something else be looked "
               "at?"),
        phrase("Does my supply last until the next prescription?"),
        phrase("Whom do I call when it is hard? What is an emergency?"),
        phrase("When do we meet next?"),
    ),
    cited=("asam2025.check-every-cut", "landward.not-everything"),
    to_fill_in=(),
    closing="",
    letter=False,
    facts=True,
    request=True,
    blank_lines=6,
)  # fmt: skip

KINDS: Mapping[str, LetterKind] = by_name(
    "letters",
    (TAPER, SLOWER, FORM, GOING_ON, NEW_DOCTOR, HOSPITAL, PHARMACY, QUESTIONS),
    lambda kind: kind.name,
)
"""Every letter by its name, in the order they are offered."""


def letter_kind(name: str) -> LetterKind:
    """The letter of this name. Raises BadInput, with the names there are, for another one."""
    if name not in KINDS:
        raise BadInput(
            phrase("no letter is called “{name}”; there are: ", name=name[:40])
            + joined(", ", KINDS)
        )
    return KINDS[name]
