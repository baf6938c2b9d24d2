"""`landward vault …`: make the diary's vault, keep it, get back into it."""

import datetime as dt
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from landward.cli.secrets_in import ask, first_passphrase, new_passphrase
from landward.cli.terminal import (
    AsJson,
    VaultPath,
    moment,
    open_vault,
    passphrase,
    print_json,
    progress,
    say,
    seen_today,
)
from landward.model.base import BadInput, LandwardError

app = App(
    name="vault",
    help="Create, check, back up and recover the encrypted diary.",
    help_format="plaintext",
    help_epilogue="Most commands take the diary as PATH or as --vault PATH.",
)
for _name, _target, _line in (
    ("keys", "keys_", "Who can open this diary."),
    ("add-key", "add_key", "One more passphrase, for someone you choose."),
    ("remove-key", "remove_key", "Take a key away: a new lock, new recovery words."),
    ("words", "new_words", "New recovery words; the earlier ones stop working."),
    ("remember", "remember", "Are the recovery words still at hand? Asks for two of them."),
    ("split", "split", "Three parts for three people; any two open the diary."),
    ("box", "box", "A write-only box: someone can leave entries and read nothing."),
    ("close-box", "close_box", "Close such a box."),
    ("leave", "leave", "Leave a note in a diary's box, without a passphrase."),
    ("waiting", "waiting", "Sealed lines that wait for your yes, let in or dropped one by one."),
):
    app.command(f"landward.cli.vault_keys:{_target}", name=_name, help=_line)

Where = Annotated[Path, Parameter(name="--vault", help="The folder of the diary.")]
Sheet = Annotated[Path | None, Parameter(help="Also write a page to print, as a PDF.")]


@app.command
def create(
    path: Where,
    *,
    sheet: Sheet = None,
) -> None:
    """Make a new, empty, encrypted diary, and show its recovery words once.

    Examples:

      landward vault create my.vault
      landward vault create my.vault --sheet recovery.pdf
    """
    from landward.app.keep.vault import Vault, refuse_taken

    refuse_taken(path)
    refuse_taken_page(sheet)
    chosen = first_passphrase()
    now = moment()
    with progress("Fitting the lock to this machine"):
        vault, words = Vault.create(path, chosen, now=now.at)
    vault.lock()
    print(f"Made {path}. It is encrypted; only the passphrase or these words open it.\n")
    show_words(words, sheet, now.today())


def show_words(words: tuple[str, ...], sheet: Path | None, today: dt.date) -> None:
    """Recovery words on the screen, once, and on a page if asked for."""
    print("Twelve recovery words, shown this once. Copy them by hand and keep them apart")
    print("from this machine. Whoever has them can read the diary.\n")
    for row in range(0, 12, 3):
        cells = [f"{n + 1:>4}  {words[n]:<12}" for n in range(row, row + 3)]
        print("".join(cells).rstrip())
    print("\nOn the first and the seventh day, two of them are asked for again.")
    if sheet is not None:
        from landward.report.recovery_sheet import recovery_sheet

        write_page(sheet, recovery_sheet(words, made_on=today))
        print(f"A page to print: {sheet}. Delete the file once it is printed.")


def refuse_taken_page(page: Path | None) -> None:
    """Raises BadInput if a page cannot be made there. Ask before any key is changed."""
    if page is None:
        return
    if page.exists() or page.is_symlink():
        raise BadInput(f"{page} exists already: choose another name for the page")
    if not page.parent.is_dir():
        raise BadInput(f"{page.parent} is not a folder: make it first")


def write_page(page: Path, content: bytes) -> None:
    """A page with what was just shown. Where the disk refuses, the words shown still count."""
    from landward.app.keep.tasks import write_private

    try:
        write_private(page, content)
    except LandwardError as error:
        raise LandwardError(
            f"{page} could not be written. The words above count all the same: copy them by hand"
        ) from error


@app.command
def check(path: Where, *, json: AsJson = False) -> None:
    """Read every byte and every entry, and say what was found.

    Example:

      landward vault check my.vault
    """
    from landward.app.keep.vault import Vault, check_vault

    now = moment().at
    with Vault.open(path, passphrase(), now=now) as vault, progress("Reading every page"):
        found = check_vault(vault, now=now)
    if json:
        from landward.report.as_json.plain import plain_json

        print_json(plain_json(found))
    else:
        about = f"{_counted(found.entries, 'entry', 'entries')} about {_counted(found.days, 'day')}"
        print(f"Everything is there: {about}." if not found.problems else f"{about}. Not well:")
        for line in found.problems:
            print(f"  {line}")
        if found.unknown:
            print(f"{found.unknown} come from a newer Landward: kept, not shown here.")
        if found.set_aside:
            print(f"{found.set_aside} sealed entries could not be read and are kept apart.")
        for line in found.remarks:
            say(line)
    if found.problems:
        places = _counted(len(found.problems), "place")
        raise BadInput(f"the diary is not as it should be in {places}; restore a backup")


@app.command(name="passphrase")
def change_passphrase(path: Where) -> None:
    """Change the passphrase. The old one stops opening this copy at the same moment.

    Example:

      landward vault passphrase my.vault
    """
    from landward.app.keep.keys import OLDER_COPIES, set_passphrase

    with open_vault(path) as vault:
        chosen = new_passphrase()
        with progress("Fitting the lock to this machine"):
            set_passphrase(vault, chosen, now=moment().at)
    print("The passphrase is changed.")
    say(f"Note: {OLDER_COPIES}.")


@app.command
def recover(
    path: Where,
    *,
    parts: Annotated[
        bool, Parameter(negative="", help="Use two of the three parts instead of the words.")
    ] = False,
) -> None:
    """Forgot the passphrase: type the recovery words, then choose a new passphrase.

    Examples:

      landward vault recover my.vault
      landward vault recover my.vault --parts
    """
    from landward.app.keep.keys import OLDER_COPIES, set_passphrase, words
    from landward.app.keep.vault import Vault, read_header

    read_header(path)
    if parts:
        typed = [ask("The first part, twenty words: "), ask("Another part, twenty words: ")]
        secret = words.from_shares(typed)
    else:
        secret = words.from_words(ask("The twelve recovery words: "))
    now = moment().at
    with Vault.open_with(path, secret, "split" if parts else "recovery", now=now) as vault:
        for line in vault.notices:
            say(line)
        chosen = new_passphrase()
        with progress("Fitting the lock to this machine"):
            set_passphrase(vault, chosen, now=now)
    print("You are back in: the new passphrase opens the diary, and so do the same words.")
    say(f"Note: {OLDER_COPIES}.")


@app.command
def merge(first: Path, second: Path, /) -> None:
    """Join two copies of a diary: FIRST takes in everything SECOND holds; SECOND stays as it is.

    SECOND is another vault, or a second journal that a folder-syncing program left. Doing it
    twice changes nothing.

    Examples:

      landward vault merge my.vault laptop.vault
      landward vault merge my.vault "my.vault/journal (conflicted copy).db"
    """
    from landward.app.diary.whole import whole_diary
    from landward.app.keep.copies import conflict_copies
    from landward.app.keep.tasks import merge as merge_into
    from landward.app.keep.vault import Vault

    typed = passphrase()
    offered = [typed]

    def next_passphrase() -> str:
        return offered.pop() if offered else ask(f"Passphrase of {second}: ")

    now = moment().at
    with Vault.open(first, typed, now=now) as vault:
        with progress("Joining"):
            joined = merge_into(vault, second, next_passphrase, now=now)
        seen_today(whole_diary(vault.entries(), moment(first).today()))
    print(f"{first} took in {_entries(joined.added)} from {second}.")
    if joined.erased:
        print(f"{joined.erased} were erased for good in one copy, and now are in both.")
    if joined.refused:
        said = _entries(joined.refused)
        print(f"{said} of {second} cannot be read by anybody and stayed there.")
    if joined.differing:
        print(f"{joined.differing} imported lines differed; the one written first was kept.")
    if second.resolve() in conflict_copies(first.resolve()):
        print("That file is not needed any more: delete it when you like.")


@app.command
def backup(file: Path, /, *, vault: VaultPath) -> None:
    """One encrypted file with the whole diary and its keys. FILE may be a folder.

    Examples:

      landward vault backup my.backup --vault my.vault
      landward vault backup /media/stick --vault my.vault
    """
    from landward.app.keep.copies import make_backup

    with open_vault(vault) as opened, progress("Writing and reading back"):
        made = make_backup(opened, file, now=moment().at)
    print(f"{made}: written and read back. It opens with the keys the diary has today.")


@app.command
def restore(file: Path, path: Where) -> None:
    """Make a vault from a backup, checked to the last byte first. Replaces nothing.

    Example:

      landward vault restore my.backup again.vault
    """
    from landward.app.diary.whole import whole_diary
    from landward.app.keep.copies import keys_in_backup
    from landward.app.keep.elsewhere import bring_back
    from landward.app.keep.keys import normalise
    from landward.app.keep.tasks import summary
    from landward.app.keep.vault import refuse_taken

    refuse_taken(path)
    keys_in_backup(file)
    with progress("Reading every page"):
        vault = bring_back(file, path, normalise(passphrase()))
    today = moment(path).today()
    with vault:
        print(f"Made {path} from {file}. {summary(vault, today)}")
        seen_today(whole_diary(vault.entries(), today))


@app.command
def repair(
    path: Where,
    *,
    backup: Annotated[Path | None, Parameter(help="Take the keys from this backup.")] = None,
) -> None:
    """Put an altered keys.json right, from its copy in the journal or from a backup.

    Examples:

      landward vault repair my.vault
      landward vault repair my.vault --backup my.backup
    """
    from landward.app.keep.copies import repair_from_backup, repair_keys
    from landward.app.keep.keys import normalise

    if backup is not None:
        repair_from_backup(path, backup, normalise(passphrase()))
    elif not repair_keys(path, normalise(passphrase())):
        print("The keys are as they should be; nothing was changed.")
        return
    print("The keys are put right.")


@app.command
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
            what = f"{_entries(count)} about {days}, with every earlier and later wording"
        say(f"This erases {what}. It cannot be undone.")
        for made in backups:
            say(f"A backup of {made.made_at.date()} still holds it: {made.path}")
        if ask("Type ERASE to go on: ") != "ERASE":
            raise BadInput("nothing was erased")
        wanted = path.name if everything else str(count)
        of_what = "the name of the diary's folder" if everything else "the number of entries"
        if ask(f"And once more: type {of_what} ({wanted}): ") != wanted:
            raise BadInput("nothing was erased")
        if everything:
            erase_vault(vault)
            print(f"{path} is gone. {ON_THE_DISK.capitalize()}.")
        else:
            gone = erase_chosen(vault, found)
            print(f"Erased {_entries(len(gone))}. {ON_THE_DISK.capitalize()}.")


def _entries(count: int) -> str:
    return _counted(count, "entry", "entries")


def _counted(count: int, one: str, many: str | None = None) -> str:
    return f"1 {one}" if count == 1 else f"{count} {many or one + 's'}"
