"""`landward vault remember`: are the recovery words still at hand?"""

import sys

from landward.app.keep.keys import quiz
from landward.app.keep.vault import Vault
from landward.cli.secrets_in import ask
from landward.cli.terminal import (
    moment,
    passphrase,
    say,
    tell,
)
from landward.cli.vault_pages import Where
from landward.model.base import BadInput
from landward.model.said import counted, joined, phrase

TRIES = 3
"""How often the recovery words may be typed before the question is left for another day."""


def remember(path: Where) -> None:
    """Are the recovery words still at hand? Asks for two of them when it is time.

    Example:

      landward vault remember my.vault
    """
    now = moment()
    with Vault.open(path, passphrase(), now=now.at) as vault:
        for line in vault.notices:
            say(line)
        places = quiz.due(vault, now.today())
        if places is not None and not _asked_and_right(vault, places):
            tell(phrase("Left for another day. Nothing was changed."))
            return
        following = quiz.next_on(vault)
    if places is not None:
        tell(phrase("That is right. Keep the sheet where it is."))
    else:
        tell(phrase("Nothing to ask today."))
    if following is not None:
        tell(
            phrase("The other two words are asked for from {day} on.", day=following)
            if places is not None
            else phrase("The next words are asked for from {day} on.", day=following)
        )


def _asked_and_right(vault: Vault, places: tuple[int, ...]) -> bool:
    """Ask for the words until they are right; False if the person leaves it. Raises BadInput."""
    say(
        phrase(
            "Two of the twelve recovery words, from the sheet. Enter alone leaves it for "
            "another day."
        )
    )
    typed: dict[int, str] = {}
    wrong = places
    tries = TRIES if sys.stdin.isatty() else 1
    for left in reversed(range(tries)):
        for place in wrong:
            typed[place] = ask("  " + phrase("Word {place}:", place=f"{place:>2}") + " ")
            if not typed[place].strip():
                return False
        wrong = quiz.not_right(vault, tuple(typed[place] for place in places))
        if not wrong:
            return quiz.answer(vault, tuple(typed[place] for place in places))
        if left:
            said = joined(phrase(" and "), (phrase("word {place}", place=place) for place in wrong))
            say(
                counted(
                    len(wrong),
                    "Not quite: {said} is another one.",
                    "Not quite: {said} are another one.",
                    said=said,
                )
            )
    raise BadInput(
        phrase(
            "those are not the words, and they will be asked for again. If the sheet is lost, "
            'make new words while you can still open the diary: `landward vault words "{path}"`',
            path=vault.path,
        )
    )
