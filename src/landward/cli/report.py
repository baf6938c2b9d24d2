"""`landward report`: the one page for a prescriber."""

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from landward.app.diary.whole import whole_diary
from landward.cli.terminal import (
    VaultPath,
    catalogue,
    moment,
    open_vault,
    reading_diary,
    say,
    seen_today,
    tell,
)
from landward.model.base import BadInput
from landward.model.said import joined, phrase
from landward.report.appendices.all_parts import PARTS, USUAL
from landward.report.blocks.all_blocks import CHOSEN

BLOCKS = ", ".join(block.name for block in CHOSEN)


def report(
    *,
    vault: VaultPath,
    output: Annotated[
        Path | None,
        Parameter(name=("-o", "--output"), help="The PDF (or .html) to write."),
    ] = None,
    password: Annotated[
        bool, Parameter(negative="", help="Lock the PDF with a generated passcode, shown once.")
    ] = False,
    text: Annotated[
        bool,
        Parameter(negative="", help="Print page one as six lines of plain text, for a record."),
    ] = False,
    first: Annotated[dt.date | None, Parameter(name="--from", help="First day shown.")] = None,
    last: Annotated[
        dt.date | None,
        Parameter(name="--until", help="Last day shown; the last entry if not given."),
    ] = None,
    reader: Annotated[
        str, Parameter(name="--for", help="Who it is for. The diary then notes that it was made.")
    ] = "",
    request: Annotated[
        str | None, Parameter(help="What you ask for, in your own words; 25 at most are printed.")
    ] = None,
    item: Annotated[
        str | None, Parameter(help="The answers to chart, such as anxiety. Else the whole day.")
    ] = None,
    paper: Annotated[Literal["a4", "letter"], Parameter(help="a4 or letter.")] = "a4",
    appendix: Annotated[
        bool,
        Parameter(negative="", help="Add all pages behind the first but the person's own words."),
    ] = False,
    add: Annotated[
        list[str] | None,
        Parameter(
            help=f"Add one page behind the first, repeatable: {', '.join(PARTS)}.", negative=""
        ),
    ] = None,
    windows_and_waves: Annotated[
        bool,
        Parameter(negative="", help="Draw windows and waves as this program reads them, marked."),
    ] = False,
    own_words: Annotated[
        bool,
        Parameter(
            negative="--no-own-words",
            help="Earlier attempts, in the words they were written in.",
        ),
    ] = True,
    without: Annotated[
        list[str] | None,
        Parameter(
            help=f"Leave a part out, repeatable: {BLOCKS}; or one feeling: feelings:love.",
            negative="",
        ),
    ] = None,
    share_suicidal_thoughts: Annotated[
        bool, Parameter(negative="", help="Put recorded thoughts of suicide on the page too.")
    ] = False,
) -> None:
    """Make the page about the diary for a prescriber: six answers first, twelve weeks, gaps shown.

    What does not fit on page one stands on page two. Nothing leaves this machine. The PDF is not
    encrypted: keep it as you keep a letter; a file that ends in .html is sealed with a passcode.
    Safety facts, empty parts and “Do not stop suddenly” are on every page.

    Examples:

      landward report --vault my.vault -o report.pdf
      landward report --vault my.vault -o report.pdf --until 2026-03-31 --for "Dr B"
      landward report --vault my.vault -o report.pdf --without feelings
      landward report --vault my.vault -o report.pdf --add calendar --add methods
      landward report --vault my.vault -o report.html --for "Dr B"     sealed with a passcode
      landward report --vault my.vault -o report.pdf --password     a PDF locked with a passcode
      landward report --vault my.vault --text
    """
    from landward.app.keep.write_file import write_file
    from landward.app.share.locked_pdf import locked_report
    from landward.app.share.report import make_report, note_shared, report_context
    from landward.app.share.sealed_file import new_passcode, sealed_report
    from landward.report.six_lines import six_lines

    if output is None and not text:
        raise BadInput(
            phrase("name the PDF to write with -o FILE, or ask for the six lines with --text")
        )
    now, passcode = moment(vault), new_passcode()
    sealed = output is not None and output.suffix.lower() == ".html"
    with open_vault(vault) as journal:
        diary = seen_today(whole_diary(journal.entries(), now.today()))
        with reading_diary(phrase("Setting the page")):
            context = report_context(
                diary,
                item=item,
                first_day=first,
                last_day=last,
                reader=reader,
                request=request,
                share_suicidal_thoughts=share_suicidal_thoughts,
                without=without or (),
                appendices=(*(USUAL if appendix else ()), *(add or ())),
                with_spells=windows_and_waves,
                own_words=own_words,
            )
            if output is not None:
                made = (
                    sealed_report(
                        tuple(journal.entries()), context, now, passcode,
                        paper=paper, share_suicidal_thoughts=share_suicidal_thoughts,
                        own_words=own_words,
                    )
                    if sealed
                    else locked_report(context, passcode, today=now.today(), paper=paper)
                    if password
                    else make_report(
                        context, today=now.today(), paper=paper, catalogue=catalogue()
                    )
                )  # fmt: skip
                write_file(output, made)
        if reader:
            what = "sealed report" if sealed else "locked report" if password else "report"
            note_shared(journal, what, reader, now)
    if text:
        tell(joined("\n", six_lines(context)))
    if output is None:
        return
    said = phrase(
        "Wrote {output}. It is not encrypted: keep it as you keep a letter.", output=output
    )
    if password and not sealed:
        said = phrase(
            "Wrote {output}. It opens with this passcode: {passcode}\nIt is shown this once. Give "
            "it by another way than the file; copies may be kept and seen by others.",
            output=output,
            passcode=passcode.text,
        )
    if sealed:
        said = phrase(
            "Wrote {output}. It opens in any browser, without a network, with this passcode: "
            "{passcode}\nIt is shown this once. Give it by another way than the file; copies may "
            "be kept and seen by others.",
            output=output,
            passcode=passcode.text,
        )
    (say if text else tell)(said)
