"""A whole journal folded into its diary: the one place where the app does so."""

import datetime as dt
from collections.abc import Iterable

from landward.app.library.known_words import KNOWN
from landward.model.diary import Diary, fold
from landward.model.entries import Entry


def whole_diary(entries: Iterable[Entry], today: dt.date | None = None) -> Diary:
    """The diary that a journal says, up to today. Raises ValueError where a known body is
    malformed.

    A line about a day that has not been (a year mistyped, a clock that was wrong, a copy merged)
    is kept and told in `Diary.ahead`; nothing is read from it before that day.
    """
    diary = fold(entries, KNOWN)
    return diary if today is None else diary.up_to(today)
