"""The static pocket on any host: installable, offline, small, legible, and nothing leaves it."""

import contextlib
import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect, sync_playwright
from tests.browser.phone import AXE, RUN_AXE, Phone
from tests.web.home import NAMED, PASSPHRASE, entries, new_vault, now

from landward.app.phone.make_page import pocket_files, pocket_of, write_pocket
from landward.catalog.catalog import load_catalog
from landward.cli.main import run
from landward.vault.header import read_header

PLAN = (("Who I call, with numbers", "My sister"),)


@pytest.fixture(scope="module")
def playing() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_vault(tmp_path_factory.mktemp("vault"))


@pytest.fixture(scope="module")
def folder(vault: Path) -> Path:
    outside = NAMED.saying(**{"plan.people": PLAN[0][1]})
    pocket = pocket_of(read_header(vault), outside, now().date())
    files = pocket_files(pocket, load_catalog().crisis("GB"))
    return write_pocket(vault.parent / "page", files)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Any web host that serves files."""

    def log_message(self, *_: object) -> None:
        return


class Host(http.server.ThreadingHTTPServer):
    """A host that does not turn a browser's many connections away."""

    request_queue_size = 128
    daemon_threads = True


@contextlib.contextmanager
def hosted(folder: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(folder))
    with Host(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def phone(playing: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Phone]:
    made = Phone(playing, tmp_path_factory.mktemp("phone"), trusting=False)
    yield made
    made.kill()


@pytest.fixture
def url(folder: Path) -> Iterator[str]:
    with hosted(folder) as address:
        yield address


@pytest.fixture
def page(phone: Phone, url: str) -> Page:
    phone.requests.clear()
    phone.page.set_viewport_size({"width": 390, "height": 844})
    phone.page.goto(url)
    phone.page.wait_for_selector("html[data-ready]")
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return phone.page


# ---- sealing ---------------------------------------------------------------------------------


def test_the_browsers_hpke_gives_the_numbers_of_rfc_9180(page: Page) -> None:
    # RFC 9180, appendix A.1.1: DHKEM(X25519), HKDF-SHA256, AES-128-GCM, base mode.
    found = page.evaluate(
        """async () => {
          const { fromHex, keySchedule, sharedSecret, toHex } = await import("./seal.js");
          const jwk = (d, x) => ({ kty: "OKP", crv: "X25519", d, x });
          const base64url = (hex) => btoa(String.fromCharCode(...fromHex(hex)))
            .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
          const skEm = "52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736";
          const enc = "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431";
          const pkRm = "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d";
          const mine = await crypto.subtle.importKey("jwk", jwk(base64url(skEm), base64url(enc)),
            { name: "X25519" }, false, ["deriveBits"]);
          const theirs = await crypto.subtle.importKey("raw", fromHex(pkRm),
            { name: "X25519" }, true, []);
          const dh = new Uint8Array(await crypto.subtle.deriveBits(
            { name: "X25519", public: theirs }, mine, 256));
          const shared = await sharedSecret(dh, fromHex(enc), fromHex(pkRm));
          const info = fromHex("4f6465206f6e2061204772656369616e2055726e");
          const { key, nonce } = await keySchedule(shared, info, { id: 1, keyBytes: 16 });
          return [toHex(shared), toHex(key), toHex(nonce)];
        }"""
    )
    assert found == [
        "fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc",
        "4531685d41d65f03dc48f6b8302c05b0",
        "56d890e5accaaf011cff4b7d",
    ]


def test_a_browser_that_cannot_seal_keeps_nothing(phone: Phone, url: str) -> None:
    page = phone.context.new_page()
    page.add_init_script("crypto.subtle.generateKey = () => Promise.reject(new Error('old'))")
    page.goto(url)
    page.wait_for_selector("html[data-ready]")
    expect(page.get_by_role("alert")).to_contain_text("cannot seal")
    expect(page.locator("#check-in")).to_be_hidden()
    page.get_by_role("link", name="Help now").first.click()
    expect(page.get_by_role("link", name="Call 999")).to_be_visible()
    page.close()


def test_a_phone_that_refuses_to_keep_says_so_and_keeps_the_answers(phone: Phone, url: str) -> None:
    page = phone.context.new_page()
    page.goto(url)
    page.wait_for_selector("html[data-ready]")
    page.evaluate(
        """() => {
          IDBObjectStore.prototype.put = () => {
            throw new DOMException("no room", "QuotaExceededError");
          };
        }"""
    )
    page.locator("label:has(input[name='day'][value='9'])").click()
    page.get_by_role("button", name="As planned").click()
    expect(page.get_by_role("alert")).to_contain_text("Your answers are still here")
    assert page.locator("input[name='day'][value='9']").is_checked()
    page.close()


# ---- carried as a file -----------------------------------------------------------------------


def test_carried_as_a_file_read_at_home_and_taken_off_the_phone(
    page: Page, vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    page.locator("label:has(input[name='day'][value='2'])").click()
    page.get_by_role("button", name="As planned").click()
    expect(page.get_by_text("Saved. You can close this.")).to_be_visible()
    page.get_by_role("link", name="Phone").click()
    expect(page.get_by_text("2 entries wait on this phone.")).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("button", name="Carry as a file").click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    assert file.name == "waiting.landward" and b"clonazepam" not in file.read_bytes()

    page.get_by_role("link", name="Today").click()
    page.get_by_role("button", name="Write more").click()
    page.get_by_role("button", name="Too unwell").click()  # written after the file was made
    expect(page.get_by_text("Saved. You can close this.")).to_be_visible()

    monkeypatch.delenv("LANDWARD_PASSPHRASE", raising=False)
    assert run(["pocket", "collect", str(file), "--vault", str(vault)]) == 0
    assert "2 of 2 entries were new; they wait in the inbox" in capsys.readouterr().out
    monkeypatch.setenv("LANDWARD_PASSPHRASE", PASSPHRASE)
    assert run(["pocket", "collect", str(file), "--vault", str(vault)]) == 0
    assert "0 of 2 entries were new; they joined the diary" in capsys.readouterr().out
    assert sorted(entry.kind for entry in entries(vault)) == ["check_in", "dose_taken"]

    page.get_by_role("link", name="Phone").click()
    page.get_by_role("button", name="My computer has them").click()
    expect(page.get_by_text("1 entry waits on this phone.")).to_be_visible()


# ---- offline, and alone ----------------------------------------------------------------------


def test_it_opens_with_no_network_and_asked_nobody_else(phone: Phone, folder: Path) -> None:
    with hosted(folder) as address:
        phone.requests.clear()
        page = phone.page
        page.goto(address)
        page.wait_for_selector("html[data-ready]")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()  # the host is gone
    page.wait_for_selector("html[data-ready]")
    page.get_by_role("link", name="Help now").first.click()
    expect(page.get_by_text("call 999 now")).to_be_visible()
    expect(page.get_by_role("link", name="Call 116 123")).to_have_attribute("href", "tel:116123")
    expect(page.get_by_text("My sister")).to_be_visible()
    page.get_by_role("link", name="Dose card").click()
    expect(page.get_by_text("Dr Example 020 7946 0000 <b>")).to_be_visible()
    assert phone.hosts() == {address.split("/")[2]}


def test_the_policy_of_the_page_forbids_what_it_does_not_need(page: Page, url: str) -> None:
    policy = page.locator("meta[http-equiv]").get_attribute("content") or ""
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert page.evaluate("() => { try { return eval('1') } catch (e) { return e.name } }") in (
        "EvalError", 1,
    )  # fmt: skip
    refused = page.evaluate(
        "fetch('http://127.0.0.1:9/').then(() => 'went out', (error) => error.name)"
    )
    assert refused == "TypeError"
    html = page.content()
    for outside in ("http://", "https://", "//", "onclick", "style="):
        assert outside not in html.replace("http-equiv", ""), outside


def test_help_and_the_card_work_without_scripts(phone: Phone, url: str) -> None:
    context = phone.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    for words in ("call 999 now", "Dr Example"):
        expect(page.get_by_text(words)).to_be_visible()
    assert "Writing here needs JavaScript" in page.content()  # in <noscript>
    context.close()


def test_it_can_be_installed(page: Page) -> None:
    manifest = page.evaluate("fetch('manifest.webmanifest').then((answer) => answer.json())")
    assert manifest["display"] == "standalone" and manifest["start_url"] == "./"
    assert {icon["sizes"] for icon in manifest["icons"]} >= {"192x192", "512x512"}
    problems = page.context.new_cdp_session(page).send("Page.getInstallabilityErrors")
    assert [p["errorId"] for p in problems["installabilityErrors"]] in ([], ["in-incognito"])


# ---- small, legible, within reach ------------------------------------------------------------


def test_it_weighs_little(folder: Path) -> None:
    kept = [path for path in folder.rglob("*") if path.is_file() and path.parent.name != "fonts"]
    packed = sum(len(gzip.compress(path.read_bytes())) for path in kept)
    assert packed <= 60_000


@pytest.mark.parametrize("view", ["today", "card", "help", "phone"])
@pytest.mark.parametrize("theme", ["dim", "paper", "contrast"])
def test_targets_are_within_a_thumbs_reach_and_axe_finds_nothing(
    page: Page, view: str, theme: str
) -> None:
    page.evaluate(
        """([view, theme]) => {
          location.hash = view;
          document.documentElement.dataset.theme = theme;
          for (const fold of document.querySelectorAll("details")) fold.open = true;
          document.getElementById("how-much").hidden = false;
        }""",
        [view, theme],
    )
    expect(page.locator(f"#{view}")).to_be_visible()
    page.evaluate(AXE)
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, summary, select, input, textarea")]
          .filter((e) => e.checkVisibility())
          .map((e) => [e.textContent.trim() || e.name, e.getBoundingClientRect()])
          .filter(([, box]) => box.height < 47.5 || box.width < 44)
          .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )
    assert small == []
    found = page.evaluate(RUN_AXE)["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []


@pytest.mark.parametrize("view", ["today", "card", "help", "phone"])
def test_a_small_screen_and_doubled_text_never_scroll_sideways(page: Page, view: str) -> None:
    page.evaluate(f"location.hash = '{view}'")
    for width, text in ((320, "100%"), (390, "200%"), (320, "200%")):
        page.set_viewport_size({"width": width, "height": 640})
        page.evaluate(f"document.documentElement.style.fontSize = '{text}'")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, text)


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    page.locator("#today-title").click()
    page.locator("input[name='day']").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("input[name='day'][value='1']").is_checked()
    page.get_by_role("button", name="Save without dose").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved. You can close this.")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "undo"
