"""What every command shares: the passphrase, the clock, the console, JSON."""

import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from landward.model.base import BadInput
from landward.model.said import ENGLISH, Catalogue, counted, phrase

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from landward.app.keep.vault import Vault
    from landward.model.diary import Diary
    from landward.model.moment import Moment

VaultPath = Annotated[Path, Parameter(name="--vault", help="The folder of the diary.")]
AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Print JSON for programs.")]


@cache
def catalogue() -> Catalogue:
    """The language LANDWARD_LANGUAGE names; English where this installation has none of it."""
    chosen = os.environ.get("LANDWARD_LANGUAGE", "")
    if not chosen:
        return ENGLISH
    from landward.app.library.languages import words_in

    return words_in(chosen)


def words(text: str) -> str:
    """What is said, as the terminal shows it: in the language of the person at it."""
    found: str = catalogue().words(text)
    return found


def tell(text: object = "") -> None:
    """A line of what was asked for, on stdout. What is no answer goes through `say`."""
    print(words(text) if isinstance(text, str) else text)


def styled(text: str, style: str = "") -> "Text":
    """Words that hold no mark-up, for a table or a line of rich's."""
    from rich.text import Text

    return Text(words(text), style)


def at_ends(left: str, right: str, width: int) -> str:
    """Two words under the two ends of a picture `width` signs wide."""
    first, last = words(left), words(right)
    return f"{first}{last:>{max(0, width - len(first))}}"


def passphrase(prompt: str = phrase("Passphrase:") + " ") -> str:
    """The passphrase: from LANDWARD_PASSPHRASE, else asked for. Never from the command line."""
    given = known_passphrase()
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise BadInput(phrase("no passphrase: set LANDWARD_PASSPHRASE, or run this in a terminal"))
    return hidden(prompt)


def hidden(prompt: str) -> str:
    """One line typed in the terminal, not shown. Raises BadInput where the person leaves it."""
    try:
        return getpass.getpass(words(prompt))
    except EOFError as error:  # Ctrl-D
        say("")  # the prompt has its line; what is said next gets its own
        raise BadInput(phrase("stopped; nothing was changed")) from error


def known_passphrase() -> str | None:
    """The passphrase the environment answers with, or None."""
    return os.environ.get("LANDWARD_PASSPHRASE")


def moment(vault: Path | None = None) -> "Moment":
    """Now, in the zone the person of this diary chose, else in this machine's, with their day's
    turn.
    """
    from landward.app.diary.clock import now

    if vault is None:
        return now()
    from landward.app.diary.locked_view import load_outside

    chosen = load_outside(vault).settings
    return now().of_person(chosen.zone, chosen.day_starts_at)


def open_vault(path: Path) -> "Vault":
    """Unlock a vault and say what it wants said. Use it in a `with` block."""
    # Opening imports the encrypted store; commands without a diary should not wait for it.
    from landward.app.keep.vault import open_with_notices

    vault, notices = open_with_notices(path, passphrase(), moment())
    for notice in notices:
        say(notice)
    return vault


def read_diary(path: Path) -> "Diary":
    """Unlock a vault only for as long as it takes to read the whole diary."""
    from landward.app.diary.whole import whole_diary

    with open_vault(path) as vault:
        entries = vault.entries()
    return seen_today(whole_diary(entries, moment(path).today()))


def seen_today(diary: "Diary") -> "Diary":
    """The same diary; what is written about days ahead is told."""
    if diary.ahead:
        days = sorted({entry.date for entry, _ in diary.ahead})
        listed = ", ".join(day.isoformat() for day in days[:4]) + (" …" if len(days) > 4 else "")
        say(
            counted(
                len(diary.ahead),
                "{count} entry is about days that lie ahead ({listed}): kept, and left out until "
                "then.",
                "{count} entries are about days that lie ahead ({listed}): kept, and left out "
                "until then.",
                listed=listed,
            )
        )
    return diary


def item_said(diary: "Diary", words: str) -> str:
    """The item a person names: its id where the diary has it, else their words, as when logging."""
    from landward.model.item_ids import item_named

    meant = item_named(words) if words not in diary.items and words.strip() else words
    return meant if meant in diary.items else words


def say(text: str) -> None:
    """A message for the person, on stderr, so that stdout stays what was asked for."""
    print(harmless(words(text)), file=sys.stderr)


def harmless(text: str) -> str:
    """`text` without the control characters a terminal would obey: files of strangers are quoted
    in what is said about them. Line ends stay.
    """
    shown = "".join(c if c.isprintable() or c == "\n" else "·" for c in text)
    return text if shown == text else shown  # what was said still knows its message


def plain(text: str) -> str:
    """Somebody's words for a table or a line: no mark-up of ours, no control character of theirs.

    A symptom, a tag or a drug may have come sealed, or from a stranger's file.
    """
    from rich.markup import escape

    shown = escape(harmless(text))
    return text if shown == text else shown


def print_json(value: object) -> None:
    """One JSON document on stdout."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
    sys.stdout.write("\n")


def console() -> "Console":
    """The terminal: colour only where it is one, and never as the only sign. Everything that is
    printed on it is said in the language of the person at it.
    """
    from rich.console import Console
    from rich.text import Text

    class InWords(Console):
        def render_str(self, text: str, **how: Any) -> Text:
            return super().render_str(words(text), **how)

    return InWords(highlight=False, soft_wrap=False)


@contextmanager
def progress(text: str) -> Iterator[Callable[[int], None]]:
    """A quiet sign of life on stderr while something takes longer than a moment, and whom to tell
    how many percent of it are done.
    """
    from rich.console import Console

    terminal = Console(stderr=True, highlight=False)
    if not terminal.is_terminal:
        yield lambda percent: None
        return
    shown = words(text)
    with terminal.status(shown, spinner="line") as status:
        yield lambda percent: status.update(f"{shown}: {percent} %")


@contextmanager
def reading_diary(text: str = phrase("Reading the diary")) -> Iterator[None]:
    """A sign of life while a diary is read. The first time on a machine it says what it waits for:
    the arithmetic is compiled then, once.
    """
    from landward.app.diary.warm_up import compile_readings, is_compiled

    if not is_compiled():
        say(
            phrase(
                "Getting ready: the arithmetic is compiled, once on this machine; some seconds …"
            )
        )
        compile_readings()
    with progress(text):
        yield
