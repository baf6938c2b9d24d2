"""Hostile diaries and backups by seed: merged and restored as the commands do, then read."""

import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from reading import peaks_mb

import vaults
from landward.app.diary.whole import whole_diary
from landward.app.keep.elsewhere import bring_back
from landward.app.keep.tasks import merge
from landward.app.keep.waiting import lines_waiting
from landward.model.base import LandwardError
from landward.vault import Vault
from landward.vault.checking import check_vault
from landward.vault.cost import CHEAPEST


def look_at(vault: Vault) -> None:
    """Whatever a page begins with."""
    whole_diary(vault.entries())
    lines_waiting(vault)
    check_vault(vault, now=vaults.NOW)


def one(seed: int, folder: Path) -> dict[str, str]:
    """What came of merging and of restoring one of them; raises what is no refusal."""
    attack = vaults.make(seed, folder / "theirs")
    backup = vaults.packed(folder / "theirs", folder / "b.backup")
    mine, _ = Vault.create(folder / "mine", vaults.PASSPHRASE, now=vaults.NOW, cost=CHEAPEST)
    with mine:
        mine.append([vaults.note(900)])
        before = mine.entries()

        def merging() -> None:
            merge(mine, folder / "theirs", lambda: vaults.PASSPHRASE, now=vaults.NOW)
            assert set(before) <= set(mine.entries()), "a line of one's own is gone"
            look_at(mine)

        merged = _came_of(merging)
        assert merged == "done" or mine.entries() == before, "refused, and changed something"

    def restoring() -> None:
        with bring_back(backup, folder / "back", vaults.PASSPHRASE.encode()) as back:
            look_at(back)

    return {"attack": attack, "merge": merged, "restore": _came_of(restoring)}


def _came_of(work: Callable[[], None]) -> str:
    try:
        work()
    except LandwardError as error:
        return str(error).split(": ", 1)[-1][:70]
    return "done"


def main(count: int) -> int:
    """`count` of them, with what the worst one took."""
    ended: Counter[tuple[str, str, bool]] = Counter()
    broke: Counter[str] = Counter()
    slowest = 0.0
    for seed in range(count):
        with tempfile.TemporaryDirectory() as name:
            used = sum(os.times()[:4])
            try:
                found = one(seed, Path(name))
            except Exception as error:
                broke[f"{seed}: {type(error).__name__}: {error}"[:200]] += 1
                continue
            slowest = max(slowest, sum(os.times()[:4]) - used)
        for what in ("merge", "restore"):
            ended[found["attack"], what, found[what] == "done"] += 1
    print(f"{'attack':10}{'what':9}{'done':>6}{'refused':>9}")
    for attack, what in sorted({key[:2] for key in ended}):
        done, refused = ended[attack, what, True], ended[attack, what, False]
        print(f"{attack:10}{what:9}{done:>6}{refused:>9}")
    child, own = peaks_mb()
    print(
        f"slowest, made, merged, restored and read: {slowest:.1f} s CPU; peak {child:.0f} MB of a "
        f"looking process, {own:.0f} MB of this one; broke: {sum(broke.values())} of {count}"
    )
    for line in broke:
        print(f"  {line}")
    return int(bool(broke))


if __name__ == "__main__":
    import sys

    began = time.monotonic()
    code = main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
    print(f"{time.monotonic() - began:.0f} s wall")
    raise SystemExit(code)
