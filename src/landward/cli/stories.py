"""`landward stories`: what a story names, of whom, when. Read on this machine; nothing leaves."""

import json as jsonlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from landward.cli.terminal import (
    AsJson,
    VaultPath,
    console,
    harmless,
    moment,
    open_vault,
    print_json,
    say,
    tell,
)
from landward.model.base import BadInput
from landward.model.said import phrase

if TYPE_CHECKING:
    from rich.console import Console

    from landward.model.stories import StoryReading

app = App(
    name="stories",
    help="""What a story names, of whom, when. It is read on this machine and nothing leaves it.

    Examples:

      landward stories read my-story.txt
      landward stories spans sentences.txt --json
      landward stories code stories.jsonl -o codes.parquet
      landward stories mine --vault my.vault -o my-corrections.jsonl
    """,
)

HELP_NOW = phrase(
    "There are words about dying or harm here. If that is about you, now: `landward "
    "crisis` shows whom to call; it needs no passphrase. Nothing was counted or scored."
)
_NOTHING = phrase("No symptom was found. That is about the reader, not about the writer.")


@app.command
def read(
    file: Annotated[
        str,
        Parameter(
            help="A text file, or - for what is typed or piped in.", allow_leading_hyphen=True
        ),
    ],
    *,
    json: AsJson = False,
) -> None:
    """Read one story: symptoms, of whom, when; medicines, doses, steps. English only, for now.

    What is found is a machine's reading and can be wrong. It is no diagnosis, and nothing is saved.

    Examples:

      landward stories read my-story.txt
      landward stories read - --json < my-story.txt
    """
    from landward.app.stories.read_story import read_story, read_text

    text = (
        sys.stdin.buffer.read().decode("utf-8", errors="replace")
        if file == "-"
        else read_text(Path(file))
    )
    reading = read_story(text)
    if reading.help_now:
        say(HELP_NOW)
    if json:
        print_json(as_json(reading))
    else:
        show(reading, console())


@app.command
def spans(
    file: Annotated[
        str,
        Parameter(
            help="One sentence a line, its words parted by blanks; or -.", allow_leading_hyphen=True
        ),
    ],
    *,
    json: AsJson = False,
) -> None:
    """Symptom spans of sentences: one JSON list a line, [first word, past word, kind].

    Words are counted from 0. Kind is effect or withdrawal, by the sentence alone.

    Examples:

      landward stories spans sentences.txt --json
    """
    from landward.app.stories.read_story import spans_of_lines, tokens_of

    with _lines(file) as lines:
        if json:
            for found in spans_of_lines(lines):
                sys.stdout.write(jsonlib.dumps(found) + "\n")
            return
        for line in lines:
            tokens = tokens_of(line)
            (found,) = spans_of_lines(iter([line]))
            said = [f"{' '.join(tokens[a:b])} ({kind})" for a, b, kind in found]
            tell(harmless("; ".join(said) or "–"))


@app.command
def code(
    file: Annotated[Path, Parameter(help='Stories, one JSON object a line: {"id", "text"}.')],
    *,
    out: Annotated[
        Path, Parameter(name=["-o", "--out"], help="Where to: .parquet, .csv or .jsonl.")
    ],
) -> None:
    """Code many stories for research: one row a finding, never the words, with a data card.

    A public post is not consent: code stories only of people who said yes.

    Examples:

      landward stories code stories.jsonl -o codes.parquet
    """
    from landward.app.stories.code_stories import NOT_CONSENT, code_stories

    def progress(done: int) -> None:
        if done % 100 == 0:
            say(phrase("{done} stories read", done=done))

    done = code_stories(file, out, datetime.now().astimezone(), progress)
    say(NOT_CONSENT)
    tell(
        phrase(
            "{stories} stories, {findings} findings, {other_language} not English. Written: "
            "{out} and {name}.card.md",
            stories=done.stories,
            findings=done.findings,
            other_language=done.other_language,
            out=out,
            name=out.name,
        )
    )


@app.command
def mine(
    *,
    vault: VaultPath,
    out: Annotated[Path, Parameter(name=["-o", "--out"], help="Where to: a .jsonl file.")],
    codes: Annotated[
        bool, Parameter(negative="", help="Codes alone: symptom, time, whose; never a word.")
    ] = False,
    yes: Annotated[
        bool, Parameter(negative="", help="Agree that the codes shown are written to the file.")
    ] = False,
) -> None:
    """Write out your own corrections of what was found in your stories, to give or to keep.

    They hold the words you accepted, changed or dropped. With --codes they hold none: every row is
    shown, and you are asked. Nothing is sent anywhere.

    Examples:

      landward stories mine --vault my.vault -o my-corrections.jsonl
      landward stories mine --vault my.vault --codes -o my-codes.jsonl
    """
    from landward.app.share.report import note_shared
    from landward.app.stories.own_words import codes_alone, corrections, note_texts
    from landward.model.journal import JournalIndex

    with open_vault(vault) as opened:
        index = JournalIndex()
        for entry in opened.entries():
            index.add(entry)
        rows = corrections(note_texts(index))
        if codes:
            rows = codes_alone(rows)
            for row in rows:
                tell(harmless(", ".join(row.values())))
            if not yes and not _agreed():
                say(phrase("Nothing was written."))
                return
        with out.open("w", encoding="utf-8", newline="\n") as file:
            for row in rows:
                file.write(jsonlib.dumps(row, ensure_ascii=False) + "\n")
        if codes:
            note_shared(opened, phrase("Codes of stories"), "", moment(vault))
            tell(phrase("{count} codes written to {out}", count=len(rows), out=out))
            return
    tell(phrase("{count} corrections written to {out}", count=len(rows), out=out))


def _agreed() -> bool:
    """Whether the person at the terminal says yes. Where nobody can be asked: no."""
    if not sys.stdin.isatty():
        say(phrase("Nobody can be asked here; --yes agrees to the rows above."))
        return False
    say(phrase("Shall these rows be written to a file that you may give away? (yes/no)"))
    return sys.stdin.readline().strip().casefold() == "yes"


@contextmanager
def _lines(file: str) -> Iterator[Iterator[str]]:
    """The lines of a file or stdin; only a line feed ends a line; broken letters are replaced."""
    if file == "-":
        yield (raw.decode("utf-8", errors="replace") for raw in sys.stdin.buffer)
        return
    try:
        with Path(file).open("rb") as opened:
            yield (raw.decode("utf-8", errors="replace") for raw in opened)
    except OSError as error:
        raise BadInput(
            phrase("{file} cannot be read: {why}", file=file, why=error.strerror or error)
        ) from error


def as_json(reading: "StoryReading") -> dict[str, Any]:
    """The shape of `stories read --json` (DESIGN.md §5)."""
    plain = reading.model_dump(mode="json")
    return {
        "spans": plain["findings"],
        "drugs": plain["drugs"],
        "steps": plain["steps"],
        "language": plain["language"],
        "help_now": plain["help_now"],
        "notice": plain["notice"],
    }


def show(reading: "StoryReading", screen: "Console") -> None:
    """The same for people: what was found, each with what is said of it."""
    from landward.model.stories import PHASE_WORDS

    if reading.notice:
        screen.print(reading.notice)
        return
    if not reading.findings:
        screen.print(_NOTHING)
    for one in reading.findings:
        said = [
            word
            for word, true in (
                (phrase("said not to be there"), one.negated),
                (phrase("feared or possible"), one.possible),
                (phrase("said to have ended"), one.resolved),
                (phrase("somebody else’s"), one.whose == "other"),
                (one.severity, bool(one.severity)),
            )
            if true
        ]
        screen.print(f"“{harmless(' '.join(one.text.split()))}”", style="bold", markup=False)
        perhaps = "" if one.phase_sure or one.phase == "unknown" else "perhaps "
        screen.print(f"  {one.label}; {perhaps}{PHASE_WORDS[one.phase]}", markup=False)
        if said:
            screen.print(f"  {', '.join(said)}", style="dim", markup=False)
    for drug in reading.drugs:
        amount = f", {drug.dose_mg} mg a day" if drug.dose_mg else ""
        long = f", {drug.duration_days} days" if drug.duration_days else ""
        screen.print(f"{harmless(drug.text)}: {drug.drug}{amount}{long}", markup=False)
    for step in reading.steps:
        screen.print(
            phrase(
                "A step: {before} to {after} mg",
                before=step.from_mg or phrase("not said"),
                after=step.to_mg or phrase("not said"),
            ),
            markup=False,
        )
    screen.print(
        "\n"
        + phrase("A machine’s reading: it misses things and gets things wrong. When is not why."),
        style="dim",
    )
