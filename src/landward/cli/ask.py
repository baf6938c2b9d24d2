"""What the terminal asks before it keeps something doubtful. A script is told instead."""

import sys
from collections.abc import Callable

from landward.app.library.known_words import drug_meant
from landward.cli.terminal import say, words
from landward.model.base import BadInput
from landward.model.identity import DrugWord
from landward.model.large_dose import LargeDose
from landward.model.said import begun, phrase

MOST_LETTERS = 200
"""What the name of a medicine may hold, as on the page."""


def someone_answers() -> bool:
    """Whether a person sits at this terminal; a script, a pipe or a program does not answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def yes(question: str) -> bool:
    """One yes-or-no question, on stderr. Raises BadInput where the person leaves it."""
    asked = phrase("{question} [y/N]", question=question)
    print(words(asked), end=" ", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        say("")
        raise BadInput(phrase("stopped; nothing was changed"))
    return line.strip().lower() in {"y", "yes"}


def amount_confirmed(said_yes: bool) -> Callable[[LargeDose], None]:
    """What `log_dose` asks about an amount well above the usual one. A script says --yes."""

    def confirm(large: LargeDose) -> None:
        if said_yes:
            return
        if not someone_answers():
            raise BadInput(
                phrase(
                    "{question}; nothing was saved. Add --yes if it is right",
                    question=large.question,
                )
            )
        if not yes(phrase("{question}. Is it right?", question=large.question)):
            raise BadInput(phrase("nothing was saved; write the dose again with its amount"))

    return confirm


def drug_from_person(word: str) -> DrugWord:
    """The drug meant by a word. A near spelling is asked about; where nobody answers, it is said.

    Raises BadInput for no word at all.
    """
    if not word.strip():
        raise BadInput(phrase("name the drug, for example --drug diazepam"))
    if len(word) > MOST_LETTERS:
        raise BadInput(
            phrase(
                "--drug holds at most {most_letters} letters; this has {letters}",
                most_letters=MOST_LETTERS,
                letters=len(word),
            )
        )
    meant = drug_meant(word)
    if not meant.question:
        if meant.remark and someone_answers():
            say(meant.remark)
        return meant
    question = begun(meant.question)
    if not someone_answers():
        say(
            phrase(
                "{question} It is kept as “{drug}”, a medicine of its own.",
                question=question,
                drug=meant.drug,
            )
        )
        return meant
    for name in meant.near:
        if yes(
            phrase(
                "No medicine in the tables is called “{drug}”. Did you mean {name}?",
                drug=meant.drug,
                name=name,
            )
        ):
            return DrugWord(drug=name, own_word=word.strip())
    return meant
