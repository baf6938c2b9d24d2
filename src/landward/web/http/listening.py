"""How every server of ours listens: one loop, no access log, no header that tells who it is."""

import logging
from pathlib import Path
from typing import Literal

import uvicorn

from landward.web.http.patience import PatientProtocol


def listener(
    app: object,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    certificate: tuple[Path, Path] | None = None,
    lifespan: Literal["on", "off"] = "on",
    keep_alive_s: int = 30,
) -> uvicorn.Config:
    """The settings of one server. No access log: addresses say which day was read.

    `certificate` is (chain file, key file); without one there is no TLS, and then `host` must be
    this machine alone.
    """
    chain, key = certificate or (None, None)
    return uvicorn.Config(
        app,  # type: ignore[arg-type]  # an ASGI app
        host=host,
        port=port,
        ssl_certfile=chain,
        ssl_keyfile=key,
        loop="asyncio",
        http=PatientProtocol,
        ws="none",
        lifespan=lifespan,
        access_log=False,
        log_level=logging.WARNING,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_keep_alive=keep_alive_s,
        timeout_graceful_shutdown=3,
    )
