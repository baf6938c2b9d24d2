"""Windows, waves and lasting changes, as a sentence."""

from landward.model.readings import DiaryWaves
from landward.report.pattern_words import waves_sentence


def sentence(found: DiaryWaves) -> str:
    """What the reading comes to, in one sentence."""
    return waves_sentence(found.reading)
