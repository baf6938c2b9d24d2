"""Write entries, whether the vault is open or locked."""

from collections.abc import Sequence
from pathlib import Path

from landward.app.write.entry import WhileLocked, new_entry
from landward.model.bodies import Body
from landward.model.entries import Entry
from landward.model.moment import Moment
from landward.vault import Vault


def save_one(
    path: Path, passphrase: str | None, body: Body, day_text: str | None, moment: Moment
) -> Entry:
    """Save one entry durably and return it; see `save_all`."""
    return save_all(path, passphrase, (body,), day_text, moment)[0]


def save_all(
    path: Path,
    passphrase: str | None,
    bodies: Sequence[Body],
    day_text: str | None,
    moment: Moment,
) -> tuple[Entry, ...]:
    """Save entries about one day durably and return them.

    Without a passphrase they are sealed into the inbox of the locked vault, so logging never
    needs one. Raises BadInput and the vault's errors; then nothing was written.
    """
    day = moment.past_day(day_text)
    if passphrase is None:
        entries = tuple(new_entry(WhileLocked(), body, day, moment) for body in bodies)
        for entry in entries:
            Vault.seal(path, entry, now=moment.at)
        return entries
    with Vault.open(path, passphrase, now=moment.at) as vault:
        entries = tuple(new_entry(vault, body, day, moment) for body in bodies)
        vault.append(entries)
        return entries
