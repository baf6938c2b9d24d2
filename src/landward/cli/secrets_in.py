"""Secrets typed by the person: hidden in a terminal, one line each where input is piped."""

import sys

from landward.cli.terminal import hidden, known_passphrase
from landward.model.base import BadInput


def ask_hidden(prompt: str) -> str:
    """A secret, without showing it. Raises BadInput where there is nobody to ask."""
    return hidden(prompt) if sys.stdin.isatty() else _piped(prompt)


def ask(prompt: str) -> str:
    """A plain answer, shown while it is typed."""
    if sys.stdin.isatty():
        print(prompt, end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().rstrip("\n")
    return _piped(prompt)


def _piped(prompt: str) -> str:
    line = sys.stdin.readline()
    if not line:
        raise BadInput(
            f"nobody answered “{prompt.strip(' :?')}”; run this in a terminal, or pipe the answers "
            "in, a line each"
        )
    return line.rstrip("\r\n")


def new_passphrase(prompt: str = "New passphrase: ") -> str:
    """A passphrase chosen now: typed twice in a terminal, once where input is piped."""
    chosen = ask_hidden(prompt)
    if sys.stdin.isatty() and ask_hidden("The same again: ") != chosen:
        raise BadInput("the two were not the same; nothing was changed")
    return chosen


def first_passphrase() -> str:
    """The passphrase of a vault that is being made: LANDWARD_PASSPHRASE, else chosen now."""
    given = known_passphrase()
    return new_passphrase("Choose a passphrase: ") if given is None else given
