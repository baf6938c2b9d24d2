"""Words remember how they were made, and a catalogue puts them into its language."""

import gettext
import json
import pickle

from landward.model.base import BadInput, Frozen
from landward.model.said import ENGLISH, Catalogue, Words, counted, phrase

GERMAN = {
    "“{name}” is not a date": "„{name}“ ist kein Datum",
    "{drug} was taken": "{drogue} wurde genommen",  # its value was lost on the way
    "{count} day": ("ein Tag", "{count} Tage"),
    "after {days}": "nach {days}",
}


class German(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        found = GERMAN.get(message, message)
        return found if isinstance(found, str) else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        found = GERMAN.get(msgid1, (msgid1, msgid2))
        return found[n != 1] if isinstance(found, tuple) else found


DE = Catalogue("de", German())


def test_it_is_the_english_text_for_everyone_who_asks_nothing_more() -> None:
    text = phrase("“{name}” is not a date", name="31 June")
    assert text == "“31 June” is not a date" and isinstance(text, str)
    assert json.dumps([text]) == json.dumps(["“31 June” is not a date"])
    assert ENGLISH.words(text) == text and ENGLISH.is_english and not DE.is_english


def test_another_language_says_it_with_the_same_values() -> None:
    assert (
        DE.words(phrase("“{name}” is not a date", name="31 {June")) == "„31 {June“ ist kein Datum"
    )
    assert DE.words(counted(1, "{count} day", "{count} days")) == "ein Tag"
    nested = phrase("after {days}", days=counted(3, "{count} day", "{count} days"))
    assert (nested, DE.words(nested)) == ("after 3 days", "nach 3 Tage")


def test_a_translation_that_lost_a_value_is_not_used() -> None:
    assert DE.words(phrase("{drug} was taken", drug="oxazepam")) == "oxazepam was taken"


def test_what_has_no_translation_stays_english_and_what_was_not_said_stays_as_it_is() -> None:
    assert DE.words(phrase("Nothing was changed.")) == "Nothing was changed."
    assert DE.words("a person’s own words: {x}") == "a person’s own words: {x}"
    assert DE.words(7) == 7


def test_an_error_and_a_frozen_value_keep_it() -> None:
    class Line(Frozen):
        words: Words

    said = phrase("“{name}” is not a date", name="x")
    assert DE.words(str(BadInput(said))) == "„x“ ist kein Datum"
    assert DE.words(Line(words=said).words) == "„x“ ist kein Datum"
    assert Line(words="plain").model_dump() == {"words": "plain"}
    assert DE.words(pickle.loads(pickle.dumps(said))) == "„x“ ist kein Datum"
