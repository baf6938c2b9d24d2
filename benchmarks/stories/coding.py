"""Spans that the reader found, each judged by hand: is the symptom it gives the right one?

`coded.csv`: where it stood, the words, what was given when it was judged, and the right symptom
(empty or “none”: none of ours; “/” between two that fit equally). Every draw was judged before the
mending that it led to; the third and fourth blind, without the code (`draw.py`).
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
    for draw in ("first", "second", "third", "fourth"):
        judged = [row for row in rows if row["draw"] == draw]
        right = 0
        for row in judged:
            found = coder.code([word.text for word in cut_words(row["words"])])
            given = found.symptom if found else "none"
            wanted = (row["right"] or "none").split("/")
            right += given in wanted
            if given not in wanted and "-v" in arguments:
                print(f"  “{row['words']}”: {given}, should be {' or '.join(wanted)}")
        if judged:
            agreed = sum(row["judgement"] == "agrees" for row in judged)
            print(
                f"{draw} draw: as judged {agreed / len(judged):.3f}; "
                f"read anew {right / len(judged):.3f} ({right} of {len(judged)})"
            )
