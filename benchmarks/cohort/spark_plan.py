"""Spark's own plan for one measure, on made-up people: `run.py bench cohort plan [MEASURE]`."""

import sys
import tempfile
from pathlib import Path

from scale import SPECS

from landward.app.share.cohort_engines import engine, pool
from landward.app.share.cohort_make import make_cohort
from landward.engines.cohort.expressions import REDUCTIONS

name = sys.argv[1] if len(sys.argv) > 1 else "cuts"
with tempfile.TemporaryDirectory() as place:
    folder = Path(place) / "made-up"
    make_cohort(50, 1, folder)
    with engine("spark") as runner:
        tables = REDUCTIONS[name](pool(runner, folder), SPECS[name], (1,))
        print(runner.plan(tables["cells" if "cells" in tables else "rows"]))
