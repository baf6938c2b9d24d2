"""Whatever answers in a relay's place: one code, within a bound, nothing believed that is odd."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from landward.relay import client as client_module
from landward.relay.client import RelayClient
from landward.relay.refused import CODE_OF, RelayRefused
from landward.relay.serve import How
from landward.relay.wire import Frame, PutAnswer, packed, packed_answers
from relay.conftest import serving
from relay.making import Own, blob_id, joined

ID, TOKEN = "0" * 32, "0" * 64


@contextmanager
def answering(*answers: bytes) -> Iterator[str]:
    """Something on this machine that gives each connection the next answer; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            for answer in answers:
                line, _ = listening.accept()
                with line:
                    line.settimeout(5)
                    line.recv(65536)
                    line.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread.join(5)


def answer(body: bytes = b"", status: int = 200, *more: str, version: str = "1") -> bytes:
    heads = [f"HTTP/1.1 {status} x", f"Content-Length: {len(body)}", *more]
    heads += [f"Landward-Relay: {version}"] if version else []
    return "\r\n".join([*heads, "", ""]).encode() + body


def refusal(given: bytes, *, seq: int = 0) -> tuple[str, int]:
    with (
        answering(given) as address,
        RelayClient(address, timeout_s=1) as host,
        pytest.raises(RelayRefused) as refused,
    ):
        host.since(ID, TOKEN, seq)
    return refused.value.code, refused.value.wait_s


@pytest.mark.parametrize(("status", "code"), sorted(CODE_OF.items()))
def test_each_status_is_one_code(status: int, code: str) -> None:
    assert refusal(answer(b"", status, "Retry-After: 7")) == (code, 7)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (answer(b"<html>hello", version=""), "not-a-relay"),
        (answer(b"", 404, version=""), "not-a-relay"),
        (answer(b"<html>Bad Gateway", 502, version=""), "unreachable"),
        (answer(b"", 302, "Location: https://example.org/"), "not-a-relay"),
        (answer(b"", 500), "not-a-relay"),
        (answer(b"", 426, version="2"), "version"),
        (answer(b"", 200, "Landward-Last: 3", version="2"), "not-a-relay"),
        (answer(b""), "not-a-relay"),  # no last number
        (answer(b"", 200, "Landward-Last: -3"), "not-a-relay"),
        (answer(b"", 200, f"Landward-Last: {'9' * 40}"), "not-a-relay"),
        (answer(b"x" * 27, 200, "Landward-Last: 3"), "not-a-relay"),
        (answer(packed([Frame(2, ID, b""), Frame(2, ID, b"")]), 200, "Landward-Last: 3"),
         "not-a-relay"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "not-a-relay"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", "not-a-relay"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"b" * 70_000, "not-a-relay"),
        (b"", "unreachable"),
        (b"HTTP/1.1 200 OK\r\nLandward-Relay: 1\r\nContent-Length: 9\r\n\r\nhalf", "unreachable"),
        (answer(b"", 429, "Retry-After: 99999999"), "slow-down"),
        (answer(b"", 429, "Retry-After: soon"), "slow-down"),
    ],
)  # fmt: skip
def test_an_odd_answer_is_one_code(given: bytes, code: str) -> None:
    found, wait_s = refusal(given)
    assert found == code
    assert wait_s <= 3600


def test_numbers_that_were_given_before_are_not_believed() -> None:
    page = answer(packed([Frame(5, ID, b"")]), 200, "Landward-Last: 5")
    assert refusal(page, seq=5)[0] == "not-a-relay"


def test_an_answer_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "MOST_ANSWER", 1000)
    assert refusal(answer(bytes(2000), 200, "Landward-Last: 0"))[0] == "not-a-relay"


def test_who_says_nothing_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with (
            RelayClient(address, timeout_s=0.2) as host,
            pytest.raises(RelayRefused, match="unreachable"),
        ):
            host.since(ID, TOKEN, 0)


@pytest.mark.parametrize(
    "given",
    [
        packed_answers([PutAnswer("1" * 32, 201, 1)]),  # of another blob
        packed_answers([PutAnswer(ID, 201, 1)] * 2),
        b"",
    ],
)
def test_answers_to_other_blobs_are_not_believed(given: bytes) -> None:
    with (
        answering(answer(given)) as address,
        RelayClient(address, timeout_s=1) as host,
        pytest.raises(RelayRefused, match="not-a-relay"),
    ):
        host.put_many(ID, TOKEN, [(ID, bytes(512))])


@pytest.mark.parametrize("given", [b"{}", b"[]", b'{"seq":"x"}', b'{"seq":-1}', b"\xff"])
def test_a_number_that_is_none_is_not_believed(given: bytes) -> None:
    with (
        answering(answer(given, 201)) as address,
        RelayClient(address, timeout_s=1) as host,
        pytest.raises(RelayRefused, match="not-a-relay"),
    ):
        host.put(ID, TOKEN, ID, bytes(512))


class Other(Exception):
    pass


def test_a_device_can_say_it_in_its_own_words() -> None:
    with (
        answering(answer(b"", 507)) as address,
        RelayClient(address, timeout_s=1, refusal=lambda code, s: Other(code)) as host,
        pytest.raises(Other, match="full"),
    ):
        host.put(ID, TOKEN, ID, bytes(512))


def certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    chain, secret = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ))  # fmt: skip
    return chain, secret


def test_over_tls_only_a_trusted_certificate_is_spoken_to(tmp_path: Path) -> None:
    chain, key = certificate(tmp_path)
    own, trust = Own(), ssl.create_default_context(cafile=str(chain))
    with serving(tmp_path / "relay", How(certificate=(chain, key))) as served:
        joined(served.store, own)
        address = f"https://localhost:{served.port}"
        with RelayClient(address) as host, pytest.raises(RelayRefused, match="untrusted"):
            host.put(own.shelf, own.write, blob_id(), bytes(512))
        with RelayClient(address, trust=trust) as host:
            assert host.put(own.shelf, own.write, blob_id(), bytes(512)) == 1
