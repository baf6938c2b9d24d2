"""What the terminal asks before it keeps something doubtful. A script is told instead."""

import sys
from collections.abc import Callable

from landward.app.library.known_words import drug_meant
from landward.cli.terminal import say
from landward.model.base import BadInput
from landward.model.identity import DrugWord
from landward.model.large_dose import LargeDose

MOST_LETTERS = 200
"""What the name of a medicine may hold, as on the page."""


def someone_answers() -> bool:
    """Whether a person sits at this terminal; a script, a pipe or a program does not answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def yes(question: str) -> bool:
    """One yes-or-no question, on stderr. Raises BadInput where the person leaves it."""
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        say("")
        raise BadInput("stopped; nothing was changed")
    return line.strip().lower() in {"y", "yes"}


def amount_confirmed(said_yes: bool) -> Callable[[LargeDose], None]:
    """What `log_dose` asks about an amount well above the usual one. A script says --yes."""

    def confirm(large: LargeDose) -> None:
        if said_yes:
            return
        if not someone_answers():
            raise BadInput(f"{large.question}; nothing was saved. Add --yes if it is right")
        if not yes(f"{large.question}. Is it right?"):
            raise BadInput("nothing was saved; write the dose again with its amount")

    return confirm


def drug_from_person(word: str) -> DrugWord:
    """The drug meant by a word. A near spelling is asked about; where nobody answers, it is said.

    Raises BadInput for no word at all.
    """
    if not word.strip():
        raise BadInput("name the drug, for example --drug diazepam")
    if len(word) > MOST_LETTERS:
        raise BadInput(f"--drug holds at most {MOST_LETTERS} letters; this has {len(word)}")
    meant = drug_meant(word)
    if not meant.question:
        if meant.remark and someone_answers():
            say(meant.remark)
        return meant
    question = meant.question[0].upper() + meant.question[1:]
    if not someone_answers():
        say(f"{question} It is kept as “{meant.drug}”, a medicine of its own.")
        return meant
    for name in meant.near:
        if yes(f"No medicine in the tables is called “{meant.drug}”. Did you mean {name}?"):
            return DrugWord(drug=name, own_word=word.strip())
    return meant
