"""Every question the diary asks: its id, its words, its answers, where it is asked.

One row here is a whole question: Today, the weekly page, the phone's page, Settings, the terminal
and the readings ask this registry. A question taken out of it stays readable on old days, under the
name it was stored with.

An answer is a number on a scale, or, where the answers have no better end, one of a few words. A
word is stored as that word (`CheckIn.choices`), never as a number: no reading can take it for how
hard something was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from landward.model.base import BadInput
from landward.model.said import begun, joined, phrase
from landward.model.scale import DAY, FEELING, SYMPTOM, Scale

SEVERITY_WORDS = (
    phrase("none"),
    phrase("mild"),
    phrase("moderate"),
    phrase("severe"),
    phrase("extreme"),
)
"""A symptom, 0 to 4."""

FEELING_WORDS = (
    phrase("not at all"),
    phrase("a little"),
    phrase("partly"),
    phrase("mostly"),
    phrase("fully"),
)
"""How far a feeling reached me, 0 to 4."""

DAY_ENDS: Mapping[int, str] = MappingProxyType(
    {0: phrase("no trouble"), 5: phrase("hard"), 10: phrase("the worst")}
)
"""How hard the day was, 0 to 10: the words beside some of the numbers."""

SPECIAL_ANSWERS: Mapping[str, str] = MappingProxyType(
    {"too_much": phrase("too much"), "no_occasion": phrase("no occasion")}
)
"""Answers in words, beside the numbers, by how they are stored."""

SPECIALS_MEAN = phrase(
    "“No occasion”: nothing happened that could bring it. “Too much”: more of it than fits a scale."
)
"""What those two mean; it stands wherever they are offered."""

WINDOW_HOURS = "window_hours"
USUAL_DAY = "usual_day"
LITTLE_WAS = "little_was"
"""Calm, numb or low, in the person's own word: no number tells them apart."""
HOURS = Scale(low=0, high=24, better="up")


@dataclass(frozen=True, slots=True)
class Question:
    """One question. It has a `scale`, or is answered with one of the words in `answers`."""

    id: str
    words: str
    """As it is asked."""
    inside: str
    """Inside a sentence or a list."""
    asked: Literal["today", "weekly", "chosen"]
    """On Today, on the weekly page, or on Today once it was chosen in Settings."""
    scale: Scale | None = None
    answers: tuple[str, ...] = ()
    """The words from the lowest number on; or, without a scale, all there is to choose from."""
    ends: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    """Words beside some of the numbers, where not every number has one."""
    special: bool = False
    """Whether “no occasion” and “too much” are answers too."""
    name: str = ""
    """Beside an answer, where that is neither `words` nor `inside` with a capital."""
    why: str = ""
    """What a chosen question is good for, in Settings."""
    wording: int = 1
    """Which version of its words this is. Whoever changes them so that another answer could come of
    it counts on: answers to other words are another series."""

    def __post_init__(self) -> None:
        if self.scale is None and len(set(self.answers)) < 2:
            raise ValueError(
                phrase("“{id}” has neither a scale nor words to choose from", id=self.id)
            )
        if set(self.answers) & set(SPECIAL_ANSWERS):
            raise ValueError(phrase("an answer to “{id}” is the name of another one", id=self.id))

    @property
    def beside(self) -> str:
        """What stands beside an answer on the page of a day."""
        return self.name or begun(self.inside)

    def as_said(self, stored: str) -> str:
        """A stored word as it is offered, so that it can be said in other languages."""
        return next((word for word in self.answers if word == stored), stored)

    @property
    def fits(self) -> str:
        """What may be answered: “0 to 10”, “0 to 4, no_occasion or too_much”, “a, b or c”."""
        if self.scale is None:
            return phrase(
                "{answers} or {answers_2}",
                answers=joined(", ", self.answers[:-1]),
                answers_2=self.answers[-1],
            )
        span = phrase("{low} to {high}", low=f"{self.scale.low:g}", high=f"{self.scale.high:g}")
        return phrase("{span}, no_occasion or too_much", span=span) if self.special else span

    def word(self, text: str) -> str:
        """The word meant, for a question that is answered in words. Raises BadInput."""
        word = " ".join(text.casefold().split())
        if self.scale is not None or word not in self.answers:
            raise BadInput(
                phrase(
                    "“{id}” is answered with {fits}, not “{text}”",
                    id=self.id,
                    fits=self.fits,
                    text=text[:40],
                )
            )
        return word


def _weekly(item: str, words: str) -> Question:
    return Question(item, words, item, "weekly", FEELING, FEELING_WORDS, special=True, name=words)


BODY = (
    Question(
        "weight_change",
        phrase("My weight, if I looked"),
        phrase("weight"),
        "chosen",
        answers=(phrase("down"), phrase("about the same"), phrase("up"), phrase("did not look")),
        why=phrase("Losing weight without trying needs a doctor, whatever the reason."),
    ),
    Question(
        "eating",
        phrase("How was eating today?"),
        phrase("eating"),
        "chosen",
        answers=(
            phrase("hardly anything"),
            phrase("less than usual"),
            phrase("as usual"),
            phrase("more than usual"),
        ),
        why=phrase("Hunger and weight can be set side by side later."),
    ),
    Question(
        "gut",
        phrase("How was my gut today?"),
        phrase("the gut"),
        "chosen",
        answers=(phrase("calm"), phrase("loose"), phrase("blocked"), phrase("cramps or nausea")),
        why=phrase("A doctor asks since when, and what else it goes with."),
    ),
    Question(
        "muscles",
        phrase("How were my muscles today?"),
        phrase("muscles"),
        "chosen",
        answers=(
            phrase("at ease"),
            phrase("tight"),
            phrase("sore"),
            phrase("weak"),
            phrase("twitching"),
        ),
        why=phrase("Jaw, neck and eyes count too. What stays on one side needs a doctor."),
    ),
    Question(
        "sleep_stages",
        phrase("Deep sleep, if a device says"),
        phrase("deep sleep by a device"),
        "chosen",
        answers=(
            phrase("less than is usual for me"),
            phrase("as usual for me"),
            phrase("more than is usual for me"),
        ),
        why=phrase("A device on the wrist guesses; only its own nights can be compared."),
    ),
)
"""What happens in the body: each may be followed, none is asked unless it was chosen."""

QUESTIONS = (
    Question(
        "day",
        phrase("How hard was today?"),
        phrase("how hard the day was"),
        "today",
        DAY,
        ends=DAY_ENDS,
        name=phrase("How hard"),
    ),
    Question(
        "pleasant",
        phrase("Pleasant feelings reached me"),
        phrase("pleasant feelings"),
        "today",
        FEELING,
        FEELING_WORDS,
        special=True,
    ),
    Question(
        "painful",
        phrase("Painful feelings reached me"),
        phrase("painful feelings"),
        "today",
        FEELING,
        FEELING_WORDS,
        special=True,
    ),
    Question(
        WINDOW_HOURS,
        phrase("Hours that felt easier"),
        phrase("hours that felt easier"),
        "today",
        HOURS,
        name=phrase("Hours of window"),
    ),
    Question(
        "hardest_part",
        phrase("When was it hardest?"),
        phrase("the hardest part of the day"),
        "chosen",
        answers=(phrase("morning"), phrase("midday"), phrase("evening"), phrase("night")),
        name=phrase("Hardest part of the day"),
        why=phrase("Trouble that keeps coming before the next dose can show in it."),
    ),
    Question(
        USUAL_DAY,
        phrase("How much of a usual day could I do?"),
        phrase("the usual day"),
        "chosen",
        answers=(
            phrase("nearly nothing"),
            phrase("some of it"),
            phrase("most of it"),
            phrase("all of it"),
        ),
        name=phrase("Of a usual day"),
        why=phrase("A doctor asks first how far everyday life still goes."),
    ),
    Question(
        LITTLE_WAS,
        phrase("If little reached me today, it was"),
        phrase("days on which little reached me"),
        "chosen",
        answers=(phrase("calm"), phrase("numb"), phrase("low"), phrase("a mix")),
        name=phrase("Little reached me, and it was"),
        why=phrase("Calm, numb and low are three things; only your own word tells them apart."),
    ),
    *BODY,
    _weekly("joy", phrase("When something good happened, I could feel it.")),
    _weekly("sadness", phrase("When something was sad, I could feel sad.")),
    _weekly("anger", phrase("When something was unfair, I could feel it.")),
    _weekly("love", phrase("I felt warmth towards people I care about.")),
    _weekly("motivation", phrase("Something in me wanted to do things.")),
    _weekly("presence", phrase("I felt inside my life, not watching it through glass.")),
    _weekly("body", phrase("I noticed touch, warmth, hunger or tiredness in my body.")),
    _weekly("empathy", phrase("Other people’s feelings reached me.")),
)
"""All of them, in the order they are asked."""

WORDING_AT_FIRST = "1.en"
"""What was asked where nothing is stored: the first words, in English."""


def wordings(asked: Iterable[str], language: str = "en") -> dict[str, str]:
    """Which words each of these questions was asked in, as it is stored: “1.en”, “2.de”."""
    return {item: f"{question(item).wording}.{language}" for item in asked}


def wordings_daily(asked: Iterable[str], language: str = "en") -> dict[str, str]:
    """The same for a day's questions, of which only those about feeling keep it."""
    return wordings((item for item in asked if item in WORDED_DAILY), language)


OWN_SYMPTOM = Question("", "", "", "today", SYMPTOM, SEVERITY_WORDS)
"""How any symptom is asked that a person named: the words are theirs."""

BY_ID: Mapping[str, Question] = MappingProxyType({one.id: one for one in QUESTIONS})
assert len(BY_ID) == len(QUESTIONS), "one question, one id"

WEEKLY: Mapping[str, str] = MappingProxyType(
    {one.id: one.words for one in QUESTIONS if one.asked == "weekly"}
)
"""The eight statements of the weekly look, by id."""

WEEKLY_AT_FIRST = tuple(item for item in WEEKLY if item not in ("love", "empathy"))
"""Those of them that are offered ticked where the person chooses: two can hurt to be asked."""

FEELINGS: tuple[str, str] = ("pleasant", "painful")
"""The daily pair that readings set side by side: pleasant and painful feelings reached me."""

WORDED_DAILY = (*FEELINGS, LITTLE_WAS)
"""What is asked of a day about feeling: which words it was asked in is kept with the answer."""

INSIDE: Mapping[str, str] = MappingProxyType(
    {one.id: one.inside for one in QUESTIONS if one.asked != "weekly"}
)
"""What the daily questions are called inside a sentence."""

GLIMMERS: Mapping[str, str] = MappingProxyType(
    {
        "joy": phrase("joy"),
        "warmth": phrase("warmth"),
        "sadness": phrase("sadness"),
        "anger": phrase("anger"),
        "longing": phrase("longing"),
        "interest": phrase("interest"),
        "calm": phrase("calm"),
        "something": phrase("something"),
    }
)
"""Feelings a glimmer may be of, as they are stored; the person's own word is as good."""

STRENGTHS: Mapping[int, str] = MappingProxyType(
    {1: phrase("barely there"), 2: phrase("there"), 3: phrase("strong")}
)
"""How strong a glimmer was."""

OPTIONAL = tuple(one for one in QUESTIONS if one.asked == "chosen")
"""Asked on Today only once they were chosen in Settings."""


def question(item: str) -> Question:
    """The question of an id; a symptom's where it is none of the diary's own."""
    return BY_ID.get(item, OWN_SYMPTOM)


def scale_of(item: str) -> Scale:
    """The scale the diary itself asks an item on. Raises BadInput where its answers are words."""
    asked = question(item)
    if asked.scale is None:
        raise BadInput(
            phrase(
                "“{item}” is answered with {fits}, not with a number", item=item, fits=asked.fits
            )
        )
    return asked.scale


def registered(item: str) -> Question:
    """The question of this id. Raises BadInput naming those there are."""
    found = BY_ID.get(item)
    if found is None:
        raise BadInput(
            phrase(
                "there is no question “{item}”; there are {by_id}",
                item=item[:40],
                by_id=", ".join(BY_ID),
            )
        )
    return found


def chosen(ids: Iterable[str]) -> tuple[Question, ...]:
    """The optional questions among these ids, in the order they are asked."""
    wanted = set(ids)
    return tuple(one for one in OPTIONAL if one.id in wanted)


def words_chosen(said: Mapping[str, str]) -> dict[str, str]:
    """Words given at a door, checked against the registry; "" is no answer. Raises BadInput."""
    return {item: registered(item).word(text) for item, text in said.items() if text}
