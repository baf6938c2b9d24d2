"""The cohort benchmarks: `python3 run.py bench cohort NAME [ARGS]`. RESULTS.md has the figures."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
NAMES = {
    "coverage": ("coverage.py", "2,000 made-up cohorts a measure: coverage, false claims, bounds"),
    "attack": ("under_attack.py", "1,000 sequences of releases under attack; --bare without proof"),
    "attacker": ("attacker_selftest.py", "the attacker on careless releases"),
    "scale": ("scale.py", "10⁵ people and a year: time and memory; beside pandas and Polars"),
    "jang": ("jang.py", "a published cohort as a study: CSV OUT"),
    "plan": ("spark_plan.py", "Spark's own plan for one measure"),
}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in NAMES:
        for name, (_, line) in NAMES.items():
            print(f"  {name:10} {line}")
        return 0 if not arguments else 2
    script, _ = NAMES[arguments[0]]
    return subprocess.run(
        [sys.executable, str(HERE / script), *arguments[1:]], check=False
    ).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
