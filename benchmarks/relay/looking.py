"""Two made-up people's whole diaries through a served relay, then everything the operator has is
searched: files, the logs beside them, what was printed. Nothing of the diaries may be there.

Planted are 200 words, dates, drug names and symptom ids that stand in the diaries (each is looked
for in the vault's own entries first), and what must stay a secret: tokens, codes, shelf ids in
print. They are searched for as UTF-8 (any case), UTF-16, hex and base64.
"""

import base64
import csv
import datetime as dt
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import results

from landward.app.share.fictional import fictional_entries
from landward.app.together.book import VaultBook
from landward.app.together.host import refused
from landward.app.together.joining import join_with_invitation
from landward.app.together.sync import membership_of, sync
from landward.app.write.entry import new_entry
from landward.model.bodies import Note
from landward.model.entries import Entry
from landward.model.moment import Moment
from landward.relay.client import RelayClient
from landward.relay.keeping import usage
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

HERE = Path(__file__).resolve().parents[2]
DAYS = 60
NOW = dt.datetime(2025, 3, 1, 20, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Found:
    planted: int
    control: int
    """How many of the planted texts the same search finds in a diary's own entries."""
    files: int
    bytes_read: int
    hits: tuple[str, ...]
    sizes: tuple[tuple[int, int], ...]
    entries: int
    shared: int
    """Blobs that both people's equal diaries left, byte for byte."""


def notes(vault: Vault, moment: Moment) -> list[Entry]:
    """A note for each planted text."""
    return [
        new_entry(vault, Note(text=f"{text} again"), moment.today(), moment, origin="app")
        for text in planted()
    ]


def planted() -> tuple[str, ...]:
    """71 words nobody uses, 60 dates, 29 drugs, 40 symptom ids."""
    words = [f"quillow{chr(97 + n % 26)}{chr(97 + n // 26)}ment" for n in range(71)]
    first = dt.date(2024, 5, 1)
    dates = [(first + dt.timedelta(days=3 * n)).isoformat() for n in range(60)]
    with (HERE / "src/landward/tables/drugs.csv").open(encoding="utf-8") as rows:
        drugs = [row["name"] for row in csv.DictReader(rows)][:40]
    with (HERE / "src/landward/tables/symptoms.csv").open(encoding="utf-8") as rows:
        ids = [row["id"] for row in csv.DictReader(rows) if len(row["id"]) >= 6][:40]
    found = tuple(dict.fromkeys([*words, *dates, *drugs, *ids]))[:200]
    assert len(found) == 200, len(found)
    return found


def spelt(text: str) -> tuple[bytes, ...]:
    """A planted text as it might lie in a file, in small letters."""
    plain = text.encode()
    # Inside longer text base64 has three forms; the middle of each is the same wherever it stands.
    coded = [base64.b64encode(b"\0" * lead + plain)[4 if lead else 0 :][:-4] for lead in range(3)]
    return (
        plain.lower(), text.encode("utf-16-le").lower(), plain.hex().encode(),
        *(part.lower() for part in coded if len(part) >= 8),
    )  # fmt: skip


def main(days: int = DAYS) -> int:
    with tempfile.TemporaryDirectory(prefix="landward-looking-") as name:
        found = looked(Path(name), days)
    lines = [
        f"- {found.planted} planted words, dates, drug names and symptom ids, and the tokens, "
        f"codes and shelf ids of both people, each spelt up to six ways: **{len(found.hits)} "
        f"found** in {found.files} files and what the relay printed ({found.bytes_read >> 10} "
        f"KiB). The same search in a diary's own entries finds {found.control}."
        + "".join(f"\n  - {hit}" for hit in found.hits),
        f"- {found.entries} entries a diary, two people who wrote the same for {days} days; one "
        "brought it up to date each evening, the other once. Blobs by size: "
        f"{', '.join(f'{size} B × {count}' for size, count in found.sizes)}: "
        f"{len(found.sizes)} of 12 sizes.",
        f"- Blobs that are the same, byte for byte: {found.shared}.",
    ]
    print("\n".join(lines))
    results.write("What can be found on it", "\n".join(lines))
    return int(bool(found.hits or found.shared) or found.control < found.planted)


def looked(folder: Path, days: int) -> Found:
    relay = folder / "relay"
    codes = command("invite", "--data", str(relay), "--count", "2").split()[1::2]
    printed = folder / "printed"
    with printed.open("wb") as out:
        serving = subprocess.Popen(
            [*LANDWARD, "serve", "--data", str(relay), "--port", "0"],
            stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        while b"listens at " not in printed.read_bytes() and serving.poll() is None:
            pass
        address = printed.read_text().split("listens at ")[1].split(". ")[0]
        secrets, entries, control = set(), 0, 0
        moment = Moment(at=NOW, zone="UTC")
        for person, code in enumerate(codes):
            vault, _ = Vault.create(folder / f"vault-{person}", "pw", now=NOW, cost=CHEAPEST)
            with vault, RelayClient(address, refusal=refused) as host:
                book = VaultBook(vault)
                join_with_invitation(book, lambda _, h=host: h, address, code, "home", NOW)
                written = [*fictional_entries(vault, moment, days), *notes(vault, moment)]
                # The one brings it up to date each evening, the other once.
                evenings = [list(some) for _, some in groupby(written, lambda one: one.date)]
                for evening in [[written], evenings][person == 0]:
                    vault.append(evening)
                    sync(book, host, NOW)
                member = membership_of(book)
                assert member is not None
                secrets |= {code, member.shelf.id, member.shelf.read, member.shelf.write}
                entries = len(vault.entries())
                text = "\n".join(f"{one.date} {one.body}" for one in vault.entries()).encode()
                control = sum(spelt(word)[0] in text.lower() for word in planted())
        live = scanned(relay, printed, secrets)
        shared = equal_blobs(relay)
        sizes = usage(relay).sizes
        command("backup", str(folder / "copy"), "--data", str(relay))
    finally:
        serving.terminate()
        serving.wait(20)
    rest = [scanned(relay, printed, secrets), scanned(folder / "copy", printed, secrets)]
    return Found(
        len(planted()), control, live[0] + sum(one[0] for one in rest),
        live[1] + sum(one[1] for one in rest),
        tuple(dict.fromkeys([*live[2], *(hit for one in rest for hit in one[2])])),
        sizes, entries, shared,
    )  # fmt: skip


LANDWARD = [sys.executable, "-m", "landward", "relay"]


def command(*words: str) -> str:
    return subprocess.run([*LANDWARD, *words], capture_output=True, text=True, check=True).stdout


def scanned(relay: Path, printed: Path, secrets: set[str]) -> tuple[int, int, list[str]]:
    """How many files, how many bytes, and what was found where."""
    files = [*sorted(relay.iterdir()), printed]
    hits: list[str] = []
    size = 0
    for path in files:
        held = path.read_bytes()
        size += len(held)
        low = held.lower()
        hits += [
            f"{text} in {path.name}"
            for text in (*planted(), *sorted(secrets))
            if any(form in low for form in spelt(text))
        ]
    return len(files), size, hits


def equal_blobs(relay: Path) -> int:
    import sqlite3

    seen: dict[bytes, int] = {}
    for path in sorted(relay.glob("shelves-*.sqlite")):
        with sqlite3.connect(path) as db:
            for (data,) in db.execute("SELECT data FROM blob"):
                seen[data] = seen.get(data, 0) + 1
        db.close()
    return sum(count - 1 for count in seen.values())
