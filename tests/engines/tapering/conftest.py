"""The brute-force oracle lives with the benchmark that uses it most."""

import sys
from pathlib import Path

ORACLE = Path(__file__).parents[3] / "benchmarks" / "tapering"
if str(ORACLE) not in sys.path:
    sys.path.append(str(ORACLE))
