"""`landward settings`: every setting with what holds, and changing them."""

import sys
from typing import Annotated

from cyclopts import Parameter

from landward.app.diary.change_profile import changed
from landward.app.diary.locked_view import load_outside, outside_of, save_outside
from landward.app.diary.profile import Person, read_me
from landward.app.diary.settings import BY_NAME, GROUPS, shown_in
from landward.app.keep.vault import Vault
from landward.app.write.entry import new_entry
from landward.cli.terminal import AsJson, VaultPath, harmless, moment, open_vault, print_json, tell
from landward.model.base import BadInput
from landward.model.journal import standing
from landward.model.said import phrase

LONGEST_SHOWN = 40


def settings(
    *change: Annotated[
        str, Parameter(help="NAME=VALUE. NAME=- reads the value from what is typed or piped.")
    ],
    vault: VaultPath,
    json: AsJson = False,
) -> None:
    """See every setting, or change some. Each stands in the app under Settings too.

    A setting of a newer Landward is kept as it is. Other programs can see the words of a command:
    give what is private as NAME=- and type it.

    Examples:

      landward settings --vault my.vault
      landward settings theme=paper text=150 --vault my.vault
      landward settings zone=Europe/Berlin --vault my.vault
      landward settings born=- --vault my.vault
    """
    now = moment(vault)
    with open_vault(vault) as journal:
        me = _person(journal)
        body = changed(me, _said(change))
        if body is not None:
            journal.append([new_entry(journal, body, now.today(), now)])
            me = _person(journal)
            save_outside(vault, outside_of(me, now.today(), load_outside(vault)))
    if json:
        print_json(_as_json(me))
    elif change:
        tell(phrase("Saved.") if body is not None else phrase("That is how it stands already."))
    else:
        _show(me)


def _person(journal: Vault) -> Person:
    return read_me(sorted(standing(journal.entries()).entries, key=lambda entry: entry.order))


def _said(changes: tuple[str, ...]) -> dict[str, str]:
    said: dict[str, str] = {}
    for text in changes:
        name, found, value = text.partition("=")
        if not found:
            raise BadInput(
                phrase("“{text}” is not NAME=VALUE, such as theme=paper", text=text[:40])
            )
        if name not in BY_NAME or not BY_NAME[name].group:
            known = ", ".join(one for one, setting in BY_NAME.items() if setting.group)
            raise BadInput(
                phrase(
                    "there is no setting “{name}”; there are: {known}", name=name[:40], known=known
                )
            )
        said[name] = sys.stdin.read().strip() if value == "-" else value
    return said


def _as_json(me: Person) -> dict[str, object]:
    """Every setting with what holds, and the names another version of Landward stored."""
    return {
        "settings": [
            {
                "name": one.name,
                "group": group.title,
                "words": one.words,
                "kind": one.widget,
                "value": me.settings.text(one.name),
                "default": one.default,
                "seen_while_locked": one.locked,
            }
            for group in GROUPS
            for one in shown_in(group.key)
        ],
        "kept_unknown": sorted(me.settings.unknown),
    }


def _show(me: Person) -> None:
    for group in GROUPS:
        tell(f"\n{group.title}")
        for one in shown_in(group.key):
            words = harmless(" ".join(one.said(me.settings.text(one.name)).split()))
            shown = words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]} …"
            tell(f"  {one.name:18}{shown or '–':22}  {one.words}".rstrip())
    if me.settings.unknown:
        tell(
            "\n"
            + phrase(
                "Kept for another version of Landward: {unknown}",
                unknown=harmless(", ".join(me.settings.unknown)),
            )
        )
