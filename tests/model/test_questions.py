"""One set of words for an answer: the pages of the app take them from the model."""

from landward.model.questions import FEELING_WORDS, SEVERITY_WORDS, SPECIAL_ANSWERS
from landward.web.http.templates import environment


def test_every_scale_in_words_has_five_different_answers() -> None:
    for words in (SEVERITY_WORDS, FEELING_WORDS):
        assert len(set(words)) == 5


def test_the_pages_of_the_app_take_their_words_from_here() -> None:
    said = environment().globals
    assert (said["SEVERITY"], said["FEELING"]) == (SEVERITY_WORDS, FEELING_WORDS)
    assert set(SPECIAL_ANSWERS) == {"too_much", "no_occasion"}
