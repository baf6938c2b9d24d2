"""The weekly look at emotional range: eight plain statements, our own wording, no total."""

from collections.abc import Iterable

from landward.model.base import BadInput
from landward.model.bodies import Feelings
from landward.model.questions import WEEKLY, wordings
from landward.model.said import phrase
from landward.model.scale import FEELING

NO_OCCASION, TOO_MUCH = "no_occasion", "too_much"


def feelings_body(
    said: dict[str, str],
    note: str = "",
    asked: Iterable[str] = tuple(WEEKLY),
    language: str = "en",
) -> Feelings:
    """The week's answers: 0 to 4, no occasion, too much, or nothing. Raises BadInput.

    `asked` are the statements that stood on the page: what was not asked is not left out.
    Which words it was asked in, and in which language, is kept beside the answers.
    """
    there = tuple(item for item in WEEKLY if item in set(asked))
    answers: dict[str, float] = {}
    words: dict[str, list[str]] = {NO_OCCASION: [], TOO_MUCH: []}
    for item in there:
        text = said.get(item, "")
        if text in words:
            words[text].append(item)
        elif text in ("0", "1", "2", "3", "4"):
            answers[item] = float(text)
        elif text:
            raise BadInput(phrase("“{item}” runs from 0 to 4", item=item))
    if not answers and not any(words.values()) and not note:
        raise BadInput(phrase("nothing was chosen yet; one of the eight is enough"))
    return Feelings(
        asked=there,
        answers=answers,
        scales={item: str(FEELING) for item in answers},
        no_occasion=tuple(words[NO_OCCASION]),
        too_much=tuple(words[TOO_MUCH]),
        wordings=wordings(there, language),
        note=note,
    )
