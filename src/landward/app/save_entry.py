"""Write one entry, whether the vault is open or locked."""

from pathlib import Path

from landward.app.write_entry import WhileLocked, new_entry
from landward.model.bodies import Body
from landward.model.entries import Entry
from landward.model.moment import Moment
from landward.vault import Vault


def save_one(
    path: Path, passphrase: str | None, body: Body, day_text: str | None, moment: Moment
) -> Entry:
    """Save one entry durably and return it.

    Without a passphrase the entry is sealed into the inbox of the locked vault, so logging never
    needs one. Raises BadInput and the vault's errors; then nothing was written.
    """
    day = moment.past_day(day_text)
    if passphrase is None:
        entry = new_entry(WhileLocked(), body, day, moment)
        Vault.seal(path, entry, now=moment.at)
        return entry
    with Vault.open(path, passphrase, now=moment.at) as vault:
        entry = new_entry(vault, body, day, moment)
        vault.append([entry])
        return entry
