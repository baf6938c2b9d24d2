"""Five folds over PsyTAR train + dev, duplicates in one fold; each fold trained without itself."""

import json
import statistics
import time
from pathlib import Path

import train
from corpus import FOLDS, binary_f1, data_folder, fold_of, gold, read_conll, score
from make_model import DECODING, MEMBERS, SETTINGS

from landward.catalog.read import TABLES
from landward.catalog.stories import read_clusters, read_lexicon
from landward.engines.narratives.lexicon import make_marker
from landward.engines.narratives.tagger import Tagger

KEPT = Path("/tmp") / "landward-stories-folds.json"


def run_folds(arguments: list[str]) -> None:
    folder = data_folder()
    assert folder is not None
    sentences = read_conll(folder / "all_train.txt") + read_conll(folder / "all_dev.txt")
    clusters = read_clusters((TABLES / "narratives" / "clusters.txt").read_text(encoding="utf-8"))
    phrases = read_lexicon((TABLES / "narratives" / "lexicon.txt").read_text(encoding="utf-8"))
    marker = make_marker(phrases)
    results = []
    for fold in range(FOLDS):
        began = time.process_time()
        inside = [one for one in sentences if fold_of(one) == fold]
        weights = train.fit(
            [one for one in sentences if fold_of(one) != fold],
            clusters,
            marker,
            members=MEMBERS,
            **SETTINGS,
            **DECODING,
        )
        tagger = Tagger(weights)
        tokens = [[token for token, _ in one] for one in inside]
        found = [
            [(a.first, a.past, a.label) for a in spans if a.label in {"ADR", "WD"}]
            for spans in tagger.spans(tokens, [marker(one) for one in tokens])
        ]
        truth = [gold(one) for one in inside]
        result = score(truth, found)
        result["sentence any withdrawal (gold spans)"] = binary_f1(
            [any(a[2] == "WD" for a in one) for one in truth],
            [any(a[2] == "WD" for a in one) for one in found],
        )
        results.append(result)
        print(
            fold,
            len(inside),
            {k: round(v, 3) for k, v in result.items()},
            f"{time.process_time() - began:.0f} s CPU",
            flush=True,
        )
    for name in results[0]:
        values = [one[name] for one in results]
        print(
            f"{name:40} {statistics.mean(values):.3f} ± {statistics.stdev(values):.3f}  "
            + " ".join(f"{value:.3f}" for value in values)
        )
    if "--keep" in arguments:
        KEPT.write_text(json.dumps(results))
