"""The app on the home network: TLS only, private addresses only, paired phones only."""

import base64
import datetime as dt
import ipaddress
import json
import plistlib
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.vault.test_browser_seal import HARD_DAY, marked, sealed
from tests.web.home import Server, entries, new_vault, now

from landward.model.base import BadInput
from landward.web.network.authority import (
    HOME_NETWORKS,
    home_address,
    issue,
    make_authority,
    open_authority,
    server_files,
)
from landward.web.network.home_network import invitation
from landward.web.network.pairing import COOKIE, Pairing

P256_POINT = (
    generate_private_key(SECP256R1())
    .public_key()
    .public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    .hex()
)
NO_POINT = "04" + "00" * 64
PHONE = {"user-agent": "Mozilla/5.0 (Linux; Android 16)"}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(new_vault(tmp_path)).start()
    yield made
    made.stop()


@pytest.fixture
def phone(server: Server) -> Iterator[httpx.Client]:
    """A browser that skips certificates: trust itself is tested with addresses of its own below."""
    with httpx.Client(
        base_url=f"https://{server.home.origins[0]}", verify=False, headers=PHONE
    ) as made:
        yield made


def pair(server: Server, phone: httpx.Client) -> httpx.Response:
    return phone.post("/pocket/pair", data={"code": server.pairing.new_code()})


def parcel(server: Server) -> dict[str, object]:
    blob = sealed(server.vault, HARD_DAY)
    from landward.vault.header import read_header

    return {
        "format": "landward-waiting",
        "version": 1,
        "vault": read_header(server.vault).vault,
        "entries": [
            {"id": blob.id, "box": blob.box, "sealed": base64.b64encode(blob.blob).decode()}
        ],
    }


# ---- who gets in ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/today", "/pocket/", "/pocket/index.html", "/journey"])
def test_a_stranger_in_the_network_sees_only_the_pairing_page(
    server: Server, phone: httpx.Client, path: str
) -> None:
    answer = phone.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/pocket/pair")


def test_what_a_stranger_can_fetch_holds_no_word_of_the_diary(phone: httpx.Client) -> None:
    told = b""
    for name in (
        "app.js",
        "sw.js",
        "style.css",
        "manifest.webmanifest",
        "pair",
        "install",
        "pair.js",
    ):
        answer = phone.get(f"/pocket/{name}")
        assert answer.status_code == 200, name
        told += answer.content.lower()
    assert told.count(b"call 999 now") == 2  # whom to call stands on the pages for anyone
    for word in (b"clonazepam", b"insomnia", b"trembling", b"dr example"):
        assert word not in told


def test_pairing_lets_a_phone_in_once_per_code(server: Server, phone: httpx.Client) -> None:
    code = server.pairing.new_code()
    answer = phone.post("/pocket/pair", data={"code": f"{code[:3]} {code[3:6]} {code[6:]}"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/pocket/")
    cookie = answer.headers["set-cookie"]
    for part in ("HttpOnly", "Secure", "SameSite=strict", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie and cookie.startswith("__Host-")
    assert "Inner trembling" in phone.get("/pocket/").text
    assert phone.get("/").text == "the app"
    with httpx.Client(base_url=phone.base_url, verify=False) as other:
        assert other.post("/pocket/pair", data={"code": code}).status_code == 403
    (paired,) = server.pairing.phones
    assert paired.label == "Android device"
    assert phone.cookies[COOKIE] not in (server.home.folder / "phones.json").read_text()


def test_the_app_behind_meets_a_session_of_its_own(server: Server, phone: httpx.Client) -> None:
    pair(server, phone)
    answer = phone.get("/")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(server.doors.cookie) and "Secure" in cookie
    session = server.doors.find(phone.cookies[server.doors.cookie])
    assert session is not None and session.room == "mine" and not session.reading
    assert "set-cookie" not in phone.get("/").headers


KEY = {"device": "pocket-0123456789ab", "key": P256_POINT}


def test_only_a_paired_phone_hands_over_a_key_and_it_goes_with_the_phone(
    server: Server, phone: httpx.Client
) -> None:
    from landward.vault.header import read_header
    from landward.vault.phone_keys import phone_keys

    vault = read_header(server.vault).vault
    assert phone.post("/pocket/key", json=KEY).status_code == 401
    pair(server, phone)
    assert phone.post("/pocket/key", content=b"{}").status_code == 415
    for wrong in ({}, KEY | {"key": "04"}, KEY | {"device": "laptop"}, KEY | {"key": NO_POINT}):
        answer = phone.post("/pocket/key", json=wrong)
        assert (answer.status_code, "not a phone's key" in answer.text) == (422, True)
    assert phone_keys(vault) == ()
    assert phone.post("/pocket/key", json=KEY).json() == {"known": True}
    assert [(key.device, key.public_key) for key in phone_keys(vault)] == [
        (KEY["device"], KEY["key"])
    ]
    server.pairing.forget_all()
    assert phone_keys(vault) == ()


def test_five_wrong_codes_end_the_code(tmp_path: Path) -> None:
    pairing = Pairing(tmp_path / "phones.json")
    code = pairing.new_code()
    for _ in range(5):
        assert pairing.pair("000000000", "x", now()) is None
    assert pairing.pair(code, "x", now()) is None


def test_a_code_lives_ten_minutes(tmp_path: Path) -> None:
    clock = [0.0]
    pairing = Pairing(tmp_path / "phones.json", clock_s=lambda: clock[0])
    code = pairing.new_code()
    clock[0] = 601
    assert pairing.pair(code, "x", now()) is None
    code, clock[0] = pairing.new_code(), 1200
    token = pairing.pair(code, "x", now())
    assert pairing.knows(token) and not pairing.knows("") and not pairing.knows(None)
    assert Pairing(tmp_path / "phones.json").knows(token)  # after a restart
    assert pairing.forget_all() == 1 and not pairing.knows(token)


def test_a_broken_list_of_phones_lets_nobody_in(tmp_path: Path) -> None:
    (tmp_path / "phones.json").write_text('{"phones": [{"token_hash": "')
    assert not Pairing(tmp_path / "phones.json").knows("anything")


# ---- sealed entries -----------------------------------------------------------------------------


def test_sealed_entries_are_taken_once_and_named(server: Server, phone: httpx.Client) -> None:
    pair(server, phone)
    for _ in range(3):
        answer = phone.post("/pocket/submit", json=parcel(server))
        assert answer.json() == {"kept": [HARD_DAY.id]}
    assert entries(server.vault) == (marked(HARD_DAY),)  # this phone handed over no key
    assert phone.post("/pocket/submit", json=parcel(server)).json() == {"kept": [HARD_DAY.id]}
    assert entries(server.vault) == (marked(HARD_DAY),)


def test_entries_come_only_from_paired_phones_and_our_own_page(
    server: Server, phone: httpx.Client
) -> None:
    told = parcel(server)
    assert phone.post("/pocket/submit", json=told).status_code == 401
    pair(server, phone)
    form = {"content-type": "text/plain"}
    assert phone.post("/pocket/submit", content=json.dumps(told), headers=form).status_code == 415
    for strange in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert phone.post("/pocket/submit", json=told, headers=strange).status_code == 403
    rebound = {"host": "evil.example"}
    assert phone.post("/pocket/submit", json=told, headers=rebound).status_code == 400
    assert entries(server.vault) == ()


@pytest.mark.parametrize(
    "told",
    [
        [],
        {},
        {"format": "landward-waiting"},
        {"format": "landward-waiting", "version": 2, "vault": "", "entries": []},
        {"format": "landward-waiting", "version": 1, "vault": "00", "entries": [{"id": 1}]},
        {"format": "landward-waiting", "version": 1, "vault": "00" * 16, "entries": []},
    ],
)
def test_junk_gets_one_clear_line(server: Server, phone: httpx.Client, told: object) -> None:
    pair(server, phone)
    answer = phone.post("/pocket/submit", json=told)
    assert answer.status_code == 422 and len(answer.json()["detail"]) < 120


def test_too_much_is_refused_before_it_is_read(server: Server, phone: httpx.Client) -> None:
    pair(server, phone)
    answer = phone.post("/pocket/submit", content=b" " * 400_000)
    assert answer.status_code == 413


# ---- certificates ----------------------------------------------------------------------------


def test_plain_http_is_refused(server: Server) -> None:
    with socket.create_connection((str(server.home.address), server.home.port), timeout=5) as line:
        line.sendall(b"GET /pocket/pair HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"200" not in line.recv(4096)


@pytest.mark.parametrize(
    "address",
    ["0.0.0.0", "127.0.0.1", "8.8.8.8", "203.0.113.9", "::", "2001:db8::1", "home"],
)
def test_no_address_outside_a_home_is_ever_opened(address: str) -> None:
    with pytest.raises(BadInput):
        home_address(address)


@pytest.mark.parametrize(
    "address", ["192.168.1.20", "10.0.0.2", "172.20.3.4", "100.100.1.1", "fd00::5"]
)
def test_home_addresses(address: str) -> None:
    assert str(home_address(address)) == address


def shakes_hands(authority, server_name: str, addresses=(), names=()) -> bool:
    """Whether OpenSSL, trusting the root alone, accepts a server with this certificate."""
    import tempfile

    chain, key = issue(authority, tuple(map(ipaddress.ip_address, addresses)), names, now())
    with tempfile.TemporaryDirectory() as folder:
        chain_file, key_file = Path(folder) / "chain", Path(folder) / "key"
        chain_file.write_bytes(chain)
        key_file.write_bytes(key)
        serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        serving.load_cert_chain(chain_file, key_file)
    trusting = ssl.create_default_context()
    trusting.load_verify_locations(cadata=authority.root_der)
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = serving.wrap_bio(there, back, server_side=True)
    client = trusting.wrap_bio(back, there, server_hostname=server_name)
    for _ in range(4):
        for side in (client, server):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLCertVerificationError:
                return False
    return client.version() is not None


def test_the_root_is_trusted_for_home_and_for_nothing_else() -> None:
    authority = make_authority(now())
    assert shakes_hands(authority, "192.168.7.9", addresses=["192.168.7.9"])
    assert shakes_hands(authority, "shore.local", names=("shore.local",))
    assert not shakes_hands(authority, "bank.example", names=("bank.example",))
    assert not shakes_hands(authority, "93.184.216.34", addresses=["93.184.216.34"])
    assert not shakes_hands(authority, "192.168.7.9", addresses=["192.168.7.10"])


def test_the_roots_key_is_not_kept_anywhere(tmp_path: Path) -> None:
    authority = open_authority(tmp_path / "home", now())
    keys = [path for path in (tmp_path / "home").iterdir() if b"PRIVATE" in path.read_bytes()]
    assert [path.name for path in keys] == ["issuing.key"]
    assert keys[0].stat().st_mode & 0o777 == 0o600
    assert authority.key.public_key() != authority.root.public_key()
    again = open_authority(tmp_path / "home", now())
    assert again.fingerprint == authority.fingerprint
    limits = again.issuing.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical and len(limits.value.permitted_subtrees or ()) == len(HOME_NETWORKS) + 1


def test_a_server_certificate_is_renewed_in_time_and_when_the_address_changes(
    tmp_path: Path,
) -> None:
    authority, start = open_authority(tmp_path, now()), now()
    here, there = (ipaddress.ip_address(f"192.168.0.{n}") for n in (2, 3))

    def serial(address: ipaddress.IPv4Address, when: dt.datetime) -> int:
        chain, _ = server_files(tmp_path, authority, (address,), ("shore.local",), when)
        return x509.load_pem_x509_certificate(chain.read_bytes()).serial_number

    first = serial(here, start)
    assert serial(here, start + dt.timedelta(days=50)) == first
    second = serial(there, start)
    assert second != first
    assert serial(there, start + dt.timedelta(days=61)) != second
    (tmp_path / "server.key").write_text("junk")
    assert serial(there, start + dt.timedelta(days=62)) != second


def test_the_apple_profile_holds_the_root(phone: httpx.Client, server: Server) -> None:
    answer = phone.get("/pocket/landward.mobileconfig")
    assert answer.headers["content-type"] == "application/x-apple-aspen-config"
    (payload,) = plistlib.loads(answer.content)["PayloadContent"]
    assert payload["PayloadContent"] == phone.get("/pocket/landward.crt").content
    assert payload["PayloadType"] == "com.apple.security.root"


def test_the_invitation_is_a_picture_and_plain_words(server: Server) -> None:
    shown = invitation(server.home, "123456789")
    assert "█" in shown and "123 456 789" in shown and server.home.authority.fingerprint in shown
    assert max(map(len, shown.splitlines())) < 100


def test_on_the_usual_port_browsers_leave_the_port_out(server: Server) -> None:
    import dataclasses

    usual = dataclasses.replace(server.home, port=443)
    assert "shore.local" in usual.origins and "shore.local:443" in usual.origins
