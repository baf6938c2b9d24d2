"""Train the phase model on the made-up stories, and score it by story in five folds.

    python3 run.py bench stories train_when      writes tables/narratives/when.npz and when.toml
    python3 run.py bench stories when_folds      scores only: each fold trained without itself

python-crfsuite (L-BFGS) learns from the gold mentions; scored are the mentions the reader finds,
with what it says of them. Nothing is random.
"""

import dataclasses
import hashlib
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import pycrfsuite
from made_up import FILE, FILE_2, measure, read_stories, scored_for_phase
from make_model import _toml, sha256

from landward.app.stories.reader import story_reader
from landward.catalog.read import TABLES
from landward.engines.narratives import drugs as named
from landward.engines.narratives.read import Reader
from landward.engines.narratives.sentence import make_sentences
from landward.engines.narratives.standing import RECIPE, Place, Standing
from landward.engines.narratives.timeline import Timeline, find_timeline
from landward.engines.narratives.words import cut_sentences, without_markup
from landward.model.stories import Whose
from landward.model.story_model import WhenModel

PHASES = ("before", "on", "cutting", "stopped", "unknown")
RULED = ("rule", "stands", "present", "tense,present", "pe", "ne", "end=", "e<", "e>", "tie")
"""What the members with a blank here do not see: what the rules made of the story."""

MEMBERS: tuple[tuple[tuple[str, ...], float], ...] = (((), 8.0), ((*RULED, "b:", "a:"), 2.0))
"""Each member: beginnings of the features it does not see, L2 weight."""

ITERATIONS, FOLDS, LEAST_STORIES, LEAST = 100, 5, 8, 0.002
Example = tuple[list[list[str]], list[str]]


def examples(story: dict, reader: Reader) -> Example:
    """Rows of features and phases of the gold mentions of the story's main person."""
    person: Whose = "other" if story["writer"] == "supporter" else "self"
    line = timeline(story["text"], reader)
    places, phases = [], []
    for one in story["mentions"]:
        at = next(
            (k for k, s in enumerate(line.sentences) if s.start <= one["start"] < s.end), None
        )
        if at is None or one["whose"] != person or not scored_for_phase(story, one):
            continue
        here = line.sentences[at]
        said = (one["negated"], one["possible"], one["resolved"])
        low, high = one["start"] - here.start, min(one["end"], here.end) - here.start
        places.append(Place(at, low, high, *said))
        phases.append(one["phase"])
    return Standing(line, person, reader.anchors).rows(places), phases


def timeline(text: str, reader: Reader) -> Timeline:
    plain = without_markup(text)
    cut = cut_sentences(plain)
    drugs = [named.find_drugs(words, reader.find_drug) for words in cut]
    places = [
        (words[first].start, words[past - 1].end)
        for words, found in zip(cut, drugs, strict=True)
        for first, past, _ in found
    ]
    return find_timeline(make_sentences(plain, cut, places, reader.cues))


def fit(given: list[Example]) -> WhenModel:
    """Trained members, their weights rounded as the file rounds them."""
    stories: Counter[str] = Counter()
    for rows, _ in given:
        stories.update({one for row in rows for one in row})
    used = {one for one, n in stories.items() if n >= LEAST_STORIES or one[:2] not in {"b:", "a:"}}
    learned = [_learn(given, used, blind, l2) for blind, l2 in MEMBERS]
    features = sorted({feature for states, _ in learned for feature, _ in states})
    place = {feature: k for k, feature in enumerate(features)}
    states = np.zeros((len(features), len(PHASES) * len(MEMBERS)), np.float16)
    moves = np.zeros((len(MEMBERS), len(PHASES), len(PHASES)), np.float16)
    for m, (own, transitions) in enumerate(learned):
        for (feature, phase), weight in own.items():
            states[place[feature], m * len(PHASES) + PHASES.index(phase)] = weight
        for (one, other), weight in transitions.items():
            moves[m, PHASES.index(one), PHASES.index(other)] = weight
    kept = [k for k in range(len(features)) if np.abs(states[k]).max() >= LEAST]
    return WhenModel(
        phases=PHASES,
        rows={features[k]: at for at, k in enumerate(kept)},
        states=states[kept].astype(np.float32),
        moves=tuple(moves.astype(np.float32)),
    )


def _learn(given: list[Example], used: set[str], blind: tuple[str, ...], l2: float) -> tuple:
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for rows, phases in given:
        if rows:
            seen = [
                [one for one in row if one in used and not one.startswith(blind)] for row in rows
            ]
            trainer.append(seen, phases)
    trainer.set_params(
        {"c1": 0, "c2": l2, "max_iterations": ITERATIONS, "feature.possible_transitions": True}
    )
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
    return info.state_features, info.transitions


def fold_of(story: dict) -> int:
    return int(hashlib.sha256(("when" + story["id"]).encode()).hexdigest(), 16) % FOLDS


def run_folds(_: list[str]) -> None:
    """Each story read by a model that was trained without its fold."""
    reader = story_reader()
    stories = {file.name: read_stories(file) for file in (FILE, FILE_2)}
    known = {one["id"]: examples(one, reader) for some in stories.values() for one in some}
    folds = {one["id"]: fold_of(one) for some in stories.values() for one in some}
    readers = [
        dataclasses.replace(
            reader, when=fit([known[name] for name in known if folds[name] != fold])
        )
        for fold in range(FOLDS)
    ]
    texts = {one["text"]: one["id"] for some in stories.values() for one in some}
    parts = {
        "first hundred, dev half": [s for s in stories[FILE.name] if s["split"] == "dev"],
        "first hundred, test half": [s for s in stories[FILE.name] if s["split"] == "test"],
        "second writer, half A": stories[FILE_2.name],
        "all": [one for some in stories.values() for one in some],
    }
    for name, some in parts.items():
        print(name)
        lines = measure(some, lambda text: readers[folds[texts[text]]].read(text))
        for what, value in lines.items():
            if "phase" in what or what.startswith("  where"):
                print(f"  {what:58} {value}")


def make(_: list[str]) -> None:
    reader = story_reader()
    stories = [one for file in (FILE, FILE_2) for one in read_stories(file)]
    given = [examples(one, reader) for one in stories]
    digest = write(fit(given), TABLES / "narratives" / "when.npz")
    lines = {
        "name": "landward-stories-when",
        "recipe": RECIPE,
        "trained_on": "150 made-up stories of two writers (benchmarks/stories)",
        "licence": "CC0-1.0 (stories of the second writer), the code's (the rest)",
        "data_sha256": [sha256(FILE), sha256(FILE_2)],
        "weights_sha256": digest,
        "stories": len(stories),
        "mentions": sum(len(phases) for _, phases in given),
        "l2": [l2 for _, l2 in MEMBERS],
        "iterations": ITERATIONS,
        "figures": "benchmarks/stories/RESULTS.md",
    }
    text = "".join(f"{key} = {_toml(value)}\n" for key, value in lines.items())
    head = "# Written by benchmarks/stories/train_when.py; not by hand.\n"
    (TABLES / "narratives" / "when.toml").write_text(head + text, encoding="utf-8")
    print(f"{len(given)} stories, SHA-256 {digest}")


def write(model: WhenModel, path: Path) -> str:
    """Write the weights as compressed arrays; returns the file's SHA-256."""

    def letters(words: list[str]) -> np.ndarray:
        return np.frombuffer("\n".join(words).encode("utf-8"), np.uint8)

    np.savez_compressed(
        path,
        features=letters(sorted(model.rows, key=model.rows.__getitem__)),
        phases=letters(list(model.phases)),
        states=model.states.astype(np.float16),
        moves=np.stack(model.moves).astype(np.float16),
    )
    return sha256(path)
