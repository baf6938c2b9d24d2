"""Write a made-up cohort, with what is true of it, for learning and for tests of a study."""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from landward.app.share.cohort_files import to_arrow, write_cohort_file, writers
from landward.app.share.cohort_truth import truth_in_words
from landward.engines.cohort.made_up import ITEM_IDS, Truth, in_parts
from landward.model.base import BadInput
from landward.model.cohort import TABLES, CohortFile, CohortItem
from landward.model.said import phrase

MOST_PEOPLE = 1_000_000


def make_cohort(
    people: int, seed: int, folder: Path, *, items: int = 3, truth: Truth | None = None
) -> CohortFile:
    """Write `people` made-up diaries of a year into `folder`, which must be new or empty.

    The same seed makes the same people. Raises BadInput if the folder holds anything.
    """
    if not 1 <= people <= MOST_PEOPLE:
        raise BadInput(phrase("--people is 1 to {most_people}", most_people=MOST_PEOPLE))
    if not 1 <= items <= len(ITEM_IDS):
        raise BadInput(phrase("--items is 1 to {count}", count=len(ITEM_IDS)))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(phrase("{folder} is not an empty folder; name a new one", folder=folder))
    true = truth or Truth()
    folder.mkdir(parents=True, exist_ok=True)
    file = CohortFile(
        study="made-up",
        made_up=True,
        source=phrase(
            "made up by `landward cohort make --people {people} --seed {seed}`; nobody is real",
            people=people,
            seed=seed,
        ),
        licence="CC0-1.0",
        items=tuple(
            CohortItem(item=number, id=name, low=0, high=4)
            for number, name in enumerate(ITEM_IDS[:items])
        ),
    )
    with writers(folder) as open_:
        for part in in_parts(np.random.default_rng(seed), people, true, range(items)):
            for shape in TABLES:
                open_[shape.name].write_table(to_arrow(shape, part[shape.name]))
    text = json.dumps({"seed": seed, **asdict(true)}, indent=1)
    (folder / "truth.json").write_text(text + "\n", encoding="utf-8")
    (folder / "truth.md").write_text(truth_in_words(true), encoding="utf-8")
    write_cohort_file(folder, file)
    return file
