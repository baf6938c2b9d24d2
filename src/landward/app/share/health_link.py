"""A SMART Health Link: the bundle sealed for a host somebody names, and the link that opens it.

Nothing is sent from here: the person puts the sealed file at the address themselves. The link holds
the key, so whoever has the link and the file can read it. Specification: SMART Health Links 1.0.0,
flag “U” (one encrypted file, fetched by GET), JWE with `dir` and A256GCM.
"""

import base64
import json
import secrets
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from landward.model.base import BadInput, Frozen
from landward.model.said import phrase

LABEL_LETTERS = 80
URL_LETTERS = 128
"""What the specification allows."""

CONTENT = "application/fhir+json"


class HealthLink(Frozen):
    """The link to hand over, and the file to put at its address."""

    link: str
    sealed: bytes


def health_link(
    bundle: bytes,
    url: str,
    *,
    label: str = "",
    key: bytes | None = None,
    nonce: bytes | None = None,
) -> HealthLink:
    """Seal a FHIR bundle for an https address. `key` (32 bytes) and `nonce` (12) are random unless
    a test passes them. Raises BadInput for an address that is none.
    """
    _check(url)
    key, nonce = key or secrets.token_bytes(32), nonce or secrets.token_bytes(12)
    payload = {"url": url, "key": _text(key), "flag": "U", "v": 1}
    if label:
        payload["label"] = label[:LABEL_LETTERS]
    return HealthLink(
        link=f"shlink:/{_text(json.dumps(payload, separators=(',', ':')).encode())}",
        sealed=_jwe(bundle, key, nonce),
    )


def open_health_link(link: str, sealed: bytes) -> bytes:
    """What a reader of the link does: the bundle again. Raises ValueError where it does not fit."""
    payload = json.loads(_bytes(link.removeprefix("shlink:/")))
    head, _, nonce, text, tag = sealed.decode("ascii").split(".")
    cipher = AESGCM(_bytes(payload["key"]))
    return cipher.decrypt(_bytes(nonce), _bytes(text) + _bytes(tag), head.encode("ascii"))


def _check(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or any(c.isspace() for c in url):
        raise BadInput(
            phrase("“{url}” is no address of a host; it begins with https://", url=url[:60])
        )
    if len(url) > URL_LETTERS:
        raise BadInput(phrase("the address has more than {many} letters", many=URL_LETTERS))


def _jwe(content: bytes, key: bytes, nonce: bytes) -> bytes:
    """JWE compact: a header, no wrapped key, the nonce, the text, its tag."""
    header = {"alg": "dir", "enc": "A256GCM", "cty": CONTENT}
    head = _text(json.dumps(header, separators=(",", ":")).encode())
    sealed = AESGCM(key).encrypt(nonce, content, head.encode("ascii"))
    parts = (head, "", _text(nonce), _text(sealed[:-16]), _text(sealed[-16:]))
    return ".".join(parts).encode("ascii")


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
