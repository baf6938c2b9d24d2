"""The readings of a diary by name, and what their items are called: page and terminal alike."""

from landward.app.diary.open_diary import ANSWERS, DOSES, LABELS, PLANS
from landward.app.read.course import read_course
from landward.app.read.feelings import read_feelings
from landward.app.read.helped import read_helped
from landward.app.read.names import words_for
from landward.app.read.reading import Reading
from landward.app.read.waves import read_waves
from landward.model.diary import Diary
from landward.model.questions import INSIDE

WAVES = Reading("waves", ANSWERS | DOSES | LABELS, read_waves)
COURSE = Reading("course", ANSWERS, read_course)
HELPED = Reading("helped", ANSWERS | LABELS | {"event"}, read_helped)
FEELINGS_OVER_TIME = Reading("feelings", ANSWERS | {"event"}, read_feelings)
CHANGES_FROM = ANSWERS | DOSES | LABELS | PLANS
"""What a page about dose changes and the days after is made of."""


def item_names(diary: Diary) -> dict[str, str]:
    """What every item of a diary is called inside a reading."""
    return {**words_for(diary), **INSIDE}
