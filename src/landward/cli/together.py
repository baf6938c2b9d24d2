"""`landward relay join` and its kin: one diary on several devices, through a host that cannot
read it.
"""

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

from cyclopts import Parameter

from landward.cli.ask import yes as ask_yes
from landward.cli.secrets_in import ask
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
from landward.model.base import BadInput
from landward.model.said import phrase

if TYPE_CHECKING:
    from landward.app.keep.vault import Vault
    from landward.app.together.host import Host
    from landward.app.together.sync import Synced

T = TypeVar("T")
WAIT_S = 15 * 60.0
EVERY_S = 2.0

Name = Annotated[str, Parameter(help="What your other devices call this one.")]
Yes = Annotated[bool, Parameter(negative="", help="Do not ask; for scripts.")]


def dial(address: str) -> "Host":
    """A line to a relay; opened when something is first asked of it."""
    from landward.app.together.host import refused
    from landward.relay.client import RelayClient

    return RelayClient(address, refusal=refused)


def join(
    address: Annotated[str, Parameter(help="Where the relay is, like https://relay.example.org.")],
    code: Annotated[
        str,
        Parameter(
            help="An invitation, or the code another of your devices shows. Asked if absent."
        ),
    ] = "",
    *,
    vault: VaultPath,
    name: Name = "",
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Join a relay: one diary on several devices, through a host that cannot read it.

    With an invitation this diary is the first of its set. With the code of `landward relay pair`
    it joins the set of another of your devices, and both diaries become one. What leaves, where
    to and how to stop is said first.

    Examples:

      landward relay join https://relay.example.org --vault my.vault
      landward relay join https://relay.example.org 7QKD-M2XA-0V9S-3RTB --vault my.vault
    """
    from landward.app.together.codes import is_pairing_code
    from landward.app.together.tasks import join as join_set
    from landward.app.together.tasks import plain_address, what_leaves

    address = plain_address(address)
    with open_vault(vault) as opened:
        for line in what_leaves(harmless(address)):
            say(line)
        if not yes and not ask_yes(phrase("Join?")):
            raise BadInput(phrase("not joined; nothing left this machine"))
        code = code or ask(phrase("Code:") + " ")
        label = name or _own_name()
        if is_pairing_code(code):
            synced = _join_by_pairing(opened, address, code, label)
        else:
            synced = join_set(opened, dial, address, code, label, moment().at)
    _show(synced, as_json=json)


def _join_by_pairing(vault: "Vault", address: str, code: str, label: str) -> "Synced":
    from landward.app.together.book import VaultBook
    from landward.app.together.pairing import ask_to_be_let_in, look_for_answer
    from landward.app.together.tasks import sync_now

    book, host = VaultBook(vault), dial(address)
    try:
        request = ask_to_be_let_in(book, host, address, code, label, moment().at)
        say(phrase("Both devices show four words. Compare them, then say yes on the other one:"))
        say("  " + "  ".join(request.words))
        wait_for(lambda: look_for_answer(book, host, moment().at, request))
    finally:
        host.close()
    say(phrase("Joined."))
    return sync_now(vault, dial, moment().at)


def pair(*, vault: VaultPath) -> None:
    """Let another of your devices in: shows a code for fifteen minutes, and compares four words.

    On the other device: `landward relay join ADDRESS CODE --vault …`, or its page Together.

    Example:

      landward relay pair --vault my.vault
    """
    from landward.app.together.pairing import let_in, look_for_newcomer, offer_pairing
    from landward.app.together.sync import joined as joined_set
    from landward.app.together.tasks import line_to

    with open_vault(vault) as opened, line_to(opened, dial) as (book, host):
        offer = offer_pairing(book, host)
        address = joined_set(book).address
        _show_code(address, offer.code)
        newcomer = wait_for(lambda: look_for_newcomer(host, offer))
        label = harmless(newcomer.member.label)
        say(phrase("“{label}” asks to be let in. Its four words:", label=label))
        tell("  " + "  ".join(newcomer.words))
        if not ask_yes(phrase("Are they the same on both?")):
            raise BadInput(phrase("nobody was let in; nothing was changed"))
        let_in(book, host, moment().at, offer, newcomer)
    tell(phrase("“{label}” belongs to your devices now.", label=label))


def _show_code(address: str, code: str) -> None:
    if sys.stdout.isatty():
        import segno

        segno.make(f"{address}#{code}", error="m").terminal(compact=True, border=2)
    say(phrase("On the other device, within fifteen minutes:"))
    tell(f"  landward relay join {address} {code}")


def sync(*, vault: VaultPath, json: AsJson = False) -> None:
    """Send what waits and take in what came. What could not be sent waits, and nothing is lost.

    Example:

      landward relay sync --vault my.vault
    """
    from landward.app.together.tasks import sync_now

    with open_vault(vault) as opened:
        synced = sync_now(opened, dial, moment().at)
    _show(synced, as_json=json)


def devices(*, vault: VaultPath, json: AsJson = False) -> None:
    """Which devices share this diary, what waits here, and when it was last synced. Opens no line.

    Example:

      landward relay devices --vault my.vault
    """
    from landward.app.together.tasks import status
    from landward.report.as_json.plain import plain_json

    with open_vault(vault) as opened:
        found = status(opened)
    if json:
        print_json(plain_json(found))
        return
    if not found.joined:
        tell(phrase("This diary joined no relay. Nothing leaves this machine."))
        return
    tell(phrase("The relay is at {address}.", address=harmless(found.address)))
    for one in found.devices:
        name = harmless(one.label)
        here = phrase("this device") if one.here else phrase("since {day}", day=one.since.date())
        tell(f"  {name}  " + (here if one.moved else phrase("not seen since the keys changed")))
    last = found.last_sync
    tell(
        phrase("Last synced {time} UTC.", time=f"{last:%Y-%m-%d %H:%M}")
        if last
        else phrase("Not synced yet.")
    )
    tell(phrase("Sealed pieces that wait here: {count}.", count=found.waiting))
    tell(
        phrase(
            "Four words for what this diary holds, the same on each device once all have synced: "
            "{words}",
            words="  ".join(found.words),
        )
    )
    if found.removed:
        tell(phrase("Another of your devices took this one out; its diary is whole."))


def remove_device(
    name: Annotated[str, Parameter(help="The device, as `landward relay devices` calls it.")],
    *,
    vault: VaultPath,
    json: AsJson = False,
) -> None:
    """Take another device out: the others get new keys, and it reads nothing written afterwards.

    What it has already, it keeps. Use it when a device is lost, sold or stolen.

    Example:

      landward relay remove-device "old phone" --vault my.vault
    """
    from landward.app.together.tasks import take_out

    with open_vault(vault) as opened:
        synced, label = take_out(opened, dial, name, moment().at)
    say(
        phrase(
            "“{label}” is out. What it holds already it can still read; nothing from now on.",
            label=harmless(label),
        )
    )
    _show(synced, as_json=json)


def leave(
    *,
    vault: VaultPath,
    anyway: Annotated[
        bool, Parameter(negative="", help="Also if the relay does not answer.")
    ] = False,
) -> None:
    """Take this device out of its set and forget its keys. The diary stays whole here.

    The last device to leave takes everything off the relay.

    Example:

      landward relay leave --vault my.vault
    """
    from landward.app.together.tasks import leave as leave_set

    with open_vault(vault) as opened:
        told = leave_set(opened, dial, moment().at, anyway=anyway)
    tell(phrase("Left. Nothing leaves this machine any more; your diary is whole here."))
    if not told:
        say(
            phrase(
                "The relay could not be told: sealed pieces lie there until another device takes "
                "this one out, or its operator removes them. Nobody there can read them."
            )
        )


def _show(synced: "Synced", *, as_json: bool) -> None:
    from landward.app.together.tasks import synced_words
    from landward.report.as_json.plain import plain_json

    if as_json:
        print_json(plain_json(synced))
        return
    for line in synced_words(synced):
        tell(harmless(line))


def wait_for(look: Callable[[], T | None]) -> T:
    """Ask again until there is an answer. Raises BadInput after fifteen minutes."""
    end = time.monotonic() + WAIT_S
    while (found := look()) is None:
        if time.monotonic() > end:
            raise BadInput(
                phrase("nobody answered within fifteen minutes; nothing was changed. Begin again")
            )
        time.sleep(EVERY_S)
    return found


def _own_name() -> str:
    import platform

    return (platform.node().split(".")[0] or str(phrase("computer")))[:24]
