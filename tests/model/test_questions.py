"""One registry of questions, one set of words for an answer: whoever asks takes them from it."""

import pytest
from tests.making import entry

from landward.model.base import BadInput
from landward.model.bodies import CheckIn, DoseTaken, Feelings
from landward.model.identity import Names
from landward.model.item_ids import item_named, item_of
from landward.model.questions import (
    BY_ID,
    DAY_ENDS,
    FEELING_WORDS,
    FEELINGS,
    OPTIONAL,
    QUESTIONS,
    SEVERITY_WORDS,
    SPECIAL_ANSWERS,
    SPECIALS_MEAN,
    WEEKLY,
    Question,
    chosen,
    question,
    registered,
    scale_of,
    words_chosen,
)
from landward.model.scale import FEELING
from landward.web.http.templates import environment


def test_every_scale_in_words_has_five_different_answers() -> None:
    for words in (SEVERITY_WORDS, FEELING_WORDS):
        assert len(set(words)) == 5


def test_the_pages_of_the_app_take_their_words_from_here() -> None:
    said = environment().globals
    assert (said["SEVERITY"], said["FEELING"]) == (SEVERITY_WORDS, FEELING_WORDS)
    assert set(SPECIAL_ANSWERS) == {"too_much", "no_occasion"}
    assert all(word in SPECIALS_MEAN.lower() for word in SPECIAL_ANSWERS.values())


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.id)
def test_every_question_can_be_stored_and_its_words_fit_its_scale(one: Question) -> None:
    if one.scale is None:
        CheckIn(choices=dict.fromkeys([one.id], one.answers[0]))  # raises for what is no id
        return
    top = one.scale.high
    CheckIn(asked=(one.id,), answers={one.id: top}, scales={one.id: str(one.scale)})
    assert len(one.answers) in (0, one.scale.width + 1)
    assert one.words and one.inside and one.beside


def test_the_daily_pair_and_the_eight_of_the_week() -> None:
    assert all(BY_ID[item].scale == FEELING and BY_ID[item].asked == "today" for item in FEELINGS)
    assert len(WEEKLY) == 8
    assert BY_ID["day"].ends == DAY_ENDS


def test_nothing_more_is_asked_unless_chosen() -> None:
    assert chosen(()) == () and chosen(["day", "gone_since"]) == ()
    assert chosen(["hardest_part"]) == (BY_ID["hardest_part"],)
    followed = ("weight_change", "eating", "gut", "muscles", "sleep_stages")
    first = ("hardest_part", "usual_day", "little_was")
    assert tuple(one.id for one in OPTIONAL) == (*first, *followed)
    for item in followed:  # words, never numbers: no reading takes them for how hard a day was
        assert BY_ID[item].scale is None and BY_ID[item].why


def test_an_answer_in_words_is_a_word_of_its_question_and_never_a_number() -> None:
    hardest = BY_ID["hardest_part"]
    assert hardest.scale is None
    assert words_chosen({"hardest_part": " Evening "}) == {"hardest_part": "evening"}
    assert words_chosen({"hardest_part": ""}) == {}
    with pytest.raises(BadInput, match="morning, midday, evening or night, not “3”"):
        words_chosen({"hardest_part": "3"})
    with pytest.raises(BadInput, match="no question “hardest”"):
        words_chosen({"hardest": "evening"})
    with pytest.raises(BadInput, match="not with a number"):
        scale_of("hardest_part")
    with pytest.raises(BadInput, match="“day” is answered with 0 to 10"):
        registered("day").word("evening")


def test_a_question_needs_a_scale_or_words_that_are_no_other_answer() -> None:
    with pytest.raises(ValueError, match="neither a scale nor words"):
        Question("x", "X?", "x", "chosen")
    with pytest.raises(ValueError, match="the name of another one"):
        Question("x", "X?", "x", "chosen", answers=("too_much", "little"))


def test_an_older_landward_reads_on_what_holds_no_choice() -> None:
    plain = CheckIn(asked=("day",), answers={"day": 6}, scales={"day": "0..10 better down"})
    assert plain.written_as == 1
    assert CheckIn(choices={"hardest_part": "night"}).written_as == 2


# ---- a symptom that is named like a question ---------------------------------------------------


@pytest.mark.parametrize("item", [*WEEKLY, "day", "pleasant"])
def test_a_symptom_named_like_a_question_is_not_that_question(item: str) -> None:
    assert item_of(item.title()) == item_named(item) == f"{item}_symptom"
    assert question(item_of(item)).answers == SEVERITY_WORDS


def test_anger_pinned_in_0_1_0_is_told_from_the_anger_of_the_week() -> None:
    names = Names().knowing({"anger": "Anger", "day": "Day"})
    scales = {"anger": "0..4 better down", "day": "0..10 better down"}
    daily = CheckIn(asked=("anger", "day"), answers={"anger": 3, "day": 6}, scales=scales)
    read = names.read(entry(daily))
    assert isinstance(read, CheckIn) and read.answers == {"anger_symptom": 3, "day": 6}
    weekly = Feelings(asked=("anger",), answers={"anger": 1}, scales={"anger": str(FEELING)})
    assert names.read(entry(weekly)) == weekly
    assert isinstance(names.read(entry(DoseTaken(drug="diazepam", dose_mg="1"))), DoseTaken)
