"""What the terminal asks before it keeps something doubtful. A script is told instead."""

import sys

from landward.app.library.known_words import drug_meant
from landward.cli.terminal import say
from landward.model.base import BadInput
from landward.model.identity import DrugWord


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


def drug_from_person(word: str) -> DrugWord:
    """The drug meant by a word. A near spelling is asked about; where nobody answers, it is said.

    Raises BadInput for no word at all.
    """
    if not word.strip():
        raise BadInput("name the drug, for example --drug diazepam")
    meant = drug_meant(word)
    if not meant.question:
        return meant
    question = meant.question[0].upper() + meant.question[1:]
    if not someone_answers():
        say(f"{question} It is kept as “{meant.drug}”, a medicine of its own.")
        return meant
    for name in meant.near:
        if yes(f"No medicine in the tables is called “{meant.drug}”. Did you mean {name}?"):
            return DrugWord(drug=name, own_word=word.strip())
    return meant
