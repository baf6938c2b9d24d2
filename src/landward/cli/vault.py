"""`landward vault …`: make the diary's vault, keep it, get back into it."""

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
    tell,
)
from landward.cli.vault_pages import Sheet, Where, refuse_taken_page, show_words
from landward.model.base import BadInput
from landward.model.said import counted, phrase

app = App(
    name="vault",
    help="Create, check, back up and recover the encrypted diary.",
    help_format="plaintext",
    help_epilogue="Most commands take the diary as PATH or as --vault PATH.",
)
for _name, _target, _line in (
    ("keys", "vault_keys:keys_", phrase("Who can open this diary.")),
    ("add-key", "vault_keys:add_key", phrase("One more passphrase, for someone you choose.")),
    (
        "remove-key",
        "vault_keys:remove_key",
        phrase("Take a key away: a new lock, new recovery words."),
    ),
    ("words", "vault_keys:new_words", phrase("New recovery words; the earlier ones stop working.")),
    (
        "remember",
        "vault_remember:remember",
        phrase("Are the recovery words still at hand? Asks for two of them."),
    ),
    ("split", "vault_keys:split", phrase("Three parts for three people; any two open the diary.")),
    (
        "box",
        "vault_boxes:box",
        phrase("A write-only box: someone can leave entries and read nothing."),
    ),
    ("close-box", "vault_boxes:close_box", phrase("Close such a box.")),
    ("leave", "vault_boxes:leave", phrase("Leave a note in a diary's box, without a passphrase.")),
    (
        "waiting",
        "vault_boxes:waiting",
        phrase("Sealed lines that wait for your yes, let in or dropped one by one."),
    ),
    (
        "erase",
        "vault_erase:erase",
        phrase(
            "Erase for good. Asks twice. To take something back but keep it, use `landward undo`."
        ),
    ),
):
    app.command(f"landward.cli.{_target}", name=_name, help=_line)


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
    with progress(phrase("Fitting the lock to this machine")):
        vault, words = Vault.create(path, chosen, now=now.at)
    vault.lock()
    tell(
        phrase(
            "Made {path}. It is encrypted; only the passphrase or these words open it.", path=path
        )
        + "\n"
    )
    show_words(words, sheet, now.today())


@app.command
def check(path: Where, *, json: AsJson = False) -> None:
    """Read every byte and every entry, and say what was found.

    Example:

      landward vault check my.vault
    """
    from landward.app.keep.vault import Vault, check_vault

    now = moment().at
    with Vault.open(path, passphrase(), now=now) as vault, progress(phrase("Reading every page")):
        found = check_vault(vault, now=now)
    if json:
        from landward.report.as_json.plain import plain_json

        print_json(plain_json(found))
    else:
        about = phrase(
            "{entries} about {days}",
            entries=_entries(found.entries),
            days=counted(found.days, "{count} day", "{count} days"),
        )
        tell(
            phrase("Everything is there: {about}.", about=about)
            if not found.problems
            else phrase("{about}. Not well:", about=about)
        )
        for line in found.problems:
            tell("  " + line)
        if found.unknown:
            tell(
                counted(
                    found.unknown,
                    "{count} comes from a newer Landward: kept, not shown here.",
                    "{count} come from a newer Landward: kept, not shown here.",
                )
            )
        if found.set_aside:
            tell(
                counted(
                    found.set_aside,
                    "{count} sealed entry could not be read and is kept apart.",
                    "{count} sealed entries could not be read and are kept apart.",
                )
            )
        for line in found.remarks:
            say(line)
    if found.problems:
        raise BadInput(
            counted(
                len(found.problems),
                "the diary is not as it should be in {count} place; restore a backup",
                "the diary is not as it should be in {count} places; restore a backup",
            )
        )


@app.command(name="passphrase")
def change_passphrase(path: Where) -> None:
    """Change the passphrase. The old one stops opening this copy at the same moment.

    Example:

      landward vault passphrase my.vault
    """
    from landward.app.keep.keys import OLDER_COPIES, set_passphrase

    with open_vault(path) as vault:
        chosen = new_passphrase()
        with progress(phrase("Fitting the lock to this machine")):
            set_passphrase(vault, chosen, now=moment().at)
    tell(phrase("The passphrase is changed."))
    say(phrase("Note: {older_copies}.", older_copies=OLDER_COPIES))


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
        typed = [
            ask(phrase("The first part, twenty words:") + " "),
            ask(phrase("Another part, twenty words:") + " "),
        ]
        secret = words.from_shares(typed)
    else:
        secret = words.from_words(ask(phrase("The twelve recovery words:") + " "))
    now = moment().at
    with Vault.open_with(path, secret, "split" if parts else "recovery", now=now) as vault:
        for line in vault.notices:
            say(line)
        chosen = new_passphrase()
        with progress(phrase("Fitting the lock to this machine")):
            set_passphrase(vault, chosen, now=now)
    tell(phrase("You are back in: the new passphrase opens the diary, and so do the same words."))
    say(phrase("Note: {older_copies}.", older_copies=OLDER_COPIES))


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
        return (
            offered.pop()
            if offered
            else ask(phrase("Passphrase of {second}:", second=second) + " ")
        )

    now = moment().at
    with Vault.open(first, typed, now=now) as vault:
        with progress(phrase("Joining")):
            joined = merge_into(vault, second, next_passphrase, now=now)
        seen_today(whole_diary(vault.entries(), moment(first).today()))
    tell(
        phrase(
            "{first} took in {added} from {second}.",
            first=first,
            added=_entries(joined.added),
            second=second,
        )
    )
    if joined.erased:
        tell(
            counted(
                joined.erased,
                "{count} was erased for good in one copy, and now is in both.",
                "{count} were erased for good in one copy, and now are in both.",
            )
        )
    if joined.refused:
        said = _entries(joined.refused)
        tell(
            phrase(
                "{said} of {second} cannot be read by anybody and stayed there.",
                said=said,
                second=second,
            )
        )
    if joined.differing:
        tell(
            counted(
                joined.differing,
                "{count} imported line differed; the one written first was kept.",
                "{count} imported lines differed; the one written first was kept.",
            )
        )
    if second.resolve() in conflict_copies(first.resolve()):
        tell(phrase("That file is not needed any more: delete it when you like."))


@app.command
def backup(file: Path, /, *, vault: VaultPath) -> None:
    """One encrypted file with the whole diary and its keys. FILE may be a folder.

    Examples:

      landward vault backup my.backup --vault my.vault
      landward vault backup /media/stick --vault my.vault
    """
    from landward.app.keep.copies import make_backup

    with open_vault(vault) as opened, progress(phrase("Writing and reading back")):
        made = make_backup(opened, file, now=moment().at)
    tell(
        phrase(
            "{made}: written and read back. It opens with the keys the diary has today.", made=made
        )
    )


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
    with progress(phrase("Reading every page")):
        vault = bring_back(file, path, normalise(passphrase()))
    today = moment(path).today()
    with vault:
        print(
            phrase(
                "Made {path} from {file}. {vault}",
                path=path,
                file=file,
                vault=summary(vault, today),
            )
        )
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
        tell(phrase("The keys are as they should be; nothing was changed."))
        return
    tell(phrase("The keys are put right."))


def _entries(count: int) -> str:
    return counted(count, "{count} entry", "{count} entries")
