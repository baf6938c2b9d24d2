"""The words of a question as they are compared, with what people say instead of them."""

import re
from collections.abc import Iterable, Iterator

from landward.catalog.names import fold
from landward.model.search_words import SearchWord, Turn

_WORD = re.compile(r"[^\W_]+")
_SMALL_WORDS = (
    "a am an and any are as at be been by can could do does did for from get go had has have how i "
    "id if im in is it its ive me my of off on or our should so some than that the their them then "
    "there these they this those to too very was we were what when where which who why will with "
    "would you your since like just really even also because about being"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_ENDINGS = ("nesses", "ness", "ings", "ing", "ies", "ed", "es", "s", "y", "e")
_STEM = 4
"""No word is cut to fewer letters."""
_SPELT = (("isation", "ization"), ("ise", "ize"), ("our", "or"), ("oea", "ea"), ("aem", "em"))
"""Two spellings of English as one: the second stands for both."""


class SearchWords:
    """The table of words and turns of phrase, ready for use; without rows each word is itself."""

    def __init__(self, rows: Iterable[SearchWord] = ()) -> None:
        kept = [row for row in rows if row.usable]
        self._same = {fold(row.said): fold(row.means) for row in kept if row.kind == "same"}
        self._also = {
            self.words_of(row.said)[0]: tuple(self.words_of(row.means))
            for row in kept
            if row.kind == "also"
        }
        self._turns = sorted(
            (self._turn(row) for row in kept if row.kind == "asked"),
            key=lambda turn: (-len(turn.said), turn.said),
        )
        self._help = tuple(self._turn(row).said for row in kept if row.kind == "help")

    def words_of(self, text: str) -> list[str]:
        """The words of a text as they are compared: folded, apostrophes joined, small words out
        (they stay where there are no others), each the one that stands for it, endings off.
        """
        return [_stem(word) for word in _telling(self._plain(text))]

    def also(self, word: str) -> tuple[str, ...]:
        """What else a word that was asked may mean."""
        return self._also.get(word, ())

    def calls_for_help(self, asked: str) -> bool:
        """Whether a question holds words after which help comes first."""
        words = tuple(self._plain(asked))
        return any(_place(words, said) is not None for said in self._help)

    def asked(self, text: str) -> list[tuple[str, ...]]:
        """The words of a question, each with the words it may stand for; the words of a turn of
        phrase are taken together and stand for what it means.
        """
        words, found = tuple(self._plain(text)), []
        for turn in self._turns:
            place = _place(words, turn.said)
            if place is not None:
                found.append(turn.means)
                words = words[:place] + words[place + len(turn.said) :]
        rest = [word for word in words if word not in _SMALL] if found else _telling(list(words))
        return list(dict.fromkeys((*found, *((_stem(word),) for word in rest))))

    def _turn(self, row: SearchWord) -> Turn:
        return Turn(said=tuple(self._plain(row.said)), means=tuple(self.words_of(row.means)))

    def _plain(self, text: str) -> list[str]:
        return [self._same.get(word, word) for word in _folded(text)]


def _folded(text: str) -> Iterator[str]:
    joined = text.replace("'", "").replace("’", "")
    return (word for word in (fold(found) for found in _WORD.findall(joined)) if word)


def _telling(words: list[str]) -> list[str]:
    return [word for word in words if word not in _SMALL] or words


def _place(words: tuple[str, ...], row: tuple[str, ...]) -> int | None:
    """Where `row` begins among the words, or None."""
    ends = range(len(words) - len(row) + 1)
    return next((at for at in ends if words[at : at + len(row)] == row), None)


def _stem(word: str) -> str:
    if not word.isascii():
        return word
    for british, american in _SPELT:
        word = word.replace(british, american)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word.removesuffix(ending)
    return word
