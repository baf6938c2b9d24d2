"""`landward import --dry-run`: what a file would add, in words a person knows it by."""

import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from landward.app.transfer.import_diary import large_doses, refuse_if_wrong
from landward.app.transfer.preview import (
    InTheDiary,
    Preview,
    PreviewLine,
    compare,
    corrections_shown,
    preview_entries,
    proposed,
)
from landward.cli.secrets_in import ask_hidden
from landward.cli.terminal import harmless, known_passphrase, moment, progress, tell
from landward.model.entries import Entry
from landward.model.proposals import FileReading
from landward.model.said import phrase
from landward.report.words import count_words

ENDS_SHOWN = 5
"""Entries shown from the beginning and from the end of a longer file."""


def show_reading(
    reading: FileReading, vault: Path, *, every_line: bool, leave_out: bool = False
) -> None:
    """Questions and refused lines in full, then what would be written. Raises BadInput if any was
    refused or is to be answered.
    """
    for question in reading.questions:
        choices = f" ({'; '.join(question.choices)})" if question.choices else ""
        tell(harmless(f"   ask  {question.id}: {question.words}{choices}"))
    for refusal in reading.refusals:
        tell(harmless(f"{refusal.line:>6}  refused  {refusal.reason}"))
    refuse_if_wrong(reading, leave_out=leave_out)
    there = _there(vault)
    entries = proposed(reading, there or (), moment())
    for line in large_lines(large_doses(entries, there or ())):
        tell(line)
    shown = preview_entries(entries, (proposal.line for proposal in reading.proposals))
    _show(shown, compare(entries, there) if there is not None else None, every_line)
    for line in _old_and_new(entries, there or ()):
        tell(harmless(line))
    tell(rows_line(reading))


def _old_and_new(entries: Sequence[Entry], there: Sequence[Entry]) -> list[str]:
    """What the file says otherwise now, old → new."""
    found = corrections_shown(entries, there)
    lines = [f"  {one.day}  {one.kind}: {one.old} → {one.new}" for one in found]
    return (
        ["", phrase("Said otherwise by the file now (--corrections puts it right):"), *lines]
        if lines
        else []
    )


def rows_line(reading: FileReading) -> str:
    """Where every row of the file went."""
    return phrase(
        "Rows of the file: {lines} read, {used} used, {same} the same as another, "
        "{refused} left out.",
        lines=reading.lines,
        used=reading.used,
        same=reading.same,
        refused=reading.refused,
    )


def reading_json(reading: FileReading, kind: str) -> str:
    """A reading for programs."""
    return json.dumps(
        {
            "format": kind,
            "rows": {"read": reading.lines, "used": reading.used, "same": reading.same,
                     "refused": reading.refused},
            "decided": list(reading.remarks),
            "questions": [
                {"id": q.id, "words": q.words, "choices": list(q.choices)}
                for q in reading.questions
            ],
            "refused": [{"line": r.line, "reason": r.reason} for r in reading.refusals],
            "entries": [
                {"line": p.line, "date": p.date.isoformat(), "kind": p.kind,
                 "body": json.loads(p.body)}
                for p in reading.proposals
            ],
        },
        ensure_ascii=False,
        indent=1,
    )  # fmt: skip


def large_lines(large: Sequence[str]) -> list[str]:
    """Doses well above what was planned or prescribed: a point is easily lost in a file."""
    more = len(large) - ENDS_SHOWN
    lines = [f"Look at this: {line}" for line in large[:ENDS_SHOWN]]
    return [*lines, f"… and {more} more like it"] if more > 0 else lines


def show_entries(entries: Sequence[Entry], vault: Path, every_line: bool) -> None:
    """What a Landward export would bring."""
    there = _there(vault)
    met = compare(entries, there) if there is not None else None
    _show(preview_entries(entries), met, every_line)


def _there(vault: Path) -> tuple[Entry, ...] | None:
    """What the diary holds, if it may be opened: the passphrase is known, or given now."""
    if not vault.exists():
        return None
    typed = known_passphrase()
    if typed is None and sys.stdin.isatty():
        typed = ask_hidden(
            phrase("Passphrase, to see what is there already (Enter to go without):") + " "
        )
    if not typed:
        return None
    from landward.app.keep.vault import Vault

    with Vault.open(vault, typed, now=moment().at) as opened, progress(phrase("Comparing")):
        return opened.entries()


def _show(shown: Preview, met: InTheDiary | None, every_line: bool) -> None:
    whole = every_line or len(shown.lines) <= 2 * ENDS_SHOWN + 2
    width = max((len(count.kind) for count in shown.counts), default=0)
    tell("  " + phrase("line  day         what"))
    if whole:
        _print_lines(shown.lines, width)
    else:
        _print_lines(shown.lines[:ENDS_SHOWN], width)
        tell(
            f"{'…':>6}  "
            + phrase(
                "{count} more (--every-line shows them)", count=len(shown.lines) - 2 * ENDS_SHOWN
            )
        )
        _print_lines(shown.lines[-ENDS_SHOWN:], width)
    tell()
    for count in shown.counts:
        about = f"{count.first} to {count.last}" if count.first != count.last else f"{count.first}"
        tell(f"{count.count:>6}  {count.kind:<{width}}  {about}")
    tell()
    entries = count_words(len(shown.lines), "entry", "entries")
    tell(phrase("The file holds {entries}. Nothing was written now.", entries=entries))
    for line in _doubles(shown, met):
        tell(line)


def _print_lines(lines: Sequence[PreviewLine], width: int) -> None:
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in lines:
        text = f"{line.line:>6}  {line.day}  {line.kind:<{width}}  {line.words}".rstrip()
        tell(text if room is None or len(text) <= room else f"{text[: room - 1]}…")


def _doubles(shown: Preview, met: InTheDiary | None) -> list[str]:
    said: list[str] = []
    if shown.twice:
        said.append(
            phrase("{twice} say the same about the same day as one before them.", twice=shown.twice)
        )
    if met is None:
        return said
    if met.already:
        said.append(
            phrase(
                "{already} are in the diary already and would not be added again.",
                already=met.already,
            )
        )
    if met.other_content:
        said.append(
            phrase(
                "{other_content} are there with other content; that would stay as it is.",
                other_content=met.other_content,
            )
        )
    if met.same_day:
        said.append(
            phrase(
                "{same_day} are about a day that has such an entry already; both would be kept.",
                same_day=met.same_day,
            )
        )
    if not (met.already or met.other_content or met.same_day):
        said.append(phrase("None of it is in the diary yet."))
    return said
