"""A SMART Health Link: the file is sealed here, the link opens it, nothing is sent."""

import base64
import json

import pytest
from cryptography.exceptions import InvalidTag

from landward.app.share.health_link import health_link, open_health_link
from landward.model.base import BadInput

BUNDLE = b'{"resourceType": "Bundle"}'
URL = "https://example.org/me.jwe"


def test_the_link_opens_the_file_and_says_what_the_specification_asks() -> None:
    made = health_link(BUNDLE, URL, label="My diary", key=bytes(32), nonce=bytes(12))
    assert made == health_link(BUNDLE, URL, label="My diary", key=bytes(32), nonce=bytes(12))
    payload = json.loads(base64.urlsafe_b64decode(made.link.removeprefix("shlink:/") + "=="))
    assert payload == {"url": URL, "key": "A" * 43, "flag": "U", "v": 1, "label": "My diary"}
    head, wrapped, *_ = made.sealed.decode().split(".")
    assert json.loads(base64.urlsafe_b64decode(head + "==")) == {
        "alg": "dir", "enc": "A256GCM", "cty": "application/fhir+json",
    }  # fmt: skip
    assert wrapped == "" and b"Bundle" not in made.sealed
    assert open_health_link(made.link, made.sealed) == BUNDLE


def test_each_is_sealed_with_a_key_of_its_own_and_another_does_not_open() -> None:
    one, other = health_link(BUNDLE, URL), health_link(BUNDLE, URL)
    assert one.link != other.link and one.sealed != other.sealed
    with pytest.raises(InvalidTag):
        open_health_link(one.link, other.sealed)


@pytest.mark.parametrize(
    "url", ["http://example.org/x", "example.org", "https://", "https://a b.org/", "file:///x"]
)
def test_another_address_is_refused(url: str) -> None:
    with pytest.raises(BadInput, match="no address of a host"):
        health_link(BUNDLE, url)
    with pytest.raises(BadInput, match="more than 128 letters"):
        health_link(BUNDLE, f"{URL}?{'x' * 128}")
