"""`landward relay phone`: a phone through the diary's relay."""

import sys
from typing import Annotated

from cyclopts import App, Parameter

from landward.cli.ask import yes as ask_yes
from landward.cli.terminal import (
    AsJson,
    VaultPath,
    harmless,
    moment,
    open_vault,
    print_json,
    say,
    tell,
)
from landward.cli.together import dial, wait_for
from landward.model.base import BadInput
from landward.model.said import phrase

app = App(
    name="phone",
    help="A phone through the relay: it writes offline, and shows what was made for it.",
)


@app.command
def add(
    *,
    vault: VaultPath,
    again: Annotated[
        str, Parameter(help="A phone whose browser forgot everything: the same code once more.")
    ] = "",
) -> None:
    """Show a code for a phone, wait for it, and compare four words.

    The code is also the way back: `--again NAME` shows the same one for a phone whose browser
    forgot everything. Print it, and keep it where your papers are.

    Examples:

      landward relay phone add --vault my.vault
      landward relay phone add --again Android --vault my.vault
    """
    from landward.app.together.phones import (
        add_phone,
        let_phone_in,
        look_for_phone,
        named_phone,
        phones_words,
        turn_phone_away,
    )

    with open_vault(vault) as opened:
        one = named_phone(opened, again) if again else add_phone(opened, dial, moment().at)
        _show(one.url, one.code, one.address)

        def asks() -> tuple[str, ...] | None:
            return look_for_phone(opened, dial, one.shelf, moment().at).words or None

        words = wait_for(asks)
        say(phrase("A phone answered. It shows these four words:"))
        tell("  " + "  ".join(words))
        if not ask_yes(phrase("Are they the same on the phone?")):
            turn_phone_away(opened, one.shelf)
            raise BadInput(phrase("no phone was let in"))
        done = let_phone_in(opened, dial, one.shelf, words, moment().at)
    tell(phrase("The phone is let in; it shows your diary behind its own passcode."))
    for line in phones_words(done):
        say(line)


def _show(url: str, code: str, address: str) -> None:
    if sys.stdout.isatty():
        import segno

        segno.make(url, error="m").terminal(compact=True, border=2)
    say(phrase("On the phone, open {address}/phone/ and type this code:", address=address))
    tell(f"  {code}")


@app.command(name="list")
def list_(*, vault: VaultPath, json: AsJson = False) -> None:
    """Which phones there are, since when, and when their shelves were last visited. Opens no line.

    Example:

      landward relay phone list --vault my.vault
    """
    from landward.app.together.phones import SHORT, known_phones

    with open_vault(vault) as opened:
        found = known_phones(opened)
    if json:
        print_json(
            {
                "phones": [
                    {
                        "name": one.shelf[:SHORT],
                        "label": one.label,
                        "paired_at": one.paired_at.isoformat() if one.paired_at else None,
                        "visited_at": one.seen_at.isoformat() if one.seen_at else None,
                        "asks": bool(one.asks),
                    }
                    for one in found
                ]
            }
        )
        return
    if not found:
        tell(phrase("No phone comes through the relay."))
    for one in found:
        since = phrase("since {day}", day=one.paired_at.date()) if one.paired_at else ""
        asks = phrase("asks to be let in") if one.asks else ""
        tell("  ".join(filter(None, (one.shelf[:SHORT], harmless(one.label), since, asks))))


@app.command
def remove(name: str, /, *, vault: VaultPath) -> None:
    """Take a phone out: its last lines are taken in, its shelf is removed.

    What it writes after that is not believed to be yours. What it shows already stays on it, behind
    its passcode. Do this when a phone is lost, sold or stolen.

    Example:

      landward relay phone remove Android --vault my.vault
    """
    from landward.app.together.phones import let_phone_go, named_phone, phones_words

    with open_vault(vault) as opened:
        one = named_phone(opened, name)
        done = let_phone_go(opened, dial, one.shelf, moment().at)
    for line in phones_words((done,)):
        say(line)
    if done.trouble:
        tell(phrase("The phone is believed no more. Its shelf is still at the relay: try again."))
    else:
        tell(phrase("The phone is taken out, and its shelf is gone from the relay."))
