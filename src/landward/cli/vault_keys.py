"""`landward vault keys` and its kin: who can open the diary, and who may only write to it."""

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landward.app.keep.keys import keys, quiz
from landward.app.keep.vault import Vault
from landward.cli.secrets_in import ask, new_passphrase
from landward.cli.terminal import (
    AsJson,
    harmless,
    moment,
    open_vault,
    passphrase,
    print_json,
    progress,
    say,
)
from landward.cli.vault import Sheet, Where, refuse_taken_page, show_words, write_page
from landward.model.base import BadInput

MOST_NAMED = 50
TRIES = 3
"""How often the recovery words may be typed before the question is left for another day."""


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
    print("These open the diary:\n")
    for info in found:
        used = "  (used just now)" if info.in_use else ""
        label, since = harmless(info.named.label), info.named.made_at.date()
        print(f"  {info.id[:8]}  {label}, since {since}{used}")
    if boxes:
        print("\nThese may leave entries and read nothing:\n")
        for box_id, named in boxes:
            print(f"  {box_id[:8]}  {harmless(named.label)}, since {named.made_at.date()}")


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

    KEY is its id, the start of it, or its name, as `landward vault keys` shows them.

    Example:

      landward vault remove-key my.vault 1a2b3c4d
    """
    refuse_taken_page(sheet)
    typed, now = passphrase(), moment()
    with Vault.open(path, typed, now=now.at) as vault:
        names = vault.header.names(vault.key).names
        key_id = _one({slot.id: names[slot.id].label for slot in vault.header.slots}, key, "key")
        removal = keys.remove_key(
            vault, key_id, typed, now=now.at, show=lambda w: _shown_first(w, sheet, now.today())
        )
    print(f"Removed: {', '.join(removal.removed)}. Your passphrase still opens the diary,")
    print("and from now on the words above do.")
    print("Keys of others have to be made again if you want them (add-key, split).")
    say(f"Note: {keys.OLDER_COPIES}.")


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
    print("From now on these words open the diary, and the earlier ones do not.")
    say(f"Note: {keys.OLDER_COPIES}.")


def _shown_first(words: tuple[str, ...], sheet: Path | None, today: date) -> None:
    """Show new words before they count; at a terminal, wait until they are written down."""
    show_words(words, sheet, today)
    if sys.stdin.isatty():
        print("\nThey count once you press Enter; Ctrl-C leaves the earlier words as they are.")
        ask("Written down? ")


def remember(path: Where) -> None:
    """Are the recovery words still at hand? Asks for two of them when it is time.

    Example:

      landward vault remember my.vault
    """
    now = moment()
    with Vault.open(path, passphrase(), now=now.at) as vault:
        for line in vault.notices:
            say(line)
        places = quiz.due(vault, now.today())
        if places is not None and not _asked_and_right(vault, places):
            print("Left for another day. Nothing was changed.")
            return
        following = quiz.next_on(vault)
    if places is not None:
        print("That is right. Keep the sheet where it is.")
    else:
        print("Nothing to ask today.")
    if following is not None:
        which = "The other two words" if places is not None else "The next words"
        print(f"{which} are asked for from {following} on.")


def _asked_and_right(vault: Vault, places: tuple[int, ...]) -> bool:
    """Ask for the words until they are right; False if the person leaves it. Raises BadInput."""
    say("Two of the twelve recovery words, from the sheet. Enter alone leaves it for another day.")
    typed: dict[int, str] = {}
    wrong = places
    tries = TRIES if sys.stdin.isatty() else 1
    for left in reversed(range(tries)):
        for place in wrong:
            typed[place] = ask(f"  Word {place:>2}: ")
            if not typed[place].strip():
                return False
        wrong = quiz.not_right(vault, tuple(typed[place] for place in places))
        if not wrong:
            return quiz.answer(vault, tuple(typed[place] for place in places))
        if left:
            said = " and ".join(f"word {place}" for place in wrong)
            say(f"Not quite: {said} {'is' if len(wrong) == 1 else 'are'} another one.")
    raise BadInput(
        "those are not the words, and they will be asked for again. If the sheet is lost, make "
        f'new words while you can still open the diary: `landward vault words "{vault.path}"`'
    )


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
        raise BadInput(f"{sheets} is not a folder: make it first")
    pages = [sheets / f"part-{number}.pdf" for number in (1, 2, 3)] if sheets is not None else []
    for page in pages:
        refuse_taken_page(page)
    now = moment()
    with open_vault(path) as vault:
        parts = keys.split_recovery(vault, now=now.at)
    print("Three parts, shown this once. Give each to another person, on paper.")
    for number, part in enumerate(parts, start=1):
        print(f"\nPart {number}")
        words = part.split()
        for row in range(0, len(words), 5):
            print("  " + "".join(f"{word:<14}" for word in words[row : row + 5]).rstrip())
    if pages:
        from landward.report.recovery_sheet import part_sheet

        print()
        for number, (page, part) in enumerate(zip(pages, parts, strict=True), start=1):
            write_page(page, part_sheet(part, number, made_on=now.today()))
            print(page)
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


def close_box(
    path: Where, box: Annotated[str, Parameter(help="Its id, the start of it, or its name.")]
) -> None:
    """Close a box. What came through it stays.

    Examples:

      landward vault close-box my.vault 1a2b3c4d
      landward vault close-box my.vault "my sister"
    """
    with open_vault(path) as vault:
        names = vault.header.names(vault.key).names
        boxes = {found.id: names[found.id].label for found in vault.header.boxes}
        box_id = _one(boxes, box, "box")
        keys.close_box(vault, box_id)
    print(f"The box of {boxes[box_id]} is closed: nobody can leave anything through it now.")
    print("What came through it stays in the diary.")


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
    from landward.app.keep.keys import inbox
    from landward.app.write.entry import WhileLocked, new_entry
    from landward.model.bodies import MAX_TEXT, Note

    if not note.strip():
        raise BadInput("there is nothing to leave yet: write it after --note")
    if len(note) > MAX_TEXT:
        raise BadInput(f"a note holds at most {MAX_TEXT:,} letters; this one has {len(note):,}")
    now = moment()
    entry = new_entry(WhileLocked(), Note(text=note), now.today(), now)
    inbox.leave(path, entry, now=now.at, box_id=box)
    print("Left. The person whose diary it is will see it.")


def waiting(
    path: Where,
    *,
    let_in: Annotated[str, Parameter(help="The beginning of the id of a line to let in.")] = "",
    drop: Annotated[str, Parameter(help="The beginning of the id of a line to drop.")] = "",
    drop_aside: Annotated[
        str, Parameter(help="The name of a file that could not be read, to drop; or “all”.")
    ] = "",
    try_again: Annotated[
        bool, Parameter(negative="", help="Try once more to read what could not be read.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Lines that came sealed and would change your settings, or what you wrote. You decide.

    Anyone may leave a line in a locked diary, so a line that would act for you waits here. Nothing
    of it counts until you let it in. What could not be read is kept apart and listed below.

    Examples:

      landward vault waiting my.vault
      landward vault waiting my.vault --let-in 3f2a
      landward vault waiting my.vault --drop 3f2a
      landward vault waiting my.vault --drop-aside all
    """
    from landward.app.keep.waiting import (
        ASIDE_WORDS,
        MOST_AT_ONCE,
        answer,
        drop_set_aside,
        lines_waiting,
        set_aside,
        still_sealed,
    )
    from landward.app.keep.waiting import try_again as read_again
    from landward.report.as_json.plain import waiting_json

    with open_vault(path) as vault:
        if let_in or drop:
            print(answer(vault, let_in=let_in, drop=drop))
        if try_again:
            print(read_again(vault, moment().at))
        if drop_aside:
            print(drop_set_aside(vault, drop_aside))
        found, aside, sealed = lines_waiting(vault), set_aside(vault), still_sealed(vault)
    if json:
        print_json(waiting_json(found, ((one, ASIDE_WORDS[one.why]) for one in aside), sealed))
        return
    if not found:
        print("No line waits for your yes.")
    for line in found:
        print(f"{line.id[:8]}  {line.day.isoformat()}  {harmless(line.words)}")
        print(f"          {line.why}; arrived {line.arrived_at:%Y-%m-%d %H:%M} UTC")
    for one in aside[:MOST_NAMED]:
        print(f"{harmless(one.name)}  {ASIDE_WORDS[one.why]}; {one.size} bytes")
    if len(aside) > MOST_NAMED:
        print(f"… and {len(aside) - MOST_NAMED} more that could not be read")
    if sealed:
        print(f"Still sealed: {sealed}. {MOST_AT_ONCE} are taken in at each unlocking.")


def _one(labels: Mapping[str, str], named: str, what: str) -> str:
    """The id that begins like this, or whose label this is. Raises BadInput unless it is one."""
    found = [key_id for key_id in labels if key_id.startswith(named.lower())] or [
        key_id for key_id, label in labels.items() if label.casefold() == named.casefold()
    ]
    if len(found) == 1 and named:
        return found[0]
    if not found:
        raise BadInput(f"there is no {what} “{named}” here; `landward vault keys` lists them")
    raise BadInput(
        f"“{named}” could be {len(found)} of them; type more of its id (`landward vault keys`)"
    )
