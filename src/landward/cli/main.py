"""`landward`: the commands by name. Each command's module is imported only when it is called."""

import inspect
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from cyclopts import App, CycloptsError, Group, Parameter, UnusedCliTokensError

from landward.app.budget.typesetting import set_pages_apart
from landward.app.read.cards import CARDS
from landward.model.errors import BadInput, LandwardError, WrongKey
from landward.model.said import phrase
from landward.version import __version__

DONE, FAILED, BAD_INPUT = 0, 1, 2

_EPILOGUE = """\
Examples:

  landward vault create my.vault
  landward log --vault my.vault --day 6 --symptom insomnia=3
  landward waves --vault my.vault
  landward report --vault my.vault -o report.pdf

LANDWARD_PASSPHRASE answers the passphrase prompt.

Do not stop suddenly: stopping suddenly can cause seizures and can kill.
Nothing here replaces your prescriber."""

DIARY = Group(phrase("Diary"), sort_key=1)
READ = Group(phrase("What the diary says"), sort_key=2)
SHOW = Group(phrase("For your prescriber"), sort_key=3)
PLAN = Group(phrase("Plans"), sort_key=4)
LEARN = Group(phrase("Library and lab"), sort_key=5)
KEEP = Group(phrase("Keeping it safe"), sort_key=6)

COMMANDS: tuple[tuple[str, str, Group, str], ...] = (
    ("log", "diary:log", DIARY, phrase("Write down how a day was.")),
    ("dose", "diary:dose", DIARY, phrase("Write down a dose you took.")),
    ("open", "open:open_", DIARY, phrase("Open the app in the browser, on this machine only.")),
    ("undo", "diary:undo", DIARY, phrase("Take back the last thing that was written.")),
    ("import", "transfer:import_", DIARY, phrase("Bring in a diary from a file.")),
    (
        "settings",
        "settings:settings",
        DIARY,
        phrase("See and change what is asked, shown and seen."),
    ),
    (
        "pocket",
        "pocket:app",
        DIARY,
        phrase("Make a page for a phone that logs with no computer running."),
    ),
    ("export", "transfer:export", DIARY, phrase("Write everything out, in files anyone can open.")),
    *(
        (card.name, f"{'readings' if card.declared else card.name}:{card.name}", READ, card.line)
        for card in CARDS.values()
    ),
    (
        "doses",
        "doses:doses",
        READ,
        phrase("What was planned, taken, settled and changed; the supply."),
    ),
    (
        "plan",
        "plan:app",
        PLAN,
        phrase("Plan a taper, or check one. Always a DRAFT for the prescriber."),
    ),
    (
        "crossover",
        "crossover:crossover",
        PLAN,
        phrase("Change to a longer-acting drug, step by step."),
    ),
    ("supply", "supply:supply", PLAN, phrase("What a plan needs from the pharmacy.")),
    ("report", "report:report", SHOW, phrase("Make the one page for a prescriber.")),
    (
        "letter",
        "letter:letter",
        SHOW,
        phrase("Write a letter or a card for a hospital or pharmacy."),
    ),
    ("fhir", "fhir:fhir", SHOW, phrase("Write the diary in the form clinics' systems read.")),
    ("history", "history:history", SHOW, phrase("A short history for peers: months, no dates.")),
    (
        "give",
        "give:give",
        SHOW,
        phrase("Give your own days to one study: numbers, previewed row by row."),
    ),
    ("felt", "felt:felt", DIARY, phrase("Write down what was felt, what was done anyway.")),
    ("numb", "felt:numb", DIARY, phrase("Print words for numb days, or a card for family.")),
    ("sheet", "sheet:sheet", DIARY, phrase("Print a week to fill in by hand.")),
    (
        "library",
        "library:app",
        LEARN,
        phrase("Read a page on a question; claims and their verdicts."),
    ),
    ("facts", "facts:app", LEARN, phrase("Look up a drug, a symptom, a claim or a source.")),
    ("stories", "stories:app", READ, phrase("What a written story names, of whom, when.")),
    ("safety", "safety:app", LEARN, phrase("Taken together, dependence, driving, what to do now.")),
    (
        "crisis",
        "crisis:crisis",
        KEEP,
        phrase("Whom to call now. Needs no vault and no passphrase."),
    ),
    (
        "level",
        "level:level",
        LEARN,
        phrase("How much of a drug is in the blood, in made-up adults."),
    ),
    ("lab", "lab:lab", LEARN, phrase("Made-up people on and off these drugs; assumptions named.")),
    (
        "cohort",
        "cohort:app",
        LEARN,
        phrase("Many people's consented diaries: make up, check, study."),
    ),
    ("relay", "relay:app", KEEP, phrase("A host for sealed copies that cannot read them.")),
    ("vault", "vault:app", KEEP, phrase("Create, check, back up and recover the encrypted diary.")),
    ("demo", "demo:demo", LEARN, phrase("Look around with a published diary.")),
)
"""Name, module and function, group, one line of help."""


def build(called: str | None = None) -> App:
    """The program with its commands registered by name, none of them imported.

    The command that is `called` explains itself with its own text and examples; all others
    show only their line.
    """
    app = App(
        name="landward",
        version=__version__,
        help="A private diary, taper planner and doctor's report. It all stays on this machine.",
        help_epilogue="" if called in {name for name, *_ in COMMANDS} else _EPILOGUE,
        help_format="plaintext",
        default_parameter=Parameter(negative_iterable=()),  # no --empty-symptom beside --symptom
        suppress_keyboard_interrupt=False,  # Ctrl-C is answered in words, by `run`
    )
    for name, target, group, line in COMMANDS:
        if name == called:
            module, _, attribute = target.partition(":")
            found = getattr(import_module(f"landward.cli.{module}"), attribute)
            app.command(found, name=name)
            explain(app[name])
        else:
            app.command(f"landward.cli.{target}", name=name, group=group, help=line)
    if os.environ.get("LANDWARD_LANGUAGE"):
        _speak(app, called)
    return app


def _speak(app: App, called: str | None) -> None:
    """Show the help in the language of the person at the terminal."""
    from landward.cli.help_words import InWords, in_words
    from landward.cli.terminal import catalogue

    if catalogue().is_english:
        return
    app.help_formatter = InWords(catalogue())
    for one in (app, *(app[name] for name, *_ in COMMANDS if name == called)):
        if isinstance(one.help_epilogue, str):
            one.help_epilogue = in_words(one.help_epilogue, catalogue())


def explain(command: App) -> None:
    """Let a command and its members speak with their own docstrings, examples last.

    cyclopts takes "Examples:" for a section it does not show, and breaks lines where the source
    does.
    """
    text = inspect.getdoc(command.default_command) if command.default_command else command.help
    before, word, examples = (text or "").partition("\nExample")
    command.help = "\n\n".join(" ".join(part.split()) for part in before.split("\n\n"))
    command.help_epilogue = f"Example{examples.rstrip()}\n" if word else ""
    for name in command:
        if not name.startswith("-"):
            explain(command[name])


def leave_no_core() -> None:
    """A program that is killed leaves no file of its memory, which may hold notes and keys."""
    try:
        import resource
    except ImportError:  # Windows writes none unless somebody set it up
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with 0 done, 2 bad input (nothing written), 1 failed."""
    leave_no_core()
    set_pages_apart()
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; every error becomes one line on stderr."""
    try:
        build(arguments[0] if arguments else None)(
            list(arguments), exit_on_error=False, print_error=False, result_action="return_none"
        )
    except UnusedCliTokensError as error:
        return _complain(_too_many(error), BAD_INPUT)
    except CycloptsError as error:
        return _complain(str(error), BAD_INPUT)
    except WrongKey as error:
        return _complain(_who_answered(str(error)), BAD_INPUT)
    except BadInput as error:
        return _complain(str(error), BAD_INPUT)
    except LandwardError as error:
        return _complain(str(error), FAILED)
    except BrokenPipeError:
        return DONE
    except KeyboardInterrupt:
        return _complain(phrase("stopped; nothing more was written"), 130)
    except Exception as error:  # the last net: a person gets one line, not a traceback
        if os.environ.get("LANDWARD_TRACEBACK"):
            raise
        return _complain(_unexpected(error), FAILED)
    return DONE


def _who_answered(refused: str) -> str:
    """Nobody typed what the environment answered with: say where to look."""
    if os.environ.get("LANDWARD_PASSPHRASE") is None:
        return refused
    return phrase(
        "{refused}. LANDWARD_PASSPHRASE is set in your environment and answered; unset it to be "
        "asked",
        refused=refused,
    )


def _too_many(error: UnusedCliTokensError) -> str:
    """What was written after the command has taken all it knows."""
    words = ", ".join(f"“{word}”" for word in error.unused_tokens or ())
    return phrase(
        "this command does not know what to do with {words}; --help shows what it takes",
        words=words,
    )


def _unexpected(error: Exception) -> str:
    """Where it broke and what kind of break, without a word of anybody's data."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return phrase(
        "something broke inside Landward ({kind} at {where}). This is our mistake, not "
        "yours. LANDWARD_TRACEBACK=1 shows more",
        kind=type(error).__name__,
        where=where,
    )


def _complain(text: str, code: int) -> int:
    # It loads what most errors have loaded by then.
    from landward.cli.terminal import harmless, words

    line = harmless(" ".join(words(text).split()))
    print(f"landward: {line}", file=sys.stderr)
    return code
