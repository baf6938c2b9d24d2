"""What the items of a diary are called in a reading: page and terminal alike."""

from landward.app.diary.open_diary import ANSWERS, DOSES, LABELS, PLANS
from landward.app.read.names import words_for
from landward.model.diary import Diary
from landward.model.questions import INSIDE

CHANGES_FROM = ANSWERS | DOSES | LABELS | PLANS
"""What a page about dose changes and the days after is made of."""


def item_names(diary: Diary) -> dict[str, str]:
    """What every item of a diary is called inside a reading."""
    return {**words_for(diary), **INSIDE}
