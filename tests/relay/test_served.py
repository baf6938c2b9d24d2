"""The wire, from a device's client through a served relay to the disk and back."""

import http.client
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from landward.relay.client import RelayClient
from landward.relay.refused import RelayRefused
from landward.relay.serve import How
from landward.relay.wire import CLASSES, MEETING_BYTES, MEETING_S, VERSION, beside, hash_of
from relay.conftest import Served, serving
from relay.making import Own, blob_id, joined

SMALL = bytes(CLASSES[0])


def ask(
    served: Served, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    line.request(method, path, body, {"Landward-Relay": str(VERSION)} | named)
    answer = line.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    line.close()
    return found


def test_a_blob_goes_there_and_comes_back(served: Served) -> None:
    own, first, second = Own(), blob_id(), blob_id()
    code = joined(served.store, own)
    with served.client() as host:
        host.join(code, own.shelf, hash_of(own.read), hash_of(own.write))  # again: fine
        assert host.put(own.shelf, own.write, first, SMALL) == 1
        assert host.put(own.shelf, own.write, first, SMALL) == 1
        assert host.put(own.shelf, own.write, second, bytes(CLASSES[-1])) == 2
        page = host.since(own.shelf, own.read, 0)
        assert [(f.seq, f.blob, len(f.data)) for f in page.frames] == [
            (1, first, 512), (2, second, 1 << 20)
        ]  # fmt: skip
        assert page.last == 2
        assert host.since(own.shelf, own.read, 2).frames == ()
        host.delete(own.shelf, own.write, first)
        host.delete(own.shelf, own.write, first)
        assert [f.seq for f in host.since(own.shelf, own.read, 0).frames] == [2]
        with pytest.raises(RelayRefused, match="gone"):
            host.put(own.shelf, own.write, first, SMALL)
        with pytest.raises(RelayRefused, match="differs"):
            host.put(own.shelf, own.write, second, SMALL)
        host.delete_shelf(own.shelf, own.write)
        with pytest.raises(RelayRefused, match="unknown"):
            host.since(own.shelf, own.read, 0)
    assert served.relay.counted["since"] == 4  # one request each: the line stays open


def test_ten_years_go_in_a_few_requests(served: Served) -> None:
    own = Own()
    joined(served.store, own)
    blobs = [(blob_id(), SMALL) for _ in range(2500)]
    with served.client() as host:
        answers = host.put_many(own.shelf, own.write, [*blobs, blobs[0], (blob_id(), b"odd")])
        assert [a.blob for a in answers[:2500]] == [blob for blob, _ in blobs]
        assert {a.status for a in answers[:2500]} == {201}
        assert [(a.status, a.is_kept) for a in answers[2500:]] == [(200, True), (413, False)]
        found, seq = [], 0
        while (page := host.since(own.shelf, own.read, seq)).frames:
            found += [frame.blob for frame in page.frames]
            seq = page.frames[-1].seq
    assert found == [blob for blob, _ in blobs]
    assert served.relay.counted["put_many"] == 3


def test_a_page_of_large_blobs_ends_before_it_is_too_large(served: Served) -> None:
    own = Own()
    joined(served.store, own)
    with served.client() as host:
        for _ in range(6):
            host.put(own.shelf, own.write, blob_id(), bytes(CLASSES[-1]))
        assert len(host.since(own.shelf, own.read, 0).frames) == 3
        assert [f.seq for f in host.since(own.shelf, own.read, 3).frames] == [4, 5, 6]
        assert len(host.since(own.shelf, own.read, 0, most=1).frames) == 1


def test_a_further_shelf_lies_under_the_same_quota(served: Served) -> None:
    own, other = Own(), Own()
    other = replace(other, shelf=beside(own.shelf, other.shelf))
    joined(served.store, own, quota=4 * 512)
    with served.client() as host:
        host.more(own.shelf, own.write, other.shelf, hash_of(other.read), hash_of(other.write))
        host.put(own.shelf, own.write, blob_id(), SMALL)
        host.put(other.shelf, other.write, blob_id(), SMALL)
        with pytest.raises(RelayRefused, match="full"):
            host.put(own.shelf, own.write, blob_id(), SMALL)
        with pytest.raises(RelayRefused, match="malformed"):  # it would lie in another file
            host.more(
                own.shelf, own.write, f"{int(own.shelf[:2], 16) ^ 1:02x}" + "0" * 30,
                hash_of(own.read), hash_of(own.write),
            )  # fmt: skip


def test_whoever_has_no_right_learns_nothing(served: Served) -> None:
    """Unknown shelf, wrong token, the other token, none, a nonsense id, no such page, wrong method:
    the same answer."""
    own = Own()
    code = joined(served.store, own)
    blob, fresh = blob_id(), Own()
    keys = f'"shelf":"{fresh.shelf}","read_hash":"{"0" * 64}","write_hash":"{"1" * 64}"'
    answers = [
        ask(served, "PUT", f"/v1/shelf/{fresh.shelf}/{blob}", SMALL,
            Authorization=f"Bearer {own.write}"),
        ask(served, "PUT", f"/v1/shelf/{own.shelf}/{blob}", SMALL,
            Authorization=f"Bearer {fresh.write}"),
        ask(served, "PUT", f"/v1/shelf/{own.shelf}/{blob}", SMALL,
            Authorization=f"Bearer {own.read}"),
        ask(served, "PUT", f"/v1/shelf/{own.shelf}/{blob}", SMALL),
        ask(served, "PUT", f"/v1/shelf/{own.shelf}/{blob}", bytes(CLASSES[-1])),
        ask(served, "PUT", f"/v1/shelf/{own.shelf}/{blob}", SMALL, Authorization="Bearer x"),
        ask(served, "PUT", f"/v1/shelf/x/{blob}", SMALL, Authorization=f"Bearer {own.write}"),
        ask(served, "GET", f"/v1/shelf/{own.shelf}", Authorization=f"Bearer {own.write}"),
        ask(served, "GET", f"/v1/shelf/{fresh.shelf}", Authorization=f"Bearer {own.read}"),
        ask(served, "DELETE", f"/v1/shelf/{own.shelf}", Authorization=f"Bearer {own.read}"),
        ask(served, "DELETE", f"/v1/shelf/{own.shelf}/{blob}", Authorization="Basic eA=="),
        ask(served, "POST", f"/v1/shelf/{fresh.shelf}/meet/{blob}"),
        ask(served, "GET", f"/v1/meet/{blob}/a"),
        ask(served, "POST", "/v1/join", f'{{"code":"0000-0000-0000-0000",{keys}}}'.encode()),
        ask(served, "POST", "/v1/join", f'{{"code":"{code}",{keys}}}'.encode()),
        ask(served, "GET", "/v1/shelf"),
        ask(served, "PATCH", f"/v1/shelf/{own.shelf}"),
        ask(served, "GET", "/"),
        ask(served, "GET", "/phone/../etc/passwd"),
    ]  # fmt: skip
    assert {(status, body) for status, _, body in answers[:-1]} == {(404, b'{"refused":"unknown"}')}
    assert {tuple(sorted(heads)) for _, heads, _ in answers[:-1]} == {
        ("cache-control", "content-length", "content-type", "landward-relay",
         "x-content-type-options")
    }  # fmt: skip
    assert answers[-1][0] == 404
    with served.client() as host:
        assert host.since(own.shelf, own.read, 0).last == 0


@pytest.mark.parametrize("version", ["2", "0", "", "one"])
def test_another_version_is_said_to_be_one(served: Served, version: str) -> None:
    status, heads, body = ask(served, "GET", "/v1/meet/x/a", Landward_Relay=version)
    assert (status, body, heads["landward-relay"]) == (426, b'{"refused":"version"}', "1")


def test_a_half_sent_blob_is_not_there(served: Served) -> None:
    own, blob = Own(), blob_id()
    joined(served.store, own)
    head = (
        f"PUT /v1/shelf/{own.shelf}/{blob} HTTP/1.1\r\nHost: x\r\nLandward-Relay: 1\r\n"
        f"Authorization: Bearer {own.write}\r\nContent-Length: 1024\r\n\r\n"
    ).encode()
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as line:
        line.sendall(head + bytes(512))  # 512 bytes are a size a relay takes; 1024 were announced
    with served.client() as host:
        assert host.since(own.shelf, own.read, 0).last == 0
        assert host.put(own.shelf, own.write, blob, bytes(1024)) == 1


def test_what_is_too_long_is_refused_before_it_is_read(served: Served) -> None:
    own = Own()
    joined(served.store, own)
    status, _, body = ask(
        served, "PUT", f"/v1/shelf/{own.shelf}/{blob_id()}", bytes((1 << 20) + 1),
        Authorization=f"Bearer {own.write}",
    )  # fmt: skip
    assert (status, body) == (413, b'{"refused":"size"}')


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b"[" * 2000, b'{"code":1}', b'{"code":"a","shelf":"x"}', b"\xff"]
)
def test_a_request_that_cannot_be_read_is_said_to_be_one(served: Served, body: bytes) -> None:
    assert ask(served, "POST", "/v1/join", body)[0] == 422


@pytest.mark.parametrize("query", ["since=-1", "since=x", "most=٣", f"since={'9' * 30}"])
def test_a_number_that_is_none(served: Served, query: str) -> None:
    own = Own()
    joined(served.store, own)
    path = f"/v1/shelf/{own.shelf}?"
    from urllib.parse import quote

    found = ask(served, "GET", path + quote(query, "=&"), Authorization=f"Bearer {own.read}")
    assert found[0] == 422


def test_two_devices_meet(served: Served) -> None:
    own, meeting = Own(), blob_id()
    joined(served.store, own)
    mine, theirs = bytes(MEETING_BYTES), b"b" * MEETING_BYTES
    with served.client() as host:
        with pytest.raises(RelayRefused, match="unknown"):
            host.meet_get(meeting, "a")
        host.open_meeting(own.shelf, own.write, meeting)
        assert host.meet_get(meeting, "a") is None
        host.meet_put(meeting, "a", mine)
        host.meet_put(meeting, "a", mine)
        host.meet_put(meeting, "b", theirs)
        with pytest.raises(RelayRefused, match="differs"):
            host.meet_put(meeting, "a", theirs)
        with pytest.raises(RelayRefused, match="size"):
            host.meet_put(meeting, "b", b"short")
        assert (host.meet_get(meeting, "a"), host.meet_get(meeting, "b")) == (mine, theirs)
        served.seconds[0] += MEETING_S
        with pytest.raises(RelayRefused, match="unknown"):
            host.meet_get(meeting, "a")
    assert not any(theirs in path.read_bytes() for path in served.store.folder.iterdir())


def test_who_asks_too_often_waits(served: Served) -> None:
    own = Own()
    joined(served.store, own)
    with served.client() as host:
        for _ in range(200):
            host.since(own.shelf, own.read, 0)
        with pytest.raises(RelayRefused, match="slow-down") as refused:
            host.since(own.shelf, own.read, 0)
        assert refused.value.wait_s == 1
        served.seconds[0] += 1
        host.since(own.shelf, own.read, 0)


def test_a_proxys_word_about_who_asks_is_taken_only_where_it_was_named(tmp_path: Path) -> None:
    """20 asks an address: from two addresses 40, unless nobody's word is taken."""
    for proxy, allowed in (("127.0.0.1", 40), ("", 20), ("192.0.2.9", 20)):
        with serving(tmp_path / f"relay{proxy}", How(proxy=proxy), 20) as served:
            line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
            good = 0
            for number in range(42):
                line.request("GET", "/health", headers={"X-Forwarded-For": f"192.0.2.{number % 2}"})
                answer = line.getresponse()
                answer.read()
                good += answer.status == 200
            line.close()
        assert good == allowed, proxy


def test_many_blobs_of_one_request_are_many_asks(served: Served) -> None:
    own = Own()
    joined(served.store, own)
    with served.client() as host:
        for _ in range(6):  # of 200 asks: 1 + 32 each
            host.put_many(own.shelf, own.write, [(blob_id(), SMALL) for _ in range(1024)])
        with pytest.raises(RelayRefused, match="slow-down"):
            host.put_many(own.shelf, own.write, [(blob_id(), SMALL) for _ in range(1024)])


def test_guessing_is_slow(served: Served) -> None:
    """An address of 500 asks has 24 wrong guesses: each costs 20 more."""
    with served.client() as host:
        guesses = 0
        while True:
            try:
                host.since(blob_id(), "0" * 64, 0)
            except RelayRefused as refused:
                if refused.code == "slow-down":
                    break
                guesses += 1
    assert guesses == 24


def test_it_says_that_it_is_well_and_no_more(served: Served) -> None:
    status, _, body = ask(served, "GET", "/health")
    assert (status, body) == (200, b'{"ok":true}')


def test_a_phones_page_comes_with_its_policy_and_no_cookie(served: Served) -> None:
    status, heads, body = ask(served, "GET", "/phone/")
    assert (status, body) == (200, b"<!doctype html>")
    assert "default-src 'none'" in heads["content-security-policy"]
    assert "set-cookie" not in heads
    assert ask(served, "GET", "/phone/icons/a.png")[2] == b"png"
    assert ask(served, "GET", "/phone")[1]["location"] == "/phone/"
    assert ask(served, "GET", "/phone/other")[0] == 404


def test_a_line_that_went_stale_is_opened_again(served: Served) -> None:
    own = Own()
    joined(served.store, own)
    with served.client() as host:
        assert host.put(own.shelf, own.write, blob_id(), SMALL) == 1
        assert host._line is not None
        assert host._line.sock is not None
        host._line.sock.shutdown(socket.SHUT_RDWR)
        assert host.put(own.shelf, own.write, blob_id(), SMALL) == 2


def test_nobody_there_is_one_code() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with (
            RelayClient(f"http://127.0.0.1:{taken.getsockname()[1]}", timeout_s=2) as host,
            pytest.raises(RelayRefused, match="unreachable"),
        ):
            host.since("0" * 32, "0" * 64, 0)
