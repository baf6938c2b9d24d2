"""`landward log`, `dose`, `undo`: writing in the diary."""

import math
import sys
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landward.app.library.known_words import KNOWN
from landward.app.write.day import write_day
from landward.app.write.day_words import DayWords
from landward.app.write.log_dose import log_dose
from landward.app.write.undo import undo as undo_last
from landward.cli.ask import amount_confirmed, drug_from_person
from landward.cli.terminal import (
    VaultPath,
    harmless,
    known_passphrase,
    moment,
    open_vault,
    say,
    tell,
)
from landward.model.amounts import as_decimal, exact_text, read_mg
from landward.model.base import BadInput
from landward.model.item_ids import item_asked, names_something, says_itself
from landward.model.questions import SPECIAL_ANSWERS, Question, registered
from landward.model.said import phrase
from landward.report.entry_words import entry_words

MOST_SAID = 6
"""As many entries as an undo says in full; an import has hundreds."""


def log(
    *,
    vault: VaultPath,
    day: Annotated[
        float | None, Parameter(help="How hard the day was: 0 no trouble, 10 worst.")
    ] = None,
    symptom: Annotated[
        tuple[str, ...], Parameter(help="NAME=0-4, none to extreme. Repeatable.")
    ] = (),
    feeling: Annotated[
        tuple[str, ...], Parameter(help="pleasant=0-4 or painful=0-4: how far it reached me.")
    ] = (),
    answer: Annotated[
        tuple[str, ...],
        Parameter(help="ID=ANSWER to any question of the diary: hardest_part=evening. Repeatable."),
    ] = (),
    date: Annotated[
        str | None, Parameter(help="The day it is about: 2026-03-01, or yesterday.")
    ] = None,
    note: Annotated[str, Parameter(help="A few words. They never leave the diary.")] = "",
    ask_note: Annotated[
        bool, Parameter(negative="", help="Type the note instead: a command can be seen by others.")
    ] = False,
    unwell: Annotated[
        bool, Parameter(negative="", help="Too unwell to log. That is an answer.")
    ] = False,
) -> None:
    """Write down how a day was. Needs no passphrase: without one the entry is sealed.

    Examples:

      landward log --vault my.vault --day 6
      landward log --vault my.vault --day 7 --symptom insomnia=3 --symptom tinnitus=1
      landward log --vault my.vault --day 7 --answer hardest_part=evening
      landward log --vault my.vault --answer pleasant=no_occasion
      landward log --vault my.vault --day 5 --date yesterday
      landward log --vault my.vault --day 6 --ask-note
      landward log --vault my.vault --unwell
    """  # fmt: skip
    if ask_note and note:
        raise BadInput(phrase("--note and --ask-note are two ways to say one note; choose one"))
    answers: dict[str, float] = {}
    if day is not None:
        if not math.isfinite(day):
            raise BadInput(phrase("--day is a number from 0 to 10, not {day}", day=day))
        answers["day"] = day
    called: dict[str, str] = {}
    for text in (*symptom, *feeling):
        name, value = _named_number(text)
        if answers.get(name, value) != value:
            raise BadInput(
                phrase("“{text}” and another answer are about the same thing; say one", text=text)
            )
        answers[name] = value
        if not says_itself(name, typed := text.partition("=")[0]):
            called[name] = typed.strip()[:200]
    said = answers_said(answer)
    words = DayWords(
        answers={**answers, **said.answers},
        choices=said.choices,
        words=called,
        no_occasion=said.no_occasion,
        too_much=said.too_much,
        note=_typed(vault) if ask_note else note,
        mode="unwell" if unwell else "answered",
    )
    if not words.says_something:
        raise BadInput(
            phrase(
                "there is nothing to log yet: say --day 0-10, --symptom NAME=0-4, --note, or "
                "--unwell"
            )
        )
    entry, *_ = write_day(vault, known_passphrase(), words, date, moment(vault))
    tell(phrase("Saved for {date}. You can close this.", date=entry.date.isoformat()))


def _typed(vault: Path) -> str:
    """What is typed or piped: every program of this machine can see the words of a command.

    What would refuse to keep it is said before it is typed, so that no words are lost.
    """
    from landward.app.keep.vault import believed_header

    if known_passphrase() is None:
        believed_header(vault)
    else:
        open_vault(vault).lock()
    if sys.stdin.isatty():
        say(phrase("Your note, then Enter and Ctrl-D:"))
    return sys.stdin.read().strip()


def answers_said(answers: Iterable[str]) -> DayWords:
    """Answers by the id of their question, as words of a day. Raises BadInput."""
    numbers: dict[str, float] = {}
    choices: dict[str, str] = {}
    special: dict[str, list[str]] = {word: [] for word in SPECIAL_ANSWERS}
    for text in answers:
        item, _, said = (part.strip() for part in text.partition("="))
        asked = registered(item)
        if asked.asked == "weekly":
            raise BadInput(
                phrase(
                    "“{item}” is asked once a week, on the page “This week’s feelings”", item=item
                )
            )
        if asked.scale is None:
            choices[item] = asked.word(said)
        elif asked.special and said in special:
            special[said].append(item)
        else:
            numbers[item] = _number_for(asked, said)
    return DayWords(
        answers=numbers,
        choices=choices,
        no_occasion=tuple(special["no_occasion"]),
        too_much=tuple(special["too_much"]),
    )


def _number_for(asked: Question, said: str) -> float:
    if said in asked.answers:
        return float(asked.answers.index(said))
    try:
        return float(said.replace(",", "."))
    except ValueError:
        raise BadInput(
            phrase(
                "“{id}” runs from {fits}, not “{said}”",
                id=asked.id,
                fits=asked.fits,
                said=said[:40],
            )
        ) from None


def _named_number(text: str) -> tuple[str, float]:
    name, found, value = text.partition("=")
    try:
        if not found or not names_something(name) or not math.isfinite(float(value)):
            raise ValueError
        return item_asked(name), float(value)
    except ValueError:
        raise BadInput(
            phrase("“{text}” is not NAME=NUMBER, such as insomnia=3", text=text)
        ) from None


def dose(
    *,
    vault: VaultPath,
    drug: Annotated[str, Parameter(help="What you took, for example diazepam.")],
    dose: Annotated[
        str, Parameter(help="How much: 2.5, “½ tablet of 5 mg”, “2.5 mL of 0.4 mg/mL”.")
    ],
    at: Annotated[
        str | None, Parameter(help="When, if not now: 21:30 or 2026-03-01T21:30.")
    ] = None,
    date: Annotated[
        str | None, Parameter(help="The day, if not today: 2026-03-01, or yesterday.")
    ] = None,
    yes: Annotated[
        bool, Parameter(negative="", help="The amount is right, however far above the plan.")
    ] = False,
) -> None:
    """Write down a dose you took. Needs no passphrase.

    An amount well above what is planned or prescribed is asked about once.

    Examples:

      landward dose --vault my.vault --drug diazepam --dose 2.5 --at 21:30
      landward dose --vault my.vault --drug diazepam --dose 2.5 --date yesterday
      landward dose --vault my.vault --drug Valium --dose "half a 5 mg tablet"
    """  # fmt: skip
    meant = drug_from_person(drug)
    amount = as_decimal(read_mg(dose))
    entry = log_dose(
        vault, known_passphrase(), meant, amount, moment(vault),
        at=at, date=date, confirm=amount_confirmed(yes),
    )  # fmt: skip
    words = harmless(f"{meant.words} {exact_text(Fraction(amount))} mg")
    tell(
        phrase(
            "Saved {words} for {date}. You can close this.",
            words=words,
            date=entry.date.isoformat(),
        )
    )


def undo(*, vault: VaultPath) -> None:
    """Take back the last thing that was written. Nothing is lost: the journal keeps both.

    Example:

      landward undo --vault my.vault
    """
    with open_vault(vault) as journal:
        undone = undo_last(journal, moment(vault)).entries
    kinds = ", ".join(sorted({entry.kind.replace("_", "-") for entry in undone}))
    days = sorted({entry.date.isoformat() for entry in undone})
    about = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    count = "1 entry" if len(undone) == 1 else f"{len(undone)} entries"
    said = ""
    if len(undone) <= MOST_SAID:
        said = ": " + "; ".join(entry_words(KNOWN.read(entry)) for entry in undone)
    tell(
        phrase(
            "Took back {count} ({kinds}) about {about}{said}.",
            count=count,
            kinds=kinds,
            about=about,
            said=said,
        )
    )
