"""A whole journal folded into its diary: the one place where the app does so."""

from collections.abc import Iterable

from landward.app.library.known_words import KNOWN
from landward.model.diary import Diary, fold
from landward.model.entries import Entry


def whole_diary(entries: Iterable[Entry]) -> Diary:
    """The diary that a journal says. Raises ValueError where a known body is malformed."""
    return fold(entries, KNOWN)
