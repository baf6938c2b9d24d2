"""When a symptom was: chains of mentions, placed together by two linear-chain CRFs.

The members see the same rows of features (`standing.py`), one of them without the events of the
rules; each gives the chance of every phase at every mention, all paths summed; the mean decides.
"""

from collections.abc import Sequence

import numpy as np

from landward.engines.narratives.chains import chances
from landward.model.stories import Phase
from landward.model.story_model import WhenModel

SURE_FROM = 0.7
"""The chance from which a phase is shown without “perhaps”. A convention; how often it is right
there is in benchmarks/stories/RESULTS.md."""


SAID_WEIGHS = 0.4
"""What is added to the phase that a mention's own sentence says in plain words (`phase_of`), on
the scale of chances: the story around outweighs it only where it is sure."""


def place_all(
    model: WhenModel, rows: Sequence[Sequence[str]], said: Sequence[Phase | None]
) -> list[tuple[Phase, float]]:
    """The likeliest phase of each mention and its chance (0–1); no rows, no answers.

    `said`: what each one's own sentence says, None where it says nothing.
    """
    if not rows:
        return []
    scores = np.zeros((len(rows), model.states.shape[1]))
    for at, row in enumerate(rows):
        known = [model.rows[one] for one in row if one in model.rows]
        scores[at] = model.states[known].sum(axis=0)
    total = np.zeros((len(rows), len(model.phases)))
    start = 0
    for moves in model.moves:
        there = scores[:, start : start + len(model.phases)]
        total += chances([there], moves)[0] / len(model.moves)
        start += len(model.phases)
    for at, phase in enumerate(said):
        if phase is not None:
            total[at, model.phases.index(phase)] += SAID_WEIGHS
            total[at] /= 1 + SAID_WEIGHS
    best = total.argmax(axis=1)
    return [(model.phases[k], round(float(total[at, k]), 3)) for at, k in enumerate(best)]
