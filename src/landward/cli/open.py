"""`landward open`: the app, for this machine only, or for paired phones at home as well."""

import os
import tempfile
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from platformdirs import user_data_path

from landward.cli.terminal import say
from landward.model.errors import BadInput
from landward.model.said import phrase


def open_(
    *,
    vault: Annotated[
        Path | None,
        Parameter(help="The folder of the diary; made by Start if it is not there yet."),
    ] = None,
    port: Annotated[
        int | None, Parameter(help="A port of this machine. Else any free one.")
    ] = None,
    browser: Annotated[bool, Parameter(help="Open the web browser as well.")] = True,
    lan: Annotated[
        bool, Parameter(negative="", help="Let paired phones in this home network in, over TLS.")
    ] = False,
    lan_address: Annotated[
        str | None, Parameter(help="This machine's private address, if it has several.")
    ] = None,
    lan_port: Annotated[int, Parameter(help="The port that phones use.")] = 8443,
    forget_phones: Annotated[
        bool, Parameter(negative="", help="With --lan: no phone is paired any more.")
    ] = False,
) -> None:
    """Open the app in your browser. Only this machine can reach it; Ctrl-C closes it.

    The diary is encrypted and opens locked. Writing needs no passphrase, reading does. With --lan
    a phone at home can pair by a code, and write and read there too.

    Examples:

      landward open
      landward open --vault my.vault --no-browser
      landward open --vault my.vault --lan
    """
    from landward.cli.together import dial
    from landward.web.http.server import serve

    # The app asks in its page; the browser it starts need not be told.
    if os.environ.pop("LANDWARD_PASSPHRASE", None) is not None:
        say(
            phrase(
                "LANDWARD_PASSPHRASE is not used here: the app asks for the passphrase in its page."
            )
        )
    if lan:
        from landward.web.network.at_home import serve_at_home

        serve_at_home(
            vault or own_diary(),
            user_data_path("landward") / "home-network",
            port=port,
            browser=browser,
            lan_address=lan_address,
            lan_port=lan_port,
            forget_phones=forget_phones,
            dial=dial,
        )
        return

    if vault is not None:
        serve(vault, port=port, browser=browser, dial=dial)
        return
    with tempfile.TemporaryDirectory(prefix="landward-") as folder:
        serve(
            own_diary(),
            port=port,
            browser=browser,
            demonstrations=Path(folder),
            examples=_examples(),
            dial=dial,
        )


def own_diary() -> Path:
    """Where a diary lies if nothing else was said."""
    return user_data_path("landward") / "mine.vault"


def serve_demo(folder: Path, *, browser: bool = False, port: int | None = None) -> None:
    """The app with its three doors; demonstration vaults live in a folder that goes afterwards."""
    from landward.web.http.server import serve

    del folder  # the demo's report stays there; the doors make vaults of their own
    with tempfile.TemporaryDirectory(prefix="landward-") as own:
        serve(
            own_diary(), port=port, browser=browser, demonstrations=Path(own), examples=_examples()
        )


def _examples() -> Path | None:
    from landward.app.share.examples import examples_folder

    try:
        return examples_folder()
    except BadInput:  # then that door is not there
        return None
