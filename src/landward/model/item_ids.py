"""The id of an item from the words a person uses for it: one rule, for every script, at every door.

Words in Latin letters give a readable id (“Hörsturz” is `horsturz`, “Fuß” is `fuss`); words in
another script, or a single sign, give a stable one made from the words (`own:1f0c…`). Capitals,
blanks and how an accent was typed make no difference. A symptom named like one of the diary's own
questions (“anger”, asked once a week) is not that question: it is `anger_symptom`.
"""

import hashlib
import re
import unicodedata

from landward.model.questions import BY_ID, WEEKLY

LONGEST = 60
_ITEM = re.compile(r"[a-z0-9][a-z0-9_:.\-]{0,79}")
_ID = re.compile(r"[a-z0-9][a-z0-9_\-]*[:.][a-z0-9_:.\-]{1,60}")
"""What no words in a human language look like: a part, a colon or a point, a part."""
_HOW_DRAWN = "\ufe0e\ufe0f"
"""Whether a sign is drawn in colour; it is the same sign."""
_LEFT_OUT = re.compile(r"[^a-z0-9]+")
_SPELT = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
                        "ı": "i", "ß": "ss"})  # fmt: skip
"""Latin letters that Unicode does not take apart into a plain one and a mark."""


def item_of(words: str) -> str:
    """The id of a symptom in the person's own words: readable where it can be, stable always."""
    seen = (c for c in words if unicodedata.category(c) != "Cf" and c not in _HOW_DRAWN)
    tidy = " ".join(unicodedata.normalize("NFKC", "".join(seen)).casefold().split())
    plain = _without_marks(tidy)
    slug = _LEFT_OUT.sub("_", plain).strip("_")
    if len(slug) < 2 or any(map(_tells_apart, plain)):
        return f"own:{_digest(tidy)}"
    if len(slug) > LONGEST:
        return f"{slug[: LONGEST - 13].rstrip('_')}_{_digest(slug)}"
    return f"{slug}_symptom" if slug in BY_ID else slug


def item_named(name: str) -> str:
    """The id of an item named at a door: an id such as `own:1f0c0d3a9b2e` is one already, anything
    else is read as words.
    """
    text = name.strip()
    return text if _ID.fullmatch(text) else item_of(text)


def item_asked(name: str) -> str:
    """The id of what an answer at a door is about: a daily question by its id, else as `item_named`
    reads it.
    """
    text = name.strip()
    return text if text in BY_ID and text not in WEEKLY else item_named(text)


def says_itself(item: str, words: str) -> bool:
    """Whether an id alone brings back the words it was made from, capitals and blanks apart."""
    return " ".join(words.casefold().split()) in (item, item.replace("_", " "))


def names_something(words: str) -> bool:
    """Whether there is a letter, a number or a sign in it, in any script."""
    return any(c.isalnum() or unicodedata.category(c)[0] == "S" for c in words)


def earlier_ids(words: str) -> frozenset[str]:
    """The other ids that 0.1.0 gave the same words: in the app, on the phone, in the terminal."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    in_app = _LEFT_OUT.sub("_", plain).strip("_")[:60]
    by_app = in_app if len(in_app) >= 2 and len(plain) >= len(words) / 2 else ""
    on_phone = _LEFT_OUT.sub("_", words.lower()).strip("_")[:80]
    hashed = f"own:{_digest(words.casefold())}"
    typed = words.strip().lower().replace(" ", "_")
    in_terminal = typed if _ITEM.fullmatch(typed) else ""
    daily = BY_ID.keys() - WEEKLY.keys()  # answers to “day” are the day's, whatever was named so
    return frozenset({by_app, on_phone, hashed, in_terminal} - {"", item_of(words), *daily})


def _without_marks(text: str) -> str:
    """Letters without their accents; those of other scripts keep theirs, as part of the letter."""
    apart = unicodedata.normalize("NFKD", text.translate(_SPELT))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _tells_apart(letter: str) -> bool:
    """Whether leaving this sign out would give two names one id."""
    return not letter.isascii() and (letter.isalnum() or unicodedata.category(letter)[0] == "S")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
