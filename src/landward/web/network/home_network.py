"""This computer's place on the home network, and how the app is served there: never without TLS."""

import datetime as dt
import re
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.types import ASGIApp

from landward.model.base import BadInput
from landward.model.said import phrase
from landward.web.network.authority import (
    Address,
    Authority,
    home_address,
    open_authority,
    server_files,
)

if TYPE_CHECKING:
    import uvicorn

PORT = 8443


@dataclass(frozen=True, slots=True)
class Home:
    """Where on the home network the app is, and by whose certificate."""

    address: Address
    port: int
    names: tuple[str, ...]
    folder: Path
    authority: Authority

    @property
    def origins(self) -> tuple[str, ...]:
        """The host names, with port, that a phone may ask for: the address first."""
        literal = f"[{self.address}]" if self.address.version == 6 else str(self.address)
        hosts = (literal, *self.names)
        bare = hosts if self.port == 443 else ()  # browsers leave the usual port out
        return tuple(f"{host}:{self.port}" for host in hosts) + bare

    @property
    def url(self) -> str:
        """The address to open on the phone."""
        return f"https://{self.origins[0]}/pocket/"


def open_home(
    folder: Path, now: dt.datetime, *, address: str | None = None, port: int = PORT
) -> Home:
    """Find this computer's place on the home network and the authority kept in `folder`.

    Raises BadInput where there is no private address to serve on.
    """
    place = home_address(address) if address else own_address()
    name = socket.gethostname().split(".")[0].lower()
    plain = re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", name) and name != "localhost"
    names = (f"{name}.local",) if plain else ()
    return Home(place, port, names, folder, open_authority(folder, now))


def own_address() -> Address:
    """The private address this computer would answer from. Nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # documentation addresses: choosing a route only
            found = probe.getsockname()[0]
        except OSError:
            raise BadInput(
                phrase(
                    "this computer is on no network; connect it, or give its address: --lan-address"
                )
            ) from None
    try:
        return home_address(found)
    except BadInput as error:
        raise BadInput(
            phrase(
                "{error}. If this computer has a second address at home, name it: --lan-address",
                error=error,
            )
        ) from None


def serving(app: ASGIApp, home: Home, now: dt.datetime) -> "uvicorn.Config":
    """How to serve it: this address, this port, TLS 1.2 or later. There is no way without TLS."""
    import ssl

    from landward.web.http.listening import listener

    chain, key = server_files(home.folder, home.authority, (home.address,), home.names, now)
    config = listener(
        app,
        host=str(home.address),
        port=home.port,
        certificate=(chain, key),
        lifespan="off",
        keep_alive_s=10,
    )
    config.load()
    assert config.ssl is not None
    config.ssl.minimum_version = ssl.TLSVersion.TLSv1_2
    return config


def refuse_taken_port(home: Home) -> None:
    """Raises BadInput if another program answers at this place already."""
    family = socket.AF_INET6 if home.address.version == 6 else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((str(home.address), home.port))
        except OSError as error:
            reason = (error.strerror or "refused").lower()
            raise BadInput(
                phrase(
                    "{address} port {port} cannot be used ({reason}): close what uses it, or "
                    "choose another with --lan-port",
                    address=home.address,
                    port=home.port,
                    reason=reason,
                )
            ) from error


def code_picture(home: Home, code: str) -> str:
    """The pairing address as a QR code: an SVG with its own title, dark on light in every theme."""
    import segno

    picture = segno.make(f"{home.url}pair#{code}", error="m")
    title = phrase("The pairing address, for a phone's camera")
    return str(picture.svg_inline(scale=6, border=3, light="#ffffff", dark="#000000", title=title))


def invitation(home: Home, code: str) -> str:
    """For the computer's screen: the code as a picture and in digits, and the fingerprint."""
    import io

    import segno

    picture = io.StringIO()
    segno.make(f"{home.url}pair#{code}", error="m").terminal(picture, compact=True, border=2)
    spaced = " ".join(code[i : i + 3] for i in range(0, len(code), 3))
    return phrase(
        "{getvalue}\nOn the phone, in the same network: {url}pair\nCode: "
        "{spaced}   (ten minutes, one phone)\n\nThe first time, the phone does "
        "not know this computer: open {url}install\nand compare this fingerprint "
        "before you trust it:\n  {fingerprint}\n",
        getvalue=picture.getvalue(),
        url=home.url,
        spaced=spaced,
        fingerprint=home.authority.fingerprint,
    )
