"""`landward fhir`: the diary in the form clinics' systems read."""

import datetime as dt
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landward.app.diary.whole import whole_diary
from landward.cli.terminal import VaultPath, moment, open_vault, progress, tell
from landward.model.said import phrase


def fhir(
    *,
    vault: VaultPath,
    output: Annotated[Path, Parameter(name=("-o", "--output"), help="The JSON file to write.")],
    first: Annotated[dt.date | None, Parameter(name="--from", help="First day sent.")] = None,
    last: Annotated[dt.date | None, Parameter(name="--until", help="Last day sent.")] = None,
    reader: Annotated[
        str, Parameter(name="--for", help="Who it is for. The diary then notes that it was made.")
    ] = "",
    link: Annotated[
        str,
        Parameter(
            help="Seal it for this https address and print the SMART Health Link that opens it. "
            "Nothing is sent: you put the file there."
        ),
    ] = "",
    share_suicidal_thoughts: Annotated[
        bool, Parameter(negative="", help="Send recorded thoughts of suicide too.")
    ] = False,
) -> None:
    """Write the diary as an HL7 FHIR R4 bundle. Notes and other free words stay in the vault.

    It holds no name, no diagnosis and no order; a plan in it is a draft. The file is not encrypted.

    Examples:

      landward fhir --vault my.vault -o bundle.json --from 2026-01-01
      landward fhir --vault my.vault -o bundle.jwe --link https://example.org/bundle.jwe
    """
    from landward.app.keep.write_file import write_file
    from landward.app.share.fhir import make_fhir
    from landward.app.share.health_link import health_link
    from landward.app.share.report import for_reader, note_shared

    now = moment(vault)
    with open_vault(vault) as journal:
        with progress(phrase("Writing the bundle")):
            diary = whole_diary(journal.entries(), now.today()) if reader else None
            seen = for_reader(diary, reader, last) if diary is not None else None
            bundle = make_fhir(
                journal.entries(),
                now,
                first_day=first,
                last_day=last,
                share_suicidal_thoughts=share_suicidal_thoughts,
                seen=seen,
            )
        sealed = health_link(bundle, link) if link else None
        write_file(output, sealed.sealed if sealed else bundle)
        if reader:
            note_shared(journal, "FHIR bundle", reader, now)
    if sealed:
        tell(
            phrase(
                "Wrote {output}, sealed. Put it at {link}; whoever has this link can read it "
                "there, and copies may be kept and seen by others:",
                output=output,
                link=link,
            )
        )
        tell(sealed.link)
        return
    tell(
        phrase("Wrote {output}. It is not encrypted: keep it as you keep a letter.", output=output)
    )
