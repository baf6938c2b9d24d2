"""`landward pocket`: a page for a phone that logs with no computer running."""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from landward.app.diary.locked_view import outside_of, safety_plan
from landward.app.diary.profile import read_me
from landward.app.library.tables import load_catalog
from landward.app.phone.collect import collect as collect_file
from landward.app.phone.make_page import (
    own_pin,
    planned_ahead,
    pocket_files,
    pocket_of,
    write_pocket,
)
from landward.cli.terminal import VaultPath, known_passphrase, moment, open_vault, say, tell
from landward.model.base import BadInput
from landward.model.journal import standing
from landward.model.said import phrase

app = App(name="pocket", help="A page for a phone that logs with no computer running.")


@app.default
def make(
    folder: Annotated[Path, Parameter(help="A new or empty folder; put it on any https host.")],
    /,
    *,
    vault: VaultPath,
    country: Annotated[
        str | None, Parameter(help="Two letters, for the crisis lines. Else your profile's.")
    ] = None,
    pin: Annotated[
        tuple[str, ...],
        Parameter(negative="", help="A symptom to ask about. Repeatable. Else your own pins."),
    ] = (),
    dose: Annotated[
        bool, Parameter(negative="", help="Ask about the dose. The drug's name stands on the page.")
    ] = False,
    card: Annotated[
        bool, Parameter(negative="", help="Put your emergency card on the page.")
    ] = False,
    plan: Annotated[
        bool, Parameter(negative="", help="Put your own safety plan on the page.")
    ] = False,
    name: Annotated[str, Parameter(help="What the page calls itself, if not Landward.")] = "",
) -> None:
    """Make a static page that a phone can install: it logs, and shows Help now, with no network.

    What is written on it is sealed to your diary on the phone. The symptoms it asks about stand on
    the page; drug, card and safety plan only if you say so. Anyone who can open the page can read
    those.

    Examples:

      landward pocket my-page --vault my.vault --country GB
      landward pocket my-page --vault my.vault --pin insomnia --pin dread --dose --card
    """  # fmt: skip
    with open_vault(vault) as journal:
        day = moment(vault).today()
        me = read_me(sorted(standing(journal.entries()).entries, key=lambda entry: entry.order))
        outside = outside_of(me, day)
        pocket = pocket_of(journal.header, outside, day).model_copy(
            update={
                "name": name or outside.settings.app_name or "Landward",
                "country": (country or me.settings.country).strip().upper(),
                "pins": tuple(own_pin(words) for words in pin) or me.pins[:2],
                "planned": planned_ahead(me, day) if dose else (),
                "card": me.settings.card if card else "",
                "plan": safety_plan(me.settings) if plan else (),
            }
        )
    if card and not pocket.card:
        raise BadInput(
            phrase(
                "your diary has no emergency card yet: write one in the app, or leave out --card"
            )
        )
    if dose and not pocket.planned:
        raise BadInput(phrase("your diary has no prescription yet: add one, or leave out --dose"))
    files = pocket_files(pocket, load_catalog().crisis(pocket.country))
    write_pocket(folder, files)
    size = sum(map(len, files.values())) / 1000
    tell(
        phrase(
            "{folder}: {files} files, {size} kB, for the diary with the seal {mark}.",
            folder=folder,
            files=len(files),
            size=f"{size:.0f}",
            mark=pocket.mark,
        )
    )
    say(
        phrase(
            "Put the folder on a web host with https, open it on the phone, add it to the home "
            "screen.\nReadable on it: {readable}.\nBring waiting entries home: landward pocket "
            "collect waiting.landward --vault …",
            readable=_readable(pocket.pins, pocket.drugs, card, plan),
        )
    )
    if not pocket.country:
        say(phrase("No country was given, so Help now has general words only; add --country GB"))


def _readable(pins: tuple[object, ...], drugs: tuple[str, ...], card: bool, plan: bool) -> str:
    parts = [f"{len(pins)} symptom names" if pins else "", ", ".join(drugs)]
    parts += ["your emergency card" if card else "", "your safety plan" if plan else ""]
    return ", ".join(filter(None, parts)) or "nothing about you"


@app.command
def collect(file: Path, /, *, vault: VaultPath) -> None:
    """Take in waiting.landward, carried from a phone. Bringing it twice adds nothing.

    Needs no passphrase: without one the entries wait, sealed, for the next unlocking.

    Example:

      landward pocket collect waiting.landward --vault my.vault
    """
    unlocked = (lambda: open_vault(vault)) if known_passphrase() is not None else None
    done = collect_file(file, vault, unlocked, now=moment().at)
    where = (
        "joined the diary" if done.joined else phrase("wait in the inbox for the next unlocking")
    )
    tell(
        phrase(
            "{new} of {held} entries were new; they {where}.",
            new=done.new,
            held=done.held,
            where=where,
        )
    )
    tell(phrase("On the phone you can now press “My computer has them”."))
