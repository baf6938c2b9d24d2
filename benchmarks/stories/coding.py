"""Spans that the reader found, each judged by hand: is the symptom it gives the right one?

`coded.csv`: where it stood, the words, what was given when it was judged, and the right symptom
(empty: none of ours). Both draws were judged before the mending that they led to.
"""

import csv
from pathlib import Path

from landward.app.stories.reader import story_reader
from landward.engines.narratives.words import cut_words

FILE = Path(__file__).parent / "coded.csv"


def run_coding(arguments: list[str]) -> None:
    coder = story_reader().coder
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for draw in ("first", "second"):
        judged = [row for row in rows if row["draw"] == draw]
        right = 0
        for row in judged:
            found = coder.code([word.text for word in cut_words(row["words"])])
            given = found.symptom if found else ""
            right += given == row["right"]
            if given != row["right"] and "-v" in arguments:
                print(f"  “{row['words']}”: {given or 'none'}, should be {row['right'] or 'none'}")
        if judged:
            print(f"{draw} draw: {right / len(judged):.3f} ({right} of {len(judged)})")
