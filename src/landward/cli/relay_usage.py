"""What an operator can see of a relay, in words: all of it, and what is never there."""

from typing import TYPE_CHECKING

from landward.cli.terminal import console, styled, tell
from landward.model.said import counted, joined, phrase

if TYPE_CHECKING:
    from landward.relay.keeping import Usage

STATES = {
    "open": phrase("waiting"),
    "used": phrase("in use"),
    "removed": phrase("removed"),
}


def show(found: "Usage") -> None:
    """Print the table, the sizes, and what stands in it."""
    used = [one for one in found.invitations if one.shelves]
    tell(
        joined(
            " ",
            (
                counted(len(found.invitations), "{count} invitation,", "{count} invitations,"),
                phrase("{used} in use.", used=len(used)),
                counted(
                    sum(count for _, count in found.sizes),
                    "{count} sealed blob;",
                    "{count} sealed blobs;",
                ),
                phrase("{size} MB on the disk.", size=f"{found.on_disk / 1e6:.1f}"),
            ),
        )
    )
    if found.invitations:
        console().print(_table(found))
    if found.sizes:
        sizes = ", ".join(f"{size} B × {count}" for size, count in found.sizes)
        tell(phrase("Sizes: {sizes}", sizes=sizes))
    tell()
    tell(
        phrase(
            "This is all the relay holds about people: per invitation the day it was made, its "
            "shelves, how many sealed blobs of which size, in which order they came, and the day "
            "of the last one; beside these, random ids and hashes of tokens."
        )
    )
    tell(
        phrase(
            "It holds no name, no address, no time of day and no key. While people connect, this "
            "machine and its network can see their addresses; the relay writes none down."
        )
    )


def _table(found: "Usage") -> object:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for head in (
        phrase("Number"), phrase("Made"), phrase("State"), phrase("Shelves"), phrase("Blobs"),
        phrase("kB"), phrase("of"), phrase("Last written"),
    ):  # fmt: skip
        table.add_column(styled(head), justify="left" if head in _LEFT else "right")
    for one in found.invitations:
        table.add_row(
            str(one.number), one.made, styled(STATES[one.state]), str(one.shelves), str(one.blobs),
            f"{one.used / 1000:.0f}", f"{one.quota / 1000:.0f}", one.last,
        )  # fmt: skip
    return table


_LEFT = ("Made", "State", "Last written")
