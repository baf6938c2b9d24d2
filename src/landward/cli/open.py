"""`landward open`: the app, for this machine only."""

import tempfile
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from platformdirs import user_data_path

_CHECKOUT = Path(__file__).parents[3]


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
) -> None:
    """Open the app in your browser. Only this machine can reach it; Ctrl-C closes it.

    The diary is encrypted and opens locked. Writing needs no passphrase, reading does.

    Examples:

      landward open
      landward open --vault my.vault --no-browser
    """
    from landward.web.server import serve

    if vault is not None:
        serve(vault, port=port, browser=browser)
        return
    with tempfile.TemporaryDirectory(prefix="landward-") as folder:
        serve(
            own_diary(),
            port=port,
            browser=browser,
            demonstrations=Path(folder),
            examples=_examples(),
        )


def own_diary() -> Path:
    """Where a diary lies if nothing else was said."""
    return user_data_path("landward") / "mine.vault"


def serve_demo(folder: Path, *, browser: bool = False, port: int | None = None) -> None:
    """The app with its three doors; demonstration vaults live in a folder that goes afterwards."""
    from landward.web.server import serve

    del folder  # the demo's report stays there; the doors make vaults of their own
    with tempfile.TemporaryDirectory(prefix="landward-") as own:
        serve(
            own_diary(), port=port, browser=browser, demonstrations=Path(own), examples=_examples()
        )


def _examples() -> Path | None:
    folder = _CHECKOUT / "examples"
    return folder if folder.is_dir() else None
