"""Keep what fuzzing found worth trying: the smallest inputs that reached new code, for the suite.

keep_seeds.py      reads .envs/fuzz/NAME/, writes tests/exchange/fuzzed/NAME.json (base64)
"""

import base64
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMES = tuple(sorted(path.name for path in (ROOT / "tests" / "exchange" / "seeds").iterdir()))
MOST, LARGEST, MOST_BYTES = 60, 4096, 48 * 1024


def main() -> None:
    for folder in (ROOT / ".envs" / "fuzz" / name for name in NAMES):
        found = sorted(
            (path.read_bytes() for path in folder.iterdir() if path.stat().st_size <= LARGEST),
            key=lambda data: (len(data), data),
        )
        most = min(MOST, max(1, MOST_BYTES * len(found) // max(1, sum(map(len, found)))))
        step = -(-len(found) // most)
        kept = [base64.b64encode(data).decode() for data in found[::step]]
        if kept:
            target = ROOT / "tests" / "exchange" / "fuzzed" / f"{folder.name}.json"
            target.parent.mkdir(exist_ok=True)
            target.write_text(json.dumps(kept, indent=0) + "\n")
            print(folder.name, len(kept), "of", len(found))


if __name__ == "__main__":
    main()
