"""`python3 run.py bench hostile [COUNT]`: hostile files within their budget, or refused clearly.

`python3 run.py bench hostile vaults [COUNT]`: hostile diaries and backups, merged and restored.
"""

import multiprocessing
import sys
from collections import Counter, defaultdict

import diaries
from files import MB, hostile
from reading import Took, peaks_mb, took

COUNT = 500
MOST_MB = 300
SECONDS_A_PIECE = 10


def main() -> int:
    if sys.argv[1:2] == ["vaults"]:
        return diaries.main(int(sys.argv[2]) if len(sys.argv) > 2 else 400)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    found: defaultdict[str, list[Took]] = defaultdict(list)
    broke: Counter[str] = Counter()
    # The files are made by another process: making a bomb must not count as reading it.
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        for number in range(count):
            attack, (kind, name, data) = pool.apply(hostile, (number,))
            try:
                found[attack].append(took(kind, name, data))
            except Exception as error:
                broke[f"{attack}: {type(error).__name__}: {error}"] += 1
        return report(found, broke, count)


def report(found: dict[str, list[Took]], broke: Counter[str], count: int) -> int:
    over = 0
    print(f"{'attack':18}{'files':>6}{'read':>6}{'refused':>9}{'worst CPU s':>13}{'worst s':>9}")
    for attack, all_took in sorted(found.items()):
        refused = [one for one in all_took if one.refused]
        cpu_s, wall_s = max(t.cpu_s for t in all_took), max(t.wall_s for t in all_took)
        over += sum(
            one.cpu_s > SECONDS_A_PIECE * -(-one.size // (16 * MB)) + 3 and not one.refused
            for one in all_took
        )
        print(
            f"{attack:18}{len(all_took):>6}{len(all_took) - len(refused):>6}{len(refused):>9}"
            f"{cpu_s:>13.1f}{wall_s:>9.1f}"
        )
    child, own = peaks_mb()
    print(f"peak of any reading process {child:.0f} MB, of the app {own:.0f} MB ({count} files)")
    print(f"longer than 10 s per 16 MB without a refusal: {over}; broke: {sum(broke.values())}")
    for line, times in broke.items():
        print(f"  {times} × {line[:200]}")
    lines = Counter(one.refused.split(":")[-1][:90] for each in found.values() for one in each)
    for line, times in lines.most_common(12):
        print(f"  {times:>4} × {line or '(read)'}")
    return int(bool(over or broke or child > MOST_MB))


if __name__ == "__main__":
    raise SystemExit(main())
