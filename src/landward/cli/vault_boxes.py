"""`landward vault box` and its kin: who may only write to a diary, and what waits there."""

from typing import Annotated

from cyclopts import Parameter

from landward.app.keep.keys import keys
from landward.cli.terminal import (
    AsJson,
    harmless,
    moment,
    open_vault,
    print_json,
    tell,
)
from landward.cli.vault_keys import one_named
from landward.cli.vault_pages import Where
from landward.model.base import BadInput
from landward.model.said import phrase

MOST_NAMED = 50


def box(path: Where, *, name: Annotated[str, Parameter(help="Whose it is.")]) -> None:
    """A write-only box: someone can leave entries, marked with their name, and read nothing.

    Example:

      landward vault box my.vault --name "my sister"
    """
    with open_vault(path) as vault:
        box_id = keys.open_box(vault, name, now=moment().at)
    tell(phrase("{name} can now leave entries, and read nothing:", name=name))
    tell(f'  landward vault leave {path} --box {box_id} --note "…"')


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
        box_id = one_named(boxes, box, "box")
        keys.close_box(vault, box_id)
    tell(
        phrase(
            "The box of {name} is closed: nobody can leave anything through it now.",
            name=boxes[box_id],
        )
    )
    tell(phrase("What came through it stays in the diary."))


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
    from landward.model.bodies import Note
    from landward.model.body_fields import MAX_TEXT

    if not note.strip():
        raise BadInput(phrase("there is nothing to leave yet: write it after --note"))
    if len(note) > MAX_TEXT:
        raise BadInput(
            phrase(
                "a note holds at most {max_text} letters; this one has {letters}",
                max_text=f"{MAX_TEXT:,}",
                letters=f"{len(note):,}",
            )
        )
    now = moment()
    entry = new_entry(WhileLocked(), Note(text=note), now.today(), now)
    inbox.leave(path, entry, now=now.at, box_id=box)
    tell(phrase("Left. The person whose diary it is will see it."))


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
            tell(answer(vault, let_in=let_in, drop=drop))
        if try_again:
            tell(read_again(vault, moment().at))
        if drop_aside:
            tell(drop_set_aside(vault, drop_aside))
        found, aside, sealed = lines_waiting(vault), set_aside(vault), still_sealed(vault)
    if json:
        print_json(waiting_json(found, ((one, ASIDE_WORDS[one.why]) for one in aside), sealed))
        return
    if not found:
        tell(phrase("No line waits for your yes."))
    for line in found:
        tell(f"{line.id[:8]}  {line.day.isoformat()}  {harmless(line.words)}")
        tell(
            "          "
            + phrase(
                "{why}; arrived {time} UTC",
                why=line.why,
                time=f"{line.arrived_at:%Y-%m-%d %H:%M}",
            )
        )
    for one in aside[:MOST_NAMED]:
        tell(
            harmless(one.name)
            + "  "
            + phrase("{why}; {size} bytes", why=ASIDE_WORDS[one.why], size=one.size)
        )
    if len(aside) > MOST_NAMED:
        tell(phrase("… and {count} more that could not be read", count=len(aside) - MOST_NAMED))
    if sealed:
        tell(
            phrase(
                "Still sealed: {sealed}. {most_at_once} are taken in at each unlocking.",
                sealed=sealed,
                most_at_once=MOST_AT_ONCE,
            )
        )
