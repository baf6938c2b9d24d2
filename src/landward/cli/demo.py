"""`landward demo`: look around with a published diary, from import to the doctor's page."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landward.cli.terminal import catalogue, console, moment, progress, reading_diary
from landward.model.said import phrase


def demo(
    *,
    once: Annotated[bool, Parameter(negative="", help="End after the report is written.")] = False,
    folder: Annotated[Path, Parameter(help="Where the demo vault and report go.")] = Path("demo"),
    examples: Annotated[
        Path | None,
        Parameter(help="Where the published diaries are, if not Landward's own."),
    ] = None,
) -> None:
    """Look around with a published diary: its windows and waves, and the page for a doctor.

    Asks nothing and changes nothing of yours. Without --once it then opens the app.

    Example:

      landward demo --once
    """
    from landward.app.keep.write_file import write_file
    from landward.app.read.waves import read_waves
    from landward.app.share import demo as show_demo
    from landward.app.share.examples import examples_folder
    from landward.app.share.report import make_report, report_context
    from landward.cli.waves import show

    screen, now = console(), moment()
    screen.print("\n" + show_demo.WHOSE + "\n")
    with progress(phrase("Making the demo vault")):
        made = show_demo.build_demo(examples or examples_folder(), folder, now)
    for remark in made.remarks:
        screen.print(remark, style="dim")
    screen.print(
        phrase(
            "Its encrypted vault is {vault} (passphrase: {passphrase}).",
            vault=made.vault,
            passphrase=show_demo.PASSPHRASE,
        )
    )
    diary = show_demo.read_demo(made.vault, now)
    with reading_diary():
        waves = read_waves(diary)
    show(waves, screen)
    report = folder / "report.pdf"
    with progress(phrase("Writing the page for the doctor")):
        write_file(
            report, make_report(report_context(diary), today=now.today(), catalogue=catalogue())
        )
    screen.print(phrase("The page for a doctor is {report}.", report=report) + "\n")
    if not once:
        from landward.cli.open import serve_demo

        serve_demo(folder)
