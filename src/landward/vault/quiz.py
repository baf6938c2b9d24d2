"""Asking for two of the recovery words on day 1 and two on day 7: written down, and still findable?

Only the four asked words are kept, inside the encrypted journal, and each pair goes once it was
answered. The other eight words (88 bits) are nowhere.
"""

import json
import secrets
from datetime import date, datetime, timedelta

from landward.vault.small_facts import SmallFacts

DAYS = (1, 7)
WORDS_EACH = 2
FACT = "recovery quiz"


def plan(vault: SmallFacts, words: tuple[str, ...], now: datetime) -> None:
    """Choose which words will be asked for, and when."""
    vault.remember(FACT, planned(words, now))


def planned(words: tuple[str, ...], now: datetime) -> str:
    """The text kept under `FACT`: which words will be asked for, and when."""
    places = secrets.SystemRandom().sample(range(len(words)), WORDS_EACH * len(DAYS))
    rounds = []
    for number, days in enumerate(DAYS):
        chosen = sorted(places[number * WORDS_EACH : (number + 1) * WORDS_EACH])
        due_on = (now + timedelta(days=days)).date().isoformat()
        rounds.append({"due": due_on, "words": {str(place + 1): words[place] for place in chosen}})
    return json.dumps(rounds)


def due(vault: SmallFacts, today: date) -> tuple[int, ...] | None:
    """Which words (counted from 1) to ask for today, or None."""
    rounds = json.loads(vault.fact(FACT) or "[]")
    if not rounds or date.fromisoformat(rounds[0]["due"]) > today:
        return None
    return tuple(sorted(map(int, rounds[0]["words"])))


def next_on(vault: SmallFacts) -> date | None:
    """The day on which words will be asked for next; None if they never will."""
    rounds = json.loads(vault.fact(FACT) or "[]")
    return date.fromisoformat(rounds[0]["due"]) if rounds else None


def not_right(vault: SmallFacts, typed: tuple[str, ...]) -> tuple[int, ...]:
    """Which of the words asked for (counted from 1) are not the ones in `typed`."""
    rounds = json.loads(vault.fact(FACT) or "[]")
    if not rounds:
        return ()
    wanted = {int(place): word for place, word in rounds[0]["words"].items()}
    given = dict(zip(sorted(wanted), typed, strict=False))
    return tuple(
        place for place in sorted(wanted) if given.get(place, "").strip().lower() != wanted[place]
    )


def answer(vault: SmallFacts, typed: tuple[str, ...]) -> bool:
    """Whether the typed words are the ones asked for; if so, they are asked for no more."""
    if not_right(vault, typed):
        return False
    rounds = json.loads(vault.fact(FACT) or "[]")
    if rounds:
        vault.remember(FACT, json.dumps(rounds[1:]) if rounds[1:] else None)
    return True
