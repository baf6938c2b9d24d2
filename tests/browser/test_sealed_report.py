"""The sealed report in a real browser without a network: a wrong passcode, then the right one."""

import base64
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright
from tests.browser.phone import chromium

from landward.app.share.sealed_file import SIGNS, Passcode, new_passcode, sealed_file

LINES = ("Takes: diazepam 5 mg a day. <script>alert(1)</script>", "Asks: Please hold. 🙏 שלום")
CODE = Passcode(text="8k3f-q0wz-7hnd-x2ma")


def test_a_passcode_is_eighty_bits_nobody_chose() -> None:
    assert len(SIGNS) == 32 and not set("ilou") & set(SIGNS)
    codes = {new_passcode().text for _ in range(50)}
    assert len(codes) == 50
    assert all(re.fullmatch(f"([{SIGNS}]{{4}}-){{3}}[{SIGNS}]{{4}}", code) for code in codes)


def test_nothing_in_the_file_can_be_read_and_nothing_reaches_out() -> None:
    made = sealed_file(LINES, {"report.pdf": b"%PDF-secret"}, CODE).decode()
    assert "diazepam" not in made and CODE.text not in made
    assert base64.b64encode(b"%PDF-secret").decode() not in made
    assert "http" not in made.replace("http-equiv", "")
    assert sealed_file(LINES, {}, CODE) != sealed_file(LINES, {}, CODE)  # a salt of its own each


@pytest.fixture
def playwright_here() -> Playwright:
    with sync_playwright() as playwright:
        yield playwright


def test_it_opens_without_a_network_and_only_with_its_passcode(
    playwright_here: Playwright, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(sealed_file(LINES, {"report.pdf": b"%PDF-1.7 secret"}, CODE))
    browser = playwright_here.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
    context = browser.new_context(offline=True, accept_downloads=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.fill("#code", "0000-0000-0000-0000")
    page.click("button")
    page.wait_for_selector("text=does not open this file", timeout=30_000)
    assert page.is_hidden("#open")
    page.fill("#code", " 8K3F Q0WZ 7HND X2MA ".replace("0", "O"))  # as a person types it
    page.click("button")
    page.wait_for_selector("#open:not([hidden])", timeout=30_000)
    words = page.inner_text("#open")
    assert all(line in words for line in LINES)
    with page.expect_download() as waiting:
        page.click("text=Save report.pdf")
    saved = waiting.value.path()
    assert saved.read_bytes() == b"%PDF-1.7 secret"
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
    browser.close()


def test_what_is_sealed_is_what_webcrypto_was_given() -> None:
    """The same bytes by another hand: derive and open with the standard library's own PBKDF2."""
    import hashlib

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    made = sealed_file(LINES, {"report.pdf": b"x"}, CODE, salt=bytes(16), nonce=bytes(12)).decode()
    found = re.search(r'id="box">(.*?)</script>', made)
    assert found is not None
    box = json.loads(found[1])
    key = hashlib.pbkdf2_hmac("sha256", CODE.plain, bytes(16), box["rounds"])
    inside = json.loads(AESGCM(key).decrypt(bytes(12), base64.b64decode(box["sealed"]), None))
    assert inside["lines"] == list(LINES)
    assert inside["files"][0]["name"] == "report.pdf"
