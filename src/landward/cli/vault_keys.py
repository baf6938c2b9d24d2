"""`landward vault keys` and its kin: who can open the diary, and who may only write to it."""

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landward.app.keep.keys import keys
from landward.app.keep.vault import Vault
from landward.cli.secrets_in import ask, new_passphrase
from landward.cli.terminal import (
    AsJson,
    catalogue,
    harmless,
    moment,
    open_vault,
    passphrase,
    print_json,
    progress,
    say,
    tell,
)
from landward.cli.vault_pages import Sheet, Where, refuse_taken_page, show_words, write_page
from landward.model.base import BadInput
from landward.model.said import phrase


def keys_(path: Where, *, json: AsJson = False) -> None:
    """Who can open this diary, and which boxes others may write to.

    Example:

      landward vault keys my.vault
    """
    with open_vault(path) as vault:
        found = keys.who_can_open(vault)
        names = vault.header.names(vault.key).names
        boxes = [(box.id, names[box.id]) for box in vault.header.boxes]
    if json:
        from landward.report.as_json.plain import keys_json

        print_json(keys_json(found, boxes))
        return
    tell(phrase("These open the diary:") + "\n")
    for info in found:
        label, since = harmless(info.named.label), info.named.made_at.date()
        tell(
            "  "
            + f"{info.id[:8]}  "
            + (
                phrase("{label}, since {since}  (used just now)", label=label, since=since)
                if info.in_use
                else phrase("{label}, since {since}", label=label, since=since)
            )
        )
    if boxes:
        tell("\n" + phrase("These may leave entries and read nothing:") + "\n")
        for box_id, named in boxes:
            tell(
                "  "
                + f"{box_id[:8]}  "
                + phrase(
                    "{label}, since {since}",
                    label=harmless(named.label),
                    since=named.made_at.date(),
                )
            )


def add_key(path: Where, *, name: Annotated[str, Parameter(help="Whose it is.")]) -> None:
    """One more passphrase, for someone you choose. They can read everything.

    Example:

      landward vault add-key my.vault --name "my sister"
    """
    with open_vault(path) as vault:
        chosen = new_passphrase(f"Passphrase for {name}: ")
        with progress(phrase("Fitting the lock to this machine")):
            keys.add_passphrase(vault, chosen, name, now=moment().at)
    tell(phrase("{name} can now open the diary and read everything in it.", name=name))


def remove_key(path: Where, key: str, *, sheet: Sheet = None) -> None:
    """Take a key away. The diary gets a new lock and new recovery words.

    KEY is its id, the start of it, or its name, as `landward vault keys` shows them.

    Example:

      landward vault remove-key my.vault 1a2b3c4d
    """
    refuse_taken_page(sheet)
    typed, now = passphrase(), moment()
    with Vault.open(path, typed, now=now.at) as vault:
        names = vault.header.names(vault.key).names
        key_id = one_named(
            {slot.id: names[slot.id].label for slot in vault.header.slots}, key, "key"
        )
        removal = keys.remove_key(
            vault, key_id, typed, now=now.at, show=lambda w: _shown_first(w, sheet, now.today())
        )
    tell(
        phrase(
            "Removed: {removed}. Your passphrase still opens the diary,\n"
            "and from now on the words above do.",
            removed=", ".join(removal.removed),
        )
    )
    tell(phrase("Keys of others have to be made again if you want them (add-key, split)."))
    say(phrase("Note: {older_copies}.", older_copies=keys.OLDER_COPIES))


def new_words(path: Where, *, sheet: Sheet = None) -> None:
    """New recovery words; the earlier ones stop opening this copy.

    Example:

      landward vault words my.vault --sheet recovery.pdf
    """
    refuse_taken_page(sheet)
    now = moment()
    with open_vault(path) as vault:
        keys.new_recovery_words(
            vault, now=now.at, show=lambda w: _shown_first(w, sheet, now.today())
        )
    tell(phrase("From now on these words open the diary, and the earlier ones do not."))
    say(phrase("Note: {older_copies}.", older_copies=keys.OLDER_COPIES))


def _shown_first(words: tuple[str, ...], sheet: Path | None, today: date) -> None:
    """Show new words before they count; at a terminal, wait until they are written down."""
    show_words(words, sheet, today)
    if sys.stdin.isatty():
        tell(
            "\n"
            + phrase(
                "They count once you press Enter; Ctrl-C leaves the earlier words as they are."
            )
        )
        ask(phrase("Written down?") + " ")


def split(
    path: Where,
    *,
    sheets: Annotated[
        Path | None, Parameter(help="A folder for three pages to print, as PDFs.")
    ] = None,
) -> None:
    """Three parts for three people. Any two together open the diary; one alone opens nothing.

    Example:

      landward vault split my.vault --sheets .
    """
    if sheets is not None and not sheets.is_dir():
        raise BadInput(phrase("{sheets} is not a folder: make it first", sheets=sheets))
    pages = [sheets / f"part-{number}.pdf" for number in (1, 2, 3)] if sheets is not None else []
    for page in pages:
        refuse_taken_page(page)
    now = moment()
    with open_vault(path) as vault:
        parts = keys.split_recovery(vault, now=now.at)
    tell(phrase("Three parts, shown this once. Give each to another person, on paper."))
    for number, part in enumerate(parts, start=1):
        tell("\n" + phrase("Part {number}", number=number))
        words = part.split()
        for row in range(0, len(words), 5):
            tell("  " + "".join(f"{word:<14}" for word in words[row : row + 5]).rstrip())
    if pages:
        from landward.report.recovery_sheet import part_sheet

        tell()
        for number, (page, part) in enumerate(zip(pages, parts, strict=True), start=1):
            write_page(page, part_sheet(part, number, made_on=now.today(), catalogue=catalogue()))
            tell(page)
        tell(phrase("Delete the files once they are printed."))


def one_named(labels: Mapping[str, str], named: str, what: str) -> str:
    """The id that begins like this, or whose label this is. Raises BadInput unless it is one."""
    found = [key_id for key_id in labels if key_id.startswith(named.lower())] or [
        key_id for key_id, label in labels.items() if label.casefold() == named.casefold()
    ]
    if len(found) == 1 and named:
        return found[0]
    if not found:
        raise BadInput(
            phrase(
                "there is no {what} “{named}” here; `landward vault keys` lists them",
                what=what,
                named=named,
            )
        )
    raise BadInput(
        phrase(
            "“{named}” could be {count} of them; type more of its id (`landward vault keys`)",
            named=named,
            count=len(found),
        )
    )
