"""`landward relay serve`: run a relay until it is told to stop."""

import ipaddress
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landward.cli.relay import Data, in_words, made
from landward.cli.terminal import say, words
from landward.model.errors import BadInput
from landward.model.said import phrase

MOST_PAGES = 200
MOST_PAGE_BYTES = 20_000_000


def serve(
    *,
    data: Data,
    port: Annotated[int, Parameter(help="The port it listens on; 0 takes a free one.")] = 8550,
    host: Annotated[
        str, Parameter(help="The address it listens on; 0.0.0.0 for every one of this machine.")
    ] = "127.0.0.1",
    cert: Annotated[
        Path | None, Parameter(help="A certificate chain (PEM), if it speaks TLS itself.")
    ] = None,
    key: Annotated[Path | None, Parameter(help="The key of the certificate (PEM).")] = None,
    proxy: Annotated[
        str,
        Parameter(
            help="The address of a proxy that speaks TLS in front. Only its word about who asks "
            "is taken, for the rate limits."
        ),
    ] = "",
    keep_days: Annotated[
        int,
        Parameter(
            help="Remove what lies under an invitation if nothing was written for so many days; "
            "0 keeps it."
        ),
    ] = 0,
    phone: Annotated[
        Path | None, Parameter(help="A folder with the phone's page, in place of Landward's own.")
    ] = None,
) -> None:
    """Run a relay: it keeps sealed bytes for people's devices, and cannot read them.

    The folder is made if it is not there. It needs TLS: its own certificate, or a proxy in front;
    without either it listens to this machine alone. It keeps no names, no addresses and no times,
    and its log has none. SIGTERM or Ctrl-C stops it when what was begun is on the disk.

    Examples:

      landward relay serve --data relay --host 0.0.0.0 --cert chain.pem --key key.pem
      landward relay serve --data relay --proxy 127.0.0.1
      landward relay serve --data relay --port 8551 --keep-days 730
    """
    from landward.app.phone.relay_page import phone_files
    from landward.relay.serve import CannotListen, How, NoCertificate
    from landward.relay.serve import serve as run

    certificate = _certificate(cert, key)
    if not (certificate or proxy or _is_here(host)):
        raise BadInput(
            phrase(
                "{host} reaches other machines: give --cert and --key, or --proxy if one in front "
                "speaks TLS; nothing was started",
                host=host,
            )
        )
    if keep_days and keep_days < 30:
        raise BadInput(phrase("--keep-days is 0 or at least 30; nothing was started"))
    pages = _pages(phone) if phone else phone_files()
    scheme = "https" if certificate else "http"

    def begun(number: int) -> None:
        where = f"[{host}]" if ":" in host else host
        said = phrase(
            "A relay listens at {scheme}://{host}:{port}. It keeps sealed bytes and cannot read "
            "them.",
            scheme=scheme,
            host=where,
            port=number,
        )
        print(words(said), flush=True)

    with in_words(data):
        made(data)
        try:
            run(data, How(host, port, certificate, proxy, keep_days, pages), begun)
        except CannotListen:
            raise BadInput(
                phrase(
                    "{host}, port {port} cannot be used here; --port chooses another",
                    host=host,
                    port=port,
                )
            ) from None
        except NoCertificate:
            raise BadInput(
                phrase(
                    "the certificate and its key cannot be read, or do not fit each other; nothing "
                    "was started"
                )
            ) from None
    say(phrase("The relay has stopped; all it confirmed is on the disk."))


def _certificate(cert: Path | None, key: Path | None) -> tuple[Path, Path] | None:
    if cert is None and key is None:
        return None
    if cert is None or key is None:
        raise BadInput(phrase("--cert and --key go together; nothing was started"))
    return cert, key


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _pages(folder: Path) -> dict[str, bytes]:
    """The files of a phone's page by their names, read once."""
    if not (folder / "index.html").is_file():
        raise BadInput(phrase("{folder} has no index.html; nothing was started", folder=folder))
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    if len(files) > MOST_PAGES or sum(path.stat().st_size for path in files) > MOST_PAGE_BYTES:
        raise BadInput(
            phrase("{folder} is too large for a phone's page; nothing was started", folder=folder)
        )
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
