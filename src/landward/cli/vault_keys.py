"""`landward vault keys` and its kin: who can open the diary, and who may only write to it."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landward.cli.secrets_in import ask, new_passphrase
from landward.cli.terminal import AsJson, moment, open_vault, passphrase, print_json, progress, say
from landward.cli.vault import Sheet, Where, show_words
from landward.model.base import BadInput
from landward.vault import Vault, keys, quiz

_KINDS = {"passphrase": "passphrase", "recovery": "twelve words", "split": "two of three parts"}


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
        print_json(
            {
                "keys": [info.model_dump(mode="json") for info in found],
                "boxes": [{"id": i, **named.model_dump(mode="json")} for i, named in boxes],
            }
        )
        return
    print("These open the diary:\n")
    for info in found:
        used = "  (used just now)" if info.in_use else ""
        print(f"  {info.id[:8]}  {info.named.label}, since {info.named.made_at.date()}{used}")
    if boxes:
        print("\nThese may leave entries and read nothing:\n")
        for box_id, named in boxes:
            print(f"  {box_id[:8]}  {named.label}, since {named.made_at.date()}")


def add_key(path: Where, *, name: Annotated[str, Parameter(help="Whose it is.")]) -> None:
    """One more passphrase, for someone you choose. They can read everything.

    Example:

      landward vault add-key my.vault --name "my sister"
    """
    with open_vault(path) as vault:
        chosen = new_passphrase(f"Passphrase for {name}: ")
        with progress("Fitting the lock to this machine"):
            keys.add_passphrase(vault, chosen, name, now=moment().at)
    print(f"{name} can now open the diary and read everything in it.")


def remove_key(path: Where, key: str, *, sheet: Sheet = None) -> None:
    """Take a key away. The diary gets a new lock and new recovery words.

    KEY is its id, or the start of it, as `landward vault keys` shows it.

    Example:

      landward vault remove-key my.vault 1a2b3c4d
    """
    typed, now = passphrase(), moment()
    with Vault.open(path, typed, now=now.at) as vault:
        key_id = _one([slot.id for slot in vault.header.slots], key)
        with progress("Making a new lock"):
            removal = keys.remove_key(vault, key_id, typed, now=now.at)
    print(f"Removed: {', '.join(removal.removed)}. Your passphrase still opens the diary.")
    print("Keys of others have to be made again if you want them (add-key, split).\n")
    show_words(removal.recovery_words, sheet, now.today())
    say(f"Note: {keys.OLDER_COPIES}.")


def new_words(path: Where, *, sheet: Sheet = None) -> None:
    """New recovery words; the earlier ones stop opening this copy.

    Example:

      landward vault words my.vault --sheet recovery.pdf
    """
    now = moment()
    with open_vault(path) as vault:
        words = keys.new_recovery_words(vault, now=now.at)
    show_words(words, sheet, now.today())
    say(f"Note: {keys.OLDER_COPIES}.")


def remember(path: Where) -> None:
    """Are the recovery words still at hand? Asks for two of them when it is time.

    Example:

      landward vault remember my.vault
    """
    with open_vault(path) as vault:
        places = quiz.due(vault, moment().today())
        if places is None:
            print("Nothing to ask today.")
            return
        typed = tuple(ask(f"Word {place}: ") for place in places)
        if not quiz.answer(vault, typed):
            raise BadInput(
                "those are not the words; look at the sheet once more, or make new ones "
                "(`landward vault words`)"
            )
    print("That is right. Keep them where they are.")


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
        raise BadInput(f"{sheets} is not a folder")
    now = moment()
    with open_vault(path) as vault:
        parts = keys.split_recovery(vault, now=now.at)
    print("Three parts, shown this once. Give each to another person, on paper.")
    for number, part in enumerate(parts, start=1):
        print(f"\nPart {number}")
        words = part.split()
        for row in range(0, len(words), 5):
            print("  " + "".join(f"{word:<14}" for word in words[row : row + 5]).rstrip())
    if sheets is not None:
        from landward.app.keep_vault import write_private
        from landward.report.recovery_sheet import part_sheet

        print()
        for number, part in enumerate(parts, start=1):
            page = part_sheet(part, number, made_on=now.today())
            print(write_private(sheets / f"part-{number}.pdf", page))
        print("Delete the files once they are printed.")


def box(path: Where, *, name: Annotated[str, Parameter(help="Whose it is.")]) -> None:
    """A write-only box: someone can leave entries, marked with their name, and read nothing.

    Example:

      landward vault box my.vault --name "my sister"
    """
    with open_vault(path) as vault:
        box_id = keys.open_box(vault, name, now=moment().at)
    print(f"{name} can now leave entries, and read nothing:")
    print(f'  landward vault leave {path} --box {box_id} --note "…"')


def close_box(path: Where, box: str) -> None:
    """Close a box. What came through it stays.

    Example:

      landward vault close-box my.vault 1a2b3c4d
    """
    with open_vault(path) as vault:
        keys.close_box(vault, _one([b.id for b in vault.header.boxes], box))
    print("The box is closed. What came through it stays in the diary.")


def leave(
    path: Where,
    *,
    box: Annotated[str, Parameter(help="The box that was opened for you.")],
    note: Annotated[str, Parameter(help="What you saw or want to say.")],
) -> None:
    """Leave a note in a diary's box. Needs no passphrase and reads nothing.

    Example:

      landward vault leave my.vault --box 1a2b3c4d5e6f7081 --note "slept through, ate well"
    """
    from landward.app.write_entry import WhileLocked, new_entry
    from landward.model.bodies import Note
    from landward.vault import inbox

    now = moment()
    entry = new_entry(WhileLocked(), Note(text=note), now.today(), now)
    inbox.leave(path, entry, now=now.at, box_id=box)
    print("Left. The person whose diary it is will see it.")


def _one(ids: list[str], start: str) -> str:
    found = [key_id for key_id in ids if key_id.startswith(start.lower())]
    if len(found) != 1:
        raise BadInput(f"“{start}” names {len(found)} keys; `landward vault keys` lists them")
    return found[0]
