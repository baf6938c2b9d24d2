"""`acro` as an outside check: what it would hide, we hide; what we show, it passes.

Needs acro, in an environment of its own (pip install acro pyarrow). Give it the pooled data and the
release of a study whose first measure is prevalence of one item by one grouping:

    python3 benchmarks/cohort/outside.py DATA RELEASE.json
"""

import json
import sys
from pathlib import Path

import pandas as pd
from acro import ACRO


def main(data: Path, release: Path) -> int:
    measure = json.loads(release.read_text(encoding="utf-8"))["measures"][0]
    settings = measure["settings"]
    (by,), (item,) = settings["by"], settings["items"]
    file = json.loads((data / "cohort.json").read_text(encoding="utf-8"))
    number = next(one["item"] for one in file["items"] if one["id"] == item)
    answers = pd.read_parquet(data / "answers.parquet")
    inside = (answers.item == number) & (answers.state != 2)
    inside &= answers.day <= settings.get("last_day", 10**6)
    had = answers[inside].groupby("person").state.max()
    people = pd.read_parquet(data / "people.parquet").set_index("person").join(had, how="inner")
    checker = ACRO(suppress=True)
    table = checker.crosstab(people[by], people.state)
    print(table)
    wrong = 0
    for cell in measure["cells"]:
        value = dict(part.split("=", 1) for part in cell["group"].split("; "))[by]
        theirs = table.loc[value].isna().any()
        ours = cell["n"] is None
        print(
            f"{by}={value}: acro {'hides' if theirs else 'passes'}, we {'hide' if ours else 'show'}"
        )
        wrong += theirs and not ours
    print(f"{wrong} cells shown that acro would hide")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
