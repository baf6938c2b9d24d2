"""Which of many findings may be named: false discoveries held to a share (Benjamini–Hochberg 1995).

Findings of one diary lean the same way (bad weeks touch everything); under such positive dependence
the procedure still holds its share (Benjamini & Yekutieli 2001).
"""

from collections.abc import Sequence


def discoveries(p_values: Sequence[float | None], share: float) -> list[bool]:
    """For every p value (None where nothing was tested) whether it may be named.

    Of what is named, at most `share` is expected to be nothing.
    """
    tested = sorted(p for p in p_values if p is not None)
    passed = [p for rank, p in enumerate(tested, 1) if p <= share * rank / len(tested)]
    limit = max(passed, default=-1.0)
    return [p is not None and p <= limit for p in p_values]
