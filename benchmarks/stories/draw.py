"""A fresh draw of findings to be judged blind: the words and their sentence, never the code.

    python3 run.py bench stories draw SEED OUT.csv

Half of the draw are findings in PsyTAR (train + dev, each sentence read as a story), half in
made-up stories (test half of the first hundred, half A of the second). Every finding is equally
likely, however common its words. The judge fills in `right`: ids of the symptom table parted by “/”
where the words fit two rows equally, “none” where no row is right or the words are no symptom.
"""

import csv
import random
from pathlib import Path

from corpus import data_folder, read_conll
from made_up import FILE, FILE_2, read_stories

from landward.app.stories.reader import story_reader

EACH = 100
Row = dict[str, str]


def run_draw(arguments: list[str]) -> None:
    seed, out = arguments
    folder = data_folder()
    assert folder is not None
    corpus = [
        (name, " ".join(token for token, _ in sentence))
        for name in ("train", "dev")
        for sentence in read_conll(folder / f"all_{name}.txt")
    ]
    stories = [(s["id"], s["text"]) for s in read_stories(FILE) if s["split"] == "test"]
    stories += [(s["id"], s["text"]) for s in read_stories(FILE_2)]
    chance = random.Random(seed)
    rows = [
        *chance.sample(findings([(f"psytar-{name}", text) for name, text in corpus]), EACH),
        *chance.sample(findings(stories), EACH),
    ]
    with Path(out).open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ["number", "where", "words", "sentence", "right"])
        table.writeheader()
        table.writerows({"number": str(k), **row, "right": ""} for k, row in enumerate(rows))


def findings(texts: list[tuple[str, str]]) -> list[Row]:
    """Every finding, with the words around it."""
    read = story_reader().read
    return [
        {
            "where": name,
            "words": " ".join(one.text.split()),
            "sentence": " ".join(text[max(0, one.start - 160) : one.end + 100].split()),
        }
        for name, text in texts
        for one in read(text).findings
    ]
