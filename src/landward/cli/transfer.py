"""`landward import` and `landward export`."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landward.app.phone.collect import is_parcel, parcel_in
from landward.app.transfer import import_diary
from landward.app.transfer.export import export_diary
from landward.app.transfer.foreign import (
    format_words,
    formats,
    read_foreign,
    read_foreign_csv,
    read_foreign_export,
    recognised,
)
from landward.cli.pocket import collect
from landward.cli.preview import large_lines, reading_json, rows_line, show_entries, show_reading
from landward.cli.terminal import AsJson, VaultPath, moment, open_vault, progress, say, tell
from landward.model.base import BadInput
from landward.model.moment import Moment
from landward.model.proposals import FileReading
from landward.model.said import counted, phrase


def import_(
    file: Path,
    /,
    *,
    vault: VaultPath,
    format: Annotated[  # noqa: A002 - the option is called --format
        str,
        Parameter(help=f"auto, landward, csv, {', '.join(formats())}."),
    ] = "auto",
    map: Annotated[  # noqa: A002 - the option is called --map
        Path | None, Parameter(help="A TOML file that tells how to read a CSV.")
    ] = None,
    dry_run: Annotated[
        bool, Parameter(negative="", help="Show what it would add; write nothing.")
    ] = False,
    answer: Annotated[
        tuple[str, ...],
        Parameter(
            negative="",
            help="Answer what a file does not say: “dates=day first”. Repeatable.",
        ),
    ] = (),
    leave_out: Annotated[
        bool, Parameter(negative="", help="Bring in the other lines where some are refused.")
    ] = False,
    corrections: Annotated[
        bool,
        Parameter(
            negative="", help="Let changed lines of the file take the place of earlier ones."
        ),
    ] = False,
    as_json: AsJson = False,
    every_line: Annotated[
        bool, Parameter(negative="", help="With --dry-run: all entries, not just some.")
    ] = False,
) -> None:
    """Bring in a diary from a file: all of it or nothing. Importing twice adds nothing.

    Examples:

      landward import my.csv --vault my.vault --map examples/maps/jang.toml --dry-run
      landward import export/entries.jsonl --vault new.vault
      landward import daylio_export.csv --vault my.vault --dry-run
      landward import export.zip --vault my.vault --format apple-health
      landward import waiting.landward --vault my.vault
      landward import old.csv --vault my.vault --map my.toml --answer "dates=day first"
    """  # fmt: skip
    if not file.exists():
        raise BadInput(phrase("there is no file {file}", file=file))
    if format == "auto" and is_parcel(file):
        _import_from_phone(file, vault, dry_run)
        return
    kind = _format(file, format, map)
    if kind == "landward":
        _import_landward(file, vault, dry_run, every_line)
        return
    with progress(phrase("Reading the file")) as percent:
        said = _answers(answer)
        reading = _read(file, kind, map, answers=said, now=moment(vault), percent=percent)
    for remark in reading.remarks:
        say(remark)
    if as_json:
        tell(reading_json(reading, kind))
    if dry_run:
        if not as_json:
            show_reading(reading, vault, every_line=every_line, leave_out=leave_out)
        return
    import_diary.refuse_if_wrong(reading, leave_out=leave_out)
    with open_vault(vault) as journal, progress(phrase("Saving")):
        result = import_diary.import_reading(
            journal, reading, moment(vault), leave_out=leave_out, correct=corrections
        )
    if not as_json:
        _report(result)
        tell(rows_line(reading))


def _answers(said: tuple[str, ...]) -> dict[str, str]:
    """Answers by question. Raises BadInput for one without “=”."""
    found = {}
    for one in said:
        question, sign, words = one.partition("=")
        if not sign or not question.strip():
            raise BadInput(phrase("--answer “{one}”: write it as QUESTION=ANSWER", one=one[:60]))
        found[question.strip()] = words.strip()
    return found


def _import_from_phone(file: Path, vault: Path, dry_run: bool) -> None:
    if dry_run:
        held = len(parcel_in(file).entries)
        tell(
            counted(
                held,
                "{count} sealed entry from a phone; only the unlocked diary can read it.",
                "{count} sealed entries from a phone; only the unlocked diary can read them.",
            )
        )
        return
    collect(file, vault=vault)


def _format(file: Path, named: str, map_path: Path | None) -> str:
    if named == "auto":
        if map_path is not None:
            return "csv"
        return "landward" if file.suffix.lower() == ".jsonl" else recognised(file) or "csv"
    known = ("landward", "csv", *formats())
    if named not in known:
        raise BadInput(
            phrase(
                "“{named}” is not a format; there are auto, {known}",
                named=named,
                known=", ".join(known),
            )
        )
    return named


def _read(
    file: Path,
    kind: str,
    map_path: Path | None,
    *,
    answers: dict[str, str],
    now: Moment,
    percent: Callable[[int], None],
) -> FileReading:
    around = import_diary.circumstances(now, answers)
    if kind != "csv":
        say(phrase("Reading this as {kind}.", kind=kind))
        return read_foreign(file, kind, around, percent)
    if map_path is None:
        programs = ", ".join(words.split(":")[0] for words in format_words().values())
        raise BadInput(
            phrase(
                "a CSV needs --map FILE.toml; see examples/maps/ for two that work. Without a map "
                "these are read: {programs}",
                programs=programs,
            )
        )
    return read_foreign_csv(file, map_path, around, percent)


def _import_landward(file: Path, vault: Path, dry_run: bool, every_line: bool) -> None:
    with progress(phrase("Reading the file")):
        entries = read_foreign_export(file)
    if dry_run:
        show_entries(entries, vault, every_line)
        return
    with open_vault(vault) as journal, progress(phrase("Saving")):
        result = import_diary.import_entries(journal, entries)
    _report(result)


def _report(result: import_diary.ImportResult) -> None:
    tell(
        counted(
            result.added,
            "Added {count} entry, {first_day} to {last_day}.",
            "Added {count} entries, {first_day} to {last_day}.",
            first_day=result.first_day,
            last_day=result.last_day,
        )
    )
    for line in large_lines(result.large):
        tell(line)
    if result.already:
        tell(phrase("{already} were there already.", already=result.already))
    if result.corrected:
        tell(phrase("{corrected} were put right as the file says now.", corrected=result.corrected))
    if result.changed_at_source:
        tell(
            phrase(
                "{changed_at_source} are there with other content than the file has now; they were "
                "left as they are. --corrections puts them right; --dry-run shows them.",
                changed_at_source=result.changed_at_source,
            )
        )


def export(folder: Path, /, *, vault: VaultPath) -> None:
    """Write everything out: entries.jsonl (lossless) and one CSV per kind of entry.

    The files are readable by anyone who gets them: they are not encrypted.

    Example:

      landward export my-export --vault my.vault
    """
    with open_vault(vault) as journal, progress(phrase("Writing")):
        files = export_diary(journal, folder)
    for path in files:
        tell(path)
    say(phrase("These files are not encrypted. Anyone who gets them can read your diary."))
