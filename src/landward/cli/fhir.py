"""`landward fhir`: the diary in the form clinics' systems read."""

import datetime as dt
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landward.cli.terminal import VaultPath, moment, open_vault, progress


def fhir(
    *,
    vault: VaultPath,
    output: Annotated[Path, Parameter(name=("-o", "--output"), help="The JSON file to write.")],
    first: Annotated[dt.date | None, Parameter(name="--from", help="First day sent.")] = None,
    last: Annotated[dt.date | None, Parameter(name="--until", help="Last day sent.")] = None,
    reader: Annotated[
        str, Parameter(name="--for", help="Who it is for. The diary then notes that it was made.")
    ] = "",
    share_suicidal_thoughts: Annotated[
        bool, Parameter(negative="", help="Send recorded thoughts of suicide too.")
    ] = False,
) -> None:
    """Write the diary as an HL7 FHIR R4 bundle. Notes and other free words stay in the vault.

    It holds no name, no diagnosis and no order; a plan in it is a draft. The file is not encrypted.

    Example:

      landward fhir --vault my.vault -o bundle.json --from 2026-01-01
    """
    from landward.app.keep.write_file import write_file
    from landward.app.share.fhir import make_fhir
    from landward.app.share.report import note_shared

    now = moment(vault)
    with open_vault(vault) as journal:
        with progress("Writing the bundle"):
            bundle = make_fhir(
                journal.entries(),
                now,
                first_day=first,
                last_day=last,
                share_suicidal_thoughts=share_suicidal_thoughts,
            )
        write_file(output, bundle)
        if reader:
            note_shared(journal, "FHIR bundle", reader, now)
    print(f"Wrote {output}. It is not encrypted: keep it as you keep a letter.")
