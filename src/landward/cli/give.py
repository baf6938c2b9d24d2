"""`landward give`: one person's own rows for a named study, read before they are written."""

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landward.cli.terminal import AsJson, VaultPath, moment, open_vault, print_json, say
from landward.model.said import phrase


def give(
    study: Path,
    *,
    vault: VaultPath,
    output: Annotated[Path, Parameter(name=("-o", "--output"), help="The file to write.")],
    yes: Annotated[
        bool, Parameter(negative="", help="Agree to the text of the consent and write the file.")
    ] = False,
    withdraw: Annotated[
        bool, Parameter(negative="", help="Write the signed paper that takes a gift back.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Give your own days to one study: numbers and codes, never a word you wrote, never a date.

    First the study's consent is shown, then every single row. Without --yes you are asked. Nothing
    is sent: you hand the file over yourself, and can take it back with --withdraw.

    Examples:

      landward give study.toml --vault my.vault -o for-the-study.json
      landward give study.toml --vault my.vault -o take-back.json --withdraw
    """
    from landward.app.keep.write_file import write_file
    from landward.app.share.cohort_run import read_study
    from landward.app.share.give import make_gift, make_withdrawal, preview_gift, to_file
    from landward.app.share.report import note_shared

    asked = read_study(study)
    now = moment(vault)
    with open_vault(vault) as journal:
        if withdraw:
            write_file(output, to_file(make_withdrawal(journal, asked)))
            note_shared(
                journal, phrase("Taken back from the study {id}", id=asked.id), asked.id, now
            )
            say(
                phrase(
                    "Wrote {output}. Hand it to the study: your rows are then left out.",
                    output=output,
                )
            )
            return
        rows = preview_gift(journal, asked, now.today())
        say(f"{asked.title}\n\n{asked.consent_text}")
        say(phrase("(version {version})", version=asked.consent_version) + "\n")
        if json:
            print_json(rows.model_dump(mode="json"))
        else:
            sys.stdout.write("\n".join(rows.lines()) + "\n")
        if not yes and not _agreed():
            say(phrase("Nothing was written."))
            return
        write_file(output, to_file(make_gift(journal, asked, rows)))
        note_shared(journal, phrase("Days for the study {id}", id=asked.id), asked.id, now)
    say(
        phrase(
            "Wrote {output}. Nothing was sent. It can be taken back: see --withdraw.", output=output
        )
    )


def _agreed() -> bool:
    """Whether the person at the terminal says yes. Where nobody can be asked: no."""
    if not sys.stdin.isatty():
        say(phrase("Nobody can be asked here; --yes agrees to the text and the rows above."))
        return False
    say(phrase("Do you agree to this text, and shall these rows be written? (yes/no)"))
    return sys.stdin.readline().strip().casefold() == "yes"
