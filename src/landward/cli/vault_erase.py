"""`landward vault erase`: what is erased for good, asked for twice."""

import datetime as dt
from typing import Annotated

from cyclopts import Parameter

from landward.cli.secrets_in import ask
from landward.cli.terminal import (
    open_vault,
    say,
    tell,
)
from landward.cli.vault_pages import Where
from landward.model.base import BadInput
from landward.model.said import begun, counted, phrase


def erase(
    path: Where,
    *,
    day: Annotated[dt.date | None, Parameter(help="Everything about one day.")] = None,
    first: Annotated[dt.date | None, Parameter(name="--from", help="From this day on.")] = None,
    last: Annotated[dt.date | None, Parameter(name="--until", help="Up to this day.")] = None,
    entry: Annotated[str | None, Parameter(help="One entry, by the start of its id.")] = None,
    everything: Annotated[bool, Parameter(negative="", help="The whole diary.")] = False,
) -> None:
    """Erase for good. Asks twice. To take something back but keep it, use `landward undo`.

    Examples:

      landward vault erase my.vault --day 2026-03-01
      landward vault erase my.vault --everything
    """
    from landward.app.keep.copies import known_backups
    from landward.app.keep.tasks import erase as erase_chosen
    from landward.app.keep.tasks import find_erasable
    from landward.app.keep.vault import ON_THE_DISK, erase_vault

    with open_vault(path) as vault:
        if everything:
            count, backups = len(vault.entries()), known_backups(vault)
            what = f"the whole diary {path} with its {_entries(count)}"
        else:
            found = find_erasable(vault, entry_id=entry, first=day or first, last=day or last)
            backups = found.backups
            count = len(found.entries)
            days = f"{found.entries[0].date} to {found.entries[-1].date}"
            what = phrase(
                "{count} about {days}, with every earlier and later wording",
                count=_entries(count),
                days=days,
            )
        say(phrase("This erases {what}. It cannot be undone.", what=what))
        for made in backups:
            say(
                phrase(
                    "A backup of {made_at} still holds it: {path}",
                    made_at=made.made_at.date(),
                    path=made.path,
                )
            )
        if ask(phrase("Type ERASE to go on:") + " ") != "ERASE":
            raise BadInput(phrase("nothing was erased"))
        wanted = path.name if everything else str(count)
        of_what = (
            phrase("the name of the diary's folder")
            if everything
            else phrase("the number of entries")
        )
        if (
            ask(
                phrase("And once more: type {of_what} ({wanted}):", of_what=of_what, wanted=wanted)
                + " "
            )
            != wanted
        ):
            raise BadInput(phrase("nothing was erased"))
        if everything:
            erase_vault(vault)
            tell(
                phrase(
                    "{path} is gone. {on_the_disk}.",
                    path=path,
                    on_the_disk=begun(ON_THE_DISK),
                )
            )
        else:
            gone = erase_chosen(vault, found)
            tell(
                phrase(
                    "Erased {entries}. {on_the_disk}.",
                    entries=_entries(len(gone)),
                    on_the_disk=begun(ON_THE_DISK),
                )
            )


def _entries(count: int) -> str:
    return counted(count, "{count} entry", "{count} entries")
