"""PsyTAR as CoNLL: sentences of (token, label), folds that keep duplicates together, and scores.

Zolnoori et al. 2019, Data in Brief, doi 10.1016/j.dib.2019.103838, CC BY 4.0; split of Basaldella.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from landward.engines.narratives.tagger import spans_of

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "psytar"
Labelled = list[tuple[str, str]]
Spans = list[tuple[int, int, str]]
FOLDS = 5


def data_folder() -> Path | None:
    """Where PsyTAR lies beside the checkout, or None."""
    here = Path(__file__).resolve().parents[2]
    for folder in (here.parent, here.parent.parent):
        if (folder / "shared" / "data" / "psytar").is_dir():
            return folder / "shared" / "data" / "psytar"
    return None


def read_conll(path: Path) -> list[Labelled]:
    sentences: list[Labelled] = []
    rows: Labelled = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.strip():
            token, *_, label = line.split("\t")
            rows.append((token, label))
        elif rows:
            sentences.append(rows)
            rows = []
    return sentences


def key(sentence: Labelled) -> str:
    """A sentence as letters and digits only: two that differ in marks or case are duplicates."""
    return re.sub(r"[^a-z0-9]", "", "".join(token for token, _ in sentence).lower())


def fold_of(sentence: Labelled) -> int:
    digest = hashlib.sha256(("stories" + key(sentence)).encode()).hexdigest()
    return int(digest, 16) % FOLDS


def gold(sentence: Labelled) -> Spans:
    return [
        (first, past, kind)
        for first, past, kind in spans_of([label for _, label in sentence])
        if kind in {"ADR", "WD"}
    ]


def _f1(hits_found: int, found: int, hits_gold: int, there: int) -> float:
    precision = hits_found / found if found else 0.0
    recall = hits_gold / there if there else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score(truth: Sequence[Spans], found: Sequence[Spans]) -> dict[str, float]:
    """Exact and overlap F1 of ADR + WD spans whatever their kind, and of WD spans alone."""
    result = {}
    for name, kinds in (("all", {"ADR", "WD"}), ("withdrawal", {"WD"})):
        a = [[one[:2] for one in spans if one[2] in kinds] for spans in truth]
        b = [[one[:2] for one in spans if one[2] in kinds] for spans in found]
        there, here = sum(map(len, a)), sum(map(len, b))
        same = sum(len(set(x) & set(y)) for x, y in zip(a, b, strict=True))
        result[f"{name} exact"] = _f1(same, here, same, there)
        right = sum(_meets(one, x) for x, y in zip(a, b, strict=True) for one in y)
        reached = sum(_meets(one, y) for x, y in zip(a, b, strict=True) for one in x)
        result[f"{name} overlap"] = _f1(right, here, reached, there)
    return result


def _meets(one: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(one[0] < past and first < one[1] for first, past in others)


def binary_f1(truth: Sequence[bool], found: Sequence[bool]) -> float:
    both = sum(a and b for a, b in zip(truth, found, strict=True))
    return _f1(both, sum(found), both, sum(truth))
