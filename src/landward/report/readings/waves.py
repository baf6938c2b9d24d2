"""Windows, waves and lasting changes, as a sentence."""

from landward.model.readings import DiaryWaves
from landward.model.said import phrase
from landward.report.pattern_words import waves_sentence
from landward.report.words import list_words


def sentence(found: DiaryWaves) -> str:
    """What the reading comes to, in one sentence."""
    said = waves_sentence(found.reading, better_up=found.better_up)
    if len(found.drugs) < 2:
        return said
    return phrase(
        "{said} Dose changes of {drugs} were heeded, each by its own dose.",
        said=said,
        drugs=list_words(found.drugs),
    )
