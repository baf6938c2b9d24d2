"""Other people's files: how large ones are read, and whether every handed case comes out right.

    python3 run.py bench imports big [MB]            generated files of that size (1,024), each read
                                                     in a process of its own beside a bare pass
    python3 run.py bench imports cases [FOLDER]      every case's output beside its right value

CPU seconds are user and system of that process; the peak is its own, Python included.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "tests")]


def main() -> None:
    import big
    import cases

    asked, *rest = sys.argv[1:] or ["big"]
    tools = {"big": big.main, "cases": cases.main}
    if asked not in tools:
        sys.exit(__doc__)
    tools[asked](*rest)


if __name__ == "__main__":
    main()
