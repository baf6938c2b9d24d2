"""Asking the safety questions at a terminal, or reading their answers from a file."""

import sys
from pathlib import Path

from landward.app.budget.tables import read_table
from landward.app.library.tables import Catalog
from landward.cli.terminal import say
from landward.model.safety import Answer
from landward.model.said import phrase

_WORDS = {"y": Answer.YES, "yes": Answer.YES, "n": Answer.NO, "no": Answer.NO}


def ask_supervision(catalog: Catalog) -> dict[str, Answer]:
    """Ask one question after another; where nobody is at a terminal, nothing is answered."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return {}
    say(phrase("First some questions about safety. Answer y or n; Enter leaves one open.") + "\n")
    found: dict[str, Answer] = {}
    for question in catalog.supervision_questions:
        sys.stderr.write(f"  {question.question} [y/n] ")
        sys.stderr.flush()
        answer = _WORDS.get(sys.stdin.readline().strip().lower())
        if answer is not None:
            found[question.id] = answer
    say("")
    return found


def answers_in_file(path: Path) -> dict[str, str]:
    """Answers from TOML or JSON, question by question. Raises BadInput if the file is not that."""
    return {str(name): _word(value) for name, value in read_table(path).items()}


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
