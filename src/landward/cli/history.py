"""`landward history`: a short history for other people on the same way."""

from typing import Annotated

from cyclopts import Parameter

from landward.app.diary.whole import whole_diary
from landward.cli.terminal import VaultPath, moment, open_vault, seen_today
from landward.report.peers import PARTS


def history(
    *,
    vault: VaultPath,
    part: Annotated[
        list[str] | None,
        Parameter(negative="", help=f"What it tells, repeatable: {', '.join(PARTS)}."),
    ] = None,
) -> None:
    """Print a short plain-text history in months, without dates, names or free words.

    Read it before you give it: copies may be kept and seen by others.

    Example:

      landward history --vault my.vault --part doses --part days
    """
    from landward.app.read.names import table_words
    from landward.report.peers import peers_history

    now = moment(vault)
    with open_vault(vault) as journal:
        diary = seen_today(whole_diary(journal.entries(), now.today()))
    print(peers_history(diary, part or (), last=now.today(), names=table_words()), end="")
