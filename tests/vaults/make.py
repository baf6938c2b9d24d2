"""Make the tiny vault of this release, once, when it is released: `python tests/vaults/make.py`.

A vault that exists is never made again: it must be the bytes that release wrote.
"""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from landward import __version__
from landward.model.entries import Entry, canonical_json
from landward.vault import Vault
from landward.vault.cost import CHEAPEST
from landward.vault.erasure import erase_entries

HERE = Path(__file__).parent
PASSPHRASE = "a released vault"
SAYS: tuple[tuple[str, object], ...] = (
    (
        "check_in",
        {
            "answers": {"day": 6, "insomnia": 3},
            "asked": ["day", "insomnia", "tinnitus"],
            "declined": ["tinnitus"],
            "scales": {"day": "0..10 better down", "insomnia": "0..4 better down"},
        },
    ),
    ("check_in", {"mode": "unwell"}),
    ("dose_taken", {"dose_mg": "2.5", "drug": "diazepam"}),
    ("note", {"text": "naïve – “quotes” 😀"}),
    ("event", {"valence": -1, "what": "a hard letter"}),
    ("sleep", {"hours": 5.5, "source": "fitbit"}),
    ("a_kind_of_the_future", {"shape": [1, {"deep": None}]}),
)


def main() -> None:
    """Write NAME.vault, NAME.jsonl (what it holds) and NAME.json (how to open it)."""
    path = HERE / f"{__version__}.vault"
    start = datetime(2026, 1, 2, 9, tzinfo=UTC)
    vault, _ = Vault.create(path, PASSPHRASE, now=start, cost=CHEAPEST)
    entries = [
        Entry(
            id=f"{number:032x}",
            device="release",
            seq=number,
            recorded_at=start + timedelta(hours=7 * number),
            zone="Europe/London",
            date=date(2026, 1, 2) + timedelta(days=number // 2),
            kind=SAYS[number % len(SAYS)][0],
            version=1,
            body=canonical_json(SAYS[number % len(SAYS)][1]),
            origin="app" if number % 3 else "import:example",
        )
        for number in range(20)
    ]
    correction = entries[3].but(id="c" * 32, seq=30, replaces=(entries[3].id,))
    retraction = entries[5].but(
        id="d" * 32, seq=31, kind="retraction", body="{}", replaces=(entries[5].id,)
    )
    vault.append([*entries, correction, retraction])
    erase_entries(vault, [entries[9].id])
    told = {"passphrase": PASSPHRASE, "head": vault.head(), "erased": 1}
    lines = "".join(f"{entry.to_line()}\n" for entry in vault.entries())
    vault.lock()
    (HERE / f"{__version__}.json").write_text(json.dumps(told, indent=1) + "\n")
    (HERE / f"{__version__}.jsonl").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
