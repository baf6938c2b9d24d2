"""The demo: a published diary in a vault of its own, read and reported like anybody's."""

import datetime as dt
from pathlib import Path

from landward.app.diary.whole import whole_diary
from landward.app.transfer.import_diary import import_reading, read_mapped
from landward.model.base import BadInput, Frozen
from landward.model.diary import Diary
from landward.model.moment import Moment
from landward.model.said import phrase
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

PASSPHRASE = "demo"  # noqa: S105 - the diary is a published one and the passphrase is printed
DIARY = "jang2024.csv"
MAP = "maps/jang.toml"

WHOSE = phrase(
    "This is a published diary, not yours and not ours: one person with "
    "panic disorder, who answered six questions a day. No medicines are "
    "recorded in it. (Jang et al. 2024, Scientific Data, doi "
    "10.1038/s41597-024-04147-6, CC BY 4.0.)"
)


class Demo(Frozen):
    """Where the demo's vault is and what bringing the diary in said."""

    vault: Path
    added: int
    remarks: tuple[str, ...]
    last_day: dt.date


def build_demo(examples: Path, folder: Path, moment: Moment) -> Demo:
    """Make the demo vault in `folder`, or find it there, and bring the published diary in.

    Raises BadInput where the example diaries are absent.
    """
    if not (examples / DIARY).is_file():
        raise BadInput(
            phrase(
                "the example diaries are not in {examples}; name the folder that holds "
                "{diary} with --examples",
                examples=examples,
                diary=DIARY,
            )
        )
    reading = read_mapped(examples / DIARY, examples / MAP)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "demo.vault"
    with _demo_vault(path, moment) as vault:
        result = import_reading(vault, reading, moment)
    return Demo(
        vault=path,
        added=result.added,
        remarks=reading.remarks,
        last_day=dt.date.fromisoformat(result.last_day),
    )


def _demo_vault(path: Path, moment: Moment) -> Vault:
    if path.exists():
        return Vault.open(path, PASSPHRASE, now=moment.at)
    # The passphrase is printed on the screen, so stretching it would only cost time.
    vault, _ = Vault.create(path, PASSPHRASE, now=moment.at, cost=CHEAPEST)
    return vault


def read_demo(path: Path, moment: Moment) -> Diary:
    """The diary in the demo vault."""
    with Vault.open(path, PASSPHRASE, now=moment.at) as vault:
        return whole_diary(vault.entries())
