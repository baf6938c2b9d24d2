"""`landward letter`: a letter to a prescriber, or a card to take along."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter, validators

from landward.app.diary.whole import whole_diary
from landward.cli.terminal import (
    VaultPath,
    catalogue,
    moment,
    open_vault,
    progress,
    seen_today,
    tell,
)
from landward.model.said import phrase
from landward.report.letter_kinds import KINDS, TAPER


def letter(
    *,
    vault: VaultPath,
    output: Annotated[Path, Parameter(name=("-o", "--output"), help="The PDF to write.")],
    reader: Annotated[
        str, Parameter(name="--for", help="Who it is to. The diary then notes that it was made.")
    ] = "",
    kind: Annotated[str, Parameter(help=f"Which: {', '.join(KINDS)}.")] = TAPER.name,
    review_weeks: Annotated[
        int | None,
        Parameter(
            validator=validators.Number(gte=1, lte=52), help="How often you would like to meet."
        ),
    ] = None,
    paper: Annotated[Literal["a4", "letter"], Parameter(help="a4 or letter.")] = "a4",
) -> None:
    """Write a letter or a card: to ask for a slow reduction, to hold, for a hospital, a pharmacy.

    What the diary does not know stays a line for a pen. Read it before you send it.
    Do not stop suddenly: stopping suddenly can cause seizures and can kill.

    Examples:

      landward letter --vault my.vault -o letter.pdf --for "Dr Lind" --review-weeks 3
      landward letter --vault my.vault -o card.pdf --kind hospital
    """
    from landward.app.keep.write_file import write_file
    from landward.app.share.letter import make_letter
    from landward.app.share.report import for_reader, note_shared

    now = moment(vault)
    with open_vault(vault) as journal:
        diary = seen_today(whole_diary(journal.entries(), now.today()))
        with progress(phrase("Setting the letter")):
            page = make_letter(
                diary,
                today=now.today(),
                prescriber=reader,
                review_weeks=review_weeks,
                seen=for_reader(diary, reader, None) if reader else None,
                paper=paper,
                kind=kind,
                catalogue=catalogue(),
            )
        write_file(output, page)
        if reader:
            note_shared(journal, f"letter: {kind}", reader, now)
    tell(phrase("Wrote {output}. Read it before you send it.", output=output))
