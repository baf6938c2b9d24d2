"""Secrets typed by the person: hidden in a terminal, one line each where input is piped."""

import sys

from landward.cli.terminal import hidden, known_passphrase, say, words
from landward.model.base import BadInput
from landward.model.said import phrase


def ask_hidden(prompt: str) -> str:
    """A secret, without showing it. Raises BadInput where there is nobody to ask."""
    return hidden(prompt) if sys.stdin.isatty() else _piped(prompt)


def ask(prompt: str) -> str:
    """A plain answer, shown while it is typed."""
    if sys.stdin.isatty():
        print(words(prompt), end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().rstrip("\n")
    return _piped(prompt)


def _piped(prompt: str) -> str:
    line = sys.stdin.readline()
    if not line:
        raise BadInput(
            phrase(
                "nobody answered “{prompt}”; run this in a terminal, or pipe the answers in, a "
                "line each",
                prompt=words(prompt).strip(" :?"),
            )
        )
    return line.rstrip("\r\n")


def new_passphrase(prompt: str = "New passphrase: ") -> str:
    """A passphrase chosen now: typed twice in a terminal, with words to choose from and a line on
    how hard it is to guess; once and as it is where input is piped.
    """
    if not sys.stdin.isatty():
        return ask_hidden(prompt)
    from landward.app.keep.passphrase import TooEasy, how_hard, offers, refuse_weak

    say(phrase("Enter alone shows words to choose from."))
    while not (chosen := ask_hidden(prompt)):
        for offer in offers():
            say(f"  {offer.name}: {offer.words}")
    if ask_hidden("The same again: ") != chosen:
        raise BadInput(phrase("the two were not the same; nothing was changed"))
    try:
        refuse_weak(chosen)
    except TooEasy as easy:
        say(str(easy) + ".")
        if ask(phrase("Use it all the same? (yes/no)") + " ").strip().casefold() not in (
            "y",
            "yes",
        ):
            raise BadInput(phrase("stopped; nothing was changed")) from None
    say(how_hard(chosen))
    return chosen


def first_passphrase() -> str:
    """The passphrase of a vault that is being made: LANDWARD_PASSPHRASE, else chosen now."""
    given = known_passphrase()
    return new_passphrase("Choose a passphrase: ") if given is None else given
